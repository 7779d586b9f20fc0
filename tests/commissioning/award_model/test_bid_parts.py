"""What a bid is made of, and what a part of it lacks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commissioning.award_model.bid_parts import (
    BidPart,
    PartKind,
    bid_parts,
    lots_still_offered,
    shortcomings,
)
from commissioning.award_model.exclusion import GROUNDS
from commissioning.award_model.model import (
    AwardModel,
    Condition,
    Criterion,
    Lot,
    PriceRule,
    SocialValueRule,
)
from commissioning.award_model.terms import CriterionKind, SocialValueMethod

COUNTED = SocialValueRule(SocialValueMethod.RELATIVE, measure_codes=("NT1", "NT2"))


def leaf(key: str, kind=CriterionKind.QUALITY, **more) -> Criterion:
    return Criterion(key, key, f"Title {key}", kind, Decimal(10), **more)


TREE = (
    leaf("q", sub_criteria=(leaf("q1", word_limit=3), leaf("q2"))),
    leaf("p", CriterionKind.PRICE, price=PriceRule()),
    leaf("s", CriterionKind.SOCIAL_VALUE, social_value=COUNTED),
)
MODEL = AwardModel(
    "Visits",
    "procurement_act_2023",
    "sub_central",
    lots=(Lot(1, "North", TREE), Lot(2, "South", TREE)),
    conditions=(Condition("c", "Insurance"),),
)


def names(lots) -> list[tuple[int, str]]:
    return [(part.lot_number, part.name) for part in bid_parts(MODEL, lots)]


def test_lots_that_the_model_lost_are_left_out_and_the_others_keep_their_order():
    assert lots_still_offered(MODEL, [3, 2, 1]) == [2, 1]


def test_parts_are_in_the_order_in_which_people_fill_them_in():
    assert names([1]) == [
        (0, "grounds"),
        (0, "condition-c"),
        (1, "answer-q1"),
        (1, "answer-q2"),
        (1, "commitments-s"),
        (1, "price-p"),
    ]


def test_each_lot_has_parts_of_its_own_and_the_bid_one_of_each_other():
    assert [lot for lot, _ in names([2, 1])] == [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]


def test_lot_that_is_not_there_has_no_parts():
    assert names([7]) == names([])


def part(name: str) -> BidPart:
    return next(row for row in bid_parts(MODEL, [1]) if row.name == name)


NONE_APPLIES = {ground.code: "no" for ground in GROUNDS}


@pytest.mark.parametrize(
    ("name", "content", "fields"),
    [
        ("answer-q1", {}, ["text"]),
        ("answer-q1", {"text": "  "}, ["text"]),
        ("answer-q1", {"text": "One two three"}, []),
        ("answer-q1", {"text": "One two  three four"}, ["text"]),
        ("answer-q2", {"text": "word " * 5000}, []),
        ("condition-c", {}, ["met", "words"]),
        ("condition-c", {"met": False, "words": "Not yet."}, []),
        ("condition-c", {"met": True, "words": ""}, ["words"]),
        ("price-p", {}, ["amount_gbp"]),
        ("price-p", {"amount_gbp": "0"}, ["amount_gbp"]),
        ("price-p", {"amount_gbp": "1.005"}, ["amount_gbp"]),
        ("price-p", {"amount_gbp": "nan"}, ["amount_gbp"]),
        ("price-p", {"amount_gbp": "1" * 16}, ["amount_gbp"]),
        ("price-p", {"amount_gbp": "248000.50"}, []),
        ("commitments-s", {}, []),
        ("commitments-s", {"NT1": {"quantity": "-1"}}, ["quantity_NT1"]),
        ("commitments-s", {"NT1": {"quantity": "2.5"}, "NT2": {"quantity": ""}}, []),
        ("grounds", {"share_code": "xQcuWEbJ"}, []),
        ("grounds", {}, [f"ground_{ground.code}" for ground in GROUNDS]),
        ("grounds", {"answers": NONE_APPLIES}, []),
        ("grounds", {"answers": NONE_APPLIES | {"insolvency": "yes"}}, ["words_insolvency"]),
        (
            "grounds",
            {"answers": NONE_APPLIES | {"insolvency": "yes"}, "grounds": {"insolvency": "In 2019"}},
            [],
        ),
    ],
)
def test_part_lacks_what_it_lacks(name, content, fields):
    assert [lack.field for lack in shortcomings(part(name), content)] == fields


@pytest.mark.parametrize(("limit", "words"), [(3, "1 word too many"), (2, "2 words too many")])
def test_answer_says_by_how_many_words_it_is_too_long(limit, words):
    held = part("answer-q1")
    held = replace(held, criterion=replace(held.criterion, word_limit=limit))
    (lack,) = shortcomings(held, {"text": "One two three four"})
    assert lack.words == f"The answer has {words}. Its limit is {limit} words."


def test_kinds_of_parts_are_all_looked_at():
    assert {row.kind for row in bid_parts(MODEL, [1])} == set(PartKind)
