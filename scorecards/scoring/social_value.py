"""Social value: what was committed and delivered, in pounds where a value is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scorecards.scoring.errors import BadQuantity, ScoringError
from scorecards.scoring.exact import as_decimal, as_decimal_or_none
from scorecards.scoring.kinds import CommittedBasis, MeasureKind


class MeasureGap(StrEnum):
    """Why a quantity of a monetised measure has no value in pounds."""

    NO_UNIT_VALUE = "no_unit_value"
    NO_ATTRIBUTION = "no_attribution"
    NO_DEADWEIGHT = "no_deadweight"
    NO_TERM = "no_term"

    @property
    def words(self) -> str:
        return _GAP_WORDS[self]


_GAP_WORDS = {
    MeasureGap.NO_UNIT_VALUE: "the value set holds no value for this measure",
    MeasureGap.NO_ATTRIBUTION: "the share due to this contract is not stated",
    MeasureGap.NO_DEADWEIGHT: "what would have happened anyway is not stated",
    MeasureGap.NO_TERM: "it is committed for each year and the length of the contract is not known",
}


@dataclass(frozen=True)
class MeasureInput:
    """One measure with what the provider committed and has delivered so far."""

    code: str
    label: str
    unit: str
    kind: MeasureKind
    committed_quantity: Decimal | None = None
    committed_basis: CommittedBasis = CommittedBasis.WHOLE_TERM
    delivered_quantity: Decimal | None = None
    unit_value_gbp: Decimal | None = None
    attribution_percent: Decimal | None = None
    deadweight_percent: Decimal | None = None

    @property
    def is_answered(self) -> bool:
        return self.committed_quantity is not None or self.delivered_quantity is not None


@dataclass(frozen=True)
class OutcomeInput:
    code: str
    title: str
    measures: tuple[MeasureInput, ...]


@dataclass(frozen=True)
class ThemeInput:
    code: str
    title: str
    outcomes: tuple[OutcomeInput, ...]


@dataclass(frozen=True)
class DoubleCountPair:
    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class SocialValueInput:
    """`gross_of_deadweight` and `is_illustrative` are properties of the value set."""

    edition: str
    value_set: str
    gross_of_deadweight: bool
    is_illustrative: bool
    term_years: Decimal | None
    contract_value_gbp: Decimal | None
    themes: tuple[ThemeInput, ...]
    double_count_pairs: tuple[DoubleCountPair, ...] = ()

    @property
    def measures(self) -> tuple[MeasureInput, ...]:
        return tuple(m for t in self.themes for o in t.outcomes for m in o.measures)


@dataclass(frozen=True)
class Money:
    """Sums over what could be valued; None where nothing could be."""

    committed_gbp: Decimal | None
    delivered_gbp: Decimal | None
    not_valued: int


@dataclass(frozen=True)
class MeasureOutcome:
    code: str
    label: str
    unit: str
    kind: MeasureKind
    committed_over_term: Decimal | None
    delivered_quantity: Decimal | None
    committed_gbp: Decimal | None
    delivered_gbp: Decimal | None
    committed_gaps: tuple[MeasureGap, ...]
    delivered_gaps: tuple[MeasureGap, ...]


@dataclass(frozen=True)
class OutcomeOutcome:
    code: str
    title: str
    money: Money
    measures: tuple[MeasureOutcome, ...]


@dataclass(frozen=True)
class ThemeOutcome:
    code: str
    title: str
    money: Money
    outcomes: tuple[OutcomeOutcome, ...]


@dataclass(frozen=True)
class DoubleCountWarning:
    first: str
    second: str
    words: str


@dataclass(frozen=True)
class SocialValueOutcome:
    edition: str
    value_set: str
    is_illustrative: bool
    money: Money
    committed_percent_of_contract: Decimal | None
    delivered_percent_of_contract: Decimal | None
    themes: tuple[ThemeOutcome, ...]
    record_only: tuple[MeasureOutcome, ...]
    warnings: tuple[DoubleCountWarning, ...]


@dataclass(frozen=True)
class _Valued:
    """A measure's outcome with its exact pounds, so that sums stay exact."""

    outcome: MeasureOutcome
    committed: Fraction | None
    delivered: Fraction | None


def social_value(inputs: SocialValueInput) -> SocialValueOutcome:
    """Value every answered measure and add up by outcome and theme."""
    _check(inputs)
    valued = {m.code: _value(m, inputs) for m in inputs.measures if m.is_answered}
    everything = tuple(valued.values())
    committed, delivered = _sums(everything)
    return SocialValueOutcome(
        edition=inputs.edition,
        value_set=inputs.value_set,
        is_illustrative=inputs.is_illustrative,
        money=_money(everything),
        committed_percent_of_contract=_share(committed, inputs.contract_value_gbp),
        delivered_percent_of_contract=_share(delivered, inputs.contract_value_gbp),
        themes=tuple(_theme(theme, valued) for theme in inputs.themes),
        record_only=tuple(
            v.outcome for v in everything if v.outcome.kind is MeasureKind.RECORD_ONLY
        ),
        warnings=tuple(_warnings(inputs)),
    )


def _theme(theme: ThemeInput, valued: dict[str, _Valued]) -> ThemeOutcome:
    return ThemeOutcome(
        code=theme.code,
        title=theme.title,
        money=_money(
            valued[m.code] for o in theme.outcomes for m in o.measures if m.code in valued
        ),
        outcomes=tuple(
            OutcomeOutcome(
                code=outcome.code,
                title=outcome.title,
                money=_money(valued[m.code] for m in outcome.measures if m.code in valued),
                measures=tuple(
                    valued[m.code].outcome for m in outcome.measures if m.code in valued
                ),
            )
            for outcome in theme.outcomes
        ),
    )


def _value(measure: MeasureInput, inputs: SocialValueInput) -> _Valued:
    quantity, no_term = _over_term(measure, inputs.term_years)
    delivered = measure.delivered_quantity
    monetised = measure.kind is MeasureKind.MONETISED
    price, gaps = _price_of_one(measure, inputs.gross_of_deadweight)
    committed_gaps: tuple[MeasureGap, ...] = ()
    delivered_gaps: tuple[MeasureGap, ...] = ()
    committed_gbp = delivered_gbp = None
    if monetised and measure.committed_quantity is not None:
        committed_gaps = gaps + ((MeasureGap.NO_TERM,) if no_term else ())
        if price is not None and quantity is not None:
            committed_gbp = quantity * price
    if monetised and delivered is not None:
        delivered_gaps = gaps
        if price is not None:
            delivered_gbp = Fraction(delivered) * price
    return _Valued(
        MeasureOutcome(
            code=measure.code,
            label=measure.label,
            unit=measure.unit,
            kind=measure.kind,
            committed_over_term=as_decimal_or_none(quantity),
            delivered_quantity=delivered,
            committed_gbp=as_decimal_or_none(committed_gbp),
            delivered_gbp=as_decimal_or_none(delivered_gbp),
            committed_gaps=committed_gaps,
            delivered_gaps=delivered_gaps,
        ),
        committed_gbp,
        delivered_gbp,
    )


def _over_term(measure: MeasureInput, term_years: Decimal | None) -> tuple[Fraction | None, bool]:
    """The quantity over the whole contract, and whether the term is missing for it.

    A record-only figure (a percentage, a yes or no) is never multiplied by years.
    """
    if measure.committed_quantity is None:
        return None, False
    quantity = Fraction(measure.committed_quantity)
    yearly = measure.committed_basis is CommittedBasis.YEARLY
    if not yearly or measure.kind is MeasureKind.RECORD_ONLY:
        return quantity, False
    if term_years is None:
        return None, True
    return quantity * Fraction(term_years), False


def _price_of_one(
    measure: MeasureInput, gross: bool
) -> tuple[Fraction | None, tuple[MeasureGap, ...]]:
    """Unit value x attribution x (1 - deadweight, where the set is gross)."""
    unit_value, attribution = measure.unit_value_gbp, measure.attribution_percent
    deadweight = measure.deadweight_percent if gross else Decimal(0)
    gaps = tuple(
        gap
        for gap, figure in (
            (MeasureGap.NO_UNIT_VALUE, unit_value),
            (MeasureGap.NO_ATTRIBUTION, attribution),
            (MeasureGap.NO_DEADWEIGHT, deadweight),
        )
        if figure is None
    )
    if unit_value is None or attribution is None or deadweight is None:
        return None, gaps
    price = Fraction(unit_value) * Fraction(attribution) / 100
    return price * (100 - Fraction(deadweight)) / 100, ()


def _sums(valued: Iterable[_Valued]) -> tuple[Fraction | None, Fraction | None]:
    rows = tuple(valued)
    committed = [v.committed for v in rows if v.committed is not None]
    delivered = [v.delivered for v in rows if v.delivered is not None]
    return (
        sum(committed, Fraction(0)) if committed else None,
        sum(delivered, Fraction(0)) if delivered else None,
    )


def _money(valued: Iterable[_Valued]) -> Money:
    rows = tuple(valued)
    committed, delivered = _sums(rows)
    return Money(
        committed_gbp=as_decimal_or_none(committed),
        delivered_gbp=as_decimal_or_none(delivered),
        not_valued=sum(bool(v.outcome.committed_gaps or v.outcome.delivered_gaps) for v in rows),
    )


def _share(total: Fraction | None, contract_value: Decimal | None) -> Decimal | None:
    """In percent; None where the contract's value is not published (or is nil)."""
    if total is None or not contract_value:
        return None
    return as_decimal(total * 100 / Fraction(contract_value))


def _warnings(inputs: SocialValueInput) -> Iterable[DoubleCountWarning]:
    counted = {m.code for m in inputs.measures if m.committed_quantity or m.delivered_quantity}
    pairs = {
        tuple(sorted((pair.first, pair.second))): pair.reason for pair in inputs.double_count_pairs
    }
    for (first, second), reason in sorted(pairs.items()):
        if first in counted and second in counted:
            yield DoubleCountWarning(
                first,
                second,
                f"{first} and {second} may count the same thing twice: {reason}",
            )


def _check(inputs: SocialValueInput) -> None:
    codes = [m.code for m in inputs.measures]
    if len(codes) != len(set(codes)):
        raise ScoringError("a measure occurs twice")
    if inputs.term_years is not None and inputs.term_years <= 0:
        raise BadQuantity("the length of the contract must be more than nothing")
    if inputs.contract_value_gbp is not None and inputs.contract_value_gbp < 0:
        raise BadQuantity("the value of the contract may not be negative")
    for measure in inputs.measures:
        for figure in (
            measure.committed_quantity,
            measure.delivered_quantity,
            measure.unit_value_gbp,
        ):
            if figure is not None and not (figure.is_finite() and figure >= 0):
                raise BadQuantity(f"a figure of {measure.code} is not a number from nought up")
        for percent in (measure.attribution_percent, measure.deadweight_percent):
            if percent is not None and not (percent.is_finite() and 0 <= percent <= 100):
                raise BadQuantity(f"a percentage of {measure.code} is not between 0 and 100")
