"""The pages on which providers find what they may bid for."""

import re
from datetime import date, timedelta

import pytest

from django.urls import reverse

from commissioning import actions, queries
from commissioning.models import Clarification, ModelVersion
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


def url(name: str, bidding) -> str:
    return reverse(f"commissioning:{name}", args=[bidding.exercise.reference])


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_list_gives_deadline_with_zone_and_what_is_left(browse, bidding):
    text = text_of(browse("cara").get(reverse("commissioning:opportunity-list")))
    assert ("Visits at home" in text, "29 days" in text) == (True, True)
    assert re.search(r"\d\d:\d\d(:\d\d)? \((GMT|BST)\)", text)


def test_closed_ones_are_in_a_list_of_their_own(browse, bidding):
    browser, address = browse("cara"), reverse("commissioning:opportunity-list")
    with bidding.after_deadline():
        begin_session(browser, bidding.people.users["cara"])
        assert "Nothing is open to you" in text_of(browser.get(address))
        assert "Visits at home" in text_of(browser.get(address, {"show": "closed"}))


def test_detail_shows_the_award_model_and_leads_to_a_bid(browse, bidding):
    browser = browse("cara")
    text = text_of(browser.get(url("opportunity-detail", bidding)))
    for words in ("Planning of visits", "At most 500 words", "Start a bid", "Ask a question"):
        assert words in text
    bidding.bid(hand_in=False)
    assert "Go on with your bid" in text_of(browser.get(url("opportunity-detail", bidding)))


def test_detail_shows_what_an_amendment_changed_and_why(browse, bidding):
    version = ModelVersion.objects.get(exercise=bidding.exercise)
    ModelVersion.objects.create(
        exercise=bidding.exercise,
        number=2,
        model_text=version.model_text,
        changes=["Planning of visits: the limit was 400 words and is 500."],
        reason="Bidders asked for more room.",
        tenders_due_at=version.tenders_due_at + timedelta(days=7),
        made_at=version.made_at,
        made_by=version.made_by,
    )
    text = text_of(browse("cara").get(url("opportunity-detail", bidding)))
    assert "Bidders asked for more room." in text
    assert "the limit was 400 words and is 500." in text
    assert "36 days" in text


def test_detail_says_nothing_of_an_amendment_that_is_drafted(browse, bidding):
    priya, browser = bidding.actor("priya"), browse("cara")
    before = text_of(browser.get(url("opportunity-detail", bidding)))
    actions.open_amendment(actor=priya, exercise=bidding.exercise)
    actions.change_settings(
        actor=priya,
        exercise=bidding.exercise,
        regime="below_threshold",
        contract_starts_on=date(2031, 1, 1),
        contract_ends_on=date(2032, 1, 1),
    )
    assert text_of(browser.get(url("opportunity-detail", bidding))) == before
    actions.publish_amendment(actor=priya, exercise=bidding.exercise, reason="It moved.")
    text = text_of(browser.get(url("opportunity-detail", bidding)))
    assert "Contract runs 1 January 2031 to 1 January 2032" in text
    assert "Rules Below the threshold" in text


def test_detail_says_which_day_of_the_contract_is_not_set(browse, bidding):
    priya, exercise = bidding.actor("priya"), bidding.exercise
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.change_settings(actor=priya, exercise=exercise, contract_ends_on=None)
    actions.publish_amendment(actor=priya, exercise=exercise, reason="It is not known.")
    text = text_of(browse("cara").get(url("opportunity-detail", bidding)))
    assert re.search(r"Contract runs \d+ \w+ \d{4} to not set", text)


def test_bid_is_started_by_one_button_where_there_is_one_lot(browse, bidding):
    browser = browse("cara")
    page = browser.get(url("bid-start", bidding)).content.decode()
    assert '<input type="hidden" name="lots" value="1">' in page
    answer = browser.post(url("bid-start", bidding), {"lots": ["1"]})
    bid = queries.bid_in(bidding.actor("cara"), bidding.exercise)
    assert answer["Location"] == reverse("commissioning:bid-detail", args=[bid.reference])
    assert browser.get(url("bid-start", bidding))["Location"] == answer["Location"]


def test_bid_after_the_deadline_is_not_started(browse, bidding):
    browser = browse("cara")
    with bidding.after_deadline():
        begin_session(browser, bidding.people.users["cara"])
        answer = browser.post(url("bid-start", bidding), {"lots": ["1"]})
    assert "The deadline for tenders has passed" in text_of(answer)
    assert queries.bid_in(bidding.actor("cara"), bidding.exercise) is None


def test_question_is_sent_and_read_by_all_once_it_is_answered(browse, bidding):
    browser = browse("cara")
    browser.post(url("question-ask", bidding), {"question": "In the evening?"})
    assert "Your question of" in text_of(browser.get(url("opportunity-detail", bidding)))
    assert "In the evening?" not in text_of(browse("hana").get(url("opportunity-detail", bidding)))
    actions.answer_question(
        actor=bidding.actor("priya"),
        clarification=Clarification.objects.get(),
        published_question="In the evening?",
        answer="Yes, until nine.",
    )
    text = text_of(browse("hana").get(url("opportunity-detail", bidding)))
    assert ("Yes, until nine." in text, "Aldergate" in text) == (True, False)


def test_empty_question_is_asked_again(browse, bidding):
    answer = browse("cara").post(url("question-ask", bidding), {"question": ""})
    assert (answer.status_code, Clarification.objects.count()) == (200, 0)


def test_provider_without_a_profile_is_told_whom_to_ask(browse, bidding):
    bidding.provider("firm").delete()
    answer = browse("cara").post(url("bid-start", bidding), {"lots": ["1"]})
    assert (answer.status_code, "no provider profile" in text_of(answer)) == (200, True)
