"""The sealing key is replaced, and what was published under the former one goes on."""

import io

import pytest

from django.core.management import call_command

from accounts.access import WrongState
from accounts.server_keys import present_key_id
from commissioning import actions, sealed_rows, sealing
from commissioning.demonstration import PASSPHRASE
from commissioning.models import OpeningKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def replaced(bidding, settings):
    """A bid was handed in; then the operator replaced the key and kept the former one."""
    bid = bidding.bid()
    former = settings.SEALING_KEY
    settings.SEALING_KEY_FALLBACKS = [former]
    settings.SEALING_KEY = "ab" * 32
    return bid


def told() -> str:
    out = io.StringIO()
    call_command("sealing_keys", stdout=out, stderr=io.StringIO())
    return out.getvalue()


def opened(bidding):
    key = OpeningKey.objects.get(exercise=bidding.exercise, kind="quality", is_rehearsal=False)
    with bidding.after_deadline():
        for name in ("priya", "carl"):
            actions.act_as_opener(actor=bidding.actor(name), opening_key=key, secret=PASSPHRASE)
    return bidding.exercise.bid_lots.count()


def test_exercise_says_under_which_key_it_was_published(bidding):
    assert bidding.exercise.sealing_key_id == present_key_id()


def test_bidder_reads_and_openers_open_after_the_key_was_replaced(bidding, replaced):
    assert sealed_rows.read_submission(replaced.submissions.last())
    assert opened(bidding) == 1


def test_command_names_the_key_that_is_still_needed(bidding, replaced):
    assert f"{bidding.exercise.sealing_key_id} (former): published under it 1, of these open 1" in (
        told()
    )


def test_missing_key_is_named_to_the_operator_and_at_the_opening(bidding, replaced, settings):
    settings.SEALING_KEY_FALLBACKS = []
    with pytest.raises(SystemExit):
        told()
    with pytest.raises(sealing.BadSealingKey, match=bidding.exercise.sealing_key_id):
        sealed_rows.read_submission(replaced.submissions.last())
    with pytest.raises(WrongState, match="Its operator puts it back"):
        opened(bidding)
    assert bidding.exercise.bid_lots.count() == 0


def test_key_that_nothing_needs_is_said_to_be_free(bidding, settings):
    settings.SEALING_KEY_FALLBACKS = ["cd" * 32]
    assert "(former): no procurement needs it" in told()


def test_bidder_is_told_and_keeps_what_was_typed_while_the_key_is_missing(
    bidding, replaced, settings
):
    settings.SEALING_KEY_FALLBACKS = []
    part = bidding.part(replaced, "answer")
    with pytest.raises(WrongState, match="Its operator puts it back"):
        bidding.save(replaced, part, content={"text": "Anything", "evidence": []})
