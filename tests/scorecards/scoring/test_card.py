"""What must hold for every scorecard, whatever the figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecards.scoring import (
    DEFAULT_POLICY,
    Applicability,
    CommittedBasis,
    CriterionInput,
    EvidenceStrength,
    FrameworkInput,
    MeasureInput,
    MeasureKind,
    Opinion,
    OutcomeInput,
    PrincipleInput,
    Scale,
    ScorecardInput,
    SocialValueInput,
    ThemeInput,
    UnknownMethod,
    evaluate,
    inputs_from_text,
    outcome_from_text,
    replay,
    to_text,
)
from scorecards.scoring.kinds import BEST_TO_WORST

DAY = date(2026, 6, 1)
RANK = {opinion: -place for place, opinion in enumerate(BEST_TO_WORST)}
weights = st.decimals(min_value="0.01", max_value="9", places=2)
amounts = st.none() | st.decimals(min_value=0, max_value="1000000", places=3)
percents = st.none() | st.decimals(min_value=0, max_value=100, places=1)


@st.composite
def frameworks(draw, all_rated=False):
    lowest = draw(st.integers(0, 1))
    scale = Scale(lowest, lowest + draw(st.integers(1, 5)))
    points = st.integers(scale.lowest, scale.highest)
    principles = []
    for place in range(draw(st.integers(1, 4))):
        criteria = tuple(
            CriterionInput(
                code=f"{place}.{number}",
                is_core=draw(st.booleans()),
                rating=draw(points if all_rated else st.none() | points),
                claim=draw(st.none() | points),
                weight=draw(weights),
                applicability=draw(st.sampled_from(Applicability)),
                evidence_strength=draw(st.none() | st.sampled_from(EvidenceStrength)),
                evidence_valid_until=draw(
                    st.lists(
                        st.none() | st.integers(-9, 9).map(lambda d: DAY + timedelta(days=d)),
                        max_size=2,
                    ).map(tuple)
                ),
            )
            for number in range(draw(st.integers(0, 5)))
        )
        principles.append(PrincipleInput(f"{place}", f"P{place}", criteria, draw(weights)))
    return FrameworkInput("f", "1", "Framework", scale, tuple(principles))


@st.composite
def social_values(draw):
    def measure(code):
        return MeasureInput(
            code=code,
            label=code,
            unit="hours",
            kind=draw(st.sampled_from(MeasureKind)),
            committed_quantity=draw(amounts),
            committed_basis=draw(st.sampled_from(CommittedBasis)),
            delivered_quantity=draw(amounts),
            unit_value_gbp=draw(amounts),
            attribution_percent=draw(percents),
            deadweight_percent=draw(percents),
        )

    return SocialValueInput(
        edition="e",
        value_set="v",
        gross_of_deadweight=draw(st.booleans()),
        is_illustrative=True,
        term_years=draw(st.none() | st.decimals("0.1", 10, places=1)),
        contract_value_gbp=draw(amounts),
        themes=tuple(
            ThemeInput(
                f"T{t}",
                f"Theme {t}",
                (
                    OutcomeInput(
                        f"O{t}",
                        "Outcome",
                        tuple(measure(f"{t}-{n}") for n in range(draw(st.integers(0, 3)))),
                    ),
                ),
            )
            for t in range(draw(st.integers(1, 3)))
        ),
    )


def card(framework, value=None):
    return ScorecardInput(DAY, DEFAULT_POLICY, (framework,), value)


def with_criterion(framework, code, **changes):
    return replace(
        framework,
        principles=tuple(
            replace(
                p,
                criteria=tuple(replace(c, **changes) if c.code == code else c for c in p.criteria),
            )
            for p in framework.principles
        ),
    )


@given(frameworks())
def test_percentages_stay_within_the_scale(framework):
    outcome = evaluate(card(framework)).frameworks[0]

    for row in (outcome, *outcome.principles, *(c for p in outcome.principles for c in p.criteria)):
        assert row.percent is None or 0 <= row.percent <= 100


@given(frameworks(all_rated=True), st.data())
def test_raising_a_rating_never_lowers_a_total_or_an_opinion(framework, data):
    raisable = [c for c in framework.criteria if c.rating < framework.scale.highest]
    if not raisable:
        return
    chosen = data.draw(st.sampled_from(raisable))
    raised = with_criterion(framework, chosen.code, rating=chosen.rating + 1)

    before, after = (evaluate(card(f)).frameworks[0] for f in (framework, raised))

    if before.percent is not None:
        assert after.percent >= before.percent
    for old, new in zip(before.principles, after.principles, strict=True):
        assert old.percent is None or new.percent >= old.percent
    if before.opinion.opinion in RANK:
        assert RANK[after.opinion.opinion] >= RANK[before.opinion.opinion]


@given(frameworks(), st.randoms())
def test_order_never_matters(framework, random):
    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    mixed = replace(
        framework,
        principles=shuffled(
            [replace(p, criteria=shuffled(p.criteria)) for p in framework.principles]
        ),
    )

    first, second = (evaluate(card(f)).frameworks[0] for f in (framework, mixed))

    assert (first.percent, first.coverage, first.evidence, first.gap, first.opinion) == (
        second.percent,
        second.coverage,
        second.evidence,
        second.gap,
        second.opinion,
    )
    assert min(first.principles, key=lambda p: p.code).percent == (
        min(second.principles, key=lambda p: p.code).percent
    )


@given(frameworks(), st.none() | social_values())
def test_kept_text_replays_to_the_same_figures(framework, value):
    inputs = card(framework, value)
    outcome = evaluate(inputs)

    with localcontext(prec=5):
        replayed = replay(to_text(inputs))

    assert replayed == to_text(outcome)
    assert inputs_from_text(to_text(inputs)) == inputs
    assert outcome_from_text(replayed) == outcome


@given(frameworks(), social_values())
def test_social_value_never_enters_the_opinion(framework, value):
    assert evaluate(card(framework, value)).overall == evaluate(card(framework)).overall


@given(social_values())
def test_record_only_measures_are_never_summed(value):
    without = replace(
        value,
        themes=tuple(
            replace(
                theme,
                outcomes=tuple(
                    replace(
                        outcome,
                        measures=tuple(
                            m for m in outcome.measures if m.kind is MeasureKind.MONETISED
                        ),
                    )
                    for outcome in theme.outcomes
                ),
            )
            for theme in value.themes
        ),
    )

    with_all = evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (), value)).social_value
    monetised = evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (), without)).social_value

    assert with_all.money == monetised.money
    assert monetised.record_only == ()


@given(social_values())
def test_money_is_missing_or_not_negative(value):
    outcome = evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (), value)).social_value

    for figure in (outcome.money.committed_gbp, outcome.money.delivered_gbp):
        assert figure is None or figure >= 0


@given(frameworks())
def test_asserted_or_expired_evidence_never_supports_substantial(framework):
    for criterion in framework.criteria:
        framework = with_criterion(
            framework, criterion.code, evidence_strength=EvidenceStrength.ASSERTED
        )

    opinion = evaluate(card(framework)).frameworks[0].opinion.opinion

    assert opinion is not Opinion.SUBSTANTIAL


def test_unknown_method_version_raises():
    with pytest.raises(UnknownMethod):
        evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (), method_version="0"))


def test_decimals_of_the_inputs_keep_their_digits():
    framework = FrameworkInput(
        "f",
        "1",
        "F",
        Scale(0, 3),
        (PrincipleInput("1", "P", (), Decimal("1.10")),),
    )

    assert '"weight":"1.10"' in to_text(card(framework))
