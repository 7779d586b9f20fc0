"""Severity, spread and agreement, whatever the panel gave."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.scoring import (
    AgreementLevel,
    PanelRating,
    ScoringError,
    panel_agreement,
    spread_of,
)
from scorecards.scoring.alpha import alpha_interval, ordinal_alpha

SCALE = [Decimal(point) for point in range(6)]
units = st.lists(st.lists(st.sampled_from(SCALE), max_size=5), max_size=15)


def ratings_of(*rows):
    """Rows are evaluators, columns are bids; None where nothing was given."""
    return [
        PanelRating("ABCDE"[place], f"bid {column}", "criterion", Decimal(rating))
        for place, row in enumerate(rows)
        for column, rating in enumerate(row)
        if rating is not None
    ]


@given(units)
def test_alpha_is_at_most_one(some_units):
    alpha = ordinal_alpha(some_units)

    assert alpha is None or alpha <= 1


@given(units, st.randoms())
def test_order_of_units_and_people_never_matters(some_units, random):
    shuffled = [random.sample(unit, len(unit)) for unit in some_units]
    random.shuffle(shuffled)

    assert ordinal_alpha(shuffled) == ordinal_alpha(some_units)


@given(units)
def test_only_the_order_of_ratings_counts(some_units):
    stretched = [[rating**3 * 7 + 1 for rating in unit] for unit in some_units]

    assert ordinal_alpha(stretched) == ordinal_alpha(some_units)


@given(st.lists(st.tuples(st.sampled_from(SCALE), st.integers(2, 5)), min_size=2, max_size=15))
def test_full_agreement_is_one_unless_nothing_ever_differs(pairs):
    alpha = ordinal_alpha([[rating] * count for rating, count in pairs])

    assert alpha == (1 if len({rating for rating, _ in pairs}) > 1 else None)


@settings(max_examples=30)
@given(units)
def test_interval_is_the_same_each_time_and_in_order(some_units):
    interval = alpha_interval(some_units)

    assert interval == alpha_interval(some_units)
    assert interval is None or interval[0] <= interval[1] <= 1


def test_opposite_ratings_agree_less_than_by_chance():
    assert ordinal_alpha([[Decimal(0), Decimal(5)], [Decimal(5), Decimal(0)]]) < 0


def test_panel_that_agrees_fully_agrees_well():
    row = [0, 1, 2, 3, 4, 5] * 3
    report = panel_agreement(ratings_of(row, row, row))

    assert (report.level, report.alpha) == (AgreementLevel.WELL, Decimal(1))
    assert report.words == (
        "The panel agrees well. Krippendorff's alpha is 1, where 1 is full agreement and 0 is "
        "chance; with these 18 bids and criteria it is uncertain between 1 and 1."
    )


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ([0, 1, 2, 3, 4, 5] * 3, AgreementLevel.WELL),
        ([1, 1, 3, 3, 3, 4] * 3, AgreementLevel.WELL),
        ([2, 0, 3, 4, 3, 5] * 3, AgreementLevel.MOSTLY),
        ([3, 1, 0, 3, 5, 4] * 3, AgreementLevel.IN_PART),
        ([3, 5, 0, 1, 4, 2] * 3, AgreementLevel.BY_CHANCE),
    ],
)
def test_level_follows_the_agreement(other, level):
    assert panel_agreement(ratings_of([0, 1, 2, 3, 4, 5] * 3, other)).level is level


def test_too_few_units_say_so():
    report = panel_agreement(ratings_of([1, 2, 3, None], [1, 2, None, 4]), least_units=3)

    assert (report.level, report.alpha, report.low, report.high) == (
        AgreementLevel.TOO_FEW,
        None,
        None,
        None,
    )
    assert (report.units, report.ratings) == (2, 4)
    assert report.words.endswith("2 of the 3 that are needed were rated by two people or more.")


def test_ratings_that_never_differ_say_nothing():
    report = panel_agreement(ratings_of([3] * 12, [3] * 12))

    assert report.level is AgreementLevel.TOO_FEW
    assert report.words.endswith("agreement cannot be told from chance.")


def test_panel_without_ratings_says_nothing():
    assert panel_agreement([]).level is AgreementLevel.TOO_FEW


def test_severity_is_own_less_the_mean_of_the_others():
    strict, mild, level = panel_agreement(
        ratings_of([1, 2, None, 5], [3, 4, 4, None], [2, 3, None, None])
    ).evaluators

    assert (strict.severity, strict.compared, strict.ratings) == (Decimal("-1.5"), 2, 3)
    assert strict.words == "A: on average 1.5 stricter than the others, over 2 ratings."
    assert mild.words == "B: on average 1.5 milder than the others, over 2 ratings."
    assert level.words == "C: on average level with the others, over 2 ratings."
    assert strict.spread == Decimal("1.556")


def test_evaluator_who_rated_alone_is_compared_with_nobody():
    alone = panel_agreement(ratings_of([1])).evaluators[0]

    assert (alone.severity, alone.spread, alone.compared) == (None, None, 0)
    assert alone.words == "A: nobody else rated the same."


@given(st.lists(st.sampled_from(SCALE), min_size=4, max_size=4))
def test_severities_of_two_are_opposite(row):
    one, other = panel_agreement(ratings_of(row, [5, 0, 2, 3])).evaluators

    assert one.severity == -other.severity


def test_rating_given_twice_is_refused():
    with pytest.raises(ScoringError, match="twice"):
        panel_agreement(ratings_of([1]) * 2)


def test_spread_counts_points_of_the_scale_and_not_their_values():
    scale = [Decimal(value) for value in (0, 25, 50, 100)]
    found = spread_of([Decimal(50), Decimal(50), Decimal(0)], scale)

    assert found.outliers == (2,)
    assert found.words == "Rated from 0 to 50. 1 rating lies 2 or more points from the median."


def test_spread_of_equal_ratings_has_no_outliers():
    assert spread_of([Decimal(3)] * 3, SCALE).words == "All rated 3."


@pytest.mark.parametrize("ratings", [[], [Decimal(9)]])
def test_spread_refuses_what_is_no_rating(ratings):
    with pytest.raises(ScoringError):
        spread_of(ratings, SCALE)
