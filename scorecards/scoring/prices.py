"""From a price to a share of its points: one pure function for each published method.

Prices are pounds above zero; every function refuses others with ``BadPrice``. The results are exact
fractions from 0 to 1 and are not rounded; the lot's published rounding is applied to the points.
``docs/scoring.md`` has the formulas with worked examples. The formulas of the methods other than
relative price are reconstructed from practice: what binds is what the tender documents say.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from commissioning.award_model.model import PriceRule
from commissioning.award_model.terms import PriceMethod
from scorecards.scoring.errors import BadPrice, IncompleteModel

NOTHING = Fraction(0)
EVERYTHING = Fraction(1)


def relative(price: Decimal, prices: Sequence[Decimal]) -> Fraction:
    """Lowest ÷ price. ``prices`` are those of all bids in the running."""
    return min(EVERYTHING, lowest(prices) / exact_price(price))


def linear(price: Decimal, prices: Sequence[Decimal]) -> Fraction:
    """1 − (price − lowest) ÷ lowest: nothing from twice the lowest price on."""
    low = lowest(prices)
    return _within(1 - (exact_price(price) - low) / low)


def ceiling_floor(price: Decimal, *, ceiling: Decimal, floor: Decimal) -> Fraction:
    """(ceiling − price) ÷ (ceiling − floor); no other bid has a part in it."""
    top, bottom = exact_price(ceiling), Fraction(floor)
    if not 0 <= bottom < top:
        raise IncompleteModel("the floor of a price lies from nought up and below its ceiling")
    return _within((top - exact_price(price)) / (top - bottom))


def deviation_from_mean(
    price: Decimal,
    prices: Sequence[Decimal],
    *,
    midpoint_percent: Decimal,
    points_per_percent: Decimal,
) -> Fraction:
    """Midpoint, less so many percentage points for each per cent above the mean of all prices."""
    if points_per_percent < 0:
        raise IncompleteModel("points for each per cent from the mean may not be negative")
    average = mean(prices)
    percent_above = (exact_price(price) - average) / average * 100
    share = Fraction(midpoint_percent) - Fraction(points_per_percent) * percent_above
    return _within(share / 100)


def price_per_quality_point(price: Decimal, quality_points: Decimal) -> Fraction:
    """Pounds for one point of quality; the lowest wins. Raises ``BadPrice`` at no quality."""
    if quality_points <= 0:
        raise BadPrice("a price cannot be divided by no quality points at all")
    return exact_price(price) / Fraction(quality_points)


def value_for_money_index(price: Decimal, quality_points: Decimal) -> Fraction:
    """Points of quality for one pound; the highest wins."""
    return Fraction(quality_points) / exact_price(price)


def price_share(rule: PriceRule, price: Decimal, prices: Sequence[Decimal]) -> Fraction:
    """Share of the points by the rule's method; ``prices`` are those of all bids in the running.

    Raises ``IncompleteModel`` for a rule that lacks its figures or whose method divides.
    """
    match rule.method:
        case PriceMethod.RELATIVE:
            return relative(price, prices)
        case PriceMethod.LINEAR:
            return linear(price, prices)
        case PriceMethod.CEILING_FLOOR:
            return ceiling_floor(
                price,
                ceiling=_stated(rule.ceiling_gbp, "ceiling"),
                floor=_stated(rule.floor_gbp, "floor"),
            )
        case PriceMethod.DEVIATION_FROM_MEAN:
            return deviation_from_mean(
                price,
                prices,
                midpoint_percent=_stated(rule.midpoint_percent, "midpoint"),
                points_per_percent=_stated(rule.points_per_percent, "points for each per cent"),
            )
    raise IncompleteModel("this price has no method that gives points")


def price_ratio(method: PriceMethod, price: Decimal, quality_points: Decimal) -> Fraction:
    """What a method that divides compares. Raises ``IncompleteModel`` for the other methods."""
    match method:
        case PriceMethod.PRICE_PER_QUALITY_POINT:
            return price_per_quality_point(price, quality_points)
        case PriceMethod.VALUE_FOR_MONEY_INDEX:
            return value_for_money_index(price, quality_points)
    raise IncompleteModel(f"{method} does not divide price and quality")


def has_its_figures(rule: PriceRule) -> bool:
    """Whether the rule states every figure that its method needs, and they can be used."""
    match rule.method:
        case PriceMethod.RELATIVE | PriceMethod.LINEAR:
            return True
        case PriceMethod.CEILING_FLOOR:
            ceiling, floor = rule.ceiling_gbp, rule.floor_gbp
            return ceiling is not None and floor is not None and 0 <= floor < ceiling
        case PriceMethod.DEVIATION_FROM_MEAN:
            steepness = rule.points_per_percent
            return rule.midpoint_percent is not None and steepness is not None and steepness >= 0
        case PriceMethod.PRICE_PER_QUALITY_POINT | PriceMethod.VALUE_FOR_MONEY_INDEX:
            return rule.minimum_quality_percent is not None
    return False


def exact_price(price: Decimal) -> Fraction:
    """The price as a fraction. Raises ``BadPrice`` unless it is a number of pounds above zero."""
    if not price.is_finite() or price <= 0:
        raise BadPrice(f"a price must be a number of pounds above zero: {price}")
    return Fraction(price)


def lowest(prices: Sequence[Decimal]) -> Fraction:
    """The lowest price. Raises ``BadPrice`` for an empty list."""
    if not prices:
        raise BadPrice("there is no price to compare with")
    return min(exact_price(price) for price in prices)


def mean(prices: Sequence[Decimal]) -> Fraction:
    """The mean price. Raises ``BadPrice`` for an empty list."""
    if not prices:
        raise BadPrice("there is no price to compare with")
    return sum((exact_price(price) for price in prices), NOTHING) / len(prices)


def _within(share: Fraction) -> Fraction:
    return max(NOTHING, min(EVERYTHING, share))


def _stated(figure: Decimal | None, what: str) -> Decimal:
    if figure is None:
        raise IncompleteModel(f"the price method does not state its {what}")
    return figure
