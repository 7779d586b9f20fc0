"""What cannot be scored is refused with its own error."""

from datetime import date
from decimal import Decimal

import pytest

from scorecards.scoring import (
    DEFAULT_POLICY,
    BadPolicy,
    BadQuantity,
    BadWeight,
    Band,
    CriterionInput,
    FrameworkInput,
    MeasureInput,
    MeasureKind,
    MissingRating,
    Opinion,
    OutcomeInput,
    Policy,
    PrincipleInput,
    RatingOffScale,
    Scale,
    ScorecardInput,
    ScoringError,
    SocialValueInput,
    ThemeInput,
    evaluate,
    inputs_from_text,
    policy_from_plain,
    to_plain,
    to_text,
)
from scorecards.scoring.scale import percent_of

DAY = date(2026, 6, 1)
SCALE = Scale(0, 3)


def scored(*criteria, weight=Decimal(1)):
    framework = FrameworkInput(
        "f", "1", "F", SCALE, (PrincipleInput("1", "P", tuple(criteria), weight),)
    )
    return evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (framework,)))


def valued(**figures):
    measure = MeasureInput("NT1", "Label", "each", MeasureKind.MONETISED, **figures)
    themes = (ThemeInput("T", "T", (OutcomeInput("O", "O", (measure,)),)),)
    value = SocialValueInput("e", "v", False, True, None, None, themes)
    return evaluate(ScorecardInput(DAY, DEFAULT_POLICY, (), value))


def test_percent_of_missing_rating_raises():
    with pytest.raises(MissingRating):
        percent_of(None, SCALE)


@pytest.mark.parametrize("rating", [-1, 4])
def test_rating_off_scale_raises(rating):
    with pytest.raises(RatingOffScale):
        scored(CriterionInput("1.1", False, rating))


def test_claim_off_scale_raises():
    with pytest.raises(RatingOffScale):
        scored(CriterionInput("1.1", False, 1, claim=9))


@pytest.mark.parametrize("weight", ["0", "-1", "NaN"])
def test_weight_not_above_zero_raises(weight):
    with pytest.raises(BadWeight):
        scored(CriterionInput("1.1", False, 1, weight=Decimal(weight)))


def test_code_that_occurs_twice_raises():
    with pytest.raises(ScoringError):
        scored(CriterionInput("1.1", False, 1), CriterionInput("1.1", False, 1))


def test_scale_upside_down_raises():
    with pytest.raises(ScoringError):
        Scale(3, 3)


@pytest.mark.parametrize(
    "figures",
    [
        {"committed_quantity": Decimal(-1)},
        {"delivered_quantity": Decimal("NaN")},
        {"unit_value_gbp": Decimal("Infinity")},
        {"attribution_percent": Decimal("100.1")},
        {"deadweight_percent": Decimal(-5)},
    ],
)
def test_figure_out_of_range_raises(figures):
    with pytest.raises(BadQuantity):
        valued(**figures)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (Band(Opinion.LIMITED, Decimal(40)), Band(Opinion.SUBSTANTIAL, Decimal(30))),
        (Band(Opinion.SUBSTANTIAL, Decimal(60)), Band(Opinion.LIMITED, Decimal(60))),
        (Band(Opinion.NO_ASSURANCE, Decimal(10)),),
        (Band(Opinion.SUBSTANTIAL, Decimal(101)),),
    ],
)
def test_policy_that_contradicts_itself_raises(bands):
    with pytest.raises(BadPolicy):
        Policy("p", bands, Decimal(80), None, None)


def test_policy_without_limiting_rules_leaves_the_band():
    policy = Policy("p", DEFAULT_POLICY.bands, Decimal(0), None, None)
    framework = FrameworkInput(
        "f",
        "1",
        "F",
        SCALE,
        (PrincipleInput("1", "P", (CriterionInput("1.1", True, 3),)),),
    )

    opinion = evaluate(ScorecardInput(DAY, policy, (framework,))).overall.opinion

    assert opinion is Opinion.SUBSTANTIAL


def test_framework_without_applicable_criteria_has_no_opinion():
    outcome = scored()

    assert outcome.overall.opinion is Opinion.NO_OPINION_YET
    assert outcome.frameworks[0].opinion.decided_by == "no_criteria"


@pytest.mark.parametrize(
    "damage",
    [
        {"extra": 1},
        {"label": 7},
        {"minimum_coverage_percent": "many"},
        {"minimum_coverage_percent": "NaN"},
        {"bands": {}},
        {"core_at_lowest_caps_at": "splendid"},
    ],
)
def test_damaged_policy_is_refused_with_its_place(damage):
    data = to_plain(DEFAULT_POLICY) | damage

    with pytest.raises(ScoringError, match="Policy"):
        policy_from_plain(data)


def test_incomplete_inputs_are_refused():
    with pytest.raises(ScoringError, match="incomplete"):
        inputs_from_text('{"frameworks":[]}')


def test_unkeepable_value_is_refused():
    with pytest.raises(ScoringError):
        to_text(1.5)
