"""What an envelope has to hold. What it may not hold: ``test_unfit_envelopes``."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.numbers import NotANumber, read_number
from commissioning.award_model.bid_parts import BidPart, PartKind, shortcomings
from commissioning.award_model.model import (
    AwardModel,
    Condition,
    Criterion,
    Lot,
    PriceRule,
    SocialValueRule,
)
from commissioning.award_model.terms import CriterionKind, SocialValueMethod
from commissioning.opened_contents import PRICE, QUANTITY, UnfitContent, check, parsed

RULE = SocialValueRule(SocialValueMethod.TARGET, None, ("NT1",))
LEAVES = (
    Criterion("q", "1", "Quality", CriterionKind.QUALITY, None, scale_code="s"),
    Criterion("v", "2", "Value", CriterionKind.SOCIAL_VALUE, None, social_value=RULE),
    Criterion("p", "3", "Price", CriterionKind.PRICE, None, price=PriceRule()),
)
MODEL = AwardModel(
    "Visits",
    "r",
    "b",
    lots=(Lot(1, "North", LEAVES), Lot(2, "South", LEAVES)),
    conditions=(Condition("c", "A policy", "Have one."),),
)
PARTICIPATION = {
    "lots": [1, 2],
    "preferences": [2, 1],
    "grounds": {"share_code": "AB12-CD34", "answers": {}, "grounds": {}},
    "conditions": {"c": {"met": None, "words": ""}},
}
QUALITY = {
    "answers": {"q": {"text": "Ünïcode “quoted” 🙂\r\n\t", "evidence": ["EV-2345678"]}},
    "commitments": {"v": {"NT1": {"quantity": "12.5", "note": ""}}},
}
PRICES = {"prices": {"p": {"amount_gbp": "248000.50", "note": "Wages"}}}
SOUND = [("participation", 0, PARTICIPATION), ("quality", 2, QUALITY), ("price", 1, PRICES)]


@pytest.mark.parametrize(("kind", "lot", "content"), SOUND)
def test_sound_content_passes(kind, lot, content):
    check(content, kind, lot, model=MODEL, lots=[1, 2])


@pytest.mark.parametrize(("kind", "lot", "content"), SOUND)
def test_content_of_one_kind_is_none_of_another(kind, lot, content):
    for other, place, _ in SOUND:
        if other != kind:
            with pytest.raises(UnfitContent):
                check(content, other, place, model=MODEL, lots=[1, 2])


def test_commitment_that_was_left_blank_passes_with_its_note():
    blank = {"v": {"NT1": {"quantity": "", "note": "Not at this price"}}}
    check(QUALITY | {"commitments": blank}, "quality", 1, model=MODEL, lots=[1])
    check(QUALITY | {"commitments": {"v": {}}}, "quality", 1, model=MODEL, lots=[1])


def test_lot_without_a_price_has_an_empty_price_envelope():
    free = replace(MODEL, lots=(Lot(1, "North", LEAVES[:2]),))
    check({"prices": {}}, "price", 1, model=free, lots=[1])
    with pytest.raises(UnfitContent):
        check({"prices": {}}, "price", 1, model=MODEL, lots=[1])


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_any_plain_data_is_refused_or_passes_and_nothing_else_happens(content):
    for kind, lot, sound in SOUND:
        for key in sound:
            with suppress(UnfitContent):
                check({**sound, key: content}, kind, lot, model=MODEL, lots=[1, 2])


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused_and_nothing_else_happens(content):
    try:
        parsed(content)
    except UnfitContent as refused:
        assert str(refused)


PART = BidPart(1, "price-p", PartKind.PRICE, "Price", criterion=LEAVES[2])
COMMITMENTS = BidPart(1, "commitments-v", PartKind.COMMITMENTS, "Value", criterion=LEAVES[1])


@given(st.from_regex(r"[0-9]{0,18}(\.[0-9]{0,8})?", fullmatch=True))
def test_what_may_be_handed_in_is_what_the_opening_reads(typed):
    """Two rooms look at numbers in plain digits: the pure award model, and the one reader. What the
    first lets pass, the second reads.
    """
    for part, rule, content in (
        (PART, PRICE, {"amount_gbp": typed}),
        (COMMITMENTS, QUANTITY, {"NT1": {"quantity": typed}}),
    ):
        if typed and not shortcomings(part, content):
            assert read_number(typed, rule) > 0
        elif typed and rule is PRICE and typed[:1] not in (".", "0"):
            with pytest.raises(NotANumber):
                read_number(typed, rule)
