"""Guesses at an opener's passphrase are kept, told to the lead, and limited."""

import pytest

from accounts.access import WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.demonstration import PASSPHRASE
from commissioning.models import FailedUnlock, OpeningAct, OpeningKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(bidding):
    bidding.bid()
    return OpeningKey.objects.get(exercise=bidding.exercise, kind="quality", is_rehearsal=False)


def guess(bidding, key, secret="four quite wrong words", name="carl", **more):
    actions.act_as_opener(actor=bidding.actor(name), opening_key=key, secret=secret, **more)


def guess_wrongly(bidding, key, **more) -> str:
    with pytest.raises(WrongState) as wrong:
        guess(bidding, key, **more)
    return str(wrong.value)


def test_wrong_passphrase_is_kept_without_its_words(bidding, key):
    with bidding.after_deadline():
        guess_wrongly(bidding, key)
    row, event = FailedUnlock.objects.get(), AuditEvent.objects.get(verb__contains="secret_was")
    assert (row.by, row.opener.user, OpeningAct.objects.filter(opening_key=key).count()) == (
        bidding.people.users["carl"],
        bidding.people.users["carl"],
        0,
    )
    assert (event.actor, event.case_reference, "wrong words" in str(event.facts)) == (
        bidding.people.users["carl"],
        bidding.exercise.reference,
        False,
    )


def test_lead_is_told(bidding, key, mailoutbox, django_capture_on_commit_callbacks):
    with bidding.after_deadline(), django_capture_on_commit_callbacks(execute=True):
        guess_wrongly(bidding, key)
    mail = mailoutbox[-1]
    assert (mail.to, "Carl Osei" in mail.body, "wrong words" in mail.body) == (
        ["priya@demonstration.example"],
        True,
        False,
    )


def test_sixth_guess_is_not_tried_even_if_it_is_right(bidding, key, time_machine):
    """The attack: whoever sits at an opener's session tries passphrases at leisure."""
    with bidding.after_deadline():
        for _ in range(5):
            guess_wrongly(bidding, key)
        assert "Wait 15 minutes, then try again" in guess_wrongly(bidding, key, secret=PASSPHRASE)
        assert FailedUnlock.objects.count() == 5
        guess(bidding, key, secret=PASSPHRASE, name="priya")


def test_guesses_at_the_recovery_code_count_as_well(bidding, key):
    with bidding.after_deadline():
        for _ in range(4):
            guess_wrongly(bidding, key)
        guess_wrongly(bidding, key, with_recovery_share=True)


def test_page_of_openers_says_how_many_were_wrong(bidding, key, browse):
    with bidding.after_deadline():
        guess_wrongly(bidding, key)
        text = browse("priya").get(f"/exercises/{bidding.exercise.reference}/openers/").content
    assert b"Wrong passphrases or codes so far: 1, the last on" in text
