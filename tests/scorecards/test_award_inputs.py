"""From rows to what the sum of an award takes in."""

from decimal import Decimal

import pytest

from scorecards import actions
from scorecards.award_inputs import award_inputs, bid_key
from scorecards.enums import Standing
from scorecards.scoring import BidStanding
from tests.scorecards.evaluation_samples import exclude

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(opened):
    opened.to_signed()
    opened.open_prices()
    return opened


def test_inputs_hold_ratings_prices_and_the_tendering_period(signed):
    (lot,) = award_inputs(signed.exercise).lots
    first = next(bid for bid in lot.bids if bid.key == bid_key(signed.bids[0]))
    assert first.label == str(signed.bids[0].provider)
    assert first.price_gbp == signed.bids[0].price.amount_gbp
    assert [one.rating for one in first.ratings] == [4, 3, 4, 3]
    assert first.evaluator_ratings == ()
    assert lot.tendering.days_given == 30


def test_inputs_hold_what_each_evaluator_gave_where_asked(signed):
    (lot,) = award_inputs(signed.exercise, with_evaluators=True).lots
    given = [one.rating for one in lot.bids[0].evaluator_ratings]
    assert len(given) == 12
    assert {type(one) for one in given} == {Decimal}


def test_inputs_are_without_what_somebody_gave_who_was_recused(signed):
    signed.recuse("evan")
    (lot,) = award_inputs(signed.exercise, with_evaluators=True).lots
    evan = str(signed.people.users["evan"])
    assert {len(bid.evaluator_ratings) for bid in lot.bids} == {8}
    assert evan not in {one.evaluator for bid in lot.bids for one in bid.evaluator_ratings}


@pytest.mark.parametrize(
    ("standing", "plain"),
    [
        (Standing.CONDITIONS_NOT_MET, BidStanding.CONDITIONS_NOT_MET),
        (Standing.FAILS_REQUIREMENTS, BidStanding.FAILS_REQUIREMENTS),
        (Standing.PROCEDURAL_BREACH, BidStanding.PROCEDURAL_BREACH),
    ],
)
def test_last_standing_of_a_bid_counts(signed, standing, plain):
    for one in (Standing.CONDITIONS_NOT_MET, Standing.ELIGIBLE, standing):
        actions.set_standing(
            actor=signed.actor("priya"),
            evaluation=signed.lot,
            bid_lot=signed.bids[0],
            standing=one,
            ground="A rule",
            reason="A reason.",
        )
    (lot,) = award_inputs(signed.exercise).lots
    stands = {bid.key: bid.standing for bid in lot.bids}
    assert stands[bid_key(signed.bids[0])] == plain
    assert list(stands.values()).count(BidStanding.ELIGIBLE) == 3


def test_excluded_supplier_has_a_standing_of_its_own(signed):
    exclude(signed)
    (lot,) = award_inputs(signed.exercise).lots
    stands = {bid.key: bid.standing for bid in lot.bids}
    assert stands[bid_key(signed.bids[0])] is BidStanding.EXCLUDED


def test_recorded_draws_are_handed_in(signed):
    order = tuple(bid_key(bid) for bid in signed.bids)
    (lot,) = award_inputs(signed.exercise, draws={1: (order,)}).lots
    assert [draw.order for draw in lot.draws] == [order]


def test_lot_that_was_ended_has_no_part(signed):
    actions.end_lot(actor=signed.actor("priya"), evaluation=signed.lot, reason="No money is left.")
    assert award_inputs(signed.exercise).lots == ()


def test_inputs_take_a_constant_number_of_statements(signed, django_assert_num_queries):
    award_inputs(signed.exercise, with_evaluators=True)
    with django_assert_num_queries(8):
        award_inputs(signed.exercise, with_evaluators=True)
