"""Openers' keys: locked, unlocked, and read from their column."""

import json
from dataclasses import replace

import pytest
from nacl.pwhash import argon2id

from commissioning.sealing import (
    MODERATE,
    Cost,
    MistypedRecoveryCode,
    OpenerKey,
    TamperedKey,
    WeakPassphrase,
    WrongPassphrase,
    new_opener,
    new_recovery_code,
    unlock,
)
from tests.commissioning.sealing.samples import PASSPHRASES, QUICK, opener, recovery_share

MINE, OTHER = PASSPHRASES[:2]


def test_unlock_with_the_passphrase():
    assert bytes(unlock(opener(0), f"  {MINE} ").public_key) == opener(0).public_key


@pytest.mark.parametrize("secret", [OTHER, "", MINE.upper(), MINE + "s"])
def test_unlock_with_a_wrong_passphrase(secret):
    with pytest.raises(WrongPassphrase, match="passphrase does not unlock"):
        unlock(opener(0), secret)


def test_unlock_with_the_recovery_code():
    share = recovery_share()

    assert bytes(unlock(share.key, share.code.lower()).public_key) == share.key.public_key


def test_unlock_with_another_recovery_code():
    with pytest.raises(WrongPassphrase, match="recovery code does not unlock"):
        unlock(recovery_share().key, new_recovery_code())


def test_unlock_a_recovery_share_with_a_passphrase():
    with pytest.raises(MistypedRecoveryCode):
        unlock(recovery_share().key, MINE)


def test_recovery_share_does_not_print_its_code():
    share = recovery_share()

    assert share.code not in repr(share)
    assert share.code not in share.key.to_text()


def test_unlock_a_key_whose_public_half_was_changed():
    with pytest.raises(TamperedKey):
        unlock(replace(opener(0), public_key=opener(1).public_key), MINE)


@pytest.mark.parametrize("part", ["locked", "salt"])
def test_unlock_a_key_with_a_bit_changed(part):
    changed = bytearray(getattr(opener(0), part))
    changed[-1] ^= 1

    with pytest.raises(WrongPassphrase):
        unlock(replace(opener(0), **{part: bytes(changed)}), MINE)


@pytest.mark.parametrize(
    "change", [{"salt": b"short"}, {"cost": Cost(0, 0)}, {"locked": b""}], ids=str
)
def test_unlock_a_key_that_cannot_be_read(change):
    with pytest.raises((TamperedKey, WrongPassphrase)):
        unlock(replace(opener(0), **change), MINE)


def test_new_opener_with_a_weak_passphrase():
    with pytest.raises(WeakPassphrase):
        new_opener("too short", cost=QUICK)


def test_new_openers_with_one_passphrase_have_nothing_in_common():
    first, second = (new_opener(MINE, cost=QUICK) for _ in range(2))

    assert first.public_key != second.public_key
    assert first.salt != second.salt


def test_new_opener_costs_what_the_library_calls_moderate_unless_told():
    key = new_opener(MINE)

    assert key.cost == MODERATE
    assert Cost(argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE) == MODERATE


@pytest.mark.parametrize("key", [opener(0), recovery_share().key], ids=["opener", "recovery"])
def test_from_text_reads_what_to_text_wrote(key):
    assert OpenerKey.from_text(key.to_text()) == key


@pytest.mark.parametrize("change", [{"salt": "%"}, {"passes": "many"}, {"locked": None}], ids=str)
def test_from_text_of_what_was_damaged(change):
    with pytest.raises(TamperedKey):
        OpenerKey.from_text(json.dumps(json.loads(opener(0).to_text()) | change))


@pytest.mark.parametrize("text", ["", "{}", "[]", "7"])
def test_from_text_of_anything_else(text):
    with pytest.raises(TamperedKey):
        OpenerKey.from_text(text)
