"""Keys formed from the server's own, and replaced."""

import pytest
from nacl.exceptions import CryptoError

from accounts import server_keys

PURPOSE, ANOTHER = b"test-purpose-001", b"test-purpose-002"


def test_what_is_sealed_is_read_again():
    sealed = server_keys.seal(b"words", purpose=PURPOSE, about=b"a page")
    assert server_keys.unseal(sealed, purpose=PURPOSE, about=b"a page") == b"words"
    assert b"words" not in sealed


@pytest.mark.parametrize(
    "other", [{"purpose": ANOTHER, "about": b"a page"}, {"purpose": PURPOSE, "about": b"another"}]
)
def test_key_of_one_purpose_opens_nothing_else(other):
    sealed = server_keys.seal(b"words", purpose=PURPOSE, about=b"a page")
    with pytest.raises(CryptoError):
        server_keys.unseal(sealed, **other)


def test_former_key_still_opens_until_it_is_dropped(settings):
    sealed = server_keys.seal(b"words", purpose=PURPOSE)
    settings.SEALING_KEY_FALLBACKS = [settings.SEALING_KEY]
    settings.SEALING_KEY = "ab" * 32
    assert server_keys.unseal(sealed, purpose=PURPOSE) == b"words"
    settings.SEALING_KEY_FALLBACKS = []
    with pytest.raises(CryptoError):
        server_keys.unseal(sealed, purpose=PURPOSE)
