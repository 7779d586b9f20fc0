"""Exact arithmetic inside, decimals outside.

Means are formed as fractions, so that order never matters and a mean of
exactly 80 reaches the band that starts at 80. A figure becomes a decimal once,
at a fixed precision that no caller's decimal context can change.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from scorecards.scoring.errors import BadWeight

SIGNIFICANT_DIGITS = 28
_CONTEXT = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)


def as_decimal(value: Fraction) -> Decimal:
    """The figure at 28 significant digits, without trailing zeros of its own."""
    exact = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if exact == exact.to_integral_value():
        return exact.quantize(Decimal(1), context=_CONTEXT)
    return exact.normalize(_CONTEXT)


def as_decimal_or_none(value: Fraction | None) -> Decimal | None:
    return None if value is None else as_decimal(value)


def weighted_mean(pairs: Iterable[tuple[Decimal, Fraction]]) -> Fraction | None:
    """Mean of (weight, value) pairs; None when there are no pairs at all."""
    total_weight = Fraction(0)
    total = Fraction(0)
    seen = False
    for weight, value in pairs:
        if not weight.is_finite() or weight <= 0:
            raise BadWeight(f"a weight must be more than zero: {weight}")
        seen = True
        total_weight += Fraction(weight)
        total += Fraction(weight) * value
    if not seen:
        return None
    return total / total_weight
