"""What the envelopes of one submission held, as rows."""

from datetime import datetime
from decimal import Decimal

from commissioning.award_model.bid_parts import count_words
from commissioning.enums import EnvelopeKind
from commissioning.models import (
    BidAnswer,
    BidCommitment,
    BidLot,
    BidParticipation,
    BidPrice,
    BidSubmission,
)
from principles.models import Measure
from providers.models import EvidenceItem


def write_opened(
    submission: BidSubmission, contents: dict[tuple[int, str], dict], now: datetime
) -> None:
    """Write the rows of the opened envelopes. An envelope that could not be opened has no rows."""
    library = {
        row.reference: row
        for row in EvidenceItem.objects.filter(
            organisation=submission.bid.provider.organisation,
            reference__in=_references(contents),
        )
    }
    participation = contents.get((0, EnvelopeKind.PARTICIPATION))
    for bid_lot in BidLot.objects.filter(submission=submission):
        if participation is not None:
            _write_participation(bid_lot, participation)
        quality = contents.get((bid_lot.lot_number, EnvelopeKind.QUALITY))
        if quality is not None:
            _write_quality(bid_lot, quality, library)
        price = contents.get((bid_lot.lot_number, EnvelopeKind.PRICE))
        if price is not None:
            for held in price["prices"].values():
                BidPrice.objects.create(
                    bid_lot=bid_lot,
                    amount_gbp=Decimal(held["amount_gbp"]),
                    note=held.get("note", ""),
                    opened_at=now,
                )


def _references(contents) -> set[str]:
    answers = (
        answer for content in contents.values() for answer in content.get("answers", {}).values()
    )
    return {reference for answer in answers for reference in answer.get("evidence", [])}


def _write_participation(bid_lot: BidLot, content: dict) -> None:
    grounds = content["grounds"]
    BidParticipation.objects.create(
        bid_lot=bid_lot,
        share_code=grounds.get("share_code", ""),
        grounds=grounds.get("grounds", {}),
        conditions=content["conditions"],
    )


def _write_quality(bid_lot: BidLot, content: dict, library: dict[str, EvidenceItem]) -> None:
    for key, held in content["answers"].items():
        text = held.get("text", "")
        answer = BidAnswer.objects.create(
            bid_lot=bid_lot, criterion_key=key, text=text, words=count_words(text)
        )
        answer.evidence.set([library[ref] for ref in held.get("evidence", []) if ref in library])
    measures = {
        row.code: row
        for row in Measure.objects.filter(
            code__in=[code for held in content["commitments"].values() for code in held]
        ).order_by("edition__label")
    }
    BidCommitment.objects.bulk_create(
        BidCommitment(
            bid_lot=bid_lot,
            criterion_key=key,
            measure=measures[code],
            quantity=Decimal(promise["quantity"]),
            note=promise.get("note", ""),
        )
        for key, held in content["commitments"].items()
        for code, promise in held.items()
        if code in measures and promise.get("quantity")
    )
