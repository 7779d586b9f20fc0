"""An award model: how bids are assessed and the winners found, as plain data.

The published version of an exercise is one of these, kept as text (``text.to_text``), so that what
was published can be read and replayed without any row. Weights are percentages among siblings:
those of the top level sum to 100 for each lot, those of the sub-criteria of one criterion sum to
100 as well; what a criterion counts overall is the product on its way up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissioning.award_model.terms import (
    CriterionKind,
    LotLimitMechanism,
    PriceMethod,
    Rounding,
    SocialValueMethod,
    TieBreak,
)


@dataclass(frozen=True)
class ScalePoint:
    """One point that a rating can take, with what earns it."""

    value: Decimal
    label: str
    description: str = ""


@dataclass(frozen=True)
class Scale:
    """The rating points of a criterion, lowest first."""

    code: str
    title: str
    points: tuple[ScalePoint, ...] = ()

    @property
    def top(self) -> Decimal:
        return max(point.value for point in self.points)

    @property
    def bottom(self) -> Decimal:
        return min(point.value for point in self.points)


@dataclass(frozen=True)
class PriceRule:
    """How the price of a lot is scored. What the method does not use stays None.

    ``price_basis`` says in words what figure bidders give (whole term, with or without VAT).
    ``ceiling_gbp`` and ``floor_gbp``: a price at or above the ceiling scores 0, one at or below the
    floor scores everything. ``midpoint_percent``: share of the points for a price at the mean;
    ``points_per_percent``: points lost for each per cent above the mean, as percentage points of
    the criterion. ``minimum_quality_percent``: quality below which price is not looked at, for the
    methods that divide. ``abnormally_low_percent``: a price this much below the mean of the others
    is looked into.
    """

    method: PriceMethod | None = None
    price_basis: str = ""
    ceiling_gbp: Decimal | None = None
    floor_gbp: Decimal | None = None
    midpoint_percent: Decimal | None = None
    points_per_percent: Decimal | None = None
    minimum_quality_percent: Decimal | None = None
    abnormally_low_percent: Decimal | None = None


@dataclass(frozen=True)
class SocialValueRule:
    """How a social value criterion is scored; ``target_gbp`` is what earns all the points.

    ``measure_codes`` name framework, edition and code, such as "national-toms 2019.1 NT1".
    """

    method: SocialValueMethod = SocialValueMethod.QUALITATIVE
    target_gbp: Decimal | None = None
    measure_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criterion:
    """An award criterion or sub-criterion. A criterion with sub-criteria is not rated itself.

    ``key`` is unique in the lot and stays the same through amendments; ``number`` is its place
    ("2.1"). ``weight_percent`` is its share among its siblings; None for a price that is divided
    and for a pass/fail criterion, which carries no weight. ``minimum_rating`` is on its own scale.
    ``is_incomplete_as_published``: it came from a notice that gave its weight without what is below
    it, which is no fault of the model.
    """

    key: str
    number: str
    title: str
    kind: CriterionKind
    weight_percent: Decimal | None
    asks: str = ""
    guidance: str = ""
    scale_code: str = ""
    minimum_rating: Decimal | None = None
    is_pass_fail: bool = False
    word_limit: int | None = None
    price: PriceRule | None = None
    social_value: SocialValueRule | None = None
    draws_on: tuple[str, ...] = ()
    sub_criteria: tuple["Criterion", ...] = ()
    is_incomplete_as_published: bool = False

    @property
    def is_rated(self) -> bool:
        """Evaluators rate it: it is a leaf that is neither a price nor worked out in pounds."""
        if self.sub_criteria or self.kind == CriterionKind.PRICE:
            return False
        rule = self.social_value
        return rule is None or rule.method == SocialValueMethod.QUALITATIVE

    def leaves(self) -> Iterator["Criterion"]:
        """Those that are scored, in their order: itself, or the leaves of its sub-criteria."""
        if not self.sub_criteria:
            yield self
        for child in self.sub_criteria:
            yield from child.leaves()

    def tree(self) -> Iterator["Criterion"]:
        """Itself and everything below it, parents first."""
        yield self
        for child in self.sub_criteria:
            yield from child.tree()


@dataclass(frozen=True)
class Lot:
    """One lot with its own tree of criteria. ``winners`` is how many suppliers it goes to."""

    number: int
    title: str
    criteria: tuple[Criterion, ...] = ()
    winners: int = 1
    description: str = ""
    value_gbp: Decimal | None = None
    minimum_total_percent: Decimal | None = None
    decimal_places: int | None = None
    rounding: Rounding | None = None
    tie_breaks: tuple[TieBreak, ...] = ()

    def leaves(self) -> Iterator[Criterion]:
        for criterion in self.criteria:
            yield from criterion.leaves()

    def tree(self) -> Iterator[Criterion]:
        for criterion in self.criteria:
            yield from criterion.tree()


@dataclass(frozen=True)
class Condition:
    """A condition of participation: met or not met."""

    key: str
    title: str
    text: str = ""
    evidence: str = ""
    draws_on: tuple[str, ...] = ()
    is_ethics: bool = False


@dataclass(frozen=True)
class Term:
    """A term that the contract will hold; a KPI has a target in words."""

    key: str
    title: str
    text: str = ""
    is_kpi: bool = False
    target: str = ""
    draws_on: tuple[str, ...] = ()
    is_ethics: bool = False


@dataclass(frozen=True)
class AwardModel:
    """Everything that is published about how an exercise will be decided.

    ``regime`` and ``body_type`` are values of ``commissioning.enums``. ``lots_per_supplier`` None
    means no limit. ``tender_notice_on`` decides which social value rule applies.
    """

    title: str
    regime: str
    body_type: str
    subject_matter: str = ""
    value_gbp: Decimal | None = None
    tender_notice_on: date | None = None
    scales: tuple[Scale, ...] = ()
    lots: tuple[Lot, ...] = ()
    lots_per_supplier: int | None = None
    lot_limit_mechanism: LotLimitMechanism | None = None
    conditions: tuple[Condition, ...] = ()
    terms: tuple[Term, ...] = ()
    chair_scores: bool = False
    names_hidden: bool = False

    def scale(self, code: str) -> Scale | None:
        return next((scale for scale in self.scales if scale.code == code), None)

    def lot(self, number: int) -> Lot:
        """The lot with this number. Raises ``KeyError``."""
        for lot in self.lots:
            if lot.number == number:
                return lot
        raise KeyError(number)

    def rated_places(self) -> set[tuple[int, str]]:
        """What evaluators rate, as (lot number, key of the criterion)."""
        return {
            (lot.number, leaf.key) for lot in self.lots for leaf in lot.leaves() if leaf.is_rated
        }
