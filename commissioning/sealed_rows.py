"""Between rows and ``sealing``: the server's key, contexts, drafts and envelopes of a bid."""

import json
from collections.abc import Collection
from typing import Any

from accounts import server_keys
from commissioning import opened_contents, sealing
from commissioning.award_model.bid_parts import BidPart, PartKind
from commissioning.enums import EnvelopeKind
from commissioning.inputs import published_model
from commissioning.models import (
    Bid,
    BidDraftPart,
    BidSubmission,
    Envelope,
    Exercise,
    Opener,
    OpeningShare,
)

# In which envelope of a lot a part lies, and under which name.
_PLACES = {
    PartKind.ANSWER: (EnvelopeKind.QUALITY, "answers"),
    PartKind.COMMITMENTS: (EnvelopeKind.QUALITY, "commitments"),
    PartKind.PRICE: (EnvelopeKind.PRICE, "prices"),
}


def sealing_key(exercise: Exercise) -> bytes:
    """The server's secret from which the keys of this exercise's bidders are formed.

    It is the one under which the exercise was published (``docs/threat-model.md``). Raises
    ``BadSealingKey`` where the server has it no more.
    """
    try:
        return server_keys.secret_of(exercise.sealing_key_id)
    except server_keys.NoSuchKey as wrong:
        raise sealing.BadSealingKey(
            f"The service lacks the sealing key {exercise.sealing_key_id}, under which this "
            "procurement was published. Its operator puts it back."
        ) from wrong


def _draft_context(bid: Bid, lot_number: int, part: str) -> sealing.DraftContext:
    return sealing.DraftContext(bid.exercise.reference, bid.reference, f"{lot_number}/{part}")


def _draft_key(bid: Bid) -> bytes:
    return sealing.draft_key(
        sealing_key(bid.exercise), exercise=bid.exercise.reference, bid=bid.reference
    )


def sealed_draft(bid: Bid, lot_number: int, part: str, content: dict) -> bytes:
    """A part of a draft, sealed for the bidder."""
    return sealing.seal_draft(
        as_bytes(content), _draft_context(bid, lot_number, part), draft_key=_draft_key(bid)
    )


def draft_contents(bid: Bid, rows: list[BidDraftPart]) -> dict[tuple[int, str], dict | None]:
    """What the parts of a draft hold, by lot and part; None for one that cannot be read, so that
    the others can. The bidder's key is formed once.
    """
    try:
        key = _draft_key(bid)
    except sealing.BadSealingKey:
        return {(row.lot_number, row.part): None for row in rows}
    return {(row.lot_number, row.part): _draft_content(bid, row, key) for row in rows}


def _draft_content(bid: Bid, row: BidDraftPart, key: bytes) -> dict | None:
    context = _draft_context(bid, row.lot_number, row.part)
    try:
        content = from_bytes(sealing.open_draft(bytes(row.sealed), context, draft_key=key))
    except (sealing.SealingError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def bidder_key(bid: Bid) -> bytes:
    """The key under which the keys of this bid's envelopes are wrapped for the bidder."""
    return sealing.envelope_key(
        sealing_key(bid.exercise), exercise=bid.exercise.reference, bid=bid.reference
    )


def envelope_context(
    bid: Bid, submission: int, lot_number: int, kind: str
) -> sealing.EnvelopeContext:
    return sealing.EnvelopeContext(
        exercise=bid.exercise.reference,
        bid=bid.reference,
        lot=lot_number,
        kind=sealing.EnvelopeKind(str(EnvelopeKind(kind).value)),
        submission=submission,
    )


def as_sealed(row: Envelope) -> sealing.SealedEnvelope:
    return sealing.SealedEnvelope(
        ciphertext=bytes(row.sealed),
        wrapped_for_bidder=bytes(row.key_for_bidder),
        sealed_for_opening=bytes(row.key_for_opening),
    )


def envelope_contents(bid: Bid, parts: Collection[Any]) -> dict[tuple[int, str], dict]:
    """What each envelope of a draft will hold, by lot and kind: participation, quality and price
    apart. ``parts`` are ``queries.DraftPart``; a lot of the bid that none of them answers was taken
    out by an amendment, and is left out.
    """
    answered = {row.part.lot_number for row in parts}
    lots = [lot for lot in bid.lots if lot in answered]
    found: dict[tuple[int, str], dict] = {
        (0, EnvelopeKind.PARTICIPATION): {
            "lots": lots,
            "preferences": [lot for lot in bid.lot_preferences if lot in answered],
            "grounds": {},
            "conditions": {},
        }
    }
    participation = found[0, EnvelopeKind.PARTICIPATION]
    for lot in lots:
        found[lot, EnvelopeKind.QUALITY] = {"answers": {}, "commitments": {}}
        found[lot, EnvelopeKind.PRICE] = {"prices": {}}
    for row in parts:
        lot, part = row.part.lot_number, row.part
        if part.kind == PartKind.GROUNDS:
            participation["grounds"] = row.content
        elif part.kind == PartKind.CONDITION:
            participation["conditions"][part.condition.key] = row.content
        else:
            kind, name = _PLACES[part.kind]
            found[lot, kind][name][part.criterion.key] = row.content
    return found


def content_of(part: BidPart, contents: dict[tuple[int, str], dict]) -> dict:
    """What one part says, out of the contents of all envelopes: the way back."""
    if part.kind == PartKind.GROUNDS:
        return contents[0, EnvelopeKind.PARTICIPATION]["grounds"]
    if part.kind == PartKind.CONDITION:
        return contents[0, EnvelopeKind.PARTICIPATION]["conditions"].get(part.condition.key, {})
    kind, name = _PLACES[part.kind]
    return contents[part.lot_number, kind][name].get(part.criterion.key, {})


def read_submission(submission: BidSubmission) -> dict[tuple[int, str], dict]:
    """What was handed in, for the bidder's own pages, by lot and kind of envelope.

    Raises ``SealingError`` where one cannot be opened, and ``UnfitContent`` where it holds what
    cannot be taken in.
    """
    bid = submission.bid
    key = bidder_key(bid)
    return {
        (row.lot_number, row.kind): fit_content(
            submission,
            row.lot_number,
            row.kind,
            sealing.read_as_bidder(
                as_sealed(row),
                envelope_context(bid, submission.number, row.lot_number, row.kind),
                bidder_key=key,
            ),
        )
        for row in submission.envelopes.all()
    }


def fit_content(submission: BidSubmission, lot_number: int, kind: str, content: bytes) -> dict:
    """What an envelope of the submission holds, checked by the version under which it was handed
    in. Raises ``UnfitContent``.
    """
    found = opened_contents.parsed(content)
    model = published_model(submission.version)
    opened_contents.check(found, kind, lot_number, model=model, lots=submission.lots)
    return found


def opener_key(opener: Opener) -> sealing.OpenerKey:
    return sealing.OpenerKey.from_text(bytes(opener.locked_key).decode())


def as_share(row: OpeningShare) -> sealing.OpeningShare:
    return sealing.OpeningShare(
        outer=bytes(row.outer.public_key),
        inner=bytes(row.inner.public_key),
        sealed=bytes(row.sealed),
    )


def as_bytes(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


def from_bytes(content: bytes) -> Any:
    return json.loads(content.decode())
