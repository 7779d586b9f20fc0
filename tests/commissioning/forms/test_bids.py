"""Forms of bidders."""

from decimal import Decimal

import pytest

from commissioning.award_model.bid_parts import BidPart, PartKind
from commissioning.award_model.exclusion import GROUNDS
from commissioning.award_model.model import (
    AwardModel,
    Criterion,
    Lot,
    PriceRule,
    SocialValueRule,
)
from commissioning.award_model.terms import CriterionKind, SocialValueMethod
from commissioning.forms import PART_FORMS, LotsForm, PreferencesForm
from commissioning.forms.bids import CommitmentsPartForm
from principles.models import Measure
from tests.accounts.test_numbers import NO_NUMBERS

MODEL = AwardModel("V", "r", "b", lots=(Lot(1, "North"), Lot(2, "South"), Lot(3, "West")))
PRICE = Criterion("p", "1", "Price", CriterionKind.PRICE, Decimal(30), price=PriceRule())
PRICE_PART = BidPart(1, "price-p", PartKind.PRICE, "Price", criterion=PRICE)
GROUNDS_PART = BidPart(0, "grounds", PartKind.GROUNDS, "Grounds")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("£ 248,000.50", "248000.50"),
        ("1 250 000", "1250000"),
        ("12", "12"),
        (" about 12 ", "about 12"),
        ("248,50", "248,50"),
        ("", ""),
    ],
)
def test_draft_keeps_a_price_in_plain_digits_and_anything_else_as_it_was_typed(typed, kept):
    saved = form(PRICE_PART, {"amount_gbp": typed})
    assert saved.is_valid()
    assert saved.content["amount_gbp"] == kept


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_price_that_is_no_number_is_refused_with_a_sentence(typed):
    """`1e400` passed once, and kept every bid from being opened; `248,50` became £24,850."""
    asked = form(PRICE_PART, {"amount_gbp": typed}, is_completing=True)
    assert not asked.is_valid()
    (words,) = asked.errors["amount_gbp"]
    assert words.startswith(("The price must be an amount in pounds", "The price is too long"))


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_quantity_that_is_no_number_is_refused_with_a_sentence(typed):
    asked = commitments({"quantity_NT1": typed}, is_completing=True)
    assert not asked.is_valid()
    (words,) = asked.errors["quantity_NT1"]
    assert words.startswith(("The quantity of NT1 must be a number", "The quantity of NT1 is too"))


@pytest.mark.parametrize(("typed", "kept"), [("1,200.5", "1200.5"), ("0", ""), ("0.00", "")])
def test_quantity_is_kept_in_plain_digits_and_nought_is_none(typed, kept):
    asked = commitments({"quantity_NT1": typed, "note_NT1": "By then"}, is_completing=True)
    assert asked.is_valid()
    assert asked.content["NT1"]["quantity"] == kept


def test_every_kind_of_part_has_a_form():
    assert set(PART_FORMS) == set(PartKind)


def form(part, data, is_completing=False):
    return PART_FORMS[part.kind](data | {"version": 0}, part=part, is_completing=is_completing)


def test_draft_is_valid_with_gaps_and_completing_it_is_not():
    assert form(PRICE_PART, {"amount_gbp": "cheap"}).is_valid()
    wrong = form(PRICE_PART, {"amount_gbp": "cheap"}, is_completing=True)
    assert not wrong.is_valid()
    assert list(wrong.errors) == ["amount_gbp"]


def commitments(data, is_completing=False):
    rule = SocialValueRule(SocialValueMethod.TARGET, Decimal(1000), ("NT1",))
    asked = Criterion("s", "2", "Value", CriterionKind.SOCIAL_VALUE, None, social_value=rule)
    part = BidPart(1, "commitments-s", PartKind.COMMITMENTS, "Value", criterion=asked)
    measures = {"NT1": Measure(pk=1, code="NT1", label="People", unit="people")}
    return CommitmentsPartForm(
        data | {"version": 0}, part=part, measures=measures, is_completing=is_completing
    )


def test_commitments_say_what_a_unit_counts_as_far_as_it_may_be_read():
    rule = SocialValueRule(SocialValueMethod.TARGET, Decimal(1000), ("NT1", "NT2"))
    asked = Criterion("s", "2", "Value", CriterionKind.SOCIAL_VALUE, None, social_value=rule)
    part = BidPart(1, "commitments-s", PartKind.COMMITMENTS, "Value", criterion=asked)
    measures = {
        code: Measure(pk=key, code=code, label="People", unit="people")
        for key, code in ((1, "NT1"), (2, "NT2"))
    }
    made = CommitmentsPartForm(part=part, measures=measures, worth={1: Decimal("12500.5")})
    said = [made.fields[f"quantity_{code}"].help_text for code in measures]
    assert said == [
        "In people, over the whole contract. Each counts £12,500.50. Leave it blank to commit to"
        " nothing.",
        "In people, over the whole contract. Leave it blank to commit to nothing.",
    ]


def test_words_of_a_ground_that_does_not_apply_are_left_out():
    given = form(
        GROUNDS_PART,
        {"ground_insolvency": "no", "words_insolvency": "x", "ground_cartel": "yes"}
        | {"words_cartel": "In 2019"},
    )
    assert given.is_valid()
    assert given.content == {
        "share_code": "",
        "answers": {"cartel": "yes", "insolvency": "no"},
        "grounds": {"cartel": "In 2019"},
    }


@pytest.mark.parametrize("kind", [PartKind.GROUNDS, PartKind.PRICE])
def test_what_a_part_holds_comes_back_into_its_form(kind):
    contents = {
        PartKind.GROUNDS: {
            "share_code": "",
            "answers": {"cartel": "yes"},
            "grounds": {"cartel": "In 2019"},
        },
        PartKind.PRICE: {"amount_gbp": "12.50", "note": "Wages"},
    }
    part = {PartKind.GROUNDS: GROUNDS_PART, PartKind.PRICE: PRICE_PART}[kind]
    again = form(part, PART_FORMS[kind].initial_of(contents[kind]))
    assert again.is_valid()
    assert again.content == contents[kind]


def test_grounds_are_asked_by_what_follows_from_them():
    groups = form(GROUNDS_PART, {}).by_kind()
    assert [title for title, _ in groups] == [
        "Mandatory: convictions",
        "Mandatory: penalties and other events",
        "Discretionary",
    ]
    assert sum(len(fields) for _, fields in groups) == 2 * len(GROUNDS)


@pytest.mark.parametrize("typed", ["x", "a b c d", "<script>"])
def test_share_code_is_of_letters_digits_and_hyphens(typed):
    assert "share_code" in form(GROUNDS_PART, {"share_code": typed}).errors


@pytest.mark.parametrize(("chosen", "valid"), [(["1", "3"], True), ([], False), (["9"], False)])
def test_lots_are_some_of_those_offered(chosen, valid):
    assert LotsForm({"lots": chosen}, model=MODEL).is_valid() is valid


def test_order_of_lots_is_read_from_their_places():
    given = PreferencesForm({"place_1": "2", "place_3": "1"}, model=MODEL, lots=[1, 3])
    assert given.is_valid()
    assert given.order == [3, 1]


def test_two_lots_cannot_have_one_place():
    given = PreferencesForm({"place_1": "1", "place_3": "1"}, model=MODEL, lots=[1, 3])
    assert not given.is_valid()
