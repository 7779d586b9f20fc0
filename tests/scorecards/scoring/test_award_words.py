"""How the steps of an award are said."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scorecards.scoring import OutcomeState, award
from scorecards.scoring.award_words import listed, number, percent, six_digits
from tests.scorecards.scoring.award_samples import (
    ZERO_TO_FIVE,
    bid,
    counted,
    inputs_of,
    lot_of,
    price,
    rated,
)


def first_words(lot, *bids, **others):
    """What is said of the first criterion of the last bid."""
    return award(inputs_of(lot, *bids, **others)).bids[-1].leaves[0].words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            {"method": "relative"},
            "Lowest price £100 ÷ £150.50 = 66.4452%; of 100 points: 66.45",
        ),
        (
            {"method": "linear"},
            "1 − (£150.50 − lowest price £100) ÷ £100, and at least 0 = 49.5%; "
            "of 100 points: 49.50",
        ),
        (
            {"method": "ceiling_floor", "ceiling_gbp": "200", "floor_gbp": "0"},
            "(ceiling £200 − £150.50) ÷ (£200 − floor £0), from 0 to 1 = 24.75%; "
            "of 100 points: 24.75",
        ),
        (
            {"method": "deviation_from_mean", "midpoint_percent": "60", "points_per_percent": "1"},
            "60% for a price at the mean of £125.25, 1 percentage points for each per cent away; "
            "£150.50 is 20.1597% above; from 0 to 100% = 39.8403%; of 100 points: 39.84",
        ),
    ],
)
def test_price_says_its_formula_with_its_figures(rule, words):
    lot = lot_of(price("100", **rule))

    assert first_words(lot, bid("A", "100"), bid("B", "150.50")) == words


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("relative", "£500 ÷ highest £2,000 = 25%; of 100 points: 25.00"),
        ("target", "£500 ÷ target £1,000, and at most 1 = 50%; of 100 points: 50.00"),
    ],
)
def test_social_value_says_its_formula_with_its_figures(method, words):
    lot = lot_of(counted("value", "100", method=method, target="1000"))
    bids = (bid("A", pounds={"value": "2000"}), bid("B", pounds={"value": "500"}))

    assert first_words(lot, *bids) == words


def test_rating_says_its_label_and_the_top_of_its_scale():
    labelled = replace(
        ZERO_TO_FIVE, points=tuple(replace(p, label="Good") for p in ZERO_TO_FIVE.points)
    )
    words = first_words(lot_of(rated("q", "100")), bid("A", ratings={"q": "4"}), scales=[labelled])

    assert words == "Rating 4 (Good) of 5 = 80%; of 100 points: 80.00"


def test_divided_price_says_that_it_has_no_weight():
    divided = price(None, method="price_per_quality_point", minimum_quality_percent="10")
    lot = lot_of(divided, rated("q", "100"))

    assert first_words(lot, bid("A", "1", {"q": "5"})) == (
        "Carries no weight: price and quality are divided."
    )


def test_every_state_has_words_of_its_own():
    words = [state.words for state in OutcomeState]

    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (number(Decimal("80.00")), "80"),
        (number(Decimal("1E+2")), "100"),
        (number(Decimal("12.50")), "12.5"),
        (percent(Fraction(1, 3)), "33.3333%"),
        (six_digits(Fraction(2, 3)), "0.666667"),
        (six_digits(Fraction(1234567)), "1234570"),
        (listed([]), ""),
        (listed(["a"]), "a"),
        (listed(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_figures_are_said_plainly(found, said):
    assert found == said
