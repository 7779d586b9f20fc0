"""Lists of words that point a person to a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.wording import (
    about_bidder,
    comparisons,
    is_tied_to_contract,
    refers_to_bid,
    repeats,
    vague_words,
)

BID = "A nurse makes 40 visits each week. Families agree the plan before the first visit."


def words(passages):
    return [passage.words for passage in passages]


@given(st.text(alphabet="Better than the best. robust 1 wider compared with“”", max_size=80))
def test_passages_are_where_they_say_and_never_overlap(text):
    for found in (vague_words(text), about_bidder(text), comparisons(text, ["the best"])):
        end = 0
        for passage in found:
            assert text[passage.start : passage.end] == passage.words
            assert passage.start >= end
            end = passage.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Provide appropriate staff as necessary.", ["appropriate", "as necessary"]),
        ("A ROBUST, innovative approach", ["ROBUST", "innovative"]),
        ("Reply in a timely way.", ["timely"]),
        ("Reply in a timely way, within 2 working days.", []),
        ("Reply timely. Take 2 days.", ["timely"]),
        ("High-quality meals, fruit etc.", ["High-quality", "etc"]),
        ("Follow best practice", ["best practice"]),
        ("Reply within 24 hours.", []),
        ("Misappropriated funds are reported.", []),
    ],
)
def test_vague_words_are_found_as_whole_words_and_let_pass_beside_a_figure(text, found):
    assert words(vague_words(text)) == found


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("How does this apply on this contract?", True),
        ("Explain how meals are kept warm.", True),
        ("Explain how the MEAL is kept warm.", True),
        ("Explain your quality policy.", False),
        ("Show evidence of experience.", False),
    ],
)
def test_text_is_tied_to_the_contract_by_a_phrase_or_a_word_of_it(text, tied):
    subject = "Meals for schools, with evidence of experience"
    assert is_tied_to_contract(text.replace("MEAL", "meals"), subject) is tied


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is better than the others.", ["better", "the others"]),
        ("It is better than the minimum.", []),
        ("It goes wider than what is asked.", []),
        ("It offers a wider range.", ["wider"]),
        ("Unlike most other bids it is clear.", ["Unlike", "most other bids"]),
        ("Compared with the winner it lacks detail.", ["Compared with", "the winner"]),
        ("The strongest answer.", ["The strongest"]),
        ("It ranks first.", ["ranks"]),
        ("More than 40 staff work on it.", []),
        ("The plan names each step.", []),
    ],
)
def test_bid_against_bid_is_found_and_the_criterion_is_not(text, found):
    assert words(comparisons(text)) == found


def test_names_of_other_bidders_are_found_without_their_legal_form():
    text = "As acme does, and Beta Care (not Betaine)."
    found = comparisons(text, ["Acme Limited", "Beta Care CIC", "Beta"])
    assert words(found) == ["acme", "Beta Care"]
    assert found[0].explanation.startswith("Acme Limited is another bidder")


def test_names_too_short_to_tell_are_left_out():
    assert comparisons("It is as good as it can be.", ["It Ltd", ""]) == ()


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Strong and clear.", ()),
        ("See page 4.", ("it names a place in the bid",)),
        ("The bid commits to visits.", ("it says what the bid does",)),
        ("It promises “40 visits each week”.",
         ("it quotes", "it gives a figure of the bid")),
        ("All 40 are named.", ("it gives a figure of the bid",)),
        ("Families agree the plan, which is what was asked.", ("it uses words of the bid",)),
    ],
)  # fmt: skip
def test_signs_that_a_rationale_refers_to_the_bid(text, signs):
    reference = refers_to_bid(text, BID)
    assert reference.signs == signs
    assert reference.is_found == bool(signs)


def test_quotation_that_is_not_in_the_bid_is_told():
    reference = refers_to_bid("It says “ninety visits each month”.", BID)
    assert reference.missing_quotes == ("ninety visits each month",)
    assert "does not stand in the answer" in reference.words
    assert not reference.is_found


def test_without_the_bid_a_quotation_counts_as_a_sign():
    assert refers_to_bid("It says “ninety visits each month”.").signs == ("it quotes",)


def test_words_never_say_that_a_rationale_is_good():
    assert "can be wrong" in refers_to_bid("Fine.").words
    assert refers_to_bid("See page 4.").words == (
        "It refers to the bid: it names a place in the bid."
    )


@pytest.mark.parametrize(
    ("text", "is_repetition"),
    [
        ("Meets the requirement with named nurses and deputies.", True),
        ("Two nurses work each night, and the deputy lives nearby.", False),
        ("Good.", False),
        ("", False),
    ],
)
def test_repetition_of_the_criterion_is_told(text, is_repetition):
    sources = ["Named nurses and deputies", "Meets: the requirement is met"]
    assert repeats(text, sources) is is_repetition
