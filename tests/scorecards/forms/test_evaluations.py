"""Forms of scoring, moderation and results."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
import time_machine

from commissioning.award_model.model import ScalePoint
from scorecards.forms import (
    BidRatingForm,
    ConsensusForm,
    DrawForm,
    LowPriceDecisionForm,
    LowPriceQuestionForm,
    ReopenForm,
    ReopenScoringForm,
    StandingForm,
)

POINTS = (ScalePoint(Decimal("0"), "Poor", "Says nothing."), ScalePoint(Decimal("2.5"), "Good"))


@dataclass
class Person:
    full_name: str = "Evan Evaluator"
    email: str = "evan@example.org"


@dataclass
class Row:
    rating: Decimal
    evaluator_id: int = 7
    evaluator: Person = None


@dataclass
class Given:
    row: Row
    words: str = "0 (Poor)"


GIVEN = [Given(Row(Decimal(0), 7, Person()))]


def test_rating_offers_the_points_with_what_earns_them():
    field = BidRatingForm(points=POINTS).fields["rating"]
    assert list(field.choices) == [("0", "0: Poor"), ("2.5", "2.5: Good")]
    assert field.hints["0"] == "Says nothing."


def test_pass_or_fail_is_offered_in_words():
    points = (ScalePoint(Decimal(0), "Not passed"), ScalePoint(Decimal(1), "Passed"))
    field = BidRatingForm(points=points).fields["rating"]
    assert [label for _, label in field.choices] == ["Not passed", "Passed"]


def test_incomplete_rating_is_valid():
    form = BidRatingForm({"version": "0"}, points=POINTS)
    assert form.is_valid()
    assert form.cleaned_data["rating"] is None


def test_rating_is_read_as_a_decimal():
    form = BidRatingForm({"version": "0", "rating": "2.5"}, points=POINTS)
    assert form.is_valid()
    assert form.cleaned_data["rating"] == Decimal("2.5")


def test_rating_off_the_scale_is_an_error():
    form = BidRatingForm({"version": "0", "rating": "1"}, points=POINTS)
    assert form.errors["rating"] == ["Choose one of the points of the scale"]


def test_consensus_has_no_rating_chosen():
    form = ConsensusForm(points=POINTS, given=GIVEN)
    assert form["rating"].value() is None
    assert "checked" not in str(form["rating"])


def test_consensus_asks_why_where_the_rating_differs():
    data = {"version": "0", "rating": "2.5", "reasons": "It names who acts."}
    form = ConsensusForm(data, points=POINTS, given=GIVEN)
    assert form.errors == {"moved_7": ["Say why it moved from what Evan Evaluator gave"]}


@pytest.mark.parametrize(("rating", "moves"), [("2.5", {7: "Read again."}), ("0", {})])
def test_consensus_gathers_the_moves(rating, moves):
    data = {"version": "1", "rating": rating, "reasons": "Said.", "moved_7": "Read again."}
    form = ConsensusForm(data, points=POINTS, given=GIVEN)
    assert form.is_valid()
    assert form.cleaned_data["moves"] == moves
    assert set(form.cleaned_data) == {
        "rating", "reasons", "discussion", "higher_score", "version", "moves",
    }  # fmt: skip


def test_consensus_without_rating_and_reasons_is_an_error():
    form = ConsensusForm({"version": "0"}, points=POINTS, given=GIVEN)
    assert set(form.errors) == {"rating", "reasons"}


def test_standing_asks_for_rule_and_reason():
    assert set(StandingForm({}, has_exclusion_page=True).errors) == {"standing", "ground", "reason"}


@pytest.mark.parametrize("has_page", [True, False])
def test_standing_offers_exclusion_where_it_has_no_page_of_its_own(has_page):
    choices = dict(StandingForm(has_exclusion_page=has_page).fields["standing"].choices)
    assert ("excluded" in choices) is not has_page
    assert "conditions_not_met" in choices


def test_reopening_asks_its_own_question():
    assert "talk again" in ReopenForm().fields["reason"].label
    assert "another evaluator" in ReopenScoringForm().fields["reason"].label


@pytest.mark.parametrize(
    ("form", "name", "rest"),
    [
        (LowPriceQuestionForm, "asked_on", {"question": "How?"}),
        (
            LowPriceDecisionForm,
            "answered_on",
            {"answer": "So.", "can_perform": "no", "reason": "Wages."},
        ),
    ],
)
@pytest.mark.parametrize(("day", "valid"), [("5", True), ("6", False)])
def test_days_are_not_in_the_future(form, name, rest, day, valid):
    data = {f"{name}_day": day, f"{name}_month": "3", f"{name}_year": "2026", **rest}
    with time_machine.travel("2026-03-05 12:00:00+00:00"):
        assert form(data).is_valid() is valid


def test_decision_is_read_as_yes_or_no():
    data = {"answer": "So.", "can_perform": "no", "reason": "Wages.", "answered_on_day": "5",
            "answered_on_month": "3", "answered_on_year": "2026"}  # fmt: skip
    form = LowPriceDecisionForm(data)
    assert form.is_valid()
    assert form.cleaned_data["can_perform"] is False


BIDS = [("supplier-1", "Aldergate"), ("supplier-2", "Birch")]


def test_draw_gives_the_order():
    data = {"supplier-1": "2", "supplier-2": "1", "draw_record": "Before two witnesses."}
    form = DrawForm(data, bids=BIDS)
    assert form.is_valid()
    assert form.cleaned_data == {
        "order": ["supplier-2", "supplier-1"],
        "draw_record": "Before two witnesses.",
    }


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"supplier-1": "1", "supplier-2": "1", "draw_record": "So."}, {"supplier-1"}),
        ({"supplier-1": "1", "supplier-2": "3", "draw_record": "So."}, {"supplier-2"}),
        ({"supplier-1": "1", "draw_record": ""}, {"supplier-2", "draw_record"}),
    ],
)
def test_draw_that_is_no_order_is_an_error(data, wrong):
    assert set(DrawForm(data, bids=BIDS).errors) == wrong
