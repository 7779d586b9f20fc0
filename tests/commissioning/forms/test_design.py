"""What the forms of a design let through, and what they say where they don't."""

from datetime import date
from decimal import Decimal

import pytest

from django.utils import timezone

from commissioning.forms import (
    InviteForm,
    LotForm,
    LotLimitForm,
    PublishForm,
    ReasonForm,
    ScaleForm,
    SettingsForm,
    StartByHandForm,
    StartForm,
)
from commissioning.models import AwardScale
from principles.models import ValueSet
from providers.models import Provider
from tests.commissioning.design_samples import a_lot, an_exercise

SETTINGS = {"regime": "procurement_act_2023", "minimum_scores": "20"}


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def settings(**given) -> SettingsForm:
    return SettingsForm(SETTINGS | given, value_sets=ValueSet.objects.none())


def test_start_names_what_to_choose():
    assert StartForm({"regime": "scotland"}).errors == {
        "kind": ["Choose how you will find your supplier"]
    }
    form = StartByHandForm({"kind": "competition", "regime": "scotland"})
    assert form.errors == {"title": ["Enter a title"]}
    assert next(iter(form.fields)) == "title"


def test_value_in_words_says_what_a_number_looks_like():
    form = StartForm({"kind": "competition", "regime": "scotland", "value_gbp": "a lot"})
    assert "must be an amount in pounds and pence" in form.errors["value_gbp"][0]


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["17:00", "17.00", "5pm", "5:00pm", "5 PM"])
def test_time_is_read_as_people_write_it_and_is_local(time):
    form = settings(**day("tenders_due", date(2027, 7, 1)), tenders_due_time=time)
    assert form.is_valid(), form.errors
    due = form.settings["tenders_due_at"]
    assert (due.hour, timezone.localtime(due).hour) == (17, 17)
    assert due.utcoffset().total_seconds() == 3600
    assert "tenders_due_time" not in form.settings


@pytest.mark.django_db
def test_day_and_time_go_together():
    form = settings(**day("tenders_due", date(2027, 7, 1)))
    assert form.errors == {"tenders_due_time": ["Enter the time as well, such as 12:00"]}
    form = settings(questions_due_time="12:00")
    assert form.errors == {"questions_due": ["Enter the day as well"]}


@pytest.mark.django_db
def test_dates_are_in_their_order():
    form = settings(
        **day("contract_starts_on", date(2028, 1, 1)), **day("contract_ends_on", date(2027, 1, 1))
    )
    assert form.errors == {"contract_ends_on": ["The contract must end after it starts"]}
    form = settings(
        **day("questions_due", date(2027, 7, 2)), questions_due_time="9:00",
        **day("tenders_due", date(2027, 7, 1)), tenders_due_time="9:00",
    )  # fmt: skip
    assert form.errors == {"questions_due": ["Questions must end before tenders are due"]}


@pytest.mark.django_db
def test_settings_show_what_the_exercise_says(people):
    exercise = an_exercise(people)
    exercise.tenders_due_at = timezone.make_aware(timezone.datetime(2027, 7, 1, 17, 0))
    shown = SettingsForm.initial_of(exercise)
    assert (shown["tenders_due"], shown["tenders_due_time"]) == (date(2027, 7, 1), "17:00")
    assert (shown["questions_due"], shown["is_open"]) == (None, True)


def test_tie_break_leaves_gaps_out_and_keeps_the_order():
    given = {
        "title": "A",
        "winners": "1",
        "tie_break_2": "lower_price",
        "tie_break_4": "drawn_by_lot",
    }
    form = LotForm(given)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["tie_breaks"] == ["lower_price", "drawn_by_lot"]
    assert not [name for name in form.cleaned_data if name.startswith("tie_break_")]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("winners", "none", "must be a whole number"),
        ("winners", "0", "must be 1 or more"),
        ("decimal_places", "9", "must be 6 or less"),
        ("minimum_total_percent", "101", "must be 100% or less"),
        ("title", "", "Enter the title of the lot"),
    ],
)
def test_lot_says_what_is_wrong(field, value, words):
    form = LotForm({"title": "A", "winners": "1"} | {field: value})
    assert words in form.errors[field][0]


@pytest.mark.django_db
def test_lot_shows_its_tie_break_step_by_step(people):
    lot = a_lot(an_exercise(people))
    lot.tie_breaks = ["lower_price", "drawn_by_lot"]
    shown = LotForm.initial_of(lot)
    assert (shown["tie_break_1"], shown["tie_break_2"]) == ("lower_price", "drawn_by_lot")


def test_limit_may_be_none():
    form = LotLimitForm({})
    assert form.is_valid()
    assert form.cleaned_data == {"seen": "", "lots_per_supplier": None, "lot_limit_mechanism": ""}


def scale(rows: int = 3, **given) -> ScaleForm:
    return ScaleForm({"title": "Short"} | given, rows=rows)


def test_points_are_sorted_and_empty_ones_left_out():
    form = scale(value_0="2", label_0="Yes", value_2="0.5", description_2="Little")
    assert form.is_valid(), form.errors
    points = form.cleaned_data["points"]
    assert [(p["value"], p["label"], p["description"]) for p in points] == [
        ("0.5", "", "Little"),
        ("2", "Yes", ""),
    ]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"label_1": "Yes"}, "value_1", "Enter the value of point 2"),
        ({"value_0": "1", "value_1": "1"}, "value_1", "Two points have the value 1"),
        (
            {"value_0": "high"},
            "value_0",
            "The value of point 1 must be a number, such as 12 or 12.5",
        ),
        ({"title": ""}, "title", "Enter a name for the scale"),
    ],
)
def test_scale_says_which_point_is_wrong(given, field, words):
    assert scale(**given).errors[field] == [words]


def test_scale_shows_a_box_for_each_point():
    row = AwardScale(title="S", points=[{"value": "1", "label": "Yes", "description": "All"}])
    form = ScaleForm(rows=4, initial=ScaleForm.initial_of(row))
    assert [point["number"] for point in form.point_fields] == [1, 2, 3, 4]
    assert form["label_0"].value() == "Yes"


def test_reason_is_asked_for():
    form = ReasonForm({"reason": " "}, label="Why?", help_text="")
    assert form.errors == {"reason": ["Give the reason"]}


def test_notice_has_a_number_and_a_day_or_neither():
    assert PublishForm({"sure": "on"}).is_valid()
    form = PublishForm({"sure": "on", "notice_number": "1"})
    assert "notice_published_on" in form.errors
    form = PublishForm({"sure": "on", **day("notice_published_on", date(2020, 1, 1))})
    assert form.errors == {"notice_number": ["Enter the number of the notice"]}
    form = PublishForm({"notice_number": "1", **day("notice_published_on", date(2999, 1, 1))})
    assert set(form.errors) == {"sure", "notice_published_on"}


@pytest.mark.django_db
def test_only_providers_that_were_found_are_invited(people):
    firm, _ = Provider.objects.get_or_create(organisation=people.organisations["firm"])
    assert not InviteForm({"providers": [firm.pk]}, providers=Provider.objects.none()).is_valid()
    form = InviteForm({"providers": [firm.pk]}, providers=Provider.objects.all())
    assert form.is_valid()


def test_per_cent_keeps_every_digit():
    form = LotForm({"title": "A", "winners": "1", "minimum_total_percent": "33.3333"})
    assert form.is_valid()
    assert form.cleaned_data["minimum_total_percent"] == Decimal("33.3333")
