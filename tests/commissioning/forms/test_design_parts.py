"""Forms for conditions, terms, ready sections, frameworks and copies."""

import pytest

from commissioning.forms import (
    ConditionForm,
    CopyForm,
    EthicsForm,
    FrameworkForm,
    Group,
    SocialValueMeasuresForm,
    SocialValueModelForm,
    TermForm,
)
from commissioning.models import Exercise, ExerciseLot
from tests.commissioning.design_samples import a_lot, an_exercise

GROUPS = [Group("Openness", (("1", "A"), ("2", "B")))]


@pytest.fixture
def lots(people):
    return an_exercise(people).lots.all()


def test_condition_needs_a_title_and_a_text():
    form = ConditionForm({}, standards=GROUPS)
    assert set(form.errors) == {"title", "text"}
    form = ConditionForm({"title": "A", "text": "B", "draws_on_0": ["2"]}, standards=GROUPS)
    assert form.is_valid()
    assert form.changes() == {
        "title": "A", "text": "B", "evidence": "", "is_ethics": False, "draws_on": [2],
    }  # fmt: skip


def test_indicator_needs_its_target():
    form = TermForm({"title": "A", "text": "B", "is_kpi": "on"})
    assert form.errors == {"target": ["Enter the target of the indicator"]}
    form = TermForm({"title": "A", "text": "B"})
    assert form.is_valid()
    assert "evidence" not in form.changes()
    assert form.changes()["is_kpi"] is False


@pytest.mark.django_db
def test_ethics_as_a_criterion_needs_a_weight_and_as_a_condition_none(lots):
    given = {"place": "conditions", "criteria_0": ["1"]}
    assert EthicsForm(given, lots=lots, standards=GROUPS).is_valid()
    form = EthicsForm(given | {"place": "criteria"}, lots=lots, standards=GROUPS)
    assert set(form.errors) == {"lot", "weight_percent"}
    given |= {"place": "criteria", "lot": lots[0].pk, "weight_percent": "10"}
    form = EthicsForm(given, lots=lots, standards=GROUPS)
    assert form.is_valid()
    assert form.ticked("criteria") == [1]
    assert next(iter(form.fields)) == "place"


@pytest.mark.django_db
def test_ready_section_needs_something_chosen(lots):
    form = EthicsForm({"place": "terms"}, lots=lots, standards=GROUPS)
    assert form.errors == {"__all__": ["Choose at least one from the lists below"]}


@pytest.mark.django_db
def test_measures_against_a_target_need_the_target(lots):
    given = {"lot": lots[0].pk, "weight_percent": "10", "criteria_0": ["1"], "method": "target"}
    form = SocialValueMeasuresForm(given, lots=lots, standards=GROUPS)
    assert form.errors == {"target_gbp": ["Enter the target in pounds"]}
    given["method"] = "relative"
    assert SocialValueMeasuresForm(given, lots=lots, standards=GROUPS).is_valid()


@pytest.mark.django_db
def test_model_criteria_need_a_lot_and_a_weight(lots):
    form = SocialValueModelForm({"criteria_0": ["1"]}, lots=lots, standards=GROUPS)
    assert set(form.errors) == {"lot", "weight_percent"}


@pytest.mark.django_db
def test_framework_is_chosen_or_its_reference_typed(people):
    form = FrameworkForm({}, frameworks=Exercise.objects.none())
    assert "framework_reference" in form.errors
    assert FrameworkForm(
        {"framework_reference": "RM1"}, frameworks=Exercise.objects.none()
    ).is_valid()


@pytest.mark.django_db
def test_copy_is_from_an_offered_lot(people):
    lot = a_lot(an_exercise(people))
    assert not CopyForm({"source": lot.pk}, lots=ExerciseLot.objects.none()).is_valid()
    assert CopyForm({"source": lot.pk}, lots=ExerciseLot.objects.all()).is_valid()
