"""What a bid is made of, given the award model and the lots that it is for.

A part is what one page asks and one colleague can hold. ``name`` is its key in a draft, and
``lot_number`` 0 stands for the whole bid. What a part holds is plain data:

- grounds: ``share_code``; ``answers`` (code of a ground: "yes" or "no"); ``grounds`` (code: the
  bidder's words, for those that apply)
- a condition: ``met`` (True, False or None) and ``words``
- an answer: ``text`` and ``evidence`` (references of items of the library)
- commitments: by framework, edition and code of a measure, ``quantity`` and ``note``
- a price: ``amount_gbp`` and ``note``

Quantities and amounts are text in plain digits, such as "248000.50", in the unit of the measure and
in pounds; a draft that is not complete may hold whatever was typed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commissioning.award_model.exclusion import GROUNDS
from commissioning.award_model.model import AwardModel, Condition, Criterion, Lot

LARGEST_NUMBER = Decimal(10) ** 15
PLACES_OF_A_PRICE = 2
PLACES_OF_A_QUANTITY = 6


class PartKind(StrEnum):
    """Which page asks for the part."""

    GROUNDS = "grounds"
    CONDITION = "condition"
    ANSWER = "answer"
    COMMITMENTS = "commitments"
    PRICE = "price"


@dataclass(frozen=True)
class BidPart:
    """One part of a bid; ``criterion`` or ``condition`` is what it answers."""

    lot_number: int
    name: str
    kind: PartKind
    title: str
    criterion: Criterion | None = None
    condition: Condition | None = None


@dataclass(frozen=True)
class Shortcoming:
    """Why a part is not complete: ``field`` of its form, and what to do."""

    field: str
    words: str


def lots_still_offered(model: AwardModel, lots: Iterable[int]) -> list[int]:
    """Those of a bid's lots that the model has, in their order: an amendment may take lots out."""
    offered = {lot.number for lot in model.lots}
    return [number for number in lots if number in offered]


def bid_parts(model: AwardModel, lots: Iterable[int]) -> tuple[BidPart, ...]:
    """The parts of a bid for these lots, in the order in which people fill them in."""
    wanted = set(lots)
    found = [BidPart(0, "grounds", PartKind.GROUNDS, "Exclusion grounds")]
    found += [
        BidPart(0, f"condition-{row.key}", PartKind.CONDITION, row.title, condition=row)
        for row in model.conditions
    ]
    for lot in model.lots:
        if lot.number in wanted:
            found += _parts_of_lot(lot)
    return tuple(found)


def _parts_of_lot(lot: Lot) -> Iterator[BidPart]:
    """Answers first, then commitments, the price last."""
    leaves = list(lot.leaves())
    for kind, is_asked in (
        (PartKind.ANSWER, lambda leaf: leaf.is_rated),
        (PartKind.COMMITMENTS, lambda leaf: bool(_measures(leaf))),
        (PartKind.PRICE, lambda leaf: leaf.price is not None),
    ):
        for leaf in leaves:
            if is_asked(leaf):
                yield BidPart(lot.number, f"{kind}-{leaf.key}", kind, leaf.title, criterion=leaf)


def _measures(criterion: Criterion) -> tuple[str, ...]:
    rule = criterion.social_value
    return rule.measure_codes if rule else ()


def short_code(code: str) -> str:
    """The code of a measure without its framework and edition, for people who see its page."""
    return code.rpartition(" ")[2]


def commitment_field(name: str, code: str) -> str:
    """The field of a form for one measure: ``name`` is quantity or note. It holds no space."""
    return f"{name}_{code.replace(' ', '_')}"


def count_words(text: str) -> int:
    """Words of a text: what stands between spaces, as word limits count them."""
    return len(text.split())


def shortcomings(part: BidPart, content: dict) -> tuple[Shortcoming, ...]:
    """Why the part cannot be handed in with this content; nothing where it is complete."""
    return tuple(_LOOKS[part.kind](part, content))


def _grounds(part: BidPart, content: dict) -> Iterator[Shortcoming]:
    if content.get("share_code"):
        return
    answers, words = content.get("answers", {}), content.get("grounds", {})
    for ground in GROUNDS:
        answer = answers.get(ground.code)
        if answer not in ("yes", "no"):
            yield Shortcoming(
                f"ground_{ground.code}", f"Select yes if this applies: {ground.title.lower()}"
            )
        elif answer == "yes" and not words.get(ground.code, "").strip():
            yield Shortcoming(
                f"words_{ground.code}",
                f"Say what happened, and what you did about it: {ground.title.lower()}",
            )


def _condition(part: BidPart, content: dict) -> Iterator[Shortcoming]:
    if content.get("met") is None:
        yield Shortcoming("met", "Select whether you meet the condition")
    if not content.get("words", "").strip():
        yield Shortcoming("words", "Say how you meet the condition, or why you do not")


def _answer(part: BidPart, content: dict) -> Iterator[Shortcoming]:
    text, limit = content.get("text", ""), part.criterion.word_limit
    if not text.strip():
        yield Shortcoming("text", "Enter your answer")
    elif limit and count_words(text) > limit:
        over = count_words(text) - limit
        yield Shortcoming(
            "text",
            f"The answer has {over} word{'' if over == 1 else 's'} too many. Its limit is"
            f" {limit} words.",
        )


def _commitments(part: BidPart, content: dict) -> Iterator[Shortcoming]:
    """A measure that is left blank is no commitment, which is an answer too."""
    for code in _measures(part.criterion):
        given = content.get(code, {}).get("quantity", "")
        if given and _positive(given, PLACES_OF_A_QUANTITY) is None:
            yield Shortcoming(
                commitment_field("quantity", code),
                f"The quantity of {short_code(code)} must be a number above 0, such as 12 or 12.5,"
                " or blank",
            )


def _price(part: BidPart, content: dict) -> Iterator[Shortcoming]:
    given = content.get("amount_gbp", "")
    if not given:
        yield Shortcoming("amount_gbp", "Enter your price in pounds")
    elif _positive(given, PLACES_OF_A_PRICE) is None:
        yield Shortcoming(
            "amount_gbp", "The price must be an amount in pounds and pence, such as 248000.50"
        )


def _positive(given: str, places: int) -> Decimal | None:
    """The number, where the text is one in plain digits, above 0 and within what is allowed."""
    if not re.fullmatch(rf"[0-9]{{1,16}}(\.[0-9]{{1,{places}}})?", given):
        return None
    number = Decimal(given)
    return number if 0 < number <= LARGEST_NUMBER else None


_LOOKS = {
    PartKind.GROUNDS: _grounds,
    PartKind.CONDITION: _condition,
    PartKind.ANSWER: _answer,
    PartKind.COMMITMENTS: _commitments,
    PartKind.PRICE: _price,
}
