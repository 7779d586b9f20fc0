"""Between rows and sealing."""

from dataclasses import replace

import pytest

from commissioning import queries, sealed_rows
from commissioning.models import BidDraftPart, BidSubmission

pytestmark = pytest.mark.django_db


def test_draft_comes_back_as_it_was_sealed(bidding):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Ünïcode “quoted”", "evidence": []})
    rows = list(BidDraftPart.objects.filter(bid=bid))
    contents = sealed_rows.draft_contents(bid, rows)
    assert contents[1, held.part.name] == {"text": "Ünïcode “quoted”", "evidence": []}


def test_draft_that_is_put_in_the_place_of_another_is_refused(bidding):
    bid = bidding.bid(hand_in=False)
    first, second = BidDraftPart.objects.filter(bid=bid, part__startswith="answer")[:2]
    BidDraftPart.objects.filter(pk=first.pk).update(sealed=second.sealed)
    contents = sealed_rows.draft_contents(bid, list(BidDraftPart.objects.filter(bid=bid)))
    assert [key for key, content in contents.items() if content is None] == [(1, first.part)]


def test_draft_is_shut_without_the_servers_secret(bidding, settings):
    bid = bidding.bid(hand_in=False)
    settings.SEALING_KEY = "ab" * 32
    contents = sealed_rows.draft_contents(bid, list(BidDraftPart.objects.filter(bid=bid)))
    assert set(contents.values()) == {None}


@pytest.mark.parametrize("content", [b"no JSON", b"\xff", b"[]"], ids=["words", "bytes", "list"])
def test_draft_that_is_sealed_and_no_part_cannot_be_read(bidding, monkeypatch, content):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    monkeypatch.setattr(sealed_rows, "as_bytes", lambda _: content)
    bidding.save(bid, held, content={"text": "Anything", "evidence": []})
    contents = sealed_rows.draft_contents(bid, list(BidDraftPart.objects.filter(bid=bid)))
    assert [key for key, found in contents.items() if found is None] == [(1, held.part.name)]


def test_parts_come_back_out_of_the_envelopes_that_they_went_into(bidding):
    bid = bidding.bid(hand_in=False)
    _, parts = queries.draft(bidding.actor("sam"), bid)
    contents = sealed_rows.envelope_contents(bid, parts)
    assert [sealed_rows.content_of(row.part, contents) for row in parts] == [
        row.content for row in parts
    ]


def test_price_lies_in_its_own_envelope_alone(bidding):
    bid = bidding.bid(hand_in=False)
    parts = [
        replace(row, content={"amount_gbp": "731313"}) if row.part.kind == "price" else row
        for row in queries.draft(bidding.actor("sam"), bid)[1]
    ]
    contents = sealed_rows.envelope_contents(bid, parts)
    assert [key for key, content in contents.items() if "731313" in str(content)] == [(1, "price")]


def test_submission_is_read_by_its_bidder_whole(bidding):
    bidding.bid()
    contents = sealed_rows.read_submission(BidSubmission.objects.get())
    assert sorted(contents) == [(0, "participation"), (1, "price"), (1, "quality")]
    assert len(contents[1, "quality"]["answers"]) == 4
