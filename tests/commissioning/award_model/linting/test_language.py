"""Wording of criteria, conditions and terms."""

from dataclasses import replace

import pytest

from commissioning.award_model.linting.language import language_remarks
from commissioning.award_model.model import Condition, Term
from tests.commissioning.award_model.models import MODEL, PRICE, STAFFING, with_criterion


def found(model):
    return [(one.code, one.criterion_key) for one in language_remarks(model)]


def asking(asks, **changes):
    return with_criterion(replace(STAFFING, title="Staffing", asks=asks, **changes))


def test_specific_wording_is_good():
    assert found(MODEL) == []


@pytest.mark.parametrize(
    "asks",
    [
        "Describe your organisation's history.",
        "Show the experience of the bidder with similar work.",
        "State your turnover in the last three years.",
        "List your accreditations.",
        "Provide your corporate social responsibility report.",
    ],
)
def test_bidder_in_general_is_told_with_the_words(asks):
    assert found(asking(asks)) == [("about_the_bidder", "q1")]


@pytest.mark.parametrize(
    "asks",
    [
        "Explain how your organisation's rules apply on this contract.",
        "Show which nursing staff of your company work nights.",
        "Explain how your organisation involves older people.",
    ],
)
def test_bidder_tied_to_the_subject_matter_is_good(asks):
    assert found(asking(asks)) == []


def test_every_vague_word_is_listed_once_with_what_to_do():
    model = asking(
        "Describe robust checks and a robust plan.", guidance="Look for suitable people."
    )
    [remark] = language_remarks(model)
    assert remark.words == (
        "1.1 Staffing can be read in several ways: “robust” (name the parts that have to be "
        "there); “suitable” (say for what, and from which point it is enough)."
    )
    assert remark.basis == "Procurement Act 2023, s.23"


def test_conditions_and_terms_are_read_too():
    model = replace(
        MODEL,
        conditions=(Condition("c", "Insurance", "Adequate insurance."),),
        terms=(Term("t", "Reports", "Reports are regular."),),
    )
    assert [one.words.split(" can ")[0] for one in language_remarks(model)] == [
        "Condition “Insurance”",
        "Term “Reports”",
    ]


def test_price_is_not_read():
    assert found(with_criterion(replace(PRICE, asks="Your best price, as appropriate."))) == []
