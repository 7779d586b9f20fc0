"""A part of a bid is looked at again where an amendment changed what it answers."""

import re

import pytest

from django.urls import reverse

from accounts.access import WrongState
from commissioning import actions, queries
from commissioning.award_model.ready_scales import DEFAULT_SCALE
from commissioning.models import AwardCriterion, AwardScale, BidSubmission

pytestmark = pytest.mark.django_db

SAID = "Changed since you completed this, by amendment 2"


def url(name: str, bid, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bid.reference, *more])


def part_url(bid, held) -> str:
    return url("bid-part", bid, held.part.lot_number, held.part.name)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def amend(bidding):
    """``amend(held, word_limit=300)``: publish an amendment of the criterion of a part."""

    def go(held, **changes):
        lead = bidding.actor("priya")
        exercise = actions.open_amendment(actor=lead, exercise=bidding.exercise)
        if held is not None:
            row = AwardCriterion.objects.get(lot__exercise=exercise, key=held.part.criterion.key)
            actions.change_criterion(actor=lead, criterion=row, **changes)
        else:
            scale = AwardScale.objects.get(exercise=exercise)
            actions.change_scale(actor=lead, scale=scale, **changes)
        actions.publish_amendment(actor=lead, exercise=exercise, reason="A clearer question.")

    return go


def test_part_counts_as_to_be_looked_at_again_and_says_why(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400, asks="Describe the rota of each week.")
    again = bidding.part(bid, "answer")
    assert (again.status, again.is_complete, again.changed_by) == ("Look again", False, (2,))
    browser = browse("cara")
    text = text_of(browser.get(url("bid-detail", bid)))
    assert (text.count(SAID), text.count("Look again")) == (1, 1)
    assert "You have completed 6 of 7 parts." in text
    text = text_of(browser.get(part_url(bid, held)))
    assert SAID in text
    assert "The criterion: the word limit is now 400 (was 500)." in text
    assert "The criterion: what it asks was changed." in text
    assert text_of(browser.get(url("bid-check", bid))).count(SAID) == 1


def test_other_parts_stay_complete(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    amend(bidding.part(bid, "price"), price_basis="The total for two years, without VAT.")
    _, parts = queries.draft(bidding.actor("sam"), bid)
    assert [row.part.kind for row in parts if not row.is_complete] == ["price"]
    held = bidding.part(bid, "price")
    assert SAID in text_of(browse("cara").get(part_url(bid, held)))


def test_change_of_the_scale_is_pointed_out_at_each_part_that_is_rated_on_it(bidding, amend):
    bid = bidding.bid(hand_in=False)
    points = [
        {"value": str(point.value), "label": point.label, "description": f"{place} in short"}
        for place, point in enumerate(DEFAULT_SCALE.points)
    ]
    amend(None, points=points)
    _, parts = queries.draft(bidding.actor("sam"), bid)
    changed = {row.part.kind.value for row in parts if row.changes}
    assert (changed, len([row for row in parts if row.changes])) == ({"answer"}, 4)


def test_part_is_complete_again_once_it_is_confirmed(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400)
    browser = browse("cara")
    page = browser.get(part_url(bid, held))
    given = {
        "text": held.content["text"],
        "version": held.revision,
        "seen_version": page.context["form"].initial["seen_version"],
        "complete": "1",
    }
    assert browser.post(part_url(bid, held), given).status_code == 302
    assert bidding.part(bid, "answer").is_complete
    assert SAID not in text_of(browser.get(url("bid-detail", bid)))


def test_save_from_a_page_that_was_opened_before_the_amendment_confirms_nothing(
    browse, bidding, amend
):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    browser = browse("cara")
    given = {
        "text": "Typed before.",
        "version": held.revision,
        "seen_version": browser.get(part_url(bid, held)).context["form"].initial["seen_version"],
        "complete": "1",
    }
    amend(held, word_limit=400)
    assert browser.post(part_url(bid, held), given).status_code == 302
    again = bidding.part(bid, "answer")
    assert (again.content["text"], again.status) == ("Typed before.", "Look again")


def test_script_that_saves_confirms_nothing(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400)
    given = {"text": "Typing", "version": held.revision, "seen_version": "2"}
    browser = browse("cara")
    answer = browser.post(part_url(bid, held), given, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    again = bidding.part(bid, "answer")
    assert (again.content["text"], again.status) == ("Typing", "Look again")


def test_every_amendment_that_changed_it_is_named(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400)
    amend(bidding.part(bid, "price"), price_basis="The total for two years, without VAT.")
    amend(held, guidance="Names and hours.")
    bidding.save(bid, bidding.part(bid, "price"), content={"amount_gbp": "1"}, is_complete=False)
    assert bidding.part(bid, "answer").changed_by == (2, 4)
    assert bidding.part(bid, "price").changes == ()
    text = text_of(browse("cara").get(part_url(bid, held)))
    assert "Changed since you completed this, by amendments 2 and 4" in text


def test_change_that_was_taken_back_is_none(bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400)
    amend(held, word_limit=500)
    assert bidding.part(bid, "answer").is_complete


def test_draft_that_is_not_complete_says_it_was_saved_before(browse, bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Begun", "evidence": []})
    amend(held, word_limit=400)
    text = text_of(browse("cara").get(url("bid-detail", bid)))
    assert "Changed since you saved this, by amendment 2." in text
    assert bidding.part(bid, "answer").status == "In progress"


def test_bid_is_not_handed_in_before_it_was_looked_at_again(bidding, amend):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    amend(held, word_limit=400)
    sam = bidding.actor("sam")
    with pytest.raises(WrongState, match=f"Complete these parts first: {held.part.title}"):
        actions.submit_bid(actor=sam, bid=bid)
    again = bidding.part(bid, "answer")
    bidding.save(bid, again, content=again.content, is_complete=True)
    actions.submit_bid(actor=sam, bid=bid)
    assert BidSubmission.objects.get().version.number == 2


def test_draft_takes_as_many_queries_however_often_it_is_amended(
    bidding, amend, django_assert_num_queries
):
    bid = bidding.bid(hand_in=False)
    for limit in (400, 300):
        amend(bidding.part(bid, "answer"), word_limit=limit)
    viewer = bidding.actor("sam")
    with django_assert_num_queries(3):
        queries.draft(viewer, bid)
