"""What changed between two versions, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from commissioning.award_model import terms
from commissioning.award_model.bid_parts import bid_parts
from commissioning.award_model.differences import differences, part_differences
from commissioning.award_model.model import Condition, Term
from tests.commissioning.award_model.models import (
    ETHICS,
    LOT,
    MODEL,
    MODELS,
    PRICE,
    QUALITY,
    STAFFING,
    VISITS,
    with_criteria,
    with_criterion,
    with_lot,
)


def test_equal_models_have_no_differences():
    assert differences(MODEL, replace(MODEL)) == ()


@settings(max_examples=100, deadline=None)
@given(MODELS, MODELS)
def test_models_that_differ_have_a_difference(before, after):
    assert bool(differences(before, after)) == (before != after)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (
            with_criterion(replace(STAFFING, weight_percent=Decimal("55.50"))),
            "Lot 1, criterion 1.1 Nurses on each shift: the weight in per cent is now 55.5 "
            "(was 60).",
        ),
        (
            with_criterion(replace(STAFFING, asks="Something else.")),
            "Lot 1, criterion 1.1 Nurses on each shift: what it asks was changed.",
        ),
        (
            with_criterion(replace(STAFFING, minimum_rating=None)),
            "Lot 1, criterion 1.1 Nurses on each shift: the minimum rating is now not stated "
            "(was 2).",
        ),
        (
            with_criterion(replace(PRICE, price=replace(PRICE.price, ceiling_gbp=Decimal(950000)))),
            "Lot 1, criterion 2 Price: the ceiling is now £950,000 (was £900,000).",
        ),
        (
            with_criterion(replace(PRICE, price=None)),
            "Lot 1, criterion 2 Price has no longer a price method.",
        ),
        (
            with_lot(tie_breaks=(terms.TieBreak.LOWER_PRICE, terms.TieBreak.DRAWN_BY_LOT)),
            "Lot 1: the tie-break is now “The lower price”, then “Drawn by lot before witnesses” "
            "(was “The higher score for quality”, then “Drawn by lot before witnesses”).",
        ),
        (
            replace(MODEL, tender_notice_on=date(2026, 12, 1)),
            "The exercise: the day of the tender notice is now 1 December 2026 "
            "(was 30 November 2026).",
        ),
        (
            replace(MODEL, regime="scotland"),
            "The exercise: the regime is now “Scottish procurement rules” "
            "(was “Procurement Act 2023”).",
        ),
        (
            replace(MODEL, chair_scores=True),
            "The exercise: whether the chair scores is now yes (was no).",
        ),
        (replace(MODEL, lots=(LOT, replace(LOT, number=2))), "Lot 2 was added."),
        (replace(MODEL, lots=()), "Lot 1 was taken out."),
        (
            replace(MODEL, terms=(Term("t", "Concerns"),)),
            "Contract term “Concerns” was added.",
        ),
        (
            replace(MODEL, conditions=(Condition("c", "Insurance"),)),
            "Condition “Insurance” was added.",
        ),
        (replace(MODEL, scales=()), "Scale “0 to 5” was taken out."),
    ],
)
def test_change_is_told_in_one_sentence(after, sentence):
    assert differences(MODEL, after) == (sentence,)


def test_criteria_taken_out_and_added_are_told():
    extra = replace(ETHICS, key="x", number="5", title="Open books")
    after = with_criteria(QUALITY, PRICE, ETHICS, extra)
    assert differences(MODEL, after) == (
        "Lot 1: criterion 3 Social value commitments was taken out.",
        "Lot 1: criterion 5 Open books was added with the weight 10%.",
    )


def test_criterion_under_another_parent_was_moved():
    after = with_criteria(
        replace(QUALITY, sub_criteria=(STAFFING,)), PRICE, LOT.criteria[2], ETHICS, VISITS
    )
    found = differences(MODEL, after)
    assert "Lot 1, criterion 1.2 Planning of visits was moved to another place." in found


def test_new_order_is_told():
    after = with_criteria(*reversed(LOT.criteria))
    assert differences(MODEL, after) == ("Lot 1: the order of the criteria changed.",)


def test_point_of_a_scale_is_told_by_its_value():
    scale = MODEL.scales[0]
    points = (replace(scale.points[0], label="Nothing"), *scale.points[1:])
    after = replace(MODEL, scales=(replace(scale, points=points),))
    assert differences(MODEL, after) == (
        "Scale “0 to 5”, point 0: the label is now “Nothing” (was “No answer”).",
    )


def parts_that_differ(before, after) -> dict[str, tuple[str, ...]]:
    """What differs for each part of a bid for the lot, by the part's name."""
    parts = {part.name: part for part in bid_parts(before, [1])}
    found = {name: part_differences(before, after, part) for name, part in parts.items()}
    return {name: sentences for name, sentences in found.items() if sentences}


def test_part_differs_by_its_own_criterion_alone():
    after = with_criterion(replace(STAFFING, word_limit=400, asks="Who works when?"))
    assert parts_that_differ(MODEL, after) == {
        "answer-q1": (
            "The criterion: what it asks was changed.",
            "The criterion: the word limit is now 400 (was not stated).",
        )
    }


def test_part_differs_by_the_rule_of_its_price():
    after = with_criterion(replace(PRICE, price=replace(PRICE.price, floor_gbp=Decimal(400000))))
    assert parts_that_differ(MODEL, after) == {
        "price-p": ("The criterion: the floor is now £400,000 (was £500,000).",)
    }


def test_parts_differ_by_the_scale_on_which_they_are_rated():
    scale = MODEL.scales[0]
    points = (replace(scale.points[0], label="Nothing"), *scale.points[1:])
    after = replace(MODEL, scales=(replace(scale, points=points),))
    words = ("The scale, point 0: the label is now “Nothing” (was “No answer”).",)
    assert parts_that_differ(MODEL, after) == dict.fromkeys(
        ("answer-q1", "answer-q2", "answer-e"), words
    )


def test_part_differs_by_its_condition():
    before, after = (
        replace(MODEL, conditions=(Condition("c", "Insurance", text),)) for text in ("A", "B")
    )
    assert parts_that_differ(before, after) == {
        "condition-c": ("The condition: the text was changed.",)
    }


@pytest.mark.parametrize(
    "after",
    [
        with_criteria(*reversed(LOT.criteria)),
        with_criterion(replace(STAFFING, number="1.2")),
        with_criteria(PRICE),
        with_lot(title="South", winners=2),
        replace(MODEL, lots=()),
    ],
    ids=["order", "number", "taken out", "of the lot", "no lot"],
)
def test_part_stays_where_what_it_answers_stays_or_is_gone(after):
    assert parts_that_differ(MODEL, after) == {}
