"""An award model laid out for reading: what each criterion counts overall, rules in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from accounts.numbers import pounds
from commissioning.award_model.model import Criterion, Lot, PriceRule, SocialValueRule
from commissioning.award_model.remarks import shown
from commissioning.award_model.terms import PriceMethod, SocialValueMethod

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Level:
    """Criteria that share one 100: those at the top of a lot, or those below one criterion."""

    nodes: tuple["Node", ...]

    @property
    def total(self) -> Decimal:
        """What the weights of this level sum to."""
        weights = (node.criterion.weight_percent for node in self.nodes)
        return sum((weight for weight in weights if weight is not None), Decimal(0))

    @property
    def is_whole(self) -> bool:
        return self.total == HUNDRED

    @property
    def difference_words(self) -> str:
        """What is missing or too much, empty where nothing is."""
        left = HUNDRED - self.total
        if not left:
            return ""
        return f"{shown(left)} missing" if left > 0 else f"{shown(-left)} too many"


@dataclass(frozen=True)
class Node:
    """A criterion in its place. ``overall_percent`` is what it counts of the whole lot; None where
    it, or something above it, carries no weight.
    """

    criterion: Criterion
    overall_percent: Decimal | None
    parts: Level

    def all(self) -> Iterator["Node"]:
        """Itself and everything below it, parents first."""
        yield self
        for part in self.parts.nodes:
            yield from part.all()


def outline(lot: Lot) -> Level:
    """The criteria of a lot with what each counts overall."""
    return _level(lot.criteria, HUNDRED)


def _level(criteria: tuple[Criterion, ...], above: Decimal | None) -> Level:
    return Level(tuple(_node(criterion, above) for criterion in criteria))


def _node(criterion: Criterion, above: Decimal | None) -> Node:
    weight = criterion.weight_percent
    overall = None if weight is None or above is None else above * weight / HUNDRED
    return Node(criterion, overall, _level(criterion.sub_criteria, overall))


def price_sentences(rule: PriceRule) -> tuple[str, ...]:
    """How a price is scored, in sentences that hold every published figure."""
    if rule.method is None:
        return ("The method is not stated yet.",)
    found = [_METHODS[rule.method](rule)]
    if rule.abnormally_low_percent is not None:
        found.append(
            f"A price {shown(rule.abnormally_low_percent)}% or more below the mean of the others "
            "is looked into as possibly too low; the bidder is heard first."
        )
    return tuple(found)


def _pounds(amount: Decimal | None) -> str:
    return "a price that is not stated yet" if amount is None else pounds(amount)


def _figure(number: Decimal | None, unit: str) -> str:
    return "a figure that is not stated yet" if number is None else f"{shown(number)}{unit}"


def _divided(rule: PriceRule, words: str) -> str:
    least = _figure(rule.minimum_quality_percent, "%")
    return f"{words} Only bids that reach {least} of the points that are not for price take part."


_METHODS = {
    PriceMethod.RELATIVE: lambda rule: (
        "The lowest price scores all the points. Every other price scores the share that the "
        "lowest price is of it."
    ),
    PriceMethod.LINEAR: lambda rule: (
        "The lowest price scores all the points. For each per cent that a price is above the "
        "lowest, one per cent of the points is lost; at twice the lowest price none is left."
    ),
    PriceMethod.CEILING_FLOOR: lambda rule: (
        f"{_pounds(rule.floor_gbp).capitalize()} or less scores all the points, "
        f"{_pounds(rule.ceiling_gbp)} or more scores none, and what lies between scores in "
        "proportion."
    ),
    PriceMethod.DEVIATION_FROM_MEAN: lambda rule: (
        f"A price at the mean of all prices scores {_figure(rule.midpoint_percent, '%')} of the "
        f"points. Each per cent above or below the mean takes away or adds "
        f"{_figure(rule.points_per_percent, '')} percentage points, between 0% and "
        "100%."
    ),
    PriceMethod.PRICE_PER_QUALITY_POINT: lambda rule: _divided(
        rule, "The price is divided by the points for everything else, and the lowest result wins."
    ),
    PriceMethod.VALUE_FOR_MONEY_INDEX: lambda rule: _divided(
        rule,
        "The points for everything else are divided by the price, and the highest result wins.",
    ),
}


def social_value_sentence(rule: SocialValueRule) -> str:
    """How social value is scored, in a sentence."""
    if rule.method is SocialValueMethod.QUALITATIVE:
        return "Evaluators rate what is described."
    if rule.method is SocialValueMethod.RELATIVE:
        return (
            "Commitments are counted in pounds. The highest sum scores all the points, every other "
            "one its share of the highest."
        )
    return (
        f"Commitments are counted in pounds. {_pounds(rule.target_gbp).capitalize()} or more "
        "scores all the points, less scores its share."
    )
