"""The pages of a bidder's own bid."""

import re

import pytest

from django.urls import reverse

from commissioning import actions, demonstration, queries
from commissioning.award_model.bid_parts import PartKind
from commissioning.models import BidDraftPart, BidPartHolder
from providers.actions import add_evidence_link
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


def url(name: str, bid, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bid.reference, *more])


def part_url(bid, held, name: str = "bid-part") -> str:
    return url(name, bid, held.part.lot_number, held.part.name)


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def bid(bidding):
    """The firm's bid, just started."""
    return actions.start_bid(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        lots=[1],
    )


def test_task_list_says_what_is_to_do(browse, bid):
    text = text_of(browse("cara").get(url("bid-detail", bid)))
    assert "You have completed 0 of 7 parts." in text
    assert text.count("Not started") == 7


def test_task_list_takes_as_many_queries_for_a_full_draft(
    browse, bidding, bid, django_assert_num_queries
):
    browser = browse("sam")
    browser.get(url("bid-detail", bid))
    with django_assert_num_queries(11):
        browser.get(url("bid-detail", bid))
    bidding.bid(hand_in=False)
    with django_assert_num_queries(11):
        browser.get(url("bid-detail", bid))


@pytest.mark.parametrize("kind", ["grounds", "condition", "answer", "price"])
def test_part_page_opens_empty_and_full(browse, bidding, bid, kind):
    held = bidding.part(bid, kind)
    browser = browse("cara")
    assert browser.get(part_url(bid, held)).status_code == 200
    bidding.bid(hand_in=False)
    assert browser.get(part_url(bid, held)).status_code == 200


def test_answer_saved_as_draft_leads_back_to_the_list(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    answer = browse("cara").post(
        part_url(bid, held), {"text": "Half a sentence", "version": 0, "draft": "1"}
    )
    again = bidding.part(bid, "answer")
    assert answer["Location"] == url("bid-detail", bid)
    assert (again.content["text"], again.status) == ("Half a sentence", "In progress")
    assert "Saved by Cara Nolan" in text_of(browse("sam").get(url("bid-detail", bid)))


def test_answer_marked_as_complete_leads_to_the_next_part(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    answer = browse("cara").post(
        part_url(bid, held), {"text": "All of it.", "version": 0, "complete": "1"}
    )
    assert bidding.part(bid, "answer").is_complete
    assert answer["Location"].startswith(url("bid-detail", bid) + "parts/1/answer-")


def test_answer_over_its_limit_is_kept_as_a_draft_and_says_by_how_much(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    long = "word " * 503
    answer = browse("cara").post(part_url(bid, held), {"text": long, "version": 0, "complete": "1"})
    again = bidding.part(bid, "answer")
    assert "The answer has 3 words too many. Its limit is 500 words." in text_of(answer)
    assert "What you typed is saved as a draft." in text_of(answer)
    assert (again.content["text"], again.is_complete) == (long.strip(), False)
    assert answer.context["form"]["version"].value() == again.revision


def test_script_saves_as_typed_and_is_told_the_version(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    answer = browse("cara").post(
        part_url(bid, held), {"text": "Typing", "version": 0}, headers={"X-Autosave": "1"}
    )
    assert answer.json()["version"] == 1
    assert bidding.part(bid, "answer").content["text"] == "Typing"


def test_script_leaves_a_complete_part_complete_while_nothing_lacks(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "All", "evidence": []}, is_complete=True)
    browser = browse("cara")
    header = {"X-Autosave": "1"}
    browser.post(part_url(bid, held), {"text": "All of it", "version": 1}, headers=header)
    assert bidding.part(bid, "answer").is_complete
    browser.post(part_url(bid, held), {"text": "", "version": 2}, headers=header)
    assert not bidding.part(bid, "answer").is_complete


def test_stale_save_shows_both_texts_and_loses_none(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "What Sam wrote", "evidence": []})
    browser = browse("cara")
    fields = {"text": "What Cara wrote", "version": 0, "draft": "1"}
    answer = browser.post(part_url(bid, held), fields)
    text = text_of(answer)
    assert (answer.status_code, "What Sam wrote" in text, "What Cara wrote" in text) == (
        409,
        True,
        True,
    )
    assert "Saved by Sam Doyle" in text
    fields["version"] = answer.context["form"]["version"].value()
    assert browser.post(part_url(bid, held), fields).status_code == 302
    assert bidding.part(bid, "answer").content["text"] == "What Cara wrote"


def test_script_that_is_stale_is_told_so(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "What Sam wrote", "evidence": []})
    answer = browse("cara").post(
        part_url(bid, held), {"text": "Mine", "version": 0}, headers={"X-Autosave": "1"}
    )
    assert (answer.status_code, answer.json()["conflict"]["version"]) == (409, 1)


def test_price_with_pound_sign_and_commas_is_kept_as_a_number(browse, bidding, bid):
    held = bidding.part(bid, "price")
    browse("cara").post(
        part_url(bid, held), {"amount_gbp": "£ 248,000.50", "version": 0, "complete": "1"}
    )
    again = bidding.part(bid, "price")
    assert (again.content["amount_gbp"], again.is_complete) == ("248000.50", True)


@pytest.mark.parametrize("typed", ["", "-5", "0", "cheap", "1.234", "NaN", "Infinity"])
def test_price_that_is_none_cannot_be_completed(browse, bidding, bid, typed):
    held = bidding.part(bid, "price")
    answer = browse("cara").post(
        part_url(bid, held), {"amount_gbp": typed, "version": 0, "complete": "1"}
    )
    assert (answer.status_code, bidding.part(bid, "price").is_complete) == (200, False)


def test_share_code_takes_the_place_of_the_grounds(browse, bidding, bid):
    held = bidding.part(bid, "grounds")
    browse("cara").post(
        part_url(bid, held), {"share_code": "xQcuWEbJ", "version": 0, "complete": "1"}
    )
    assert bidding.part(bid, "grounds").is_complete


def test_evidence_of_the_library_is_attached_and_found_by_its_title(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    item = add_evidence_link(
        actor=bidding.actor("sam"), title="Rota policy", url="https://www.example.org/"
    )
    browser = browse("cara")
    assert "Rota policy" in text_of(browser.get(part_url(bid, held), {"find": "rota"}))
    assert "Rota policy" not in text_of(browser.get(part_url(bid, held), {"find": "other"}))
    browser.post(
        part_url(bid, held), {"text": "A", "evidence": [item.reference], "version": 0, "draft": "1"}
    )
    assert bidding.part(bid, "answer").content["evidence"] == [item.reference]
    assert "Rota policy" in text_of(browser.get(url("bid-check", bid)))


def test_evidence_of_others_cannot_be_attached(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    theirs, own = (
        add_evidence_link(actor=bidding.actor(name), title="Policy", url="https://www.example.org/")
        for name in ("hana", "sam")
    )
    fields = {"text": "A", "version": 0, "draft": "1"}
    answer = browse("cara").post(part_url(bid, held), fields | {"evidence": [theirs.reference]})
    assert (answer.status_code, bidding.part(bid, "answer").revision) == (200, 0)
    browse("cara").post(part_url(bid, held), fields | {"evidence": [own.reference]})
    assert bidding.part(bid, "answer").content["evidence"] == [own.reference]


def test_new_evidence_leads_back_to_the_answer_with_it_chosen(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    browser = browse("cara")
    left = browser.post(part_url(bid, held), {"text": "Kept", "version": 0, "add_evidence": "1"})
    assert bidding.part(bid, "answer").content["text"] == "Kept"
    link = left["Location"].replace("/file/", "/link/")
    added = browser.post(link, {"title": "Fresh", "url": "https://www.example.org/"})
    assert added["Location"].startswith(part_url(bid, held) + "?evidence=EV-")
    assert "checked" in browser.get(added["Location"]).content.decode()


def test_way_back_from_the_library_leads_to_no_other_site(browse, bidding, bid):
    answer = browse("cara").post(
        reverse("providers:evidence-new-link") + "?back=https://evil.example/",
        {"title": "Fresh", "url": "https://www.example.org/"},
    )
    assert answer["Location"].startswith("/evidence/")


@pytest.mark.parametrize(
    ("chosen", "words"), [("cara", "You have it"), ("sam", "Sam Doyle has it")]
)
def test_part_is_given_to_a_colleague(browse, bidding, bid, chosen, words):
    held = bidding.part(bid, "answer")
    email = bidding.people.users[chosen].email
    browser = browse("cara")
    browser.post(part_url(bid, held, "part-hold"), {"holder": email})
    assert words in text_of(browser.get(url("bid-detail", bid)))
    browser.post(part_url(bid, held, "part-hold"), {"holder": ""})
    assert BidPartHolder.objects.count() == 0


def test_whole_bid_is_handed_in_and_its_receipt_can_be_read(browse, bidding, bid):
    bidding.bid(hand_in=False)
    browser = browse("sam")
    assert "Go on to the declaration" in text_of(browser.get(url("bid-check", bid)))
    assert browser.post(url("bid-submit", bid), {}).status_code == 200
    answer = browser.post(url("bid-submit", bid), {"declares": "on"})
    row = queries.standing_submission(bidding.actor("sam"), bid)
    assert answer["Location"] == url("bid-receipt", bid, 1)
    receipt = text_of(browse("cara").get(answer["Location"]))
    assert (row.sha256 in receipt, f"{row.submitted_at:%H:%M:%S} (" in receipt) == (True, True)
    read = text_of(browse("cara").get(url("bid-read", bid, 1)))
    assert ("Each visit is planned with the resident" in read, "£248,000" in read) == (True, True)


def test_contributor_is_told_that_a_signatory_hands_in(browse, bidding, bid):
    bidding.bid(hand_in=False)
    text = text_of(browse("cara").get(url("bid-check", bid)))
    assert "An authorised signatory of your organisation can hand it in now." in text
    assert browse("cara").post(url("bid-submit", bid), {"declares": "on"}).status_code == 403


def test_bid_with_gaps_is_not_taken(browse, bid):
    answer = browse("sam").post(url("bid-submit", bid), {"declares": "on"})
    assert answer.status_code == 409
    assert "Complete these parts first" in text_of(answer)


def test_draft_that_differs_from_what_is_handed_in_is_said_not_to_count(browse, bidding):
    bid = bidding.bid()
    browser = browse("sam")
    words = "A later draft does not count until you hand it in again."
    assert words not in text_of(browser.get(url("bid-detail", bid)))
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Another", "evidence": []}, is_complete=True)
    assert words in text_of(browser.get(url("bid-detail", bid)))


def test_bid_is_withdrawn_and_the_draft_stays(browse, bidding):
    bid = bidding.bid()
    browser = browse("sam")
    assert "Withdraw the bid" in text_of(browser.get(url("bid-withdraw", bid)))
    browser.post(url("bid-withdraw", bid))
    text = text_of(browser.get(url("bid-detail", bid)))
    assert "You withdrew your bid. Nothing is handed in." in text
    assert "You have completed 7 of 7 parts." in text
    assert "withdrawn" in text_of(browser.get(url("bid-receipt", bid, 1)))
    assert browser.post(url("bid-withdraw", bid)).status_code == 409


def test_late_bid_is_refused_to_the_second_and_the_draft_stays_readable(browse, bidding, bid):
    bidding.bid(hand_in=False)
    browser = browse("sam")
    with bidding.after_deadline():
        begin_session(browser, bidding.people.users["sam"])
        answer = browser.post(url("bid-submit", bid), {"declares": "on"})
        assert answer.status_code == 409
        assert "The deadline for tenders has passed. By the server" in text_of(answer)
        check = text_of(browser.get(url("bid-check", bid)))
        assert "Each visit is planned with the resident" in check
        assert "No bid was handed in by the deadline." in text_of(
            browser.get(url("bid-detail", bid))
        )
    assert queries.standing_submission(bidding.actor("sam"), bid) is None


def test_text_that_is_posted_late_stays_in_the_form(browse, bidding, bid):
    held = bidding.part(bid, "answer")
    browser = browse("cara")
    with bidding.after_deadline():
        begin_session(browser, bidding.people.users["cara"])
        assert browser.get(part_url(bid, held))["Location"] == url("bid-check", bid)
        answer = browser.post(
            part_url(bid, held), {"text": "A last thought", "version": 0, "draft": "1"}
        )
    assert (answer.status_code, "A last thought" in text_of(answer)) == (409, True)
    assert BidDraftPart.objects.filter(bid=bid).count() == 0


def test_earlier_answer_is_offered_with_its_date_and_used(browse, bidding, people):
    bidding.bid()
    second = demonstration.design(people, "Meals at home")
    demonstration.staff(people, second)
    demonstration.prepare_openers(people, second)
    second = demonstration.publish(people, second, "2026/S 000-000002")
    bid = actions.start_bid(
        actor=bidding.actor("sam"),
        exercise=second,
        provider=bidding.provider("firm"),
        lots=[1],
    )
    held = bidding.part(bid, "answer")
    browser = browse("cara")
    text = text_of(browser.get(part_url(bid, held)))
    assert "What you wrote in earlier bids" in text
    reused = browser.get(part_url(bid, held), {"reuse": "1"})
    assert reused.context["form"].initial["text"].startswith("Each visit is planned")
    assert "The form holds your earlier answer." in text_of(reused)


def test_earlier_answers_to_the_same_question_come_first_and_no_more_than_ten(
    browse, bidding, people, monkeypatch
):
    monkeypatch.setattr("commissioning.views.bid_parts.MOST_EARLIER_ANSWERS", 3)
    bidding.bid()
    second = demonstration.design(people, "Meals at home")
    demonstration.staff(people, second)
    demonstration.prepare_openers(people, second)
    second = demonstration.publish(people, second, "2026/S 000-000002")
    bid = actions.start_bid(
        actor=bidding.actor("sam"),
        exercise=second,
        provider=bidding.provider("firm"),
        lots=[1],
    )
    answers = [
        held
        for held in queries.draft(bidding.actor("sam"), bid)[1]
        if held.part.kind == PartKind.ANSWER
    ]
    for held in answers:
        offered = browse("cara").get(part_url(bid, held)).context["earlier"]
        assert (offered[0]["title"], len(offered)) == (held.part.criterion.title, 3)
    assert len(answers) > 3


@pytest.mark.parametrize("name", ["bid-detail", "bid-check", "bid-submit", "bid-withdraw"])
def test_bid_of_another_is_not_found(browse, bidding, bid, name):
    assert browse("hana").get(url(name, bid)).status_code == 404


def test_list_shows_own_bids_with_their_state(browse, bidding, bid):
    bidding.bid(1)
    text = text_of(browse("cara").get(reverse("commissioning:bid-list")))
    assert (bid.reference in text, text.count("Draft, not handed in")) == (True, 1)


def test_page_of_lots_is_taken_once_chosen(browse, bid):
    browser = browse("cara")
    assert browser.get(url("bid-lots", bid)).status_code == 200
    assert browser.post(url("bid-lots", bid), {"lots": ["1"]}).status_code == 302
    assert browser.post(url("bid-lots", bid), {"lots": ["9"]}).status_code == 200


def test_order_of_lots_is_not_asked_where_a_bidder_may_win_all(browse, bid):
    assert browse("cara").get(url("bid-preferences", bid)).status_code == 404
