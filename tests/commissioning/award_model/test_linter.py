"""The linter as a whole; its rules are tested beside it, in ``linting``."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from commissioning.award_model.linter import lint, unscorable
from commissioning.award_model.ready_scales import even_weights
from commissioning.award_model.remarks import Severity
from tests.commissioning.award_model.models import (
    ETHICS,
    LOT,
    MODEL,
    MODELS,
    QUALITY,
    STAFFING,
    with_criteria,
    with_criterion,
    with_lot,
)

AS_PUBLISHED = replace(
    QUALITY,
    sub_criteria=(),
    is_incomplete_as_published=True,
)


def test_complete_model_has_nothing_to_put_right():
    assert lint(MODEL) == ()


@settings(max_examples=200, deadline=None)
@given(MODELS)
def test_any_model_is_linted_without_raising(model):
    remarks = lint(model, evaluators_assigned={})
    assert all(remark.words.strip() and remark.why.strip() for remark in remarks)
    assert [remark.severity for remark in remarks] == sorted(
        (remark.severity for remark in remarks), key=list(Severity).index
    )
    unscorable(model)


def test_errors_come_first_and_block():
    spoilt = with_lot(
        criteria=(replace(QUALITY, weight_percent=Decimal(30)), *LOT.criteria[1:]),
        tie_breaks=(),
    )
    remarks = lint(replace(spoilt, subject_matter=""))
    assert [(remark.code, remark.severity) for remark in remarks] == [
        ("weights_do_not_sum", Severity.ERROR),
        ("tie_break_missing", Severity.ERROR),
        ("subject_matter_missing", Severity.WARNING),
    ]


def test_incomplete_as_published_is_noted_and_never_an_error():
    model = with_criteria(AS_PUBLISHED, *LOT.criteria[1:])
    assert [(one.code, one.severity, one.criterion_key) for one in lint(model)] == [
        ("incomplete_as_published", Severity.NOTE, "q")
    ]


def test_incomplete_as_published_cannot_be_scored_before_it_is_filled_in():
    model = with_criteria(AS_PUBLISHED, *LOT.criteria[1:])
    assert [(one.code, one.criterion_key) for one in unscorable(model)] == [
        ("asks_missing", "q"),
        ("guidance_missing", "q"),
        ("scale_missing", "q"),
    ]
    assert unscorable(MODEL) == ()


def test_sub_criteria_as_published_that_do_not_sum_are_noted():
    part = replace(STAFFING, weight_percent=Decimal(70))
    model = with_criterion(replace(QUALITY, sub_criteria=(part,), is_incomplete_as_published=True))
    assert [(one.code, one.severity) for one in lint(model)] == [
        ("incomplete_as_published", Severity.NOTE)
    ]
    assert [one.code for one in unscorable(model)] == ["weights_do_not_sum"]


@pytest.mark.parametrize("code", ["evaluators_missing", "evaluator_alone"])
def test_evaluators_are_looked_at_only_where_given(code):
    count = {"evaluators_missing": 0, "evaluator_alone": 1}[code]
    assigned = {(1, key): 2 for key in ("q2", "e")} | {(1, "q1"): count}
    assert [(one.code, one.criterion_key) for one in lint(MODEL, evaluators_assigned=assigned)] == [
        (code, "q1")
    ]


def test_sixty_criteria_are_linted_at_every_keystroke():
    """Measured at about 10 ms; the bound only catches work that grows with the square."""
    parts = tuple(
        replace(STAFFING, key=f"c{index}", number=f"1.{index}", weight_percent=weight)
        for index, weight in enumerate(even_weights(60), start=1)
    )
    model = with_criteria(
        replace(QUALITY, sub_criteria=parts),
        *LOT.criteria[1:],
    )
    lint(model)
    started = time.perf_counter()
    assert lint(model) == ()
    assert time.perf_counter() - started < 0.5


def test_lot_without_ethics_and_vague_wording_is_told_with_what_to_do():
    vague = replace(STAFFING, asks="Describe your organisation's robust track record.")
    model = with_criteria(
        replace(QUALITY, weight_percent=Decimal(50), sub_criteria=(vague, QUALITY.sub_criteria[1])),
        *(one for one in LOT.criteria[1:] if one is not ETHICS),
    )
    assert [one.code for one in lint(model)] == [
        "ethics_missing",
        "about_the_bidder",
        "wording_not_measurable",
    ]
