"""Bids that nobody made, to try a model out before it is published.

They have the shapes that find out a model: strong and dear, cheap and weak, even, just short of a
minimum, and two that are level. The same lot, scales and seed give the same bids.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random

from commissioning.award_model.model import Criterion, Lot, Scale
from scorecards.scoring.award_assessment import is_counted, is_rated
from scorecards.scoring.award_inputs import (
    BidInput,
    CriterionPass,
    CriterionPounds,
    CriterionRating,
    EvaluatorRating,
)
from scorecards.scoring.award_weights import price_leaf
from scorecards.scoring.errors import IncompleteModel

EVALUATORS = ("Evaluator A", "Evaluator B", "Evaluator C")
VALUE_WHERE_NONE_IS_STATED = Decimal(100_000)
# How far a rating may lie from the level of its bid; less than half of what parts two shapes.
WAVERS_BY = 0.1


@dataclass(frozen=True)
class _Shape:
    """``level`` is how far up each scale the ratings lie, 0 to 1; prices relative to the value."""

    key: str
    label: str
    level: float
    price: Decimal
    social_value: Decimal


_STRONG = _Shape("made-up-1", "Strong and dear", 0.95, Decimal("1.2"), Decimal("1.1"))
_CHEAP = _Shape("made-up-2", "Cheap and weak", 0.35, Decimal("0.8"), Decimal("0.2"))
_EVEN = _Shape("made-up-3", "Even throughout", 0.65, Decimal("1"), Decimal("0.7"))
_SHORT = _Shape("made-up-4", "Just short of a minimum", 0.65, Decimal("0.9"), Decimal("0.7"))
_LEVEL = _Shape("made-up-5", "First of a level pair", 0.75, Decimal("1.05"), Decimal("0.8"))


def made_up_bids(lot: Lot, scales: Sequence[Scale], *, seed: int) -> tuple[BidInput, ...]:
    """Six bids for the lot, each with the ratings of three evaluators around the consensus.

    Raises ``IncompleteModel`` where a rated criterion has no scale.
    """
    random = Random(seed)
    by_code = {scale.code: scale for scale in scales}
    strong, cheap, even, short, level = (
        _bid(shape, lot, by_code, random) for shape in (_STRONG, _CHEAP, _EVEN, _SHORT, _LEVEL)
    )
    twin = replace(level, key="made-up-6", label="Second of a level pair")
    return strong, cheap, even, _cut_short(short, lot, by_code), level, twin


def _bid(shape: _Shape, lot: Lot, scales: dict[str, Scale], random: Random) -> BidInput:
    leaves = tuple(lot.leaves())
    value = _value(lot)
    rated = [leaf for leaf in leaves if is_rated(leaf)]
    consensus = {leaf.key: _rating(shape, leaf, scales, random) for leaf in rated}
    return BidInput(
        key=shape.key,
        label=shape.label,
        price_gbp=_pounds(value * shape.price) if price_leaf(lot) is not None else None,
        ratings=tuple(CriterionRating(key, rating) for key, rating in consensus.items()),
        social_value=tuple(
            CriterionPounds(leaf.key, _pounds(_commitment(leaf, value) * shape.social_value))
            for leaf in leaves
            if is_counted(leaf)
        ),
        passes=tuple(CriterionPass(leaf.key, True) for leaf in leaves if leaf.is_pass_fail),
        evaluator_ratings=tuple(
            EvaluatorRating(name, leaf.key, _near(consensus[leaf.key], leaf, scales, random))
            for name in EVALUATORS
            for leaf in rated
        ),
    )


def _cut_short(bid: BidInput, lot: Lot, scales: dict[str, Scale]) -> BidInput:
    """The bid one point below the first minimum that has one; else it fails what can be failed.

    A lot without minimum ratings and pass/fail criteria gets a bid at the foot of every scale,
    which a minimum total, if there is one, catches.
    """
    for leaf in lot.leaves():
        below = [point for point in _points(leaf, scales) if _is_under(point, leaf)]
        if is_rated(leaf) and below:
            return _rated(bid, {leaf.key: below[-1]})
    gates = [leaf.key for leaf in lot.leaves() if leaf.is_pass_fail]
    if gates:
        return replace(bid, passes=tuple(CriterionPass(k, k != gates[0]) for k in gates))
    return _rated(bid, {k.key: _points(k, scales)[0] for k in lot.leaves() if is_rated(k)})


def _is_under(point: Decimal, leaf: Criterion) -> bool:
    return leaf.minimum_rating is not None and point < leaf.minimum_rating


def _rated(bid: BidInput, changes: dict[str, Decimal]) -> BidInput:
    ratings = tuple(
        CriterionRating(each.criterion, changes.get(each.criterion, each.rating))
        for each in bid.ratings
    )
    return replace(bid, ratings=ratings)


def _rating(shape: _Shape, leaf: Criterion, scales: dict[str, Scale], random: Random) -> Decimal:
    """Around the level of the shape, and never under the criterion's minimum."""
    points = [point for point in _points(leaf, scales) if not _is_under(point, leaf)]
    if not points:
        raise IncompleteModel(f"no point of the scale of {leaf.key} reaches its minimum")
    level = shape.level + WAVERS_BY * (2 * random.random() - 1)
    place = round(level * (len(points) - 1))
    return points[max(0, min(len(points) - 1, place))]


def _near(rating: Decimal, leaf: Criterion, scales: dict[str, Scale], random: Random) -> Decimal:
    """The rating or, one time in two, a neighbour of it."""
    points = _points(leaf, scales)
    place = points.index(rating) + (-1, 0, 0, 1)[int(random.random() * 4)]
    return points[max(0, min(len(points) - 1, place))]


def _points(leaf: Criterion, scales: dict[str, Scale]) -> list[Decimal]:
    if not is_rated(leaf):
        return []
    scale = scales.get(leaf.scale_code)
    if scale is None or not scale.points:
        raise IncompleteModel(f"criterion {leaf.key} has no scale")
    return sorted(point.value for point in scale.points)


def _value(lot: Lot) -> Decimal:
    """About what a bid would cost: between floor and ceiling, else the stated value of the lot."""
    leaf = price_leaf(lot)
    rule = leaf.price if leaf is not None else None
    if rule is not None and rule.ceiling_gbp is not None and rule.floor_gbp is not None:
        return (rule.ceiling_gbp + rule.floor_gbp) / 2
    return lot.value_gbp or VALUE_WHERE_NONE_IS_STATED


def _commitment(leaf: Criterion, value: Decimal) -> Decimal:
    rule = leaf.social_value
    return (rule.target_gbp if rule is not None else None) or value / 10


def _pounds(value: Decimal) -> Decimal:
    return max(Decimal(1), value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
