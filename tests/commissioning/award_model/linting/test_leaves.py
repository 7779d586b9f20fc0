"""What a criterion needs before it can be scored."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commissioning.award_model.linting.leaves import (
    is_judged,
    is_quantitative,
    is_rated,
    leaf_remarks,
)
from commissioning.award_model.model import ScalePoint, SocialValueRule
from commissioning.award_model.ready_scales import DEFAULT_SCALE
from commissioning.award_model.terms import SocialValueMethod
from tests.commissioning.award_model.models import (
    ETHICS,
    MODEL,
    PRICE,
    QUALITY,
    SOCIAL_VALUE,
    STAFFING,
    with_criterion,
)

GATE = replace(ETHICS, is_pass_fail=True, weight_percent=None, scale_code="")
RULE = SOCIAL_VALUE.social_value


def found(model):
    return [(one.code, one.severity.value) for one in leaf_remarks(model, None)]


def with_points(*points):
    return replace(MODEL, scales=(replace(DEFAULT_SCALE, points=points),))


def test_complete_criteria_are_good():
    assert found(MODEL) == []


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (replace(STAFFING, asks=" "), ("asks_missing", "error")),
        (replace(STAFFING, guidance=""), ("guidance_missing", "error")),
        (replace(STAFFING, scale_code="", minimum_rating=None), ("scale_missing", "error")),
        (replace(STAFFING, scale_code="gone"), ("scale_missing", "error")),
        (replace(STAFFING, word_limit=0), ("word_limit_not_positive", "error")),
        (replace(STAFFING, minimum_rating=Decimal(6)), ("minimum_above_scale", "error")),
        (replace(STAFFING, minimum_rating=Decimal("2.5")), ("minimum_not_on_scale", "error")),
        (replace(STAFFING, minimum_rating=Decimal(0)), ("minimum_always_met", "note")),
        (replace(STAFFING, social_value=RULE, minimum_rating=None),
         ("social_value_rule_misplaced", "error")),
        (replace(QUALITY, minimum_rating=Decimal(3)), ("minimum_on_parent", "error")),
        (replace(QUALITY, is_pass_fail=True), ("pass_fail_with_parts", "error")),
        (replace(GATE, guidance=""), ("guidance_missing", "error")),
        (replace(GATE, scale_code="0-5"), ("scale_on_pass_fail", "warning")),
        (replace(GATE, minimum_rating=Decimal(1)), ("scale_on_pass_fail", "warning")),
        (replace(SOCIAL_VALUE, social_value=replace(RULE, measure_codes=())),
         ("measures_missing", "error")),
        (replace(SOCIAL_VALUE, social_value=replace(RULE, target_gbp=None)),
         ("target_missing", "error")),
        (replace(SOCIAL_VALUE, social_value=replace(RULE, target_gbp=Decimal(0))),
         ("target_missing", "error")),
        (replace(SOCIAL_VALUE, social_value=replace(RULE, method=SocialValueMethod.RELATIVE)),
         ("target_unused", "warning")),
        (replace(SOCIAL_VALUE, minimum_rating=Decimal(1)), ("minimum_without_rating", "error")),
        (replace(SOCIAL_VALUE, asks=""), ("asks_missing", "error")),
        (replace(SOCIAL_VALUE, social_value=SocialValueRule()), ("scale_missing", "error")),
        (replace(SOCIAL_VALUE, social_value=None), ("scale_missing", "error")),
    ],
)  # fmt: skip
def test_what_a_criterion_lacks_is_told(criterion, expected):
    assert found(with_criterion(criterion)) == [expected]


def test_pass_or_fail_needs_no_scale():
    assert found(with_criterion(GATE)) == []


def test_price_is_left_to_its_own_rules():
    assert found(with_criterion(replace(PRICE, asks="", scale_code=""))) == []


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((), "scale_too_short"),
        ((ScalePoint(Decimal(2), "Good", "All is there."),), "scale_too_short"),
    ],
)
def test_scale_needs_two_points(points, code):
    assert (code, "error") in found(with_points(*points))


def test_undescribed_points_are_named():
    first, second, *rest = DEFAULT_SCALE.points
    model = with_points(replace(first, description=""), replace(second, label=" "), *rest)
    [remark] = leaf_remarks(model, None)
    assert remark.words == "Name and describe every point of the scale 0 to 5: 0 and 1 are not."


def test_point_given_twice_is_an_error():
    assert found(with_points(*DEFAULT_SCALE.points, DEFAULT_SCALE.points[0])) == [
        ("scale_point_repeated", "error")
    ]


def test_scale_that_no_criterion_uses_is_left_alone():
    spare = replace(DEFAULT_SCALE, code="spare", points=())
    assert found(replace(MODEL, scales=(*MODEL.scales, spare))) == []


def test_minimum_off_the_scale_lists_the_points_to_choose_from():
    [remark] = leaf_remarks(with_criterion(replace(STAFFING, minimum_rating=Decimal("2.5"))), None)
    assert remark.words.endswith("Choose 0, 1, 2, 3, 4 or 5.")


def test_what_is_judged_rated_and_counted_is_told_apart():
    kinds = {
        one.key: (is_judged(one), is_rated(one), is_quantitative(one))
        for one in (STAFFING, GATE, PRICE, SOCIAL_VALUE)
    }
    assert kinds == {
        "q1": (True, True, False),
        "e": (True, False, False),
        "p": (False, False, False),
        "s": (False, False, True),
    }


def test_criteria_that_nobody_judges_need_no_evaluators():
    assigned = {(1, "q1"): 2, (1, "q2"): 3, (1, "e"): 2}
    assert list(leaf_remarks(MODEL, assigned)) == []
    missing = [one.criterion_key for one in leaf_remarks(with_criterion(GATE), {})]
    assert missing == ["q1", "q2", "e"]
