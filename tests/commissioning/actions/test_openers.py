"""Openers, their passphrases, and rehearsals."""

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions, demonstration
from commissioning.enums import SealKind
from commissioning.models import Opener, OpeningShare

pytestmark = pytest.mark.django_db

ANOTHER = "four other uncommon words"


@pytest.fixture
def designed(bidding):
    """A second exercise, in design, with its team."""
    row = demonstration.design(bidding.people, "Meals at home")
    demonstration.staff(bidding.people, row)
    return row


def set_up(bidding, exercise, name="priya", passphrase=demonstration.PASSPHRASE):
    return actions.set_up_opener(
        actor=bidding.actor(name),
        exercise=exercise,
        kind=SealKind.QUALITY,
        passphrase=passphrase,
    )


@pytest.mark.parametrize("name", ["evan", "adam", "mei", "sam"])
def test_only_those_who_are_named_set_a_passphrase(bidding, designed, name):
    with pytest.raises(Refused):
        set_up(bidding, designed, name)


def test_passphrase_is_kept_nowhere(bidding, designed):
    row = set_up(bidding, designed)
    event = AuditEvent.objects.filter(verb="opener.set_up").last()
    kept = bytes(row.locked_key).decode() + str(event.facts)
    assert not any(word in kept for word in demonstration.PASSPHRASE.split())


@pytest.mark.parametrize("passphrase", ["", "short", "same same same same words"])
def test_easy_passphrase_is_refused(bidding, designed, passphrase):
    with pytest.raises(WrongState):
        set_up(bidding, designed, passphrase=passphrase)
    assert not Opener.objects.filter(exercise=designed).exists()


def test_passphrase_set_again_takes_the_place_of_the_first(bidding, designed):
    first, again = set_up(bidding, designed), set_up(bidding, designed, passphrase=ANOTHER)
    assert first.pk == again.pk
    assert bytes(first.public_key) != bytes(again.public_key)


def test_passphrase_may_be_set_again_after_a_rehearsal_and_not_during_one(bidding, designed):
    demonstration.prepare_openers(bidding.people, designed)
    key = actions.start_rehearsal(
        actor=bidding.actor("priya"), exercise=designed, kind=SealKind.QUALITY
    )
    with pytest.raises(WrongState, match="rehearsal is under way"):
        set_up(bidding, designed, passphrase=ANOTHER)
    for name in ("carl", "anna"):
        actions.act_as_opener(
            actor=bidding.actor(name), opening_key=key, secret=demonstration.PASSPHRASE
        )
    key.refresh_from_db()
    assert key.opened_at is not None
    set_up(bidding, designed, passphrase=ANOTHER)
    actions.make_recovery_share(
        actor=bidding.actor("priya"), exercise=designed, kind=SealKind.QUALITY
    )


def test_passphrase_is_not_set_once_bids_are_sealed_to_it(bidding):
    with pytest.raises(WrongState, match="published"):
        set_up(bidding, bidding.exercise)


def test_recovery_share_is_the_leads_to_make(bidding, designed):
    given = {"exercise": designed, "kind": SealKind.PRICE}
    with pytest.raises(Refused):
        actions.make_recovery_share(actor=bidding.actor("carl"), **given)
    row, code = actions.make_recovery_share(actor=bidding.actor("priya"), **given)
    assert (row.is_recovery, row.user) == (True, None)
    assert code.replace("-", "") not in bytes(row.locked_key).decode()


def test_rehearsal_with_too_few_openers_is_refused(bidding, designed):
    set_up(bidding, designed)
    with pytest.raises(WrongState):
        actions.start_rehearsal(
            actor=bidding.actor("priya"), exercise=designed, kind=SealKind.QUALITY
        )


def test_each_ordered_pair_of_openers_has_a_share(bidding):
    key = bidding.exercise.opening_keys.get(kind=SealKind.PRICE, is_rehearsal=False)
    assert OpeningShare.objects.filter(opening_key=key).count() == 4 * 3
