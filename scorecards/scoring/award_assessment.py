"""Each bid before weights come in: is it in the running, and what share of each criterion it earns.

The gates are passed in this order: the standing that people gave the bid, pass/fail criteria,
minimum ratings. Bids that pass all three are *in the running*: only their prices and commitments
set the lowest price, the mean price and the highest social value. So all of these are worked out
again when a bid is disregarded later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from commissioning.award_model.model import Criterion, Scale
from commissioning.award_model.terms import SocialValueMethod
from scorecards.scoring.award_inputs import AwardInput, BidInput, BidStanding
from scorecards.scoring.award_outcome import OutcomeState
from scorecards.scoring.award_weights import is_divided, is_priced, price_leaf
from scorecards.scoring.award_words import number
from scorecards.scoring.bid_social_value import by_rating, social_value_share
from scorecards.scoring.errors import BadPrice, IncompleteModel, MissingRating, ScoringError
from scorecards.scoring.prices import price_share

_SET_BY_PEOPLE = {
    BidStanding.CONDITIONS_NOT_MET: OutcomeState.CONDITIONS_NOT_MET,
    BidStanding.EXCLUDED: OutcomeState.EXCLUDED,
    BidStanding.FAILS_REQUIREMENTS: OutcomeState.FAILS_REQUIREMENTS,
    BidStanding.PROCEDURAL_BREACH: OutcomeState.PROCEDURAL_BREACH,
    BidStanding.ABNORMALLY_LOW: OutcomeState.ABNORMALLY_LOW,
    BidStanding.WITHDRAWN: OutcomeState.WITHDRAWN,
}


@dataclass(frozen=True)
class Assessment:
    """``state`` is None while the bid is in the running; ``shares`` are by criterion key."""

    bid: BidInput
    state: OutcomeState | None
    reasons: tuple[str, ...] = ()
    shares: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def in_running(self) -> bool:
        return self.state is None


def assess(inputs: AwardInput) -> tuple[Assessment, ...]:
    """Every bid, in the order of keys, so that the order in which bids come in never matters.

    Raises ``MissingRating`` for a bid that reaches the sum without all that it needs, and
    ``BadPrice`` where its price is missing or not above zero.
    """
    keys = [bid.key for bid in inputs.bids]
    if len(keys) != len(set(keys)):
        raise ScoringError("a bid occurs twice in one lot")
    gated = [_gated(bid, inputs) for bid in sorted(inputs.bids, key=lambda bid: bid.key)]
    running = [each.bid for each in gated if each.in_running]
    return tuple(_measured(each, inputs, running) if each.in_running else each for each in gated)


def scale_of(inputs: AwardInput, leaf: Criterion) -> Scale:
    """The scale of a rated criterion. Raises ``IncompleteModel`` where the model has none."""
    scale = inputs.scale(leaf.scale_code)
    if scale is None:
        raise IncompleteModel(f"criterion {leaf.key} has no scale")
    return scale


def is_counted(leaf: Criterion) -> bool:
    """Whether the criterion is scored from commitments in pounds."""
    rule = leaf.social_value
    return rule is not None and rule.method is not SocialValueMethod.QUALITATIVE


def is_rated(leaf: Criterion) -> bool:
    return not (leaf.is_pass_fail or is_priced(leaf) or is_counted(leaf))


def _gated(bid: BidInput, inputs: AwardInput) -> Assessment:
    if bid.standing is BidStanding.ELIGIBLE:
        failed = _failed(bid, inputs)
        if not failed:
            return _with_minimums(bid, inputs)
        state = OutcomeState.FAILS_REQUIREMENTS
        reasons = tuple(f"{leaf.title}: not passed." for leaf in failed)
    else:
        state, reasons = _SET_BY_PEOPLE[bid.standing], ()
    return Assessment(
        bid, state, reasons, _rated_shares(bid, inputs) if state.is_assessed_tender else {}
    )


def _failed(bid: BidInput, inputs: AwardInput) -> list[Criterion]:
    """The pass/fail criteria that the bid did not pass."""
    gates = [leaf for leaf in inputs.lot.leaves() if leaf.is_pass_fail]
    passes = bid.passes_by_criterion
    for leaf in gates:
        if leaf.key not in passes:
            raise MissingRating(f"{bid.label} has neither passed nor failed {leaf.title}")
    return [leaf for leaf in gates if not passes[leaf.key]]


def _with_minimums(bid: BidInput, inputs: AwardInput) -> Assessment:
    shares = _rated_shares(bid, inputs)
    ratings = bid.ratings_by_criterion
    reasons = []
    for leaf in filter(is_rated, inputs.lot.leaves()):
        if leaf.key not in shares:
            raise MissingRating(f"{bid.label} has no rating for {leaf.title}")
        rating, minimum = ratings[leaf.key], leaf.minimum_rating
        if minimum is not None and rating < minimum:
            reasons.append(
                f"{leaf.title}: rated {number(rating)}, and the minimum is {number(minimum)}."
            )
    state = OutcomeState.BELOW_MINIMUM_RATING if reasons else None
    return Assessment(bid, state, tuple(reasons), shares)


def _rated_shares(bid: BidInput, inputs: AwardInput) -> dict[str, Fraction]:
    ratings = bid.ratings_by_criterion
    return {
        leaf.key: by_rating(ratings[leaf.key], scale_of(inputs, leaf))
        for leaf in inputs.lot.leaves()
        if is_rated(leaf) and leaf.key in ratings
    }


def _measured(
    assessment: Assessment, inputs: AwardInput, running: Sequence[BidInput]
) -> Assessment:
    """With the shares that depend on the other bids in the running."""
    bid = assessment.bid
    shares = dict(assessment.shares)
    for leaf in filter(is_counted, inputs.lot.leaves()):
        assert leaf.social_value is not None  # or it would not be counted
        everyone = [_pounds(other, leaf) for other in running]
        shares[leaf.key] = social_value_share(leaf.social_value, _pounds(bid, leaf), everyone)
    priced = price_leaf(inputs.lot)
    if priced is not None and priced.price is not None:
        price = _price(bid)
        if not is_divided(priced):
            prices = [_price(other) for other in running]
            shares[priced.key] = price_share(priced.price, price, prices)
    return replace(assessment, shares=shares)


def _pounds(bid: BidInput, leaf: Criterion) -> Decimal:
    pounds = bid.pounds_by_criterion.get(leaf.key)
    if pounds is None:
        raise MissingRating(f"{bid.label} has no figure in pounds for {leaf.title}")
    return pounds


def _price(bid: BidInput) -> Decimal:
    if bid.price_gbp is None:
        raise BadPrice(f"{bid.label} has no price. Decide first whether this bid stays in")
    return bid.price_gbp
