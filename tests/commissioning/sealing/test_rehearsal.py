import pytest

from commissioning.sealing import (
    TamperedEnvelope,
    WrongEnvelope,
    join,
    new_opening_key,
    peel,
    rehearsal_envelope,
    rehearse,
)
from tests.commissioning.sealing.samples import private_key, public_keys


def opened_by(key, first, second):
    return join(
        peel(key.shares, private_key(first)),
        private_key(second),
        opening_public_key=key.public_key,
    )


def test_rehearsal_opens_its_envelope():
    key = new_opening_key(public_keys())
    sealed = rehearsal_envelope("EX-1", opening_public_key=key.public_key)

    assert rehearse(sealed, "EX-1", opening_key=opened_by(key, 2, 1))


def test_rehearsal_of_another_exercise():
    key = new_opening_key(public_keys())
    sealed = rehearsal_envelope("EX-2", opening_public_key=key.public_key)

    with pytest.raises(WrongEnvelope):
        rehearse(sealed, "EX-1", opening_key=opened_by(key, 0, 1))


def test_rehearsal_with_another_key():
    key, other = new_opening_key(public_keys()), new_opening_key(public_keys())
    sealed = rehearsal_envelope("EX-1", opening_public_key=key.public_key)

    with pytest.raises(TamperedEnvelope):
        rehearse(sealed, "EX-1", opening_key=opened_by(other, 0, 1))
