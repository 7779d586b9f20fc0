"""The form of a criterion has the fields of its kind and method, and no others."""

from decimal import Decimal

import pytest

from commissioning.award_model.terms import CriterionKind, PriceMethod, SocialValueMethod
from commissioning.forms import CriterionForm, Group, KindForm
from commissioning.models import AwardScale

GROUPS = [Group("Openness", (("1", "A"), ("2", "B"))), Group("Honesty", (("3", "C"),))]
RATED = {"scale", "minimum_rating", "is_pass_fail", "word_limit"}
INPUTS = {
    "ceiling_gbp", "floor_gbp", "midpoint_percent", "points_per_percent", "minimum_quality_percent",
}  # fmt: skip


def form(data=None, **options) -> CriterionForm:
    given = {"kind": "quality", "scales": AwardScale.objects.none(), "standards": GROUPS}
    return CriterionForm(data, **given | options)


def names(**options) -> set[str]:
    return set(form(**options).fields)


@pytest.mark.parametrize("kind", ["quality", "ethics"])
def test_rated_kinds_have_a_scale_and_no_price(kind):
    found = names(kind=kind)
    assert found >= RATED
    assert not found & {*INPUTS, "price_method", "social_value_method"}


def test_criterion_with_parts_has_no_scale():
    found = names(has_parts=True)
    assert not found & RATED
    assert {"title", "weight_percent", "asks"} <= found


@pytest.mark.parametrize(
    ("method", "inputs"),
    [
        ("", set()),
        (PriceMethod.RELATIVE, set()),
        (PriceMethod.CEILING_FLOOR, {"ceiling_gbp", "floor_gbp"}),
        (PriceMethod.DEVIATION_FROM_MEAN, {"midpoint_percent", "points_per_percent"}),
        (PriceMethod.VALUE_FOR_MONEY_INDEX, {"minimum_quality_percent"}),
    ],
)
def test_price_has_the_inputs_of_its_method(method, inputs):
    found = names(kind="price", method=method)
    assert found & INPUTS == inputs
    assert not found & {*RATED, "asks", "draws_on_0"}


def test_divided_price_has_no_weight():
    assert "weight_percent" not in names(kind="price", method="price_per_quality_point")
    assert "weight_percent" in names(kind="price", method="linear")


@pytest.mark.parametrize(
    ("method", "has_scale", "has_target"),
    [("qualitative", True, False), ("relative", False, False), ("target", False, True)],
)
def test_social_value_has_the_fields_of_its_method(method, has_scale, has_target):
    found = names(kind="social_value", method=method, measures=GROUPS)
    assert ("scale" in found, "target_gbp" in found) == (has_scale, has_target)
    assert ("measures_0" in found) is not has_scale


def test_what_was_ticked_under_several_headings_comes_back_as_one_list():
    given = {"kind": "quality", "title": "A", "draws_on_0": ["2"], "draws_on_1": ["3"]}
    bound = form(given)
    assert bound.is_valid(), bound.errors
    changes = bound.changes()
    assert changes["draws_on"] == [2, 3]
    assert not {"seen", "shown", "draws_on_0"} & set(changes)
    assert "measures" not in changes


def test_what_is_not_offered_cannot_be_ticked():
    assert not form({"kind": "quality", "title": "A", "draws_on_0": ["3"]}).is_valid()


def test_what_the_row_draws_on_is_ticked_at_first():
    shown = form(draws_on=[3])
    assert [field.initial for field in shown.group_fields("draws_on")] == [[], ["3"]]
    assert {field.name for field in shown.plain_fields}.isdisjoint({"draws_on_0", "draws_on_1"})


def test_form_says_whose_fields_it_shows():
    shown = form(kind="price", method="linear")
    assert shown["shown"].value() == "price:linear"


def test_incomplete_as_published_is_asked_only_where_it_is_so():
    assert "is_incomplete_as_published" not in names()
    assert "is_incomplete_as_published" in names(is_incomplete=True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Enter a title"),
        ("weight_percent", "half", "must be a number"),
        ("weight_percent", "120", "must be 100% or less"),
        ("word_limit", "0", "must be 1 or more"),
    ],
)
def test_criterion_says_what_is_wrong(field, value, words):
    bound = form({"kind": "quality", "title": "A"} | {field: value})
    assert words in bound.errors[field][0]


def test_figures_keep_every_digit():
    bound = form({"kind": "quality", "title": "A", "weight_percent": "33.34"})
    assert bound.is_valid()
    assert bound.changes()["weight_percent"] == Decimal("33.34")


def test_kind_is_chosen_first():
    assert KindForm({}).errors == {"kind": ["Choose what the criterion is about"]}


def test_methods_are_those_of_the_kind():
    assert CriterionForm.methods_of(CriterionKind.PRICE) == PriceMethod.choices()
    assert CriterionForm.methods_of("social_value") == SocialValueMethod.choices()
    assert CriterionForm.methods_of("ethics") == []
