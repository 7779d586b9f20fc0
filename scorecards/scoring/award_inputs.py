"""What an award is worked out from: the published lot, and what is known of each bid.

Everything is plain and frozen, so that it can be kept as text and replayed. Money is in pounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from commissioning.award_model.model import Lot, Scale
from commissioning.award_model.terms import LotLimitMechanism
from scorecards.scoring.errors import ScoringError

AWARD_METHOD_VERSION = "1"

Value = TypeVar("Value")


class BidStanding(StrEnum):
    """Where a bid stands before anything is added up; people decide it, with reasons on record."""

    ELIGIBLE = "eligible"
    CONDITIONS_NOT_MET = "conditions_not_met"
    EXCLUDED = "excluded"
    FAILS_REQUIREMENTS = "fails_requirements"
    PROCEDURAL_BREACH = "procedural_breach"
    ABNORMALLY_LOW = "abnormally_low"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class CriterionRating:
    """The consensus rating of one criterion, on the criterion's own scale."""

    criterion: str
    rating: Decimal


@dataclass(frozen=True)
class CriterionPounds:
    """The social value that a bid commits to under one criterion, in pounds over the term."""

    criterion: str
    pounds: Decimal


@dataclass(frozen=True)
class CriterionPass:
    """Whether a bid passed a pass/fail criterion."""

    criterion: str
    passed: bool


@dataclass(frozen=True)
class EvaluatorRating:
    """What one evaluator gave before moderation; used for robustness only, never for the award."""

    evaluator: str
    criterion: str
    rating: Decimal


@dataclass(frozen=True)
class BidInput:
    """One bid for one lot.

    ``key`` names the bid; the same supplier's bid has the same key in every lot. A criterion
    without an entry in ``ratings`` has no rating, which is never a rating of nought.
    """

    key: str
    label: str
    standing: BidStanding = BidStanding.ELIGIBLE
    price_gbp: Decimal | None = None
    ratings: tuple[CriterionRating, ...] = ()
    social_value: tuple[CriterionPounds, ...] = ()
    passes: tuple[CriterionPass, ...] = ()
    evaluator_ratings: tuple[EvaluatorRating, ...] = ()

    @cached_property
    def ratings_by_criterion(self) -> dict[str, Decimal]:
        return _table((each.criterion, each.rating) for each in self.ratings)

    @cached_property
    def pounds_by_criterion(self) -> dict[str, Decimal]:
        return _table((each.criterion, each.pounds) for each in self.social_value)

    @cached_property
    def passes_by_criterion(self) -> dict[str, bool]:
        return _table((each.criterion, each.passed) for each in self.passes)


@dataclass(frozen=True)
class Draw:
    """A recorded drawing of lots: the keys of the bids in the order in which they were drawn."""

    order: tuple[str, ...]


@dataclass(frozen=True)
class TenderingPeriod:
    """Days that bidders had, and the least that the rules of the regime ask for."""

    days_given: int
    minimum_days: int


@dataclass(frozen=True)
class AwardInput:
    """All that the result of one lot rests on."""

    lot: Lot
    scales: tuple[Scale, ...]
    bids: tuple[BidInput, ...]
    draws: tuple[Draw, ...] = ()
    tendering: TenderingPeriod | None = None
    method_version: str = AWARD_METHOD_VERSION

    def scale(self, code: str) -> Scale | None:
        return next((scale for scale in self.scales if scale.code == code), None)


@dataclass(frozen=True)
class LotPreference:
    """The lots that one supplier would rather have, best first, as its tender says."""

    bid: str
    lots: tuple[int, ...]


@dataclass(frozen=True)
class AwardLotsInput:
    """All that the result of a procurement with several lots rests on."""

    lots: tuple[AwardInput, ...]
    lots_per_supplier: int | None = None
    mechanism: LotLimitMechanism | None = None
    preferences: tuple[LotPreference, ...] = ()
    method_version: str = AWARD_METHOD_VERSION


def _table(entries: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """By criterion. Raises ``ScoringError`` where a criterion has two entries."""
    table: dict[str, Value] = {}
    for criterion, value in entries:
        if criterion in table:
            raise ScoringError(f"{criterion} has more than one entry in one bid")
        table[criterion] = value
    return table
