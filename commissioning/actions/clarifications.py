"""Questions of bidders, answered to all of them without names."""

import hashlib

from django.db import transaction
from django.utils import timezone

from accounts import audit, notifications
from accounts.access import Actor, WrongState, require
from accounts.enums import PROVIDER_ROLES
from accounts.models import Membership
from commissioning import queries
from commissioning.actions._exercise_steps import duties_of
from commissioning.models import Bid, Clarification, Exercise
from commissioning.rules import leads, may_bid
from providers.models import Provider


@transaction.atomic
def ask_question(
    *, actor: Actor, exercise: Exercise, provider: Provider, question: str
) -> Clarification:
    """Ask a question about an exercise, before the day for questions has passed.

    Side effects, in order: question, audit row in the provider's own trail.
    """
    require(may_bid(actor, provider), "Only people of a provider ask questions.")
    require(
        queries.offered_exercises(actor).filter(pk=exercise.pk).exists(),
        "Only those to whom it is offered ask questions.",
    )
    version = queries.version_for_bidders(actor, exercise)
    if not queries.is_open_for_bids(exercise, version):
        raise WrongState("Bids can't be handed in any more, so questions can't be asked.")
    if not queries.takes_questions(exercise, version):
        raise WrongState("The day for questions has passed.")
    if not question.strip():
        raise WrongState("Enter your question.")
    row = Clarification.objects.create(
        exercise=exercise,
        provider=provider,
        question=question.strip(),
        asked_at=timezone.now(),
        asked_by=actor.user,
    )
    # Neither subject nor case is the exercise: who reads its trail must not read who asked.
    audit.record(
        actor=actor,
        verb="question.asked",
        subject=provider,
        facts={
            "exercise": exercise.reference,
            "sha256": hashlib.sha256(row.question.encode()).hexdigest(),
        },
    )
    return row


@transaction.atomic
def answer_question(
    *, actor: Actor, clarification: Clarification, published_question: str, answer: str
) -> Clarification:
    """Answer to all bidders. The question is published as the lead words it, so that nothing in it
    says who asked.

    Side effects, in order: answer, audit row; everybody who drafts or is invited, and who asked,
    is told after the commit.
    """
    clarification = (
        Clarification.objects.select_for_update(of=("self",))
        .select_related("exercise__procurement__buyer__organisation")
        .get(pk=clarification.pk)
    )
    exercise = clarification.exercise
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise answers questions.",
    )
    if clarification.answered_at is not None:
        raise WrongState("It was answered already. Answers are not changed: amend instead.")
    if not answer.strip() or not published_question.strip():
        raise WrongState("Enter the question as all will read it, and the answer.")
    clarification.published_question = published_question.strip()
    clarification.answer = answer.strip()
    clarification.answered_at = timezone.now()
    clarification.answered_by = actor.user
    clarification.save()
    audit.record(
        actor=actor, verb="question.answered", subject=clarification, case=exercise.reference
    )
    providers = {
        clarification.provider_id,
        *exercise.invitations.values_list("provider", flat=True),
        *Bid.objects.filter(exercise=exercise).values_list("provider", flat=True),
    }
    people = Membership.objects.current().filter(
        organisation__in=Provider.objects.filter(pk__in=providers).values("organisation"),
        organisation__named_by=None,
        roles__role__in=PROVIDER_ROLES,
    )
    notifications.send(
        to=sorted(set(people.values_list("user__email", flat=True))),
        template="commissioning/email/question_answered",
        context={"exercise": exercise},
    )
    return clarification
