"""Keys that the server forms from ``SEALING_KEY``, one for each purpose, and stores nowhere.

A key for one purpose opens nothing of another. What was sealed before ``SEALING_KEY`` was replaced
is read with the former keys, which stay in ``SEALING_KEY_FALLBACKS`` until nothing needs them.
"""

from nacl.encoding import HexEncoder, RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.secret import SecretBox

from django.conf import settings

KEY_ID_LENGTH = 16


class NoSuchKey(LookupError):
    """The server has not the key that something was sealed under."""


def present_key_id() -> str:
    """By what the present key is named: it tells nothing of the key."""
    return _id_of(settings.SEALING_KEY)


def former_key_ids() -> list[str]:
    return [_id_of(secret) for secret in settings.SEALING_KEY_FALLBACKS]


def secret_of(key_id: str) -> bytes:
    """The key that is named so, present or former. Raises ``NoSuchKey``."""
    for secret in (settings.SEALING_KEY, *settings.SEALING_KEY_FALLBACKS):
        if _id_of(secret) == key_id:
            return bytes.fromhex(secret)
    raise NoSuchKey(f"No sealing key {key_id} is here.")


def _id_of(secret: str) -> str:
    return blake2b(
        b"key id", digest_size=KEY_ID_LENGTH // 2, key=bytes.fromhex(secret), encoder=HexEncoder
    ).decode()


def seal(text: bytes, *, purpose: bytes, about: bytes = b"") -> bytes:
    """``text`` sealed under the present key for ``purpose`` (16 bytes) and what it is about."""
    return bytes(_box(settings.SEALING_KEY, purpose, about).encrypt(text))


def unseal(sealed: bytes, *, purpose: bytes, about: bytes = b"") -> bytes:
    """What was sealed, under the present key or a former one.

    Raises ``nacl.exceptions.CryptoError`` where no key fits.
    """
    for secret in (settings.SEALING_KEY, *settings.SEALING_KEY_FALLBACKS):
        try:
            return _box(secret, purpose, about).decrypt(sealed)
        except CryptoError:
            continue
    raise CryptoError("No key of the server opens this.")


def _box(secret: str, purpose: bytes, about: bytes) -> SecretBox:
    key = blake2b(
        about,
        digest_size=SecretBox.KEY_SIZE,
        key=bytes.fromhex(secret),
        person=purpose,
        encoder=RawEncoder,
    )
    return SecretBox(key)
