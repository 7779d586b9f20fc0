"""Reads of the moderation room."""

import datetime

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.models import Exercise
from scorecards import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(opened):
    opened.score()
    return opened


def test_place_holds_ratings_spread_and_outliers(scored):
    case, bid = scored.case("carl"), scored.bids[3]
    line = next(line for line in case.bids if line.bid_lot == bid)
    (place,) = queries.places(scored.actor("carl"), case, (case.rated[0],), (line,))
    assert sorted(one.row.rating for one in place.given) == [2, 3, 3]
    assert (place.spread.lowest, place.spread.highest) == (2, 3)
    assert (place.agreed, place.agreed_words, place.moves) == (None, "Not agreed yet", {})


def test_places_take_the_same_statements_for_one_and_for_all(scored):
    case, actor = scored.case("carl"), scored.actor("carl")
    scored.agree()
    counts = []
    for leaves, bids in ((case.rated[:1], case.bids[:1]), (case.rated, case.bids)):
        with CaptureQueriesContext(connection) as caught:
            queries.places(actor, case, leaves, bids)
        counts.append(len(caught))
    assert counts == [4, 4]


def test_agreed_are_counted_by_criterion(scored):
    scored.agree()
    case = scored.case("carl")
    counts = queries.agreed_counts(scored.actor("carl"), case)
    assert counts == {leaf.key: 4 for leaf in case.rated}


def test_changes_are_those_of_others_since(scored):
    before = timezone.now() - datetime.timedelta(seconds=1)
    scored.agree()
    assert queries.changes_since(scored.actor("evan"), scored.lot, before).count() == 16
    assert not queries.changes_since(scored.actor("carl"), scored.lot, before).exists()
    assert not queries.changes_since(scored.actor("evan"), scored.lot, timezone.now()).exists()


def test_consistency_waits_for_all_to_lock(opened):
    report, why_not = queries.consistency(opened.actor("priya"), opened.case("priya"))
    assert report is None
    assert "still score" in why_not


def test_consistency_needs_the_stated_number_of_scores(scored):
    Exercise.objects.filter(pk=scored.exercise.pk).update(minimum_scores=49)
    report, why_not = queries.consistency(scored.actor("priya"), scored.case("priya"))
    assert report is None
    assert "48 locked ratings, and 49 are needed" in why_not


def test_consistency_names_every_evaluator(scored):
    report, why_not = queries.consistency(scored.actor("priya"), scored.case("priya"))
    assert why_not == ""
    assert len(report.evaluators) == 3
    assert report.units == 16
