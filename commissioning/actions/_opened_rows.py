"""What one envelope of a submission held, as rows."""

from datetime import datetime

from accounts.numbers import read_number
from commissioning.award_model.bid_parts import count_words
from commissioning.enums import EnvelopeKind
from commissioning.inputs import framework_code
from commissioning.models import (
    BidAnswer,
    BidCommitment,
    BidLot,
    BidParticipation,
    BidPrice,
    BidSubmission,
)
from commissioning.opened_contents import PRICE, QUANTITY, UnfitContent
from principles.models import Measure
from providers.models import EvidenceItem


def write_opened(
    submission: BidSubmission, lot_number: int, kind: str, content: dict, now: datetime
) -> None:
    """Write the rows of one opened envelope, whose content was checked (``sealed_rows``).

    Participation stands in each lot of the bid. Raises ``UnfitContent`` where the content names
    evidence or a measure that is not there.
    """
    lots = BidLot.objects.filter(submission=submission)
    if kind == EnvelopeKind.PARTICIPATION:
        for bid_lot in lots:
            _write_participation(bid_lot, content)
        return
    bid_lot = lots.get(lot_number=lot_number)
    if kind == EnvelopeKind.QUALITY:
        _write_quality(bid_lot, content)
    else:
        _write_prices(bid_lot, content, now)


def _write_participation(bid_lot: BidLot, content: dict) -> None:
    grounds = content["grounds"]
    BidParticipation.objects.create(
        bid_lot=bid_lot,
        share_code=grounds.get("share_code", ""),
        grounds=grounds.get("grounds", {}),
        conditions=content["conditions"],
    )


def _write_quality(bid_lot: BidLot, content: dict) -> None:
    library = _evidence(bid_lot, content)
    for key, held in content["answers"].items():
        text = held["text"]
        answer = BidAnswer.objects.create(
            bid_lot=bid_lot, criterion_key=key, text=text, words=count_words(text)
        )
        answer.evidence.set([library[reference] for reference in held.get("evidence", [])])
    promised = [
        (key, code, promise)
        for key, held in content["commitments"].items()
        for code, promise in held.items()
        if promise["quantity"]
    ]
    measures = _measures({code for _, code, _ in promised})
    BidCommitment.objects.bulk_create(
        BidCommitment(
            bid_lot=bid_lot,
            criterion_key=key,
            measure=measures[code],
            quantity=read_number(promise["quantity"], QUANTITY),
            note=promise.get("note", ""),
        )
        for key, code, promise in promised
    )


def _write_prices(bid_lot: BidLot, content: dict, now: datetime) -> None:
    for held in content["prices"].values():
        BidPrice.objects.create(
            bid_lot=bid_lot,
            amount_gbp=read_number(held["amount_gbp"], PRICE),
            note=held.get("note", ""),
            opened_at=now,
        )


def _evidence(bid_lot: BidLot, content: dict) -> dict[str, EvidenceItem]:
    """The items of the bidder's own library that the answers name, by reference."""
    named = {
        reference for held in content["answers"].values() for reference in held.get("evidence", [])
    }
    rows = EvidenceItem.objects.filter(
        organisation=bid_lot.provider.organisation_id, reference__in=named
    )
    found = {row.reference: row for row in rows}
    if named - set(found):
        raise UnfitContent("An answer names evidence that is not in the bidder’s library.")
    return found


def _measures(codes: set[str]) -> dict[str, Measure]:
    """Measures by framework, edition and code."""
    rows = Measure.objects.filter(code__in={code.rpartition(" ")[2] for code in codes})
    found = {framework_code(row): row for row in rows.select_related("edition__framework")}
    if unknown := codes - set(found):
        raise UnfitContent(
            f"A commitment is made under a measure that is not known here: {min(unknown)}."
        )
    return found
