"""Points, totals and places: from shares and weights to a ranking.

One rule of rounding: the points of each scored criterion are rounded as published, and every other
figure is a sum of rounded points. Sums, minimums, places and ties are all decided on these, so
whoever adds up a letter by hand comes to the figures that decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts.numbers import pounds
from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import CriterionKind, PriceMethod, TieBreak
from scorecards.scoring.award_assessment import Assessment
from scorecards.scoring.award_inputs import Draw
from scorecards.scoring.award_outcome import OutcomeState, Tie, TieBreakStep
from scorecards.scoring.award_weights import price_leaf
from scorecards.scoring.award_words import listed, number
from scorecards.scoring.errors import IncompleteModel, ScoringError
from scorecards.scoring.prices import price_ratio
from scorecards.scoring.published_rounding import points_of, sum_of


@dataclass(frozen=True)
class Scored:
    """A bid with its points. ``quality`` and ``total`` are None where a part is not scored."""

    assessment: Assessment
    points: Mapping[str, Decimal]
    quality: Decimal | None
    total: Decimal | None
    ratio: Fraction | None
    state: OutcomeState | None
    reasons: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.assessment.bid.key

    @property
    def in_running(self) -> bool:
        return self.state is None


@dataclass(frozen=True)
class Ranking:
    """``groups`` has the keys by place, best first; bids in one group are not parted.

    ``undecided`` are the bids that share the last places to be awarded.
    """

    groups: tuple[tuple[str, ...], ...]
    ties: tuple[Tie, ...]
    winners: tuple[str, ...]
    undecided: tuple[str, ...]
    places_open: int

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(key for group in self.groups for key in group)

    @property
    def ranks(self) -> dict[str, int]:
        """The place of each bid; those of one group have the same."""
        places: dict[str, int] = {}
        for group in self.groups:
            places |= dict.fromkeys(group, len(places) + 1)
        return places


def dividing_method(lot: Lot) -> PriceMethod | None:
    """The price method of the lot where it divides price and quality."""
    leaf = price_leaf(lot)
    method = leaf.price.method if leaf is not None and leaf.price is not None else None
    return method if method is not None and method.ranks_by_ratio else None


def score(
    lot: Lot, assessed: Sequence[Assessment], weights: Mapping[str, Fraction]
) -> tuple[Scored, ...]:
    """The points of every bid, and whether its sums reach the published minimums."""
    rule = _Rule.of(lot, weights)
    return tuple(_scored(rule, each) for each in assessed)


def rank(lot: Lot, scored: Sequence[Scored], draws: Sequence[Draw]) -> Ranking:
    """Places of the bids in the running; equal ones go through the published tie-break steps."""
    _check_draws(draws)
    running = {each.key: each for each in scored if each.in_running}
    lower_wins = dividing_method(lot) is PriceMethod.PRICE_PER_QUALITY_POINT
    levels = _grouped(
        {key: _decisive(each) for key, each in running.items()}, lower_wins=lower_wins
    )
    groups: list[tuple[str, ...]] = []
    ties = []
    for level in levels:
        parted, steps = _broken(lot, [running[key] for key in level], draws)
        if len(level) > 1:
            place = sum(len(group) for group in groups) + 1
            ties.append(_tie(lot, [running[key] for key in level], place, parted, steps))
        groups += parted
    winners, undecided, places_open = _winners(groups, lot.winners)
    return Ranking(tuple(groups), tuple(ties), winners, undecided, places_open)


@dataclass(frozen=True)
class _Rule:
    """What is the same for all bids of a lot."""

    lot: Lot
    weights: Mapping[str, Fraction]
    priced: str | None
    divides: PriceMethod | None
    minimum_quality: Decimal | None

    @classmethod
    def of(cls, lot: Lot, weights: Mapping[str, Fraction]) -> "_Rule":
        leaf, divides = price_leaf(lot), dividing_method(lot)
        least = leaf.price.minimum_quality_percent if leaf and leaf.price and divides else None
        if divides is not None and least is None:
            raise IncompleteModel("a method that divides does not state its minimum quality")
        return cls(lot, weights, leaf.key if leaf is not None else None, divides, least)


def _scored(rule: _Rule, assessment: Assessment) -> Scored:
    points = {
        key: points_of(rule.lot, rule.weights[key] * share)
        for key, share in assessment.shares.items()
        if key in rule.weights
    }
    quality = _sum_if_all(points, rule.weights.keys() - {rule.priced})
    if not assessment.in_running:
        return Scored(assessment, points, quality, None, None, assessment.state, assessment.reasons)
    total = _sum_if_all(points, rule.weights.keys())
    assert quality is not None and total is not None  # a bid in the running is scored whole
    state, reasons = _against_minimums(rule, quality, total)
    price, ratio = assessment.bid.price_gbp, None
    if rule.divides is not None and state is None:
        assert price is not None  # checked when the bid was assessed
        ratio = price_ratio(rule.divides, price, quality)
    return Scored(assessment, points, quality, total, ratio, state, reasons)


def _against_minimums(
    rule: _Rule, quality: Decimal, total: Decimal
) -> tuple[OutcomeState | None, tuple[str, ...]]:
    least = rule.minimum_quality
    if least is not None and quality == 0:
        return OutcomeState.BELOW_MINIMUM_QUALITY, ("Quality: no points to divide by.",)
    if least is not None and quality < least:
        return OutcomeState.BELOW_MINIMUM_QUALITY, (
            f"Quality: {number(quality)} points, and the minimum is {number(least)}.",
        )
    minimum = rule.lot.minimum_total_percent
    if minimum is not None and total < minimum:
        return OutcomeState.BELOW_MINIMUM_TOTAL, (
            f"Total: {number(total)} points, and the minimum is {number(minimum)}.",
        )
    return None, ()


def _sum_if_all(points: Mapping[str, Decimal], keys: set[str]) -> Decimal | None:
    if not keys <= points.keys():
        return None
    return sum_of(points[key] for key in keys)


def _decisive(scored: Scored) -> Fraction:
    if scored.ratio is not None:
        return scored.ratio
    assert scored.total is not None  # it is in the running
    return Fraction(scored.total)


def _grouped(values: Mapping[str, Any], *, lower_wins: bool) -> list[tuple[str, ...]]:
    """Keys by value, best first; equal values together in the order of keys."""
    ordered = sorted(set(values.values()), reverse=not lower_wins)
    return [tuple(sorted(k for k, value in values.items() if value == best)) for best in ordered]


def _broken(
    lot: Lot, level: Sequence[Scored], draws: Sequence[Draw]
) -> tuple[list[tuple[str, ...]], list[TieBreakStep]]:
    by_key = {each.key: each for each in level}
    groups = [tuple(by_key)]
    steps = []
    for step in lot.tie_breaks:
        parted = []
        for group in groups:
            if len(group) == 1:
                parted.append(group)
                continue
            order, words = _tried(lot, step, [by_key[key] for key in group], draws)
            steps.append(TieBreakStep(step, group, tuple(order), words))
            parted += order
        groups = parted
    return groups, steps


def _tried(
    lot: Lot, step: TieBreak, group: Sequence[Scored], draws: Sequence[Draw]
) -> tuple[list[tuple[str, ...]], str]:
    """One step on one group: the order that it gives, and the figures in words."""
    keys = tuple(each.key for each in group)
    if step is TieBreak.DRAWN_BY_LOT:
        draw = next((draw for draw in draws if set(keys) <= set(draw.order)), None)
        if draw is None:
            return [keys], "Drawn by lot: no draw is recorded yet."
        order = [key for key in draw.order if key in keys]
        names = {each.key: each.assessment.bid.label for each in group}
        return [(key,) for key in order], f"Drawn by lot: {listed([names[k] for k in order])}."
    if step is TieBreak.LOWER_PRICE:
        prices = {each.key: each.assessment.bid.price_gbp for each in group}
        known = {key: Fraction(price) for key, price in prices.items() if price is not None}
        if len(known) < len(keys):
            return [keys], "Lower price: the bids have no price."
        figures = {key: pounds(price) for key, price in known.items()}
        return _grouped(known, lower_wins=True), _figures("Lower price", group, figures)
    name, parts = _what_counts(lot, step)
    sums = {
        each.key: tuple(
            sum_of(each.points[leaf.key] for leaf in part if leaf.key in each.points)
            for part in parts
        )
        for each in group
    }
    figures = {key: ", ".join(f"{points:f}" for points in sums[key]) for key in keys}
    return _grouped(sums, lower_wins=False), _figures(name, group, figures)


def _what_counts(lot: Lot, step: TieBreak) -> tuple[str, list[list[Criterion]]]:
    """What a step is called, and the criteria whose points it compares, one sum after another."""
    kinds = {
        TieBreak.HIGHER_QUALITY: ("More points for quality", CriterionKind.QUALITY),
        TieBreak.HIGHER_SOCIAL_VALUE: ("More points for social value", CriterionKind.SOCIAL_VALUE),
        TieBreak.HIGHER_ETHICS: ("More points for ethics", CriterionKind.ETHICS),
    }
    if step in kinds:
        name, kind = kinds[step]
        return name, [[leaf for leaf in lot.leaves() if leaf.kind is kind]]
    weighted = [criterion for criterion in lot.criteria if criterion.weight_percent is not None]
    heaviest_first = sorted(weighted, key=lambda criterion: -Fraction(criterion.weight_percent))
    name = f"More points for {', then '.join(criterion.title for criterion in heaviest_first)}"
    return name, [list(criterion.leaves()) for criterion in heaviest_first]


def _figures(name: str, group: Sequence[Scored], figures: Mapping[str, str]) -> str:
    said = [f"{each.assessment.bid.label} {figures[each.key]}" for each in group]
    return f"{name}: {'; '.join(said)}."


def _tie(
    lot: Lot,
    level: Sequence[Scored],
    place: int,
    parted: Sequence[tuple[str, ...]],
    steps: Sequence[TieBreakStep],
) -> Tie:
    names = listed([each.assessment.bid.label for each in level])
    resolved = all(len(group) == 1 for group in parted)
    if resolved:
        words = f"{names} are level at place {place}; the published steps part them."
    elif TieBreak.DRAWN_BY_LOT in lot.tie_breaks:
        words = f"{names} are level at place {place}. Lots have to be drawn and the draw recorded."
    else:
        words = f"{names} are level at place {place}, and the published steps do not part them."
    return Tie(tuple(each.key for each in level), place, tuple(steps), resolved, words)


def _winners(
    groups: Sequence[tuple[str, ...]], places: int
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Winners, the bids that share the last places where these are too few, and those places."""
    winners: list[str] = []
    for group in groups:
        left = places - len(winners)
        if left <= 0:
            break
        if len(group) > left:
            return tuple(winners), group, left
        winners += group
    return tuple(winners), (), 0


def _check_draws(draws: Sequence[Draw]) -> None:
    if any(len(draw.order) != len(set(draw.order)) for draw in draws):
        raise ScoringError("a bid occurs twice in one draw")
