"""How the figures of an award are said, the same on pages, in letters and in reports."""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

from accounts.numbers import pounds
from commissioning.award_model.model import PriceRule
from commissioning.award_model.terms import PriceMethod, Rounding
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.prices import lowest, mean
from scorecards.scoring.published_rounding import rounded

_SIX_DIGITS = Context(prec=6)


def number(value: Decimal) -> str:
    """Without an exponent and without zeros that say nothing: 80, 12.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction) -> str:
    """A share as a percentage with up to four decimals."""
    return f"{number(rounded(share * 100, places=4, rounding=Rounding.HALF_UP))}%"


def six_digits(value: Fraction) -> str:
    """Six significant digits, for figures whose size is not known beforehand."""
    return number(_SIX_DIGITS.plus(as_decimal(value)))


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def price_words(rule: PriceRule, price: Decimal, prices: Sequence[Decimal]) -> str:
    """How the share of a price came about, up to the equals sign."""
    match rule.method:
        case PriceMethod.RELATIVE:
            return f"Lowest price {pounds(lowest(prices))} ÷ {pounds(price)}"
        case PriceMethod.LINEAR:
            low = pounds(lowest(prices))
            return f"1 − ({pounds(price)} − lowest price {low}) ÷ {low}, and at least 0"
        case PriceMethod.CEILING_FLOOR:
            top, bottom = pounds(rule.ceiling_gbp or 0), pounds(rule.floor_gbp or 0)
            return f"(ceiling {top} − {pounds(price)}) ÷ ({top} − floor {bottom}), from 0 to 1"
    average = mean(prices)
    away = (Fraction(price) - average) / average
    side = "above" if away > 0 else "below"
    return (
        f"{number(rule.midpoint_percent or Decimal(0))}% for a price at the mean of "
        f"{pounds(average)}, {number(rule.points_per_percent or Decimal(0))} percentage points "
        f"for each per cent away; {pounds(price)} is {percent(abs(away))} {side}; from 0 to 100%"
    )


def ratio_words(method: PriceMethod, price: Decimal, quality: Decimal, ratio: Fraction) -> str:
    """The division that decides, to six digits."""
    if method is PriceMethod.PRICE_PER_QUALITY_POINT:
        return (
            f"{pounds(price)} ÷ {number(quality)} quality points = "
            f"£{six_digits(ratio)} for each point; the lowest wins"
        )
    return (
        f"{number(quality)} quality points ÷ {pounds(price)} = "
        f"{six_digits(ratio * 1_000_000)} points for each £1 million; the highest wins"
    )
