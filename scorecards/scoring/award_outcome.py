"""What an award comes to: each step of each sum, the states, the ranking and the winners."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commissioning.award_model.terms import CriterionKind, PriceMethod, TieBreak
from scorecards.scoring.award_inputs import AWARD_METHOD_VERSION, BidStanding


class OutcomeState(StrEnum):
    """What became of a bid. The states are kept apart, because each has its own letter."""

    WINNER = "winner"
    NOT_SUCCESSFUL = "not_successful"
    TIE_TO_BE_DRAWN = "tie_to_be_drawn"
    BELOW_MINIMUM_RATING = "below_minimum_rating"
    BELOW_MINIMUM_QUALITY = "below_minimum_quality"
    BELOW_MINIMUM_TOTAL = "below_minimum_total"
    FAILS_REQUIREMENTS = "fails_requirements"
    CONDITIONS_NOT_MET = "conditions_not_met"
    EXCLUDED = "excluded"
    PROCEDURAL_BREACH = "procedural_breach"
    ABNORMALLY_LOW = "abnormally_low"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return _STATE_WORDS[self]

    @property
    def is_ranked(self) -> bool:
        """Whether the bid has a place in the ranking."""
        return self in (
            OutcomeState.WINNER,
            OutcomeState.NOT_SUCCESSFUL,
            OutcomeState.TIE_TO_BE_DRAWN,
        )

    @property
    def is_disregarded(self) -> bool:
        """Whether the bid was left out of the assessment, so that it is no assessed tender.

        Our reading of sections 19(3) and 50(5) of the Procurement Act 2023: a tender that was
        assessed and fails the requirements or a minimum is an assessed tender; one that was
        disregarded is not. A withdrawn bid is no tender any more.
        """
        return self in (
            OutcomeState.CONDITIONS_NOT_MET,
            OutcomeState.EXCLUDED,
            OutcomeState.PROCEDURAL_BREACH,
            OutcomeState.ABNORMALLY_LOW,
        )

    @property
    def is_assessed_tender(self) -> bool:
        """Whether an assessment summary is owed to the bidder."""
        return not self.is_disregarded and self is not OutcomeState.WITHDRAWN


_STATE_WORDS = {
    OutcomeState.WINNER: "recommended for award",
    OutcomeState.NOT_SUCCESSFUL: "assessed, not successful",
    OutcomeState.TIE_TO_BE_DRAWN: "tied: the published steps do not part it yet",
    OutcomeState.BELOW_MINIMUM_RATING: "assessed, below the minimum of a criterion",
    OutcomeState.BELOW_MINIMUM_QUALITY: "assessed, below the minimum for quality",
    OutcomeState.BELOW_MINIMUM_TOTAL: "assessed, below the minimum total",
    OutcomeState.FAILS_REQUIREMENTS: "assessed, fails the requirements",
    OutcomeState.CONDITIONS_NOT_MET: "disregarded: conditions of participation not met",
    OutcomeState.EXCLUDED: "disregarded: supplier excluded",
    OutcomeState.PROCEDURAL_BREACH: "disregarded: breach of a procedural requirement",
    OutcomeState.ABNORMALLY_LOW: "disregarded: abnormally low price",
    OutcomeState.WITHDRAWN: "withdrawn by the bidder",
}


class RedFlagKind(StrEnum):
    """What a careful reader of the result should look into."""

    SINGLE_BID = "single_bid"
    IDENTICAL_PRICES = "identical_prices"
    ALL_BUT_ONE_OUT = "all_but_one_out"
    SHORT_TENDERING_PERIOD = "short_tendering_period"


@dataclass(frozen=True)
class LeafStep:
    """How one criterion of one bid was scored.

    ``weight_percent`` is what the criterion counts overall: the points that could be earned; None
    for a pass/fail criterion and for a price that is divided. ``share`` is the part of them that
    was earned, 0 to 1; ``unrounded_points`` is the product, ``points`` is it in the published
    rounding. All three are None where nothing was scored; ``words`` says why or how.
    """

    key: str
    number: str
    title: str
    kind: CriterionKind
    weight_percent: Decimal | None
    rating: Decimal | None
    top_rating: Decimal | None
    figure_gbp: Decimal | None
    passed: bool | None
    share: Decimal | None
    unrounded_points: Decimal | None
    points: Decimal | None
    words: str


@dataclass(frozen=True)
class SubTotal:
    """Points of a criterion with sub-criteria, or of a top-level one: the sum of rounded points.

    ``points`` is None while a part of it is not scored.
    """

    key: str
    number: str
    title: str
    kind: CriterionKind
    weight_percent: Decimal
    points: Decimal | None
    words: str


@dataclass(frozen=True)
class RatioStep:
    """Price and quality divided by one another; ``value`` at 28 digits, compared unrounded."""

    method: PriceMethod
    price_gbp: Decimal
    quality_points: Decimal
    value: Decimal
    words: str


@dataclass(frozen=True)
class BidResult:
    """One bid: its state and why, each step, and its place.

    ``quality_points`` is everything but price. ``total`` is None for a bid that left before the
    price was scored; for a method that divides it is ``quality_points``, and ``ratio`` decides.
    Bids that no tie-break parts have the same ``rank``.
    """

    key: str
    label: str
    standing: BidStanding
    state: OutcomeState
    reasons: tuple[str, ...]
    leaves: tuple[LeafStep, ...]
    sub_totals: tuple[SubTotal, ...]
    quality_points: Decimal | None
    total: Decimal | None
    total_words: str
    ratio: RatioStep | None
    rank: int | None


@dataclass(frozen=True)
class TieBreakStep:
    """One published step as it was tried: the bids it was tried on, and the order it gave them.

    ``order`` has one group per place; bids in one group are still level.
    """

    step: TieBreak
    bids: tuple[str, ...]
    order: tuple[tuple[str, ...], ...]
    words: str


@dataclass(frozen=True)
class Tie:
    """Bids with the same total (or ratio), and how the published rule parted them."""

    bids: tuple[str, ...]
    rank: int
    steps: tuple[TieBreakStep, ...]
    is_resolved: bool
    words: str


@dataclass(frozen=True)
class AbnormallyLowFlag:
    """A price that has to be looked into; the bidder is heard before anything follows from it."""

    bid: str
    price_gbp: Decimal
    mean_of_others_gbp: Decimal
    percent_below: Decimal
    threshold_percent: Decimal
    words: str


@dataclass(frozen=True)
class RedFlag:
    kind: RedFlagKind
    bids: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class AwardOutcome:
    """The result of one lot. ``bids`` are in the order of their keys, ``ranking`` best first.

    ``places_open`` counts the awards that wait for lots to be drawn.
    """

    lot_number: int
    winners: tuple[str, ...]
    ranking: tuple[str, ...]
    bids: tuple[BidResult, ...]
    ties: tuple[Tie, ...]
    places_open: int
    abnormally_low: tuple[AbnormallyLowFlag, ...]
    red_flags: tuple[RedFlag, ...]
    words: str
    method_version: str = AWARD_METHOD_VERSION

    def bid(self, key: str) -> BidResult:
        """The result of the bid with this key. Raises ``KeyError``."""
        for result in self.bids:
            if result.key == key:
                return result
        raise KeyError(key)


@dataclass(frozen=True)
class SetAside:
    """A bid that would have won a lot and was passed over, because its supplier has its limit."""

    bid: str
    lot_number: int
    words: str


@dataclass(frozen=True)
class LotAward:
    lot_number: int
    winners: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class AwardLotsOutcome:
    """The result of all lots: each by itself, then with the limit per supplier applied.

    While a tie at the cut is not drawn, ``awards`` is empty and ``waiting_for_draw`` names the
    lots.
    """

    lots: tuple[AwardOutcome, ...]
    awards: tuple[LotAward, ...]
    set_aside: tuple[SetAside, ...]
    waiting_for_draw: tuple[int, ...]
    total_price_gbp: Decimal | None
    words: str
    method_version: str = AWARD_METHOD_VERSION

    def became_of(self, lot_number: int, key: str) -> str:
        """What became of a bid for a lot, in words.

        By all lots together: a limit per supplier may pass over the first of a lot, and nothing is
        decided in any lot while one of them waits for a draw. Raises ``KeyError`` for a bid that is
        not in the lot.
        """
        state = next(lot for lot in self.lots if lot.lot_number == lot_number).bid(key).state
        if not state.is_ranked:
            return state.words
        if self.waiting_for_draw:
            is_level = state is OutcomeState.TIE_TO_BE_DRAWN
            return state.words if is_level else "assessed, not decided before lots are drawn"
        if any((row.bid, row.lot_number) == (key, lot_number) for row in self.set_aside):
            return "assessed, passed over because its supplier has as many lots as it may win"
        if any(key in row.winners for row in self.awards if row.lot_number == lot_number):
            return OutcomeState.WINNER.words
        return OutcomeState.NOT_SUCCESSFUL.words
