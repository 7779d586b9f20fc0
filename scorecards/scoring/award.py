"""The result of one lot: every step in figures and words, states, places and winners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import SocialValueMethod
from scorecards.scoring.award_assessment import assess, is_counted, is_rated, scale_of
from scorecards.scoring.award_inputs import AWARD_METHOD_VERSION, AwardInput, BidInput
from scorecards.scoring.award_outcome import (
    AwardOutcome,
    BidResult,
    LeafStep,
    OutcomeState,
    RatioStep,
    SubTotal,
)
from scorecards.scoring.award_ranking import Ranking, Scored, dividing_method, rank, score
from scorecards.scoring.award_weights import is_divided, is_priced, overall_weights
from scorecards.scoring.award_words import (
    listed,
    number,
    percent,
    pounds,
    price_words,
    ratio_words,
)
from scorecards.scoring.errors import UnknownMethod
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.published_rounding import sum_of
from scorecards.scoring.red_flags import abnormally_low_prices, red_flags

SCORED_LATER = "Not scored: the bid was no longer in the running."


@dataclass(frozen=True)
class _Lot:
    """What the steps of every bid refer to."""

    inputs: AwardInput
    weights: Mapping[str, Fraction]
    prices: tuple[Decimal, ...]
    running: tuple[BidInput, ...]

    @property
    def lot(self) -> Lot:
        return self.inputs.lot


def award(inputs: AwardInput) -> AwardOutcome:
    """The result of one lot by its published rules.

    Raises a ``ScoringError`` for a model that does not state what is needed and for bids that lack
    what they must have; a missing rating is never a rating of nought.
    """
    if inputs.method_version != AWARD_METHOD_VERSION:
        raise UnknownMethod(f"award method version {inputs.method_version} is not known here")
    weights = overall_weights(inputs.lot)
    assessed = assess(inputs)
    scored = score(inputs.lot, assessed, weights)
    ranking = rank(inputs.lot, scored, inputs.draws)
    running = tuple(each.bid for each in assessed if each.in_running)
    prices = tuple(bid.price_gbp for bid in running if bid.price_gbp is not None)
    about = _Lot(inputs, weights, prices, running)
    results = tuple(_result(about, each, ranking) for each in scored)
    return AwardOutcome(
        lot_number=inputs.lot.number,
        winners=ranking.winners,
        ranking=ranking.order,
        bids=results,
        ties=ranking.ties,
        places_open=ranking.places_open,
        abnormally_low=abnormally_low_prices(inputs),
        red_flags=red_flags(inputs, results),
        words=_words(inputs.lot, ranking, {each.key: each.label for each in results}),
    )


def _result(about: _Lot, scored: Scored, ranking: Ranking) -> BidResult:
    bid = scored.assessment.bid
    leaves = tuple(_leaf(about, leaf, scored) for leaf in about.lot.leaves())
    return BidResult(
        key=bid.key,
        label=bid.label,
        standing=bid.standing,
        state=_state(scored, ranking),
        reasons=scored.reasons,
        leaves=leaves,
        sub_totals=tuple(_sub_totals(about, scored)),
        quality_points=scored.quality,
        total=scored.total,
        total_words=_total_words(about.lot, scored),
        ratio=_ratio(about.lot, scored),
        rank=ranking.ranks.get(bid.key),
    )


def _state(scored: Scored, ranking: Ranking) -> OutcomeState:
    if scored.state is not None:
        return scored.state
    if scored.key in ranking.winners:
        return OutcomeState.WINNER
    if scored.key in ranking.undecided:
        return OutcomeState.TIE_TO_BE_DRAWN
    return OutcomeState.NOT_SUCCESSFUL


def _leaf(about: _Lot, leaf: Criterion, scored: Scored) -> LeafStep:
    bid = scored.assessment.bid
    weight = about.weights.get(leaf.key)
    share = scored.assessment.shares.get(leaf.key)
    points = scored.points.get(leaf.key)
    scale = scale_of(about.inputs, leaf) if is_rated(leaf) else None
    figure = None
    if share is not None or is_divided(leaf):
        figure = bid.price_gbp if is_priced(leaf) else bid.pounds_by_criterion.get(leaf.key)
    return LeafStep(
        key=leaf.key,
        number=leaf.number,
        title=leaf.title,
        kind=leaf.kind,
        weight_percent=None if weight is None else as_decimal(weight),
        rating=bid.ratings_by_criterion.get(leaf.key) if scale is not None else None,
        top_rating=scale.top if scale is not None else None,
        figure_gbp=figure,
        passed=bid.passes_by_criterion.get(leaf.key) if leaf.is_pass_fail else None,
        share=None if share is None else as_decimal(share),
        unrounded_points=(None if share is None or weight is None else as_decimal(share * weight)),
        points=points,
        words=_leaf_words(about, leaf, bid, weight, share, points),
    )


def _leaf_words(
    about: _Lot,
    leaf: Criterion,
    bid: BidInput,
    weight: Fraction | None,
    share: Fraction | None,
    points: Decimal | None,
) -> str:
    if leaf.is_pass_fail:
        passed = bid.passes_by_criterion.get(leaf.key)
        return {True: "Passed.", False: "Not passed.", None: "Not assessed."}[passed]
    if is_divided(leaf):
        return "Carries no weight: price and quality are divided."
    if share is None or weight is None or points is None:
        return "Not rated." if is_rated(leaf) else SCORED_LATER
    return (
        f"{_basis(about, leaf, bid)} = {percent(share)}; "
        f"of {number(as_decimal(weight))} points: {points:f}"
    )


def _basis(about: _Lot, leaf: Criterion, bid: BidInput) -> str:
    """Where a share comes from, up to the equals sign."""
    if leaf.price is not None and is_priced(leaf):
        assert bid.price_gbp is not None  # it has a share
        return price_words(leaf.price, bid.price_gbp, about.prices)
    if leaf.social_value is not None and is_counted(leaf):
        figure = pounds(bid.pounds_by_criterion[leaf.key])
        if leaf.social_value.method is SocialValueMethod.TARGET:
            target = pounds(leaf.social_value.target_gbp or Decimal(0))
            return f"{figure} ÷ target {target}, and at most 1"
        highest = max(other.pounds_by_criterion[leaf.key] for other in about.running)
        return f"{figure} ÷ highest {pounds(highest)}"
    rating, scale = bid.ratings_by_criterion[leaf.key], scale_of(about.inputs, leaf)
    label = next((point.label for point in scale.points if point.value == rating), "")
    return f"Rating {number(rating)}{f' ({label})' if label else ''} of {number(scale.top)}"


def _sub_totals(about: _Lot, scored: Scored) -> Sequence[SubTotal]:
    rows = []
    for criterion in about.lot.tree():
        keys = [leaf.key for leaf in criterion.leaves() if leaf.key in about.weights]
        if not keys or not (criterion.sub_criteria or criterion in about.lot.criteria):
            continue
        parts = [scored.points[key] for key in keys if key in scored.points]
        whole = len(parts) == len(keys)
        points = sum_of(parts) if whole else None
        rows.append(
            SubTotal(
                key=criterion.key,
                number=criterion.number,
                title=criterion.title,
                kind=criterion.kind,
                weight_percent=as_decimal(sum((about.weights[key] for key in keys), Fraction(0))),
                points=points,
                words=_added(parts, points) if points is not None else "Not scored in full.",
            )
        )
    return rows


def _added(parts: Sequence[Decimal], total: Decimal) -> str:
    if len(parts) == 1:
        return f"{total:f}"
    return f"{' + '.join(f'{part:f}' for part in parts)} = {total:f}"


def _total_words(lot: Lot, scored: Scored) -> str:
    if scored.total is None:
        return "No total: the bid left the assessment before the sum."
    own = [leaf.key for leaf in lot.leaves() if leaf.key in scored.points]
    tops = [
        [leaf.key for leaf in criterion.leaves() if leaf.key in own] for criterion in lot.criteria
    ]
    parts = [sum_of(scored.points[key] for key in keys) for keys in tops if keys]
    return _added(parts, scored.total)


def _ratio(lot: Lot, scored: Scored) -> RatioStep | None:
    method = dividing_method(lot)
    price = scored.assessment.bid.price_gbp
    if scored.ratio is None or method is None or price is None or scored.quality is None:
        return None
    return RatioStep(
        method=method,
        price_gbp=price,
        quality_points=scored.quality,
        value=as_decimal(scored.ratio),
        words=ratio_words(method, price, scored.quality, scored.ratio),
    )


def _words(lot: Lot, ranking: Ranking, labels: Mapping[str, str]) -> str:
    if not ranking.groups:
        return f"No bid for lot {lot.number} can be recommended."
    won = listed([labels[key] for key in ranking.winners])
    said = [f"Recommended for lot {lot.number}: {won}."] if won else []
    if ranking.undecided:
        names = listed([labels[key] for key in ranking.undecided])
        said.append(f"Not decided between {names}: the published steps do not part them yet.")
    elif len(ranking.winners) < lot.winners:
        said.append(f"Only {len(ranking.winners)} of {lot.winners} places can be filled.")
    return " ".join(said)
