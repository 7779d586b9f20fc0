"""Would the winner change? The same bids under other weights, other ratings, other price methods.

A lesson about the model, never a result: published thresholds, rounding and tie-breaks hold in
every scenario, and nothing here can replace the published calculation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import PriceMethod
from scorecards.scoring.award_assessment import Assessment, assess
from scorecards.scoring.award_inputs import AwardInput, BidInput, CriterionRating
from scorecards.scoring.award_ranking import Ranking, dividing_method, rank, score
from scorecards.scoring.award_weights import (
    ALL_POINTS,
    overall_weights,
    price_leaf,
    with_top_level_moved,
    without,
)
from scorecards.scoring.award_words import listed, number
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.prices import has_its_figures
from scorecards.scoring.random_weights import RandomWeights, random_weights

MOVED_BY_POINTS = Decimal(5)
RUNS = 10_000


class ScenarioKind(StrEnum):
    WEIGHT_MOVED = "weight_moved"
    ONE_EVALUATOR = "one_evaluator"
    OTHER_PRICE_METHOD = "other_price_method"


@dataclass(frozen=True)
class Scenario:
    """One change to the model or the ratings, and who would win then.

    ``subject`` is the criterion's key, the evaluator, or the price method. ``undecided`` are bids
    that the published tie-break does not part.
    """

    kind: ScenarioKind
    subject: str
    title: str
    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    changes_winner: bool
    words: str


@dataclass(frozen=True)
class RobustnessReport:
    """``winners`` and ``undecided`` are those of the model as it is."""

    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    random: RandomWeights
    words: str

    def of_kind(self, kind: ScenarioKind) -> tuple[Scenario, ...]:
        return tuple(each for each in self.scenarios if each.kind is kind)


@dataclass(frozen=True)
class _Change:
    """A scenario before it is worked out."""

    kind: ScenarioKind
    subject: str
    title: str
    lot: Lot
    assessed: tuple[Assessment, ...]
    weights: Mapping[str, Fraction]


def robustness(inputs: AwardInput, *, seed: int, runs: int = RUNS) -> RobustnessReport:
    """Every scenario, and how often each bid wins with random weights. Same seed, same report.

    Raises what ``award`` raises.
    """
    weights = overall_weights(inputs.lot)
    assessed = assess(inputs)
    base = _ranked(inputs, inputs.lot, assessed, weights)
    labels = {bid.key: bid.label for bid in inputs.bids}
    scenarios = tuple(
        _scenario(inputs, change, base, labels) for change in _changes(inputs, assessed, weights)
    )
    random = random_weights(inputs.lot, assessed, weights, base.winners, seed=seed, runs=runs)
    return RobustnessReport(
        winners=base.winners,
        undecided=base.undecided,
        scenarios=scenarios,
        random=random,
        words=_report_words(scenarios, random),
    )


def _changes(
    inputs: AwardInput, assessed: tuple[Assessment, ...], weights: Mapping[str, Fraction]
) -> Iterator[_Change]:
    yield from _moved_weights(inputs.lot, assessed, weights)
    yield from _single_evaluators(inputs, weights)
    yield from _other_price_methods(inputs, weights)


def _moved_weights(
    lot: Lot, assessed: tuple[Assessment, ...], weights: Mapping[str, Fraction]
) -> Iterator[_Change]:
    for criterion in lot.criteria:
        own = sum((weights.get(leaf.key, Fraction(0)) for leaf in criterion.leaves()), Fraction(0))
        if own in (0, ALL_POINTS):
            continue
        for step in (-MOVED_BY_POINTS, MOVED_BY_POINTS):
            to = max(Fraction(0), min(ALL_POINTS, own + Fraction(step)))
            yield _Change(
                ScenarioKind.WEIGHT_MOVED,
                criterion.key,
                f"{criterion.title} counts {number(as_decimal(to))}% instead of "
                f"{number(as_decimal(own))}%",
                lot,
                assessed,
                with_top_level_moved(lot, weights, criterion.key, to),
            )


def _single_evaluators(inputs: AwardInput, weights: Mapping[str, Fraction]) -> Iterator[_Change]:
    names = sorted({each.evaluator for bid in inputs.bids for each in bid.evaluator_ratings})
    for name in names:
        bids = tuple(_as_seen_by(bid, name) for bid in inputs.bids)
        yield _Change(
            ScenarioKind.ONE_EVALUATOR,
            name,
            f"the ratings of {name} are taken, where there are any",
            inputs.lot,
            assess(replace(inputs, bids=bids)),
            weights,
        )


def _as_seen_by(bid: BidInput, evaluator: str) -> BidInput:
    """The bid with one evaluator's ratings; the consensus stands where that person gave none."""
    own = {
        each.criterion: each.rating for each in bid.evaluator_ratings if each.evaluator == evaluator
    }
    return replace(
        bid,
        ratings=tuple(
            CriterionRating(each.criterion, own.get(each.criterion, each.rating))
            for each in bid.ratings
        ),
    )


def _other_price_methods(inputs: AwardInput, weights: Mapping[str, Fraction]) -> Iterator[_Change]:
    """Methods whose figures the model states. A price that was divided has no weight to go by."""
    leaf = price_leaf(inputs.lot)
    if leaf is None or leaf.price is None:
        return
    divides = dividing_method(inputs.lot) is not None
    for method in PriceMethod:
        rule = replace(leaf.price, method=method)
        if method is leaf.price.method or not has_its_figures(rule):
            continue
        if divides and not method.ranks_by_ratio:
            continue
        if not divides and method.ranks_by_ratio and len(weights) == 1:
            continue
        lot = _with_price(inputs.lot, replace(leaf, price=rule))
        drops_weight = method.ranks_by_ratio and not divides
        yield _Change(
            ScenarioKind.OTHER_PRICE_METHOD,
            method.value,
            f"price is scored by another method ({method.words})",
            lot,
            assess(replace(inputs, lot=lot)),
            without(weights, leaf.key) if drops_weight else weights,
        )


def _with_price(lot: Lot, leaf: Criterion) -> Lot:
    return replace(lot, criteria=tuple(_replaced(each, leaf) for each in lot.criteria))


def _replaced(criterion: Criterion, leaf: Criterion) -> Criterion:
    if criterion.key == leaf.key:
        return leaf
    children = tuple(_replaced(child, leaf) for child in criterion.sub_criteria)
    return replace(criterion, sub_criteria=children)


def _ranked(
    inputs: AwardInput,
    lot: Lot,
    assessed: tuple[Assessment, ...],
    weights: Mapping[str, Fraction],
) -> Ranking:
    return rank(lot, score(lot, assessed, weights), inputs.draws)


def _scenario(
    inputs: AwardInput, change: _Change, base: Ranking, labels: Mapping[str, str]
) -> Scenario:
    found = _ranked(inputs, change.lot, change.assessed, change.weights)
    changes = set(found.winners) != set(base.winners) or set(found.undecided) != set(base.undecided)
    return Scenario(
        kind=change.kind,
        subject=change.subject,
        title=change.title,
        winners=found.winners,
        undecided=found.undecided,
        changes_winner=changes,
        words=f"If {change.title}: {_who(found, labels) if changes else 'the result is the same'}.",
    )


def _who(found: Ranking, labels: Mapping[str, str]) -> str:
    parts = []
    if found.winners:
        parts.append(f"{listed([labels[key] for key in found.winners])} would win")
    if found.undecided:
        parts.append(f"{listed([labels[key] for key in found.undecided])} would be level")
    return " and ".join(parts) or "no bid would win"


def _report_words(scenarios: tuple[Scenario, ...], random: RandomWeights) -> str:
    changed = sum(each.changes_winner for each in scenarios)
    if not scenarios:
        first = "There is nothing to change in this model"
    elif changed == 0:
        first = f"The result is the same in all {len(scenarios)} scenarios"
    else:
        first = f"The result changes in {changed} of {len(scenarios)} scenarios"
    return f"{first}. {random.words}"
