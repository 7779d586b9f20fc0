"""How evaluators rate: severity and spread of each, agreement of all, and who stands apart.

Ratings are compared as they are given. Where criteria have different scales, hand in the rating as
a percentage of the top of its scale, so that like is compared with like.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

from commissioning.award_model.terms import Rounding
from scorecards.scoring.alpha import alpha_interval, ordinal_alpha, pairable
from scorecards.scoring.award_words import number
from scorecards.scoring.errors import ScoringError
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.published_rounding import rounded

LEAST_UNITS = 10
OUTLIER_POINTS = 2
# Krippendorff, Content Analysis: rely on 0.8 and above, draw tentative conclusions from 0.667.
AGREES_WELL = Decimal("0.8")
AGREES_TENTATIVELY = Decimal("0.667")


class AgreementLevel(StrEnum):
    WELL = "well"
    MOSTLY = "mostly"
    IN_PART = "in_part"
    BY_CHANCE = "by_chance"
    TOO_FEW = "too_few"

    @property
    def words(self) -> str:
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    AgreementLevel.WELL: "The panel agrees well.",
    AgreementLevel.MOSTLY: "The panel agrees for the most part.",
    AgreementLevel.IN_PART: "The panel agrees only in part.",
    AgreementLevel.BY_CHANCE: "The panel agrees hardly more than by chance.",
    AgreementLevel.TOO_FEW: "There are too few ratings to say whether the panel agrees.",
}


@dataclass(frozen=True)
class PanelRating:
    """What one evaluator gave one bid on one criterion, before moderation."""

    evaluator: str
    bid: str
    criterion: str
    rating: Decimal


@dataclass(frozen=True)
class EvaluatorConsistency:
    """One evaluator beside the others.

    ``severity`` is the mean of own rating less the mean of the others' on the same bid and
    criterion: below zero is stricter than the others. ``spread`` is the mean distance of own
    ratings from their own mean. Both are in the unit of the ratings, and None with nothing to
    compare. ``compared`` counts the ratings that somebody else gave as well.
    """

    evaluator: str
    ratings: int
    compared: int
    severity: Decimal | None
    spread: Decimal | None
    words: str


@dataclass(frozen=True)
class AgreementReport:
    """``alpha`` with three decimals and the middle 95% of its resamples; None where too few."""

    evaluators: tuple[EvaluatorConsistency, ...]
    units: int
    ratings: int
    alpha: Decimal | None
    low: Decimal | None
    high: Decimal | None
    level: AgreementLevel
    words: str


@dataclass(frozen=True)
class Spread:
    """Ratings of one criterion of one bid. ``outliers`` are places in the list as given."""

    lowest: Decimal
    highest: Decimal
    median: Decimal
    outliers: tuple[int, ...]
    words: str


def panel_agreement(
    ratings: Iterable[PanelRating], *, least_units: int = LEAST_UNITS
) -> AgreementReport:
    """Every evaluator, and the panel as a whole.

    ``least_units`` is how many pairs of bid and criterion must have two ratings before anything is
    said of agreement. Raises ``ScoringError`` where an evaluator rated the same thing twice.
    """
    given = sorted(ratings, key=lambda each: (each.bid, each.criterion, each.evaluator))
    by_unit: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for each in given:
        unit = by_unit[each.bid, each.criterion]
        if each.evaluator in unit:
            raise ScoringError(f"{each.evaluator} rated {each.criterion} of {each.bid} twice")
        unit[each.evaluator] = each.rating
    units = [tuple(unit.values()) for unit in by_unit.values()]
    names = sorted({each.evaluator for each in given})
    evaluators = tuple(_consistency(name, list(by_unit.values())) for name in names)
    return _report(evaluators, units, least_units)


def spread_of(ratings: Sequence[Decimal], points: Sequence[Decimal]) -> Spread:
    """Lowest, highest, median, and who lies two or more points of the scale from the median.

    ``points`` are the values of the scale. Raises ``ScoringError`` without ratings or for a rating
    that is not a point.
    """
    if not ratings:
        raise ScoringError("there are no ratings to compare")
    steps = sorted(points)
    if not set(ratings) <= set(steps):
        raise ScoringError("a rating is not a point of the scale")
    places = [steps.index(rating) for rating in ratings]
    middle = median([Fraction(place) for place in places])
    outliers = tuple(
        index for index, place in enumerate(places) if abs(place - middle) >= OUTLIER_POINTS
    )
    return Spread(
        lowest=min(ratings),
        highest=max(ratings),
        median=as_decimal(median([Fraction(rating) for rating in ratings])),
        outliers=outliers,
        words=_spread_words(ratings, outliers),
    )


def _consistency(name: str, units: Sequence[dict[str, Decimal]]) -> EvaluatorConsistency:
    own = [Fraction(unit[name]) for unit in units if name in unit]
    differences = [
        Fraction(unit[name]) - _mean([Fraction(r) for who, r in unit.items() if who != name])
        for unit in units
        if name in unit and len(unit) > 1
    ]
    severity = _mean(differences) if differences else None
    centre = _mean(own)
    spread = _mean([abs(rating - centre) for rating in own]) if len(own) > 1 else None
    return EvaluatorConsistency(
        evaluator=name,
        ratings=len(own),
        compared=len(differences),
        severity=_three(severity),
        spread=_three(spread),
        words=_severity_words(name, _three(severity), len(differences)),
    )


def _severity_words(name: str, severity: Decimal | None, compared: int) -> str:
    if severity is None:
        return f"{name}: nobody else rated the same."
    ratings = "1 rating" if compared == 1 else f"{compared} ratings"
    if severity == 0:
        return f"{name}: on average level with the others, over {ratings}."
    side = "stricter" if severity < 0 else "milder"
    return f"{name}: on average {number(abs(severity))} {side} than the others, over {ratings}."


def _report(
    evaluators: tuple[EvaluatorConsistency, ...],
    units: Sequence[tuple[Decimal, ...]],
    least_units: int,
) -> AgreementReport:
    usable = pairable(units)
    count, ratings = len(usable), sum(len(unit) for unit in usable)
    alpha = ordinal_alpha(usable) if count >= least_units else None
    interval = alpha_interval(usable) if alpha is not None else None
    if alpha is None or interval is None:
        words = _too_few_words(count, least_units)
        return AgreementReport(
            evaluators, count, ratings, None, None, None, AgreementLevel.TOO_FEW, words
        )
    low, high = interval
    figure = rounded(alpha, places=3, rounding=Rounding.HALF_EVEN)
    level = _level(figure, low)
    return AgreementReport(
        evaluators,
        count,
        ratings,
        figure,
        low,
        high,
        level,
        f"{level.words} Krippendorff's alpha is {number(figure)}, where 1 is full agreement and 0 "
        f"is chance; with these {count} bids and criteria it is uncertain between {number(low)} "
        f"and {number(high)}.",
    )


def _level(alpha: Decimal, low: Decimal) -> AgreementLevel:
    """By the figure; where chance lies within the uncertainty, no more is claimed than that."""
    if low <= 0:
        return AgreementLevel.BY_CHANCE
    if alpha >= AGREES_WELL:
        return AgreementLevel.WELL
    return AgreementLevel.MOSTLY if alpha >= AGREES_TENTATIVELY else AgreementLevel.IN_PART


def _too_few_words(count: int, least_units: int) -> str:
    if count < least_units:
        return (
            f"{AgreementLevel.TOO_FEW.words} {count} of the {least_units} that are needed were "
            "rated by two people or more."
        )
    return (
        f"{AgreementLevel.TOO_FEW.words} Nearly all ratings are the same, so agreement cannot be "
        "told from chance."
    )


def _spread_words(ratings: Sequence[Decimal], outliers: Sequence[int]) -> str:
    low, high = number(min(ratings)), number(max(ratings))
    said = f"All rated {low}." if low == high else f"Rated from {low} to {high}."
    if not outliers:
        return said
    far = "1 rating lies" if len(outliers) == 1 else f"{len(outliers)} ratings lie"
    return f"{said} {far} {OUTLIER_POINTS} or more points from the median."


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _three(value: Fraction | None) -> Decimal | None:
    return None if value is None else rounded(value, places=3, rounding=Rounding.HALF_EVEN)
