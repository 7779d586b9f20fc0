"""Writing a bid, handing it in, taking it back. Nothing here is told to the commissioner's side."""

import hashlib
import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts import audit, notifications
from accounts.access import Actor, Role, StaleSave, WrongState, require
from accounts.models import Membership
from accounts.queries import trail_of_case
from commissioning import opened_contents, queries, sealed_rows, sealing
from commissioning.award_model.bid_parts import lots_still_offered, shortcomings
from commissioning.award_model.model import AwardModel
from commissioning.enums import SealKind
from commissioning.inputs import published_model
from commissioning.models import (
    Bid,
    BidDraftPart,
    BidPartHolder,
    BidSubmission,
    Envelope,
    Exercise,
    OpeningKey,
)
from commissioning.queries.bid_drafts import DraftPart
from commissioning.rules import may_bid, may_submit_bid
from providers.models import EvidenceItem, Provider

log = logging.getLogger(__name__)
LATE = "The deadline for tenders has passed. By the server's clock it is now {now}."


@transaction.atomic
def start_bid(*, actor: Actor, exercise: Exercise, provider: Provider, lots: Iterable[int]) -> Bid:
    """Start a bid, or choose other lots for the one that was started.

    Side effects, in order: bid, audit row in the provider's own trail.
    """
    require(may_bid(actor, provider), "Only people of the provider write its bids.")
    require(
        queries.offered_exercises(actor).filter(pk=exercise.pk).exists(),
        "Only those to whom it is offered bid.",
    )
    version = _open_version(actor, exercise)
    wanted = sorted(set(lots))
    offered = {lot.number for lot in published_model(version).lots}
    if not wanted or not set(wanted) <= offered:
        raise WrongState("Choose at least one of the lots.")
    bid = (
        Bid.objects.select_for_update(of=("self",))
        .filter(exercise=exercise, provider=provider)
        .first()
    )
    is_new = bid is None
    if is_new:
        bid = Bid(
            exercise=exercise,
            provider=provider,
            created_at=timezone.now(),
            created_by=actor.user,
        )
    bid.lots = wanted
    bid.lot_preferences = [lot for lot in bid.lot_preferences if lot in wanted]
    bid.save()
    _record(actor, bid, "bid.started" if is_new else "bid.lots_changed", lots=wanted)
    return bid


@transaction.atomic
def prefer_lots(*, actor: Actor, bid: Bid, order: list[int]) -> Bid:
    """Say in which order the bidder wants its lots, where it may not win them all.

    Side effects, in order: bid, audit row in the provider's own trail.
    """
    bid = _writable(actor, bid)
    model = queries.model_in_force(actor, bid.exercise)
    if sorted(order) != sorted(lots_still_offered(model, bid.lots)):
        raise WrongState("Give each of your lots one place in the order.")
    bid.lot_preferences = order
    bid.save(update_fields=["lot_preferences"])
    _record(actor, bid, "bid.lots_ordered")
    return bid


@transaction.atomic
def save_draft_part(
    *,
    actor: Actor,
    bid: Bid,
    lot_number: int,
    name: str,
    content: dict,
    is_complete: bool,
    seen_revision: int,
    seen_version: int | None = None,
) -> BidDraftPart:
    """Save one part of a draft, sealed for the bidder.

    ``seen_version`` is the number of the published version that the person read; None stands for
    the one in force. What amendments changed after it stays pointed out.
    Raises ``StaleSave`` with the part as it is now where a colleague saved since, and
    ``WrongState`` where it is said to be complete and is not. What could not be read of it before
    is kept beside. Side effects, in order: the part, and an audit row that says which part, never
    what.
    """
    bid = _writable(actor, bid)
    in_force = queries.version_for_bidders(actor, bid.exercise).number
    current = queries.draft_part(actor, bid, lot_number, name)
    if current is None:
        raise WrongState("The bid has no such part any more: its lots or the criteria changed.")
    if current.revision != seen_revision:
        raise StaleSave(current)
    lacks = shortcomings(current.part, content)
    if is_complete and lacks:
        raise WrongState(f"{lacks[0].words}.")
    place = {"bid": bid, "lot_number": lot_number, "part": name}
    kept = {}
    if current.is_unreadable:
        kept["unreadable"] = BidDraftPart.objects.get(**place).sealed
    row, _ = BidDraftPart.objects.update_or_create(
        **place,
        defaults=kept
        | {
            "sealed": sealed_rows.sealed_draft(bid, lot_number, name, content),
            "is_complete": is_complete,
            "revision": seen_revision + 1,
            "seen_version": min(seen_version or in_force, in_force),
            "updated_at": timezone.now(),
            "updated_by": actor.user,
        },
    )
    _record(actor, bid, "bid.part_saved", lot=lot_number, part=name, complete=is_complete)
    return row


@transaction.atomic
def record_unreadable_parts(*, actor: Actor, bid: Bid, parts: Iterable[DraftPart]) -> None:
    """Put into the provider's own trail which parts of its draft cannot be read, once for each save
    of a part, and tell the operator by the log.

    Side effects, in order: for each of them an audit row with the hash of what is kept, a line in
    the log.
    """
    require(may_bid(actor, bid.provider), "Only people of the provider read its bids.")
    unreadable = [held for held in parts if held.is_unreadable]
    if unreadable:
        Bid.objects.select_for_update(of=("self",)).get(pk=bid.pk)
    for held in unreadable:
        lot, name = held.part.lot_number, held.part.name
        row = BidDraftPart.objects.get(bid=bid, lot_number=lot, part=name)
        facts = {"lot": lot, "part": name, "sha256": hashlib.sha256(row.sealed).hexdigest()}
        noted = trail_of_case(actor, bid.reference).filter(verb="bid.part_unreadable")
        if facts not in noted.values_list("facts", flat=True):
            _record(actor, bid, "bid.part_unreadable", **facts)
            log.error("Part %s of lot %s of draft %s cannot be read", name, lot, bid.reference)


@transaction.atomic
def hold_part(*, actor: Actor, bid: Bid, lot_number: int, name: str, user) -> None:
    """Say which colleague has a part in hand; None for nobody.

    It stops nobody from writing: two who write at once are told. Side effects, in order: holder,
    audit row in the provider's own trail.
    """
    bid = _writable(actor, bid)
    if queries.draft_part(actor, bid, lot_number, name) is None:
        raise WrongState("The bid has no such part any more: its lots or the criteria changed.")
    if user is None:
        BidPartHolder.objects.filter(bid=bid, lot_number=lot_number, part=name).delete()
    else:
        require(
            queries.colleagues(actor).filter(pk=user.pk).exists(), "Choose one of your colleagues."
        )
        BidPartHolder.objects.update_or_create(
            bid=bid, lot_number=lot_number, part=name, defaults={"user": user}
        )
    _record(actor, bid, "bid.part_held", lot=lot_number, part=name, user=user.pk if user else None)


@transaction.atomic
def submit_bid(*, actor: Actor, bid: Bid) -> BidSubmission:
    """Hand in the bid as it is drafted now: it takes the place of what was handed in before.

    The server's clock decides, to the second, with the exercise locked. Raises ``WrongState`` where
    a part is not complete, the deadline has passed or amendments took out all of its lots; one that
    they took out is not handed in. Side effects, in order: submission, its envelopes, evidence
    frozen, audit row in the provider's own trail; the provider's signatories are sent the receipt
    after the commit, and nobody else anything.
    """
    require(may_submit_bid(actor, bid.provider), "Only an authorised signatory hands in the bid.")
    bid = _writable(actor, bid)
    version = queries.version_for_bidders(actor, bid.exercise)
    model, parts = queries.draft(actor, bid)
    lots = lots_still_offered(model, bid.lots)
    if not lots:
        raise WrongState("Choose at least one of the lots.")
    missing = [row.part.title for row in parts if not row.is_complete]
    if missing:
        raise WrongState(f"Complete these parts first: {'; '.join(missing)}.")
    order = lots_still_offered(model, bid.lot_preferences)
    if queries.wants_preferences(model, lots) and sorted(order) != sorted(lots):
        raise WrongState("Say first in which order you want your lots.")
    last = BidSubmission.objects.filter(bid=bid).order_by("number").last()
    number = last.number + 1 if last else 1
    sealed = _sealed(bid, number, model, parts, lots)
    now = timezone.now()
    if now > version.tenders_due_at:
        raise WrongState(_late(now))
    submission = BidSubmission.objects.create(
        bid=bid,
        number=number,
        version=version,
        lots=lots,
        sha256=hashlib.sha256("".join(env.sha256 for _, env in sealed).encode()).hexdigest(),
        submitted_at=now,
        submitted_by=actor.user,
    )
    Envelope.objects.bulk_create(
        Envelope(
            submission=submission,
            lot_number=lot,
            kind=kind,
            sealed=envelope.ciphertext,
            key_for_bidder=envelope.wrapped_for_bidder,
            key_for_opening=envelope.sealed_for_opening,
            sha256=envelope.sha256,
        )
        for (lot, kind), envelope in sealed
    )
    references = {ref for row in parts for ref in row.content.get("evidence", [])}
    EvidenceItem.objects.filter(
        organisation=bid.provider.organisation, reference__in=references, frozen_at=None
    ).update(frozen_at=now)
    _record(
        actor,
        bid,
        "bid.submitted",
        number=number,
        sha256=submission.sha256,
        version=version.number,
    )
    _send_receipt(bid, "bid_submitted", submission)
    return submission


@transaction.atomic
def withdraw_bid(*, actor: Actor, bid: Bid) -> BidSubmission:
    """Take back what was handed in, before the deadline. The draft stays.

    Side effects, in order: submission, audit row in the provider's own trail; the provider's
    signatories are told after the commit.
    """
    require(may_submit_bid(actor, bid.provider), "Only an authorised signatory takes the bid back.")
    bid = _writable(actor, bid)
    last = BidSubmission.objects.select_for_update().filter(bid=bid).order_by("number").last()
    if last is None or last.withdrawn_at is not None:
        raise WrongState("Nothing is handed in.")
    last.withdrawn_at = timezone.now()
    last.withdrawn_by = actor.user
    last.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(actor, bid, "bid.withdrawn", number=last.number)
    _send_receipt(bid, "bid_withdrawn", last)
    return last


def _open_version(actor: Actor, exercise: Exercise):
    """The version in force, with the exercise locked against an opening in the same moment."""
    exercise = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    version = queries.version_for_bidders(actor, exercise)
    if not queries.is_open_for_bids(exercise, version):
        raise WrongState(_late(timezone.now()))
    return version


def _late(now) -> str:
    return LATE.format(now=f"{timezone.localtime(now):%-d %B %Y, %H:%M:%S}")


def _writable(actor: Actor, bid: Bid) -> Bid:
    require(may_bid(actor, bid.provider), "Only people of the provider write its bids.")
    _open_version(actor, bid.exercise)
    bid = (
        Bid.objects.select_for_update(of=("self",))
        .select_related("exercise__procurement__buyer__organisation", "provider__organisation")
        .get(pk=bid.pk)
    )
    try:
        sealed_rows.sealing_key(bid.exercise)
    except sealing.BadSealingKey as wrong:
        raise WrongState(str(wrong)) from wrong
    return bid


def _sealed(bid: Bid, number: int, model: AwardModel, parts: list[DraftPart], lots: list[int]):
    """Each envelope of the bid, sealed, in the order of lots and kinds. Raises ``WrongState`` for
    content that could not be taken in at the opening.
    """
    keys = {
        row.kind: bytes(row.public_key)
        for row in OpeningKey.objects.filter(exercise=bid.exercise, is_rehearsal=False)
    }
    bidder_key = sealed_rows.bidder_key(bid)
    found = []
    for (lot, kind), content in sorted(sealed_rows.envelope_contents(bid, parts).items()):
        try:
            opened_contents.check(content, kind, lot, model=model, lots=lots)
        except opened_contents.UnfitContent as wrong:
            raise WrongState(f"This cannot be handed in as it is. {wrong}") from wrong
        seal = SealKind.PRICE if kind in SealKind.PRICE.opens else SealKind.QUALITY
        envelope = sealing.seal_envelope(
            sealed_rows.as_bytes(content),
            sealed_rows.envelope_context(bid, number, lot, kind),
            bidder_key=bidder_key,
            opening_public_key=keys[seal],
        )
        found.append(((lot, kind), envelope))
    return found


def _send_receipt(bid: Bid, template: str, submission: BidSubmission) -> None:
    """To the signatories of the provider itself, each alone: no other mail tells of a bid."""
    signatories = Membership.objects.current().filter(
        organisation=bid.provider.organisation, roles__role=Role.SIGNATORY
    )
    notifications.send(
        to=sorted(set(signatories.values_list("user__email", flat=True))),
        template=f"commissioning/email/{template}",
        context={"bid": bid, "submission": submission},
    )


def _record(actor: Actor, bid: Bid, verb: str, **facts) -> None:
    """In the provider's own trail, with the bid as its case: the commissioner reads none of it."""
    audit.record(actor=actor, verb=verb, subject=bid, case=bid.reference, facts=facts)
