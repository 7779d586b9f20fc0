"""Lots and bids in few words, for the tests of awards."""

from decimal import Decimal

from commissioning.award_model.model import (
    Criterion,
    Lot,
    PriceRule,
    Scale,
    ScalePoint,
    SocialValueRule,
)
from commissioning.award_model.terms import (
    CriterionKind,
    PriceMethod,
    Rounding,
    SocialValueMethod,
    TieBreak,
)
from scorecards.scoring import (
    AwardInput,
    BidInput,
    BidStanding,
    CriterionPass,
    CriterionPounds,
    CriterionRating,
    Draw,
    EvaluatorRating,
)

ALL_STEPS = ("higher_quality", "lower_price", "drawn_by_lot")


def scale(code, values):
    return Scale(code, code, tuple(ScalePoint(Decimal(str(v)), f"{v}") for v in values))


ZERO_TO_FIVE = scale("zero-to-five", range(6))
PERCENT = scale("percent", range(101))


def rule(method="relative", **figures):
    return PriceRule(
        PriceMethod(method), **{name: Decimal(figure) for name, figure in figures.items()}
    )


def price(weight="40", **figures):
    return Criterion(
        "price", "P", "Price", CriterionKind.PRICE, decimal(weight), price=rule(**figures)
    )


def rated(key, weight, *, kind="quality", scale="zero-to-five", minimum=None, parts=()):
    return Criterion(
        key=key,
        number=key,
        title=key,
        kind=CriterionKind(kind),
        weight_percent=decimal(weight),
        scale_code="" if parts else scale,
        minimum_rating=decimal(minimum),
        sub_criteria=tuple(parts),
    )


def counted(key, weight, *, method="relative", target=None):
    return Criterion(
        key=key,
        number=key,
        title=key,
        kind=CriterionKind.SOCIAL_VALUE,
        weight_percent=decimal(weight),
        social_value=SocialValueRule(SocialValueMethod(method), decimal(target)),
    )


def gate(key):
    return Criterion(key, key, key, CriterionKind.QUALITY, None, is_pass_fail=True)


def lot_of(*criteria, number=1, winners=1, minimum_total=None, steps=ALL_STEPS, places=2, how=None):
    return Lot(
        number=number,
        title=f"Lot {number}",
        criteria=criteria,
        winners=winners,
        minimum_total_percent=decimal(minimum_total),
        decimal_places=places,
        rounding=Rounding(how or "half_up"),
        tie_breaks=tuple(TieBreak(step) for step in steps),
    )


def bid(key, cost=None, ratings=(), *, pounds=(), passes=(), standing="eligible", seen=()):
    """``ratings``, ``pounds`` and ``passes`` are mappings; ``seen`` is (evaluator, key, rating)."""
    return BidInput(
        key=key,
        label=key,
        standing=BidStanding(standing),
        price_gbp=decimal(cost),
        ratings=tuple(CriterionRating(k, Decimal(r)) for k, r in dict(ratings).items()),
        social_value=tuple(CriterionPounds(k, Decimal(p)) for k, p in dict(pounds).items()),
        passes=tuple(CriterionPass(k, passed) for k, passed in dict(passes).items()),
        evaluator_ratings=tuple(EvaluatorRating(who, k, Decimal(r)) for who, k, r in seen),
    )


def inputs_of(lot, *bids, scales=(ZERO_TO_FIVE, PERCENT), draws=(), **others):
    return AwardInput(
        lot=lot,
        scales=tuple(scales),
        bids=bids,
        draws=tuple(Draw(tuple(order)) for order in draws),
        **others,
    )


def decimal(figure):
    return None if figure is None else Decimal(figure)
