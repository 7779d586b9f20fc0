from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scorecards.documents.wording import (
    count_words,
    day_words,
    gbp_words,
    listed,
    moment_words,
    number_words,
    percent_words,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not rated"),
        ("79.96", "79.9%"),
        ("100", "100.0%"),
        ("66.6666", "66.6%"),
        ("0", "0.0%"),
    ],
)
def test_percent_words_never_reach_up(value, words):
    assert percent_words(None if value is None else Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not published"),
        ("0", "£0"),
        ("12.5", "£12.50"),
        ("99.995", "£100"),
        ("1234567.5", "£1,234,567.50"),
    ],
)
def test_gbp_words(value, words):
    assert gbp_words(None if value is None else Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "not stated"), ("7.50", "7.5"), ("1200", "1,200"), ("0.333", "0.33")],
)
def test_number_words(value, words):
    assert number_words(None if value is None else Decimal(value)) == words


def test_day_words():
    assert day_words(date(2026, 3, 5)) == "5 March 2026"
    assert day_words(None) == "not published"


def test_moment_words_name_the_zone():
    assert moment_words(datetime(2026, 3, 5, 9, 7, tzinfo=UTC)) == "5 March 2026 at 09:07 UTC"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 criteria"), (1, "1 criterion"), (1200, "1,200 criteria")]
)
def test_count_words(number, words):
    assert count_words(number, "criterion", "criteria") == words


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(items, words):
    assert listed(items) == words
