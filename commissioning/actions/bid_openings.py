"""Opening what was sealed: two openers, one after the other, after the deadline."""

import logging
import secrets
import string
from base64 import b64decode, b64encode
from datetime import datetime

from nacl.public import PrivateKey

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Membership
from commissioning import followers, queries, sealed_rows, sealing
from commissioning.actions._exercise_steps import (
    OF_A_BIDDER,
    duties_of,
    lock_exercise,
    take_exercise_step,
)
from commissioning.actions._opened_rows import write_opened
from commissioning.actions.openers import DUTY_OF
from commissioning.actions.unlocking import (
    WrongSecret,
    must_have_tries_left,
    record_failed_unlock,
)
from commissioning.enums import EnvelopeKind, ExerciseState, SealKind, SetAsideCause
from commissioning.inputs import published_model
from commissioning.models import (
    BidLot,
    BidSubmission,
    Envelope,
    Exercise,
    Opener,
    OpeningAct,
    OpeningKey,
    SetAsideEnvelope,
)
from commissioning.opened_contents import UnfitContent
from commissioning.rules import holds_any

log = logging.getLogger(__name__)
STEP_OF = {SealKind.QUALITY: "open_quality", SealKind.PRICE: "open_prices"}


def act_as_opener(
    *, actor: Actor, opening_key: OpeningKey, secret: str, with_recovery_share: bool = False
) -> OpeningAct:
    """Do one opener's part. The first takes a layer off; the second opens every envelope.

    ``secret`` is the actor's passphrase, or the code of the recovery share, which an opener may
    bring in place of a second person's. Refused before the deadline, before the actor declared
    their interests, to whoever belongs to a bidder and, for prices, before the consensus on quality
    is signed. Side effects, in order: act, and with the second one opened bids, envelopes that were
    set aside, step, followers; audit rows.

    A secret that unlocks nothing is kept as a failed attempt with its audit row, and the lead is
    told; after five within a quarter of an hour none is tried any more.
    """
    with transaction.atomic():
        exercise = lock_exercise(opening_key.exercise)
        try:
            return _act(actor, exercise, opening_key, secret, with_recovery_share)
        except WrongSecret as wrong:
            # Still under the lock: of many guesses at once, each counts those before it.
            record_failed_unlock(actor=actor, opening_key=opening_key, opener=wrong.opener)
            refusal = wrong
    raise WrongState(str(refusal)) from refusal


@transaction.atomic
def _act(
    actor: Actor,
    exercise: Exercise,
    opening_key: OpeningKey,
    secret: str,
    with_recovery_share: bool,
) -> OpeningAct:
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
        require(not _bids_too(actor, exercise), OF_A_BIDDER)
    openers = Opener.objects.filter(exercise=exercise, kind=kind)
    opener = (
        openers.filter(is_recovery=True) if with_recovery_share else openers.filter(user=actor.user)
    ).first()
    if opener is None:
        raise WrongState("No key of this opener was set up before publication.")
    must_have_tries_left(actor, exercise)
    former = opening_key.acts.select_related("opener").order_by("pk").last()
    try:
        private = sealing.unlock(sealed_rows.opener_key(opener), secret)
        if former is None:
            return _first_act(actor, opening_key, opener, private)
        return _second_act(actor, exercise, opening_key, opener, private, former)
    except (sealing.WrongPassphrase, sealing.MistypedRecoveryCode) as wrong:
        raise WrongSecret(opener, str(wrong)) from wrong
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


def _bids_too(actor: Actor, exercise: Exercise) -> bool:
    """The actor belongs to somebody whose bid is opened, or did since the procurement began."""
    bidders = [row.bid.provider.organisation_id for row in standing_submissions(exercise)]
    places = Membership.objects.filter(user=actor.user, organisation__in=bidders)
    return places.since(exercise.created_at).exists()


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
        opened, set_aside = 1, 0
    else:
        opened, set_aside = _open_all(exercise, SealKind(opening_key.kind), key, now)
    act = OpeningAct.objects.create(
        opening_key=opening_key,
        opener=opener,
        by=actor.user,
        at=now,
        envelopes_opened=opened,
    )
    _record(actor, opening_key, act, part=2, set_aside=set_aside)
    if not opening_key.is_rehearsal:
        take_exercise_step(actor=actor, exercise=exercise, name=STEP_OF[opening_key.kind])
        followers.tell_opened(actor, exercise, opening_key.kind)
    return act


def _open_all(
    exercise: Exercise, kind: SealKind, key: PrivateKey, now: datetime
) -> tuple[int, int]:
    """Open every envelope of this kind; gives how many were taken in, and how many set aside.

    One whose bytes were changed, or whose content cannot be taken in, is set aside with the
    reason, and stops no other. One for a lot that an amendment took out stays sealed.
    """
    offered = _lots_in_force(exercise)
    opened: dict[BidSubmission, list[tuple[Envelope, bytes, dict]]] = {}
    set_aside = 0
    for submission in standing_submissions(exercise):
        if not offered.intersection(submission.lots):
            continue
        bidder_key = sealed_rows.bidder_key(submission.bid)
        opened[submission] = []
        for row in submission.envelopes.filter(kind__in=kind.opens, lot_number__in={0, *offered}):
            content = b""
            try:
                content = _bytes_of(row, submission, key, bidder_key)
                Envelope.objects.filter(pk=row.pk).update(opened_at=now)
                found = sealed_rows.fit_content(submission, row.lot_number, row.kind, content)
            except sealing.SealingError as wrong:
                _set_aside(row, SetAsideCause.DAMAGED, str(wrong), content, now)
                set_aside += 1
            except UnfitContent as wrong:
                _set_aside(row, SetAsideCause.UNFIT, str(wrong), content, now)
                set_aside += 1
            else:
                opened[submission].append((row, content, found))
    if kind == SealKind.QUALITY:
        _label(exercise, offered, opened, now)
    taken_in = 0
    for submission, contents in opened.items():
        for row, content, found in contents:
            reason = _take_in(submission, row, found, now)
            if reason:
                _set_aside(row, SetAsideCause.UNFIT, reason, content, now)
                set_aside += 1
            else:
                taken_in += 1
    return taken_in, set_aside


def _bytes_of(
    row: Envelope, submission: BidSubmission, key: PrivateKey, bidder_key: bytes
) -> bytes:
    return sealing.open_envelope(
        sealed_rows.as_sealed(row),
        sealed_rows.envelope_context(submission.bid, submission.number, row.lot_number, row.kind),
        opening_key=key,
        bidder_key=bidder_key,
    )


def _take_in(submission: BidSubmission, row: Envelope, content: dict, now: datetime) -> str:
    """Write the rows of one envelope, or none of them; gives the reason, empty where it worked.

    Whatever is wrong with the content is wrong with this envelope alone. A database that does not
    answer is wrong with no envelope: then nothing is opened, and the opening is done again.
    """
    try:
        with transaction.atomic():
            write_opened(submission, row.lot_number, row.kind, content, now)
    except (OperationalError, InterfaceError):
        raise
    except UnfitContent as wrong:
        return str(wrong)
    except Exception:
        log.exception("Envelope %s could not be taken in", row.pk)
        return "The service could not take in what it holds."
    return ""


def _set_aside(
    row: Envelope, cause: SetAsideCause, reason: str, content: bytes, now: datetime
) -> None:
    SetAsideEnvelope.objects.create(
        submission_id=row.submission_id,
        lot_number=row.lot_number,
        kind=row.kind,
        cause=cause,
        reason=reason,
        content=content,
        at=now,
    )


def standing_submissions(exercise: Exercise) -> list[BidSubmission]:
    """The last submission of each bid, unless it was withdrawn."""
    rows = (
        BidSubmission.objects.filter(bid__exercise=exercise)
        .select_related("bid__exercise", "bid__provider__organisation", "version")
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
    opened: dict[BidSubmission, list[tuple[Envelope, bytes, dict]]],
    now: datetime,
) -> None:
    """A bid for each lot, with a letter drawn at random: no list of names gives it away.

    The order of lots is the one that was handed in. It is unknown where its envelope was set aside.
    """
    drawn = secrets.SystemRandom()
    wanted = {
        submission: next(
            (
                held["preferences"]
                for row, _, held in contents
                if row.kind == EnvelopeKind.PARTICIPATION
            ),
            [],
        )
        for submission, contents in opened.items()
    }
    for lot in sorted({lot for row in opened for lot in row.lots} & offered):
        rows = [row for row in opened if lot in row.lots]
        drawn.shuffle(rows)
        for place, row in enumerate(rows):
            order = wanted[row]
            BidLot.objects.create(
                exercise=exercise,
                lot_number=lot,
                submission=row,
                provider=row.bid.provider,
                label=f"Bid {letters(place)}",
                preference=order.index(lot) + 1 if lot in order else None,
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
