"""The rounding that a lot publishes, applied to exact fractions.

A fraction is rounded once, from its exact value, so that what decimals cannot hold (a third of a
point) never leans to one side before the published rule is applied.
"""

from collections.abc import Iterable
from decimal import MAX_PREC, Context, Decimal
from fractions import Fraction

from commissioning.award_model.model import Lot
from commissioning.award_model.terms import Rounding
from scorecards.scoring.errors import IncompleteModel

# Nothing is lost in sums and shifts, whatever decimal context the caller has.
_EXACT = Context(prec=MAX_PREC)


def rounded(value: Fraction, *, places: int, rounding: Rounding) -> Decimal:
    """``value`` with ``places`` decimals. Half up and down look at the size, not at the sign."""
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    if _goes_up(2 * rest - value.denominator, whole, rounding):
        whole += 1
    return Decimal(-whole if value < 0 else whole).scaleb(-places, context=_EXACT)


def points_of(lot: Lot, value: Fraction) -> Decimal:
    """Points in the rounding that the lot publishes. Raises ``IncompleteModel``."""
    if lot.decimal_places is None or lot.rounding is None:
        raise IncompleteModel(f"lot {lot.number} does not say how points are rounded")
    return rounded(value, places=lot.decimal_places, rounding=lot.rounding)


def sum_of(points: Iterable[Decimal]) -> Decimal:
    """The exact sum of rounded points, with as many decimals as they have."""
    total = Decimal(0)
    for each in points:
        total = _EXACT.add(total, each)
    return total


def _goes_up(over_half: int, whole: int, rounding: Rounding) -> bool:
    """Whether the rest lifts the whole units; ``over_half`` is 0 where it is exactly a half."""
    if rounding is Rounding.DOWN:
        return False
    if rounding is Rounding.HALF_UP:
        return over_half >= 0
    return over_half > 0 or (over_half == 0 and whole % 2 == 1)
