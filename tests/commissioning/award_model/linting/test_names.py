"""What has to be there, under a name of its own."""

from dataclasses import replace

import pytest

from commissioning.award_model.linting.names import name_remarks
from commissioning.award_model.model import Condition, Term
from commissioning.award_model.ready_scales import DEFAULT_SCALE
from commissioning.award_model.remarks import Severity
from tests.commissioning.award_model.models import ETHICS, LOT, MODEL, with_criterion, with_lot


def found(model):
    return [(one.code, one.severity.value, one.lot_number) for one in name_remarks(model)]


def test_complete_model_is_good():
    assert found(MODEL) == []


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (replace(MODEL, lots=()), ("no_lots", "error", None)),
        (with_lot(criteria=()), ("no_criteria", "error", 1)),
        (replace(MODEL, subject_matter=" "), ("subject_matter_missing", "warning", None)),
        (replace(MODEL, lots=(LOT, LOT)), ("lot_number_repeated", "error", None)),
        (
            replace(MODEL, scales=(DEFAULT_SCALE, DEFAULT_SCALE)),
            ("key_repeated", "error", None),
        ),
        (
            replace(MODEL, conditions=(Condition("a", "A"), Condition("a", "B"))),
            ("key_repeated", "error", None),
        ),
        (replace(MODEL, terms=(Term("a", "A"), Term("a", "B"))), ("key_repeated", "error", None)),
        (with_criterion(replace(ETHICS, title=" ")), ("name_missing", "error", 1)),
        (
            with_lot(criteria=(*LOT.criteria, replace(ETHICS, number="9"))),
            ("key_repeated", "error", 1),
        ),
        (with_criterion(replace(ETHICS, number="2")), ("number_repeated", "warning", 1)),
    ],
)
def test_what_is_missing_or_named_twice_is_told(model, expected):
    assert found(model) == [expected]


def test_keys_repeat_at_any_depth():
    [remark] = name_remarks(
        with_lot(criteria=(*LOT.criteria, replace(ETHICS, number="9", key="q1")))
    )
    assert (remark.code, remark.severity) == ("key_repeated", Severity.ERROR)
    assert "1.1 Nurses on each shift and 9 Raising concerns" in remark.words
