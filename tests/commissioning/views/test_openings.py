"""Openers, rehearsals and the opening in the browser."""

import pytest

from django.urls import reverse

from commissioning import demonstration
from commissioning.models import Exercise, Opener, OpeningAct, OpeningKey
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

PASSPHRASE = demonstration.PASSPHRASE


def url(name: str, exercise, *more) -> str:
    return reverse(f"commissioning:{name}", args=[exercise.reference, *more])


@pytest.fixture
def designed(bidding) -> Exercise:
    """A second exercise, in design, with its team."""
    row = demonstration.design(bidding.people, "Meals at home")
    demonstration.staff(bidding.people, row)
    return row


@pytest.fixture
def key(bidding) -> OpeningKey:
    return bidding.exercise.opening_keys.get(kind="quality", is_rehearsal=False)


def test_opener_sets_a_passphrase_and_is_ready(browse, designed):
    browser = browse("priya")
    page = url("opener-set-up", designed, "quality")
    data = {"password": PASSPHRASE, "password_again": PASSPHRASE}
    text = browser.post(page, data, follow=True).content.decode()
    assert "Your passphrase is set." in text
    assert PASSPHRASE not in text
    assert Opener.objects.filter(exercise=designed, kind="quality").count() == 1


def test_two_different_passphrases_are_pointed_out(browse, designed):
    data = {"password": PASSPHRASE, "password_again": "another four words here"}
    text = browse("priya").post(url("opener-set-up", designed, "quality"), data).content.decode()
    assert ("The two passphrases are not the same" in text, PASSPHRASE in text) == (True, False)
    assert not Opener.objects.filter(exercise=designed).exists()


def test_unknown_kind_of_envelope_is_not_found(browse, designed):
    assert browse("priya").get(url("opener-set-up", designed, "other")).status_code == 404


def test_recovery_code_is_shown_once(browse, designed):
    browser, page = browse("priya"), url("recovery-share", designed, "quality")
    code = browser.post(page).context["code"]
    assert len(code) > 16
    assert code not in browser.get(page).content.decode()
    assert Opener.objects.filter(exercise=designed, is_recovery=True).count() == 1


def test_recovery_share_of_a_published_exercise_is_not_made_again(browse, bidding):
    answer = browse("priya").post(url("recovery-share", bidding.exercise, "quality"))
    assert (answer.status_code, answer.context["code"]) == (409, "")


def test_rehearsal_is_opened_by_two(client, bidding):
    exercise = bidding.exercise
    begin_session(client, bidding.people.users["priya"])
    client.post(url("rehearsal-start", exercise, "quality"))
    rehearsal = exercise.opening_keys.get(kind="quality", is_rehearsal=True)
    data = {"which": "own", "password": PASSPHRASE}
    said = []
    for name in ("priya", "carl"):
        begin_session(client, bidding.people.users[name])
        answer = client.post(url("opening", exercise, rehearsal.pk), data, follow=True)
        said.append(answer.content.decode())
    assert "Another opener does theirs now." in said[0]
    assert "Opened." in said[1]


def test_nothing_is_opened_before_the_deadline(browse, bidding, key):
    bid = bidding.bid()
    browser, page = browse("priya"), url("opening", bidding.exercise, key.pk)
    waits = browser.get(page)
    assert waits.context["waits"]
    assert str(bid.provider) not in waits.content.decode()
    answer = browser.post(page, {"which": "own", "password": PASSPHRASE})
    assert "govuk-error-summary" in answer.content.decode()
    assert not OpeningAct.objects.filter(opening_key=key).exists()


def test_list_of_openers_offers_an_opening_once_it_may_be_done(browse, bidding, key):
    page = url("exercise-openers", bidding.exercise)
    before = browse("priya").get(page).content.decode()
    with bidding.after_deadline():
        after = browse("priya").get(page).content.decode()
    offer = "Do your part of the opening"
    assert (before.count(offer), after.count(offer)) == (0, 1)
    assert "Nothing is opened before the deadline" in before
    assert "Prices are opened after quality, once." in after


def test_two_open_together_after_the_deadline(client, bidding, key):
    bidding.bid()
    data = {"which": "own", "password": PASSPHRASE}
    with bidding.after_deadline():
        for name in ("priya", "carl"):
            begin_session(client, bidding.people.users[name])
            client.post(url("opening", bidding.exercise, key.pk), data)
        begin_session(client, bidding.people.users["evan"])
        log = client.get(url("exercise-openers", bidding.exercise)).content.decode()
    assert bidding.exercise.bid_lots.count() == 1
    assert "the envelopes were opened" in log


def test_wrong_passphrase_opens_nothing_and_is_not_shown(client, bidding, key):
    with bidding.after_deadline():
        begin_session(client, bidding.people.users["priya"])
        data = {"which": "own", "password": "four quite wrong words"}
        answer = client.post(url("opening", bidding.exercise, key.pk), data)
    text = answer.content.decode()
    assert ("govuk-error-summary" in text, "four quite wrong words" in text) == (True, False)
    assert not OpeningAct.objects.filter(opening_key=key).exists()
