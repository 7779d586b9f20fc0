"""Reads of the moderation room."""

import datetime

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.models import Exercise
from scorecards import actions, queries
from scorecards.models import BidRating

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


def test_rating_of_who_was_recused_is_shown_and_counts_in_no_spread(scored):
    case, actor = scored.case("carl"), scored.actor("carl")
    line = next(line for line in case.bids if line.bid_lot == scored.bids[3])
    scored.recuse("edith")
    (place,) = queries.places(actor, case, (case.rated[0],), (line,))
    assert [(one.row.rating, one.is_recused) for one in place.given] == [
        (3, True),
        (2, False),
        (3, False),
    ]
    assert [one.row.rating for one in place.counted] == [2, 3]


def test_outliers_are_found_among_what_counts(opened):
    opened.score(lock=False)
    case, bid = opened.case("carl"), opened.bids[0]
    rows = BidRating.objects.filter(bid_lot=bid, criterion_key=case.rated[0].key)
    for name, rating in (("edith", "5"), ("elena", "5"), ("evan", "1")):
        rows.filter(evaluator=opened.people.users[name]).update(rating=rating)
        actions.lock_bid_ratings(actor=opened.actor(name), evaluation=opened.lot)
    opened.recuse("edith")
    line = next(line for line in case.bids if line.bid_lot == bid)
    (place,) = queries.places(opened.actor("carl"), opened.case("carl"), case.rated[:1], (line,))
    assert [one.is_outlier for one in place.given] == [False, True, True]


def test_places_without_a_rating_that_counts_have_no_spread(scored):
    for name in ("evan", "edith", "elena"):
        scored.recuse(name)
    case = scored.case("carl")
    (place, *_) = queries.places(scored.actor("carl"), case, case.rated[:1], case.bids[:1])
    assert (len(place.given), place.counted, place.spread) == (3, (), None)


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


def test_consistency_is_without_who_was_recused(scored):
    scored.recuse("edith")
    report, why_not = queries.consistency(scored.actor("priya"), scored.case("priya"))
    names = {one.evaluator for one in report.evaluators}
    assert names == {scored.people.users[name].full_name for name in ("evan", "elena")}
    Exercise.objects.filter(pk=scored.exercise.pk).update(minimum_scores=33)
    _, why_not = queries.consistency(scored.actor("priya"), scored.case("priya"))
    assert "32 locked ratings, and 33 are needed" in why_not


def test_consistency_names_every_evaluator(scored):
    report, why_not = queries.consistency(scored.actor("priya"), scored.case("priya"))
    assert why_not == ""
    assert len(report.evaluators) == 3
    assert report.units == 16
