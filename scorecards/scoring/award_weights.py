"""What each criterion of a lot counts overall, and how weights move.

Overall weights are exact fractions of 100 points, by the keys of the scored criteria. A criterion's
share among its siblings is multiplied on its way up.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import CriterionKind
from scorecards.scoring.errors import BadWeight, IncompleteModel

ALL_POINTS = Fraction(100)


def is_priced(leaf: Criterion) -> bool:
    """Whether the criterion is scored from the bid's price by a method."""
    return leaf.kind is CriterionKind.PRICE and leaf.price is not None


def is_divided(leaf: Criterion) -> bool:
    """Whether the criterion is a price that is divided by quality, and so carries no weight."""
    method = leaf.price.method if is_priced(leaf) and leaf.price is not None else None
    return method is not None and method.ranks_by_ratio


def price_leaf(lot: Lot) -> Criterion | None:
    """The criterion that takes the lot's price. Raises ``IncompleteModel`` if there are several."""
    priced = [leaf for leaf in lot.leaves() if is_priced(leaf)]
    if len(priced) > 1:
        raise IncompleteModel(f"lot {lot.number} has more than one price criterion")
    return priced[0] if priced else None


def overall_weights(lot: Lot) -> dict[str, Fraction]:
    """Points that each scored criterion can earn; they sum to 100.

    Raises ``BadWeight`` where a level does not sum to 100, a criterion that is to be scored has no
    weight above zero, or one that passes or fails has any.
    """
    return dict(_spread(lot.criteria, ALL_POINTS, f"lot {lot.number}"))


def with_top_level_moved(
    lot: Lot, weights: Mapping[str, Fraction], key: str, to: Fraction
) -> dict[str, Fraction]:
    """The weights with the top-level criterion ``key`` counting ``to`` points.

    The rest share what is left in their old proportions. ``to`` lies from 0 to 100; the criterion
    must not be the only one with a weight (``BadWeight``).
    """
    own = {leaf.key for c in lot.criteria if c.key == key for leaf in c.leaves()}
    old = sum((weight for leaf, weight in weights.items() if leaf in own), Fraction(0))
    if old in (0, ALL_POINTS):
        raise BadWeight(f"the weight of {key} cannot be moved against the others")
    up, down = to / old, (ALL_POINTS - to) / (ALL_POINTS - old)
    return {leaf: weight * (up if leaf in own else down) for leaf, weight in weights.items()}


def without(weights: Mapping[str, Fraction], key: str) -> dict[str, Fraction]:
    """The weights without one criterion, the others raised in proportion to sum to 100 again."""
    rest = {leaf: weight for leaf, weight in weights.items() if leaf != key}
    total = sum(rest.values(), Fraction(0))
    if total == 0:
        raise BadWeight(f"no criterion with a weight is left without {key}")
    return {leaf: weight * ALL_POINTS / total for leaf, weight in rest.items()}


def _spread(
    siblings: Sequence[Criterion], points: Fraction, where: str
) -> Iterator[tuple[str, Fraction]]:
    weighted = [c for c in siblings if not c.is_pass_fail and not is_divided(c)]
    for criterion in siblings:
        if criterion not in weighted and criterion.weight_percent is not None:
            raise BadWeight(f"{criterion.key} is not scored by weight and may not carry one")
        if criterion.is_pass_fail and criterion.sub_criteria:
            raise IncompleteModel(f"{criterion.key} is pass or fail and may not have sub-criteria")
    shares = [_share(criterion) for criterion in weighted]
    if sum(shares) != 1:
        raise BadWeight(f"the weights of {where} sum to {float(sum(shares) * 100):g}, not to 100")
    for criterion, share in zip(weighted, shares, strict=True):
        if criterion.sub_criteria:
            yield from _spread(criterion.sub_criteria, points * share, criterion.key)
        else:
            yield criterion.key, points * share


def _share(criterion: Criterion) -> Fraction:
    weight = criterion.weight_percent
    if weight is None or not weight.is_finite() or weight <= 0:
        raise BadWeight(f"the weight of {criterion.key} must be more than zero")
    return Fraction(weight) / 100
