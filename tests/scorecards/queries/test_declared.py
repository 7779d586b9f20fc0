"""What speaks against a bid by its bidder's own declaration, until somebody decides about it."""

from dataclasses import replace

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from commissioning.demonstration import OFFERS
from scorecards import actions, queries
from scorecards.enums import Standing
from tests.scorecards.evaluation_samples import exclude, once_for_a_module

pytestmark = pytest.mark.django_db

UNMET = replace(OFFERS[0], meets_conditions=False)
GROUND = replace(
    OFFERS[1], grounds=(("professional_misconduct", "A manager broke our code in 2025."),)
)


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Four opened bids: one says that it meets no condition, one that a ground applies."""
    with once_for_a_module(django_db_blocker, offers=(UNMET, GROUND, *OFFERS[2:])) as found:
        yield found


def declared_by(opened):
    """The two bids that are declared against: of the unmet condition, and of the ground."""
    rows = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    unmet = next(row for row in rows if row.conditions)
    ground = next(row for row in rows if row.grounds)
    return unmet, ground


def stand(opened, bid_lot, standing):
    return actions.set_standing(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        bid_lot=bid_lot,
        standing=standing,
        ground="Condition 1",
        reason="The board's minutes show it.",
    )


def test_declarations_against_oneself_wait_for_a_decision(opened):
    unmet, ground = declared_by(opened)
    assert (len(unmet.conditions), unmet.grounds) == (1, ())
    assert (ground.conditions, ground.grounds) == ((), ("Professional misconduct",))
    assert unmet.words == f"it does not say that it meets “{unmet.conditions[0]}”"
    assert ground.words == "it declares the exclusion ground “Professional misconduct”"


def test_bid_that_was_taken_out_is_decided(opened):
    unmet, ground = declared_by(opened)
    stand(opened, unmet.bid_lot, Standing.CONDITIONS_NOT_MET)
    exclude(opened, bid_lot=ground.bid_lot)
    assert queries.undecided_declarations(opened.actor("priya"), opened.lot) == []


def test_bid_that_was_kept_in_with_a_reason_is_decided(opened):
    unmet, ground = declared_by(opened)
    stand(opened, unmet.bid_lot, Standing.ELIGIBLE)
    left = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    assert [row.bid_lot for row in left] == [ground.bid_lot]


def test_bid_that_came_back_from_another_reason_is_not_decided(opened):
    unmet, _ = declared_by(opened)
    stand(opened, unmet.bid_lot, Standing.PROCEDURAL_BREACH)
    stand(opened, unmet.bid_lot, Standing.ELIGIBLE)
    left = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    assert unmet.bid_lot in [row.bid_lot for row in left]


def test_who_does_not_see_the_lot_reads_no_declaration(opened):
    assert queries.undecided_declarations(opened.actor("mei"), opened.lot) == []


def test_queries_stay_as_many(opened, django_assert_num_queries):
    priya, lot = opened.actor("priya"), opened.lot
    queries.undecided_declarations(priya, lot)
    with CaptureQueriesContext(connection) as first:
        queries.undecided_declarations(priya, lot)
    for bid_lot in opened.bids:
        stand(opened, bid_lot, Standing.PROCEDURAL_BREACH)
        stand(opened, bid_lot, Standing.ELIGIBLE)
    with django_assert_num_queries(len(first)):
        queries.undecided_declarations(priya, lot)
