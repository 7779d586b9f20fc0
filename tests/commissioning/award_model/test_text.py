"""The canonical text of an award model."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings

from commissioning.award_model.model import AwardModel
from commissioning.award_model.text import from_text, to_text
from tests.commissioning.award_model.models import MODEL, MODELS, with_lot


@settings(max_examples=150, deadline=None)
@given(MODELS)
def test_every_model_reads_back_exactly(model):
    text = to_text(model)
    assert from_text(text) == model
    assert to_text(from_text(text)) == text


@pytest.mark.parametrize("digits", ["10", "10.0", "1E+2", "0.10", "-0", "123456789.000000001"])
def test_digits_of_a_number_stay_as_they_were(digits):
    read = from_text(to_text(with_lot(value_gbp=Decimal(digits))))
    assert str(read.lots[0].value_gbp) == digits


def test_text_is_sorted_json_with_numbers_as_text():
    text = to_text(MODEL)
    content = json.loads(text)
    assert text == json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content["model"]["value_gbp"] == "800000"
    assert content["model"]["tender_notice_on"] == "2026-11-30"
    assert content["model"]["lots"][0]["tie_breaks"] == ["higher_quality", "drawn_by_lot"]


def test_field_that_an_old_text_lacks_takes_its_default():
    content = {"format": 1, "model": {"title": "T", "regime": "unknown", "body_type": "other"}}
    assert from_text(json.dumps(content)) == AwardModel("T", "unknown", "other")


def test_number_that_is_not_finite_is_refused_in_writing():
    with pytest.raises(ValueError, match="NaN is no number"):
        to_text(with_lot(value_gbp=Decimal("NaN")))


@pytest.mark.parametrize(
    ("changes", "cause"),
    [
        ({"title": 5}, "model.title is no str"),
        ({"title": None}, "model.title is no text|model.title is no str"),
        ({"chair_scores": 1}, "model.chair_scores is no bool"),
        ({"value_gbp": "NaN"}, "model.value_gbp is no number"),
        ({"value_gbp": "ten"}, "model.value_gbp is no Decimal"),
        ({"value_gbp": 10.5}, "model.value_gbp is no text"),
        ({"tender_notice_on": "tomorrow"}, "model.tender_notice_on is no date"),
        ({"lot_limit_mechanism": "luck"}, "no LotLimitMechanism"),
        ({"lots": {}}, "model.lots is no list"),
        ({"lots": [{}]}, r"model.lots\[0\] lacks a field"),
        ({"colour": "red"}, "fields that are not known"),
    ],
)
def test_spoilt_text_is_refused_with_its_place(changes, cause):
    content = json.loads(to_text(MODEL))
    content["model"] |= changes
    with pytest.raises(ValueError, match=cause):
        from_text(json.dumps(content))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":2,"model":{}}', "nonsense"])
def test_what_is_no_such_text_is_refused(text):
    with pytest.raises(ValueError):
        from_text(text)
