"""Who may do what with evidence and self-assessments: predicates over loaded facts."""

from accounts.access import Actor, Role
from providers.enums import SelfAssessmentState


def is_writer_of(actor: Actor, organisation) -> bool:
    """The actor writes for this provider: a contributor or a signatory of it."""
    return actor.organisation == organisation and actor.has(Role.CONTRIBUTOR, Role.SIGNATORY)


def may_answer(actor: Actor, self_assessment) -> bool:
    """The actor writes for the provider that was asked; while it is not confirmed who signs for
    it, only for the body that named them.
    """
    return is_writer_of(actor, self_assessment.provider.organisation) and (
        actor.asker in (None, self_assessment.asked_by_id)
    )


def may_submit(actor: Actor, self_assessment) -> bool:
    """The actor may answer, and may bind the provider."""
    return may_answer(actor, self_assessment) and actor.has(Role.SIGNATORY)


def keeps_evidence_of(actor: Actor, organisation) -> bool:
    """The actor may add to the evidence library of this organisation."""
    return actor.organisation == organisation and actor.has(
        Role.CONTRIBUTOR, Role.SIGNATORY, Role.CONTRACT_MANAGER
    )


def asked_for(actor: Actor, self_assessment) -> bool:
    """The actor is a contract manager of the body that asked for the self-assessment."""
    return actor.organisation == self_assessment.asked_by and actor.has(Role.CONTRACT_MANAGER)


def reads_as_auditor(viewer: Actor) -> bool:
    """What the viewer opens goes into the trail."""
    return viewer.has(Role.AUDITOR)


def acts_for_who_asked(actor: Actor, self_assessment) -> bool:
    """The actor acts for the body that asked for the self-assessment, or is the system itself."""
    return actor.is_system or actor.organisation == self_assessment.asked_by


def is_open(self_assessment) -> bool:
    """Answers may still be written."""
    return self_assessment.state == SelfAssessmentState.DRAFTING


def answer_is_complete(answer) -> bool:
    """A rating with a narrative, or not applicable with a reason."""
    if answer is None:
        return False
    if answer.not_applicable:
        return bool(answer.not_applicable_reason.strip())
    return answer.claimed_value is not None and bool(answer.narrative.strip())
