"""The social value section of a report, in words."""

from dataclasses import dataclass
from decimal import Decimal

from scorecards.charts import Chart, theme_chart
from scorecards.documents import phrases
from scorecards.documents.content import ReportContent
from scorecards.documents.wording import (
    NOT_PUBLISHED,
    count_words,
    gbp_words,
    number_words,
    percent_words,
)
from scorecards.scoring import MeasureKind
from scorecards.scoring.social_value import (
    MeasureGap,
    MeasureOutcome,
    SocialValueOutcome,
    ThemeOutcome,
)

YES_OR_NO = "yes or no"


@dataclass(frozen=True)
class MeasureView:
    """`committed` and `delivered` are quantities, with their pounds beside them."""

    name: str
    unit: str
    committed: str
    delivered: str
    gaps: str


@dataclass(frozen=True)
class ThemeView:
    title: str
    outcomes: tuple[tuple[str, tuple[MeasureView, ...]], ...]


@dataclass(frozen=True)
class SocialValueView:
    edition: str
    basis: str
    basis_note: str
    value_set: str
    is_illustrative: bool
    facts: tuple[tuple[str, str], ...]
    chart: Chart
    themes: tuple[ThemeView, ...]
    record_only: tuple[MeasureView, ...]
    warnings: tuple[str, ...]


def social_value_view(content: ReportContent) -> SocialValueView | None:
    """None where the scorecard was asked for no measures."""
    given, found, text = (
        content.inputs.social_value,
        content.outcome.social_value,
        content.measures,
    )
    if given is None or found is None or text is None:
        return None
    deadweight = (
        "The values are gross, so what would have happened anyway is taken off."
        if given.gross_of_deadweight
        else "The values are already net of what would have happened anyway."
    )
    return SocialValueView(
        edition=f"{text.title}, edition {text.edition}, {text.publisher}.",
        basis=phrases.BASIS_WORDS[text.basis],
        basis_note=text.basis_note,
        value_set=(
            f"{text.value_set_title} ({found.value_set}). {text.value_set_licence} {deadweight}"
        ),
        is_illustrative=found.is_illustrative,
        facts=_facts(found, gbp_words(given.contract_value_gbp)),
        chart=theme_chart(
            name="chart-social-value",
            themes=found.themes,
            is_illustrative=found.is_illustrative,
        ),
        themes=tuple(
            ThemeView(
                title=theme.title,
                outcomes=outcomes,
            )
            for theme in found.themes
            if (outcomes := _outcomes(theme))
        ),
        record_only=tuple(_measure(m) for m in found.record_only),
        warnings=tuple(w.words for w in found.warnings),
    )


def _outcomes(theme: ThemeOutcome) -> tuple[tuple[str, tuple[MeasureView, ...]], ...]:
    """Outcomes with their measures in pounds; what is only recorded has a table of its own."""
    rows = (
        (
            outcome.title,
            tuple(_measure(m) for m in outcome.measures if m.kind is MeasureKind.MONETISED),
        )
        for outcome in theme.outcomes
    )
    return tuple((title, measures) for title, measures in rows if measures)


def _facts(found: SocialValueOutcome, contract_value: str) -> tuple[tuple[str, str], ...]:
    money = found.money
    missing = NOT_PUBLISHED if contract_value == NOT_PUBLISHED else "nothing valued"
    rows = [
        ("Committed", gbp_words(money.committed_gbp, "nothing valued")),
        ("Delivered so far", gbp_words(money.delivered_gbp, "nothing valued")),
        ("Contract value", contract_value),
        (
            "Committed, as a share of the contract value",
            percent_words(found.committed_percent_of_contract, missing),
        ),
        (
            "Delivered, as a share of the contract value",
            percent_words(found.delivered_percent_of_contract, missing),
        ),
    ]
    if money.not_valued:
        rows.append(
            (
                "Not valued",
                count_words(money.not_valued, "measure") + ", each with its reason below",
            )
        )
    return tuple(rows)


def _measure(measure: MeasureOutcome) -> MeasureView:
    gaps = dict.fromkeys((*measure.committed_gaps, *measure.delivered_gaps))
    words = _yes_or_no if measure.unit == YES_OR_NO else _quantity
    return MeasureView(
        name=f"{measure.code} {measure.label}",
        unit=measure.unit,
        committed=words(measure.committed_over_term, measure.committed_gbp),
        delivered=words(measure.delivered_quantity, measure.delivered_gbp),
        gaps=_gap_words(tuple(gaps)),
    )


def _yes_or_no(quantity: Decimal | None, gbp: Decimal | None) -> str:
    """The words of a measure that is met or not, which is kept as 1 or 0."""
    return number_words(None) if quantity is None else ("Yes" if quantity else "No")


def _quantity(quantity: Decimal | None, gbp: Decimal | None) -> str:
    words = number_words(quantity)
    return words if gbp is None else f"{words} = {gbp_words(gbp)}"


def _gap_words(gaps: tuple[MeasureGap, ...]) -> str:
    if not gaps:
        return ""
    return f"Not valued: {'; '.join(gap.words for gap in gaps)}."
