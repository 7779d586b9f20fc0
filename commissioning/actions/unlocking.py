"""Passphrases and codes that unlock nothing: kept, told to the lead, and limited."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit, notifications
from accounts.access import Actor, WrongState, require
from commissioning.actions._exercise_steps import duties_of
from commissioning.actions.openers import DUTY_OF
from commissioning.enums import Duty
from commissioning.models import Exercise, ExerciseMember, FailedUnlock, Opener, OpeningKey
from commissioning.rules import holds_any

MOST_WRONG_SECRETS = 5
WITHIN = timedelta(minutes=15)


class WrongSecret(Exception):
    """The secret does not unlock the key of ``opener``. ``str()`` is for the person."""

    def __init__(self, opener: Opener, words: str):
        super().__init__(words)
        self.opener = opener


def must_have_tries_left(actor: Actor, exercise: Exercise) -> None:
    """Raise ``WrongState`` where the person gave too many wrong secrets in this exercise."""
    tried = FailedUnlock.objects.filter(
        by=actor.user, opening_key__exercise=exercise, at__gt=timezone.now() - WITHIN
    )
    if tried.count() >= MOST_WRONG_SECRETS:
        raise WrongState(
            f"{MOST_WRONG_SECRETS} passphrases were wrong within 15 minutes. Wait 15 minutes, then "
            "try again. The lead has been told."
        )


@transaction.atomic
def record_failed_unlock(*, actor: Actor, opening_key: OpeningKey, opener: Opener) -> FailedUnlock:
    """Keep that a passphrase or code did not unlock an opener's key.

    Side effects, in order: row, audit row; the leads are told after the commit.
    """
    exercise = opening_key.exercise
    require(
        holds_any(actor, exercise, duties_of(actor, exercise), DUTY_OF[opening_key.kind]),
        "Only those who were named as openers open.",
    )
    row = FailedUnlock.objects.create(
        opening_key=opening_key, opener=opener, by=actor.user, at=timezone.now()
    )
    audit.record(
        actor=actor,
        verb="opening.secret_was_wrong",
        subject=row,
        case=exercise.reference,
        facts={
            "kind": opening_key.kind,
            "is_recovery": opener.is_recovery,
            "is_rehearsal": opening_key.is_rehearsal,
        },
    )
    leads = ExerciseMember.objects.filter(exercise=exercise, duty=Duty.LEAD, ended_at=None)
    notifications.send(
        to=list(leads.values_list("user__email", flat=True)),
        template="commissioning/email/opener_guess_failed",
        context={"exercise": exercise, "row": row},
    )
    return row
