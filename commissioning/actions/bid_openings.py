"""Opening what was sealed: two openers, one after the other, after the deadline."""

import secrets
import string
from base64 import b64decode, b64encode
from datetime import datetime

from nacl.public import PrivateKey

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from commissioning import followers, queries, sealed_rows, sealing
from commissioning.actions._exercise_steps import duties_of, lock_exercise, take_exercise_step
from commissioning.actions._opened_rows import write_opened
from commissioning.actions.openers import DUTY_OF
from commissioning.enums import EnvelopeKind, ExerciseState, SealKind
from commissioning.inputs import published_model
from commissioning.models import (
    BidLot,
    BidSubmission,
    Envelope,
    Exercise,
    Opener,
    OpeningAct,
    OpeningKey,
)
from commissioning.rules import holds_any

STEP_OF = {SealKind.QUALITY: "open_quality", SealKind.PRICE: "open_prices"}


@transaction.atomic
def act_as_opener(
    *, actor: Actor, opening_key: OpeningKey, secret: str, with_recovery_share: bool = False
) -> OpeningAct:
    """Do one opener's part. The first takes a layer off; the second opens every envelope.

    ``secret`` is the actor's passphrase, or the code of the recovery share, which an opener may
    bring in place of a second person's. Refused before the deadline, before the actor declared
    their interests, and, for prices, before the consensus on quality is signed. Side effects, in
    order: act, and with the second one opened bids, step, followers; audit rows.
    """
    exercise = lock_exercise(opening_key.exercise)
    kind = SealKind(opening_key.kind)
    require(
        holds_any(actor, exercise, duties_of(actor, exercise), DUTY_OF[kind]),
        "Only those who were named as openers open.",
    )
    if not queries.is_clear_in_general(actor, exercise):
        raise WrongState("Declare your interests in this exercise first.")
    opening_key = OpeningKey.objects.select_for_update().get(pk=opening_key.pk)
    if opening_key.opened_at is not None:
        raise WrongState("It has been opened already.")
    if not opening_key.is_rehearsal:
        reason = why_not_yet(exercise, kind, timezone.now())
        if reason:
            raise WrongState(reason)
    openers = Opener.objects.filter(exercise=exercise, kind=kind)
    opener = (
        openers.filter(is_recovery=True) if with_recovery_share else openers.filter(user=actor.user)
    ).first()
    if opener is None:
        raise WrongState("No key of this opener was set up before publication.")
    former = opening_key.acts.select_related("opener").order_by("pk").last()
    try:
        private = sealing.unlock(sealed_rows.opener_key(opener), secret)
        if former is None:
            return _first_act(actor, opening_key, opener, private)
        return _second_act(actor, exercise, opening_key, opener, private, former)
    except sealing.SealingError as wrong:
        raise WrongState(str(wrong)) from wrong


def why_not_yet(exercise: Exercise, kind: str, now: datetime) -> str:
    """Why this kind may not be opened now; empty where it may."""
    if kind == SealKind.QUALITY:
        if exercise.state != ExerciseState.PUBLISHED:
            return "Bids are opened once, after publication."
        if now <= exercise.versions.order_by("number").last().tenders_due_at:
            return "Nothing is opened before the deadline for tenders has passed."
        if exercise.amendment_opened_at is not None:
            return "An amendment was left open. The lead gives it up first: it was never published."
        return ""
    if exercise.state != ExerciseState.QUALITY_OPENED:
        return "Prices are opened after quality, once."
    return followers.why_prices_wait(exercise)


def _first_act(
    actor: Actor, opening_key: OpeningKey, opener: Opener, private: PrivateKey
) -> OpeningAct:
    shares = [
        sealed_rows.as_share(row)
        for row in opening_key.shares.filter(outer=opener).select_related("outer", "inner")
    ]
    peeled = sealing.peel(shares, private)
    act = OpeningAct.objects.create(
        opening_key=opening_key,
        opener=opener,
        by=actor.user,
        at=timezone.now(),
        peeled={
            b64encode(share.inner).decode(): b64encode(share.sealed).decode() for share in peeled
        },
    )
    _record(actor, opening_key, act, part=1)
    return act


def _second_act(
    actor: Actor,
    exercise: Exercise,
    opening_key: OpeningKey,
    opener: Opener,
    private: PrivateKey,
    former: OpeningAct,
) -> OpeningAct:
    peeled = [
        sealing.PeeledShare(
            outer=bytes(former.opener.public_key), inner=b64decode(inner), sealed=b64decode(sealed)
        )
        for inner, sealed in former.peeled.items()
    ]
    key = sealing.join(peeled, private, opening_public_key=bytes(opening_key.public_key))
    now = timezone.now()
    opening_key.opened_at = now
    opening_key.save(update_fields=["opened_at"])
    if opening_key.is_rehearsal:
        envelope = sealing.SealedEnvelope(
            **{name: b64decode(text) for name, text in opening_key.rehearsal_envelope.items()}
        )
        sealing.rehearse(envelope, exercise.reference, opening_key=key)
        opened, damaged = 1, []
    else:
        opened, damaged = _open_all(exercise, SealKind(opening_key.kind), key, now)
    act = OpeningAct.objects.create(
        opening_key=opening_key,
        opener=opener,
        by=actor.user,
        at=now,
        envelopes_opened=opened,
        damaged=damaged,
    )
    _record(actor, opening_key, act, part=2, damaged=len(damaged))
    if not opening_key.is_rehearsal:
        take_exercise_step(actor=actor, exercise=exercise, name=STEP_OF[opening_key.kind])
        followers.tell_opened(actor, exercise, opening_key.kind)
    return act


def _open_all(
    exercise: Exercise, kind: SealKind, key: PrivateKey, now: datetime
) -> tuple[int, list[dict]]:
    """Open every envelope of this kind. One whose bytes were changed is named, and stops no other
    bid; one for a lot that an amendment took out stays sealed.
    """
    offered = _lots_in_force(exercise)
    opened, damaged = {}, []
    for submission in standing_submissions(exercise):
        if not offered.intersection(submission.lots):
            continue
        bidder_key = sealed_rows.bidder_key(submission.bid)
        contents: dict[tuple[int, str], dict] = {}
        for row in submission.envelopes.filter(kind__in=kind.opens, lot_number__in={0, *offered}):
            try:
                content = sealing.open_envelope(
                    sealed_rows.as_sealed(row),
                    sealed_rows.envelope_context(
                        submission.bid, submission.number, row.lot_number, row.kind
                    ),
                    opening_key=key,
                    bidder_key=bidder_key,
                )
            except sealing.SealingError as wrong:
                damaged.append(
                    {
                        "submission": submission.sha256,
                        "lot": row.lot_number,
                        "kind": row.kind,
                        "error": type(wrong).__name__,
                    }
                )
                continue
            contents[row.lot_number, EnvelopeKind(row.kind)] = sealed_rows.from_bytes(content)
            Envelope.objects.filter(pk=row.pk).update(opened_at=now)
        opened[submission] = contents
    if kind == SealKind.QUALITY:
        _label(exercise, offered, opened, now)
    for submission, contents in opened.items():
        write_opened(submission, contents, now)
    return sum(map(len, opened.values())), damaged


def standing_submissions(exercise: Exercise) -> list[BidSubmission]:
    """The last submission of each bid, unless it was withdrawn."""
    rows = (
        BidSubmission.objects.filter(bid__exercise=exercise)
        .select_related("bid__exercise", "bid__provider__organisation")
        .order_by("bid", "number")
    )
    last = {row.bid_id: row for row in rows}
    return [row for row in last.values() if row.withdrawn_at is None]


def _lots_in_force(exercise: Exercise) -> set[int]:
    """The numbers of the lots that the last published version has."""
    model = published_model(exercise.versions.order_by("number").last())
    return {lot.number for lot in model.lots}


def _label(
    exercise: Exercise,
    offered: set[int],
    opened: dict[BidSubmission, dict[tuple[int, str], dict]],
    now: datetime,
) -> None:
    """A bid for each lot, with a letter drawn at random: no list of names gives it away.

    The order of lots is the one that was handed in. It is unknown where its envelope was damaged.
    """
    drawn = secrets.SystemRandom()
    for lot in sorted({lot for row in opened for lot in row.lots} & offered):
        rows = [row for row in opened if lot in row.lots]
        drawn.shuffle(rows)
        for place, row in enumerate(rows):
            wanted = opened[row].get((0, EnvelopeKind.PARTICIPATION), {}).get("preferences", [])
            BidLot.objects.create(
                exercise=exercise,
                lot_number=lot,
                submission=row,
                provider=row.bid.provider,
                label=f"Bid {letters(place)}",
                preference=wanted.index(lot) + 1 if lot in wanted else None,
                opened_at=now,
            )


def letters(place: int) -> str:
    """A, B, … Z, AA, AB: the name of the place, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = string.ascii_uppercase[rest] + name
    return name


def _record(actor: Actor, opening_key: OpeningKey, act: OpeningAct, **facts) -> None:
    audit.record(
        actor=actor,
        verb="rehearsal.acted" if opening_key.is_rehearsal else "opening.acted",
        subject=act,
        case=opening_key.exercise.reference,
        facts={
            "kind": opening_key.kind,
            "opener": act.opener_id,
            "is_recovery": act.opener.is_recovery,
            **facts,
        },
    )
