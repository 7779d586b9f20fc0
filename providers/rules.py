"""Who may do what with evidence and self-assessments: predicates over loaded facts."""

from django.conf import settings

from accounts.access import Actor, Role
from providers.enums import EvidenceKind, SelfAssessmentState


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


def why_withheld(actor: Actor, item) -> str:
    """Why the actor gets neither the file nor its pictures; "" where they do.

    Nobody gets malware. Others than its keeper get nothing that a scanner has not passed, where
    the installation has one.
    """
    if item.kind != EvidenceKind.FILE:
        return ""
    if item.handling.is_infected:
        return "Malware was found in this file, so nobody can open it."
    if not settings.SCANNER_COMMAND or item.handling.is_clean:
        return ""
    if actor.organisation == item.organisation:
        return ""
    return (
        "This file has not been scanned for malware yet, so only the organisation that keeps it "
        "can open it. Try again in a few minutes."
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
