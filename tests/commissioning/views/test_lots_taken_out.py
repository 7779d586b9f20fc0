"""A bid for a lot that an amendment took out: its pages, and what is handed in."""

import re
from dataclasses import replace

import pytest

from django.urls import reverse

from accounts.access import WrongState
from commissioning import actions, demonstration, queries
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.models import Envelope
from tests.commissioning.conftest import Bidding

pytestmark = pytest.mark.django_db


def url(name: str, bid) -> str:
    return reverse(f"commissioning:{name}", args=[bid.reference])


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def areas(bidding):
    """Three lots, of which a supplier wins the one that it wants most."""
    exercise = demonstration.design(
        bidding.people,
        "Visits in three areas",
        lots=3,
        one_lot_each_by=LotLimitMechanism.SUPPLIER_PREFERENCE,
    )
    demonstration.staff(bidding.people, exercise)
    demonstration.prepare_openers(bidding.people, exercise)
    exercise = demonstration.publish(bidding.people, exercise, "2026/S 000-000002")
    return Bidding(bidding.people, exercise)


def a_bid(areas, *lots: int, hand_in: bool = False):
    """The firm's whole bid, for these lots, the most wanted first."""
    offer = replace(demonstration.OFFERS[0], lots=lots)
    return demonstration.bid(areas.people, areas.exercise, offer, hand_in=hand_in)


def take_out(areas, *numbers: int) -> None:
    priya = areas.actor("priya")
    actions.open_amendment(actor=priya, exercise=areas.exercise)
    for lot in areas.exercise.lots.filter(number__in=numbers):
        actions.remove_lot(actor=priya, lot=lot)
    actions.publish_amendment(actor=priya, exercise=areas.exercise, reason="Not needed.")


def test_order_that_was_chosen_goes_on_without_the_lot(browse, areas):
    bid, viewer = a_bid(areas, 3, 2, 1), areas.actor("sam")
    take_out(areas, 3)
    browser = browse("sam")
    for page in ("bid-detail", "bid-check"):
        assert "Most wanted first: lot 2, lot 1." in text_of(browser.get(url(page, bid)))
    submission = actions.submit_bid(actor=viewer, bid=bid)
    envelopes = Envelope.objects.filter(submission=submission)
    assert submission.lots == [1, 2]
    assert set(envelopes.values_list("lot_number", flat=True)) == {0, 1, 2}
    assert queries.handed_in_order(viewer, submission) == [2, 1]
    bid.refresh_from_db()
    _, parts = queries.draft(viewer, bid)
    assert not queries.differs_from_handed_in(viewer, bid, parts, submission)


def test_order_is_asked_of_the_lots_that_are_left(browse, areas):
    bid = a_bid(areas, 1, 2, 3)
    bid.lot_preferences = []
    bid.save()
    take_out(areas, 3)
    with pytest.raises(WrongState, match="in which order"):
        actions.submit_bid(actor=areas.actor("sam"), bid=bid)
    browser = browse("sam")
    page = browser.get(url("bid-preferences", bid)).content.decode()
    assert [f"place_{lot}" in page for lot in (1, 2, 3)] == [True, True, False]
    answer = browser.post(url("bid-preferences", bid), {"place_1": "2", "place_2": "1"})
    assert answer["Location"] == url("bid-detail", bid)
    bid.refresh_from_db()
    assert bid.lot_preferences == [2, 1]
    assert actions.submit_bid(actor=areas.actor("sam"), bid=bid).lots == [1, 2]


def test_no_order_is_asked_where_one_lot_is_left(browse, areas):
    bid = a_bid(areas, 1, 2)
    take_out(areas, 2)
    browser = browse("sam")
    assert "most" not in text_of(browser.get(url("bid-detail", bid)))
    assert browser.get(url("bid-preferences", bid)).status_code == 404
    assert actions.submit_bid(actor=areas.actor("sam"), bid=bid).lots == [1]


def test_bid_with_no_lot_left_is_asked_to_choose_another(browse, areas):
    bid = a_bid(areas, 2, 3)
    take_out(areas, 2, 3)
    browser = browse("sam")
    assert "Choose another lot" in text_of(browser.get(url("bid-detail", bid)))
    check = text_of(browser.get(url("bid-check", bid)))
    assert ("Choose another lot" in check, "declaration" in check) == (True, False)
    assert "Not everything is complete yet" in text_of(browser.get(url("bid-submit", bid)))
    with pytest.raises(WrongState, match="at least one of the lots"):
        actions.submit_bid(actor=areas.actor("sam"), bid=bid)
    browser.post(url("bid-lots", bid), {"lots": ["1"]})
    bid.refresh_from_db()
    assert bid.lots == [1]
