"""A part of a draft that is not as it was saved: the bid goes on, and nothing is lost."""

import re

import pytest

from django.urls import reverse

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions, queries, sealed_rows
from commissioning.award_model.bid_parts import PartKind
from commissioning.models import Bid, BidDraftPart

pytestmark = pytest.mark.django_db

TORN = b"torn bytes"


def url(name: str, bid, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bid.reference, *more])


def part_url(bid, held) -> str:
    return url("bid-part", bid, held.part.lot_number, held.part.name)


def text_of(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def tear(bidding, bid, kind: str = "answer") -> queries.DraftPart:
    """The first part of this kind, damaged in the database."""
    held = bidding.part(bid, kind)
    rows = BidDraftPart.objects.filter(bid=bid, part=held.part.name)
    assert rows.update(sealed=TORN) == 1
    return bidding.part(bid, kind)


def events():
    return AuditEvent.objects.filter(verb="bid.part_unreadable")


def test_task_list_says_which_part_cannot_be_read_and_the_others_stay(browse, bidding):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid)
    assert (held.status, held.is_complete, held.content) == ("Cannot be read", False, {})
    text = text_of(browse("cara").get(url("bid-detail", bid)))
    assert "You have completed 6 of 7 parts." in text
    assert "What was saved here cannot be read." in text
    assert text.count("Cannot be read") == 1


def test_task_list_and_check_open_whatever_is_torn(browse, bidding):
    bid = bidding.bid(hand_in=False)
    BidDraftPart.objects.filter(bid=bid).update(sealed=TORN)
    assert text_of(browse("cara").get(url("bid-detail", bid))).count("Cannot be read") == 7
    text = text_of(browse("cara").get(url("bid-check", bid)))
    assert ("7 parts not complete yet" in text, "Nothing is declared" in text) == (True, False)


@pytest.mark.parametrize("kind", sorted(set(PartKind) - {PartKind.COMMITMENTS}))
def test_page_of_the_part_says_what_to_do(browse, bidding, kind):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid, kind)
    text = text_of(browse("cara").get(part_url(bid, held)))
    assert "What was saved here cannot be read" in text
    assert "Type this part again and save it." in text
    assert "begin with what you handed in" not in text


def test_part_is_typed_again_and_what_was_stored_is_kept(browse, bidding):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid)
    given = {"text": "Typed again.", "version": held.revision, "complete": "1"}
    assert browse("cara").post(part_url(bid, held), given).status_code == 302
    again = bidding.part(bid, "answer")
    assert (again.content["text"], again.is_complete) == ("Typed again.", True)
    row = BidDraftPart.objects.get(bid=bid, part=held.part.name)
    assert bytes(row.unreadable) == TORN
    bidding.save(bid, again, content={"text": "And again.", "evidence": []})
    row.refresh_from_db()
    assert bytes(row.unreadable) == TORN


def test_part_begins_with_what_was_handed_in_last(browse, bidding):
    bid = bidding.bid()
    before = bidding.part(bid, "answer")
    held = tear(bidding, bid)
    browser = browse("cara")
    page = browser.get(part_url(bid, held))
    assert "begin with what you handed in" in text_of(page)
    assert page.context["form"].initial["text"] == ""
    page = browser.get(part_url(bid, held), {"take": "handed-in"})
    assert "The form holds what you handed in last." in text_of(page)
    assert page.context["form"].initial["text"] == before.content["text"]
    assert bytes(BidDraftPart.objects.get(bid=bid, part=held.part.name).sealed) == TORN


def test_price_begins_with_what_was_handed_in_last(browse, bidding):
    bid = bidding.bid()
    before = bidding.part(bid, "price")
    held = tear(bidding, bid, "price")
    page = browse("cara").get(part_url(bid, held), {"take": "handed-in"})
    assert page.context["form"].initial["amount_gbp"] == before.content["amount_gbp"]


def test_nothing_is_offered_where_the_envelope_cannot_be_read_either(browse, bidding, settings):
    bid = bidding.bid()
    settings.SEALING_KEY = "ab" * 32
    held = bidding.part(bid, "answer")
    text = text_of(browse("cara").get(part_url(bid, held)))
    assert "Type this part again and save it." in text
    assert "begin with what you handed in" not in text
    text_of(browse("cara").get(url("bid-detail", bid)))


def test_envelope_that_cannot_be_read_shuts_no_page_of_the_draft(browse, bidding, settings):
    bid = bidding.bid()
    browser = browse("sam")
    settings.SEALING_KEY = "cd" * 32
    BidDraftPart.objects.filter(bid=bid).delete()
    text = text_of(browser.get(url("bid-detail", bid)))
    assert "A later draft does not count until you hand it in again." in text
    answer = browser.get(url("bid-read", bid, 1))
    assert answer.status_code == 409
    assert "What you handed in cannot be read here." in answer.content.decode()


def test_earlier_bid_that_cannot_be_read_is_offered_to_nobody(bidding, settings):
    bid = bidding.bid()
    viewer, other = bidding.actor("sam"), Bid(pk=bid.pk + 1)
    assert queries.answers_to_reuse(viewer, other)
    settings.SEALING_KEY = "ab" * 32
    assert queries.answers_to_reuse(viewer, other) == []


def test_trail_of_the_provider_says_it_once_for_each_save(browse, bidding):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid)
    browser = browse("cara")
    for page in (url("bid-detail", bid), part_url(bid, held), url("bid-check", bid)):
        browser.get(page)
    event = events().get()
    assert (event.case_reference, event.organisation) == (
        bid.reference, bidding.people.organisations["firm"],
    )  # fmt: skip
    assert (event.facts["lot"], event.facts["part"]) == (1, held.part.name)
    BidDraftPart.objects.filter(bid=bid, part=held.part.name).update(sealed=b"torn anew")
    browser.get(url("bid-detail", bid))
    assert events().count() == 2


def test_only_the_provider_finds_out(bidding):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid)
    for name in ("hana", "priya"):
        with pytest.raises(Refused):
            actions.record_unreadable_parts(actor=bidding.actor(name), bid=bid, parts=[held])
    assert not events().exists()


def test_bid_is_not_handed_in_with_a_part_that_cannot_be_read(bidding):
    bid = bidding.bid(hand_in=False)
    held = tear(bidding, bid)
    with pytest.raises(WrongState, match=f"Complete these parts first: {held.part.title}"):
        actions.submit_bid(actor=bidding.actor("sam"), bid=bid)


def test_draft_that_cannot_be_read_is_no_copy_of_what_is_handed_in(bidding):
    bid, viewer = bidding.bid(), bidding.actor("sam")
    standing = queries.standing_submission(viewer, bid)
    tear(bidding, bid)
    assert queries.differs_from_handed_in(viewer, bid, queries.draft(viewer, bid)[1], standing)
    assert sealed_rows.read_submission(standing)
