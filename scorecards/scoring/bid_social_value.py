"""From what a bid commits to for social value to a share of the points.

Results are exact fractions from 0 to 1, not rounded. Formulas are in ``docs/scoring.md``; they are
reconstructed from practice: what binds is what the tender documents say.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from commissioning.award_model.model import Scale, SocialValueRule
from commissioning.award_model.terms import SocialValueMethod
from scorecards.scoring.errors import BadQuantity, IncompleteModel, RatingOffScale


def relative_to_highest(pounds: Decimal, all_pounds: Sequence[Decimal]) -> Fraction:
    """Pounds ÷ the highest of all bids in the running; where nobody commits to any, 0 for all."""
    highest = max((_exact(figure) for figure in all_pounds), default=Fraction(0))
    if highest == 0:
        return Fraction(0)
    return min(Fraction(1), _exact(pounds) / highest)


def against_target(pounds: Decimal, target_gbp: Decimal) -> Fraction:
    """Pounds ÷ target, and no more than everything."""
    if not target_gbp.is_finite() or target_gbp <= 0:
        raise IncompleteModel("a target for social value must be above zero")
    return min(Fraction(1), _exact(pounds) / Fraction(target_gbp))


def by_rating(rating: Decimal, scale: Scale) -> Fraction:
    """Rating ÷ top of its scale, for social value and for every other rated criterion.

    Raises ``RatingOffScale`` for what is not a point of the scale, ``IncompleteModel`` for a scale
    without a point above zero or with one below.
    """
    if not scale.points or scale.top <= 0 or scale.bottom < 0:
        raise IncompleteModel(f"the scale {scale.code} needs points from zero up, one above zero")
    if rating not in [point.value for point in scale.points]:
        raise RatingOffScale(f"{rating} is not a point of the scale {scale.code}")
    return Fraction(rating) / Fraction(scale.top)


def social_value_share(
    rule: SocialValueRule, pounds: Decimal, all_pounds: Sequence[Decimal]
) -> Fraction:
    """Share of the points for commitments in pounds, by the rule's quantitative method."""
    if rule.method is SocialValueMethod.RELATIVE:
        return relative_to_highest(pounds, all_pounds)
    if rule.method is SocialValueMethod.TARGET:
        if rule.target_gbp is None:
            raise IncompleteModel("social value against a target does not state the target")
        return against_target(pounds, rule.target_gbp)
    raise IncompleteModel("social value by rating is not scored from pounds")


def _exact(pounds: Decimal) -> Fraction:
    if not pounds.is_finite() or pounds < 0:
        raise BadQuantity(f"social value must be a number of pounds from nought up: {pounds}")
    return Fraction(pounds)
