"""Openers and their passphrases, opening keys, rehearsals."""

from base64 import b64encode

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from commissioning import sealing
from commissioning.actions._exercise_steps import duties_of, lock_exercise
from commissioning.enums import Duty, ExerciseState, SealKind
from commissioning.models import Exercise, Opener, OpeningKey, OpeningShare
from commissioning.rules import holds_any, leads

DUTY_OF = {SealKind.QUALITY: Duty.QUALITY_OPENER, SealKind.PRICE: Duty.PRICE_OPENER}
COSTS = {"moderate": sealing.MODERATE, "quick": sealing.Cost(passes=1, memory=8 * 1024 * 1024)}


@transaction.atomic
def set_up_opener(*, actor: Actor, exercise: Exercise, kind: str, passphrase: str) -> Opener:
    """Make the actor's own key as an opener, locked by their passphrase, which is kept nowhere.

    Before publication it may be set again; afterwards the opening keys are sealed to it. Raises
    ``WrongState`` with what to do where the passphrase is too easy. Side effects, in order: opener,
    audit row.
    """
    kind = SealKind(kind)
    require(
        holds_any(actor, exercise, duties_of(actor, exercise), DUTY_OF[kind]),
        "Only those who were named as openers set a passphrase.",
    )
    exercise = _in_design(exercise)
    try:
        key = sealing.new_opener(passphrase, cost=COSTS[settings.OPENER_COST])
    except sealing.WeakPassphrase as weak:
        raise WrongState(str(weak)) from weak
    return _keep(actor, exercise, kind, key, actor.user)


@transaction.atomic
def make_recovery_share(*, actor: Actor, exercise: Exercise, kind: str) -> tuple[Opener, str]:
    """Make the offline recovery share, and give its code, which is shown once and kept nowhere.

    Side effects, in order: opener, audit row.
    """
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead makes the recovery share.",
    )
    kind = SealKind(kind)
    exercise = _in_design(exercise)
    share = sealing.new_recovery_share(cost=COSTS[settings.OPENER_COST])
    return _keep(actor, exercise, kind, share.key, None), share.code


def make_opening_key(exercise: Exercise, kind: str, *, is_rehearsal: bool = False) -> OpeningKey:
    """The key that seals one kind of envelope, its private half in shares only. Inside the caller's
    transaction. Raises ``WrongState`` where there are too few openers.
    """
    openers = {
        bytes(row.public_key): row
        for row in Opener.objects.filter(exercise=exercise, kind=kind).order_by("pk")
    }
    try:
        made = sealing.new_opening_key(list(openers))
    except sealing.TooFewOpeners as few:
        raise WrongState(str(few)) from few
    row = OpeningKey.objects.create(
        exercise=exercise,
        kind=kind,
        is_rehearsal=is_rehearsal,
        public_key=made.public_key,
        rehearsal_envelope=_rehearsal(exercise, made.public_key) if is_rehearsal else {},
        made_at=timezone.now(),
    )
    OpeningShare.objects.bulk_create(
        OpeningShare(
            opening_key=row,
            outer=openers[share.outer],
            inner=openers[share.inner],
            sealed=share.sealed,
        )
        for share in made.shares
    )
    return row


@transaction.atomic
def start_rehearsal(*, actor: Actor, exercise: Exercise, kind: str) -> OpeningKey:
    """Make a key and a made-up envelope to rehearse the opening with. Side effects, in order: key
    with its shares, audit row.
    """
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead starts a rehearsal.",
    )
    exercise = lock_exercise(exercise)
    if exercise.state not in (ExerciseState.DESIGN, ExerciseState.PUBLISHED):
        raise WrongState("Bids have been opened: there is nothing to rehearse.")
    key = make_opening_key(exercise, SealKind(kind), is_rehearsal=True)
    audit.record(
        actor=actor,
        verb="rehearsal.started",
        subject=key,
        case=exercise.reference,
        facts={"kind": key.kind},
    )
    return key


def _in_design(exercise: Exercise) -> Exercise:
    exercise = lock_exercise(exercise)
    if exercise.state != ExerciseState.DESIGN:
        raise WrongState("It is published: envelopes are sealed to the openers as they are.")
    if OpeningKey.objects.filter(exercise=exercise, opened_at=None).exists():
        raise WrongState("A rehearsal is under way. Finish it first.")
    return exercise


def _keep(actor: Actor, exercise: Exercise, kind: str, key: sealing.OpenerKey, user) -> Opener:
    # The row stays where a rehearsal that is over refers to it: only its keys are new.
    opener, _ = Opener.objects.update_or_create(
        exercise=exercise,
        kind=kind,
        user=user,
        is_recovery=user is None,
        defaults={
            "public_key": key.public_key,
            "locked_key": key.to_text().encode(),
            "made_at": timezone.now(),
        },
    )
    audit.record(
        actor=actor,
        verb="opener.set_up",
        subject=opener,
        case=exercise.reference,
        facts={"kind": kind, "is_recovery": opener.is_recovery},
    )
    return opener


def _rehearsal(exercise: Exercise, public_key: bytes) -> dict[str, str]:
    sealed = sealing.rehearsal_envelope(exercise.reference, opening_public_key=public_key)
    return {
        name: b64encode(getattr(sealed, name)).decode()
        for name in ("ciphertext", "wrapped_for_bidder", "sealed_for_opening")
    }
