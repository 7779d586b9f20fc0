"""Sealed envelopes: the quality or the price part of a submitted bid, for one lot.

Each envelope has a random key of its own. That key is wrapped twice: for the bidder,
under a key that the server can form again, and for the opening, to the public key of
the exercise's opening key for this kind. Whoever opens quality so learns nothing of price.
"""

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

from commissioning.sealing import plaintext
from commissioning.sealing.errors import ForeignEnvelope, TamperedEnvelope

FORMAT = 1
BLOCK = 4096  # bytes
TAMPERED = "The sealed bytes are not those that were submitted, or the key is another one."


class EnvelopeKind(StrEnum):
    """A rehearsal's envelope is made up; its kind keeps it from passing for a bid's."""

    PARTICIPATION = "participation"
    QUALITY = "quality"
    PRICE = "price"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True)
class EnvelopeContext:
    """What an envelope belongs to. `lot` and `submission` count from 1; lot 0 is the whole bid."""

    exercise: str
    bid: str
    lot: int
    kind: EnvelopeKind
    submission: int

    def header(self) -> plaintext.Header:
        return {"format": FORMAT, **asdict(self), "kind": self.kind.value}


@dataclass(frozen=True)
class SealedEnvelope:
    """Three byte strings to store side by side; none of them says anything by itself."""

    ciphertext: bytes
    wrapped_for_bidder: bytes
    sealed_for_opening: bytes

    @property
    def sha256(self) -> str:
        """The hash that stands on the receipt, in hexadecimal.

        It covers what the opening will open. The bidder's wrap is left out, so that it
        may be destroyed once it is no longer needed, and the receipt stays true.
        """
        return hashlib.sha256(self.sealed_for_opening + self.ciphertext).hexdigest()


def seal_envelope(
    content: bytes, context: EnvelopeContext, *, bidder_key: bytes, opening_public_key: bytes
) -> SealedEnvelope:
    """Never the same bytes twice: key and nonces are random."""
    key = random(SecretBox.KEY_SIZE)
    plain = plaintext.packed(context.header(), content, block=BLOCK)
    return SealedEnvelope(
        ciphertext=bytes(SecretBox(key).encrypt(plain)),
        wrapped_for_bidder=bytes(SecretBox(bidder_key).encrypt(key)),
        sealed_for_opening=SealedBox(PublicKey(opening_public_key)).encrypt(key),
    )


def read_as_bidder(sealed: SealedEnvelope, context: EnvelopeContext, *, bidder_key: bytes) -> bytes:
    """The content, for the bidder's own pages. Raises TamperedEnvelope, WrongEnvelope."""
    return _opened(sealed, context, _bidders_copy(sealed, bidder_key))


def open_envelope(
    sealed: SealedEnvelope,
    context: EnvelopeContext,
    *,
    opening_key: PrivateKey,
    bidder_key: bytes | None,
) -> bytes:
    """The content, at the opening. Raises TamperedEnvelope, WrongEnvelope, ForeignEnvelope.

    Anyone who knows the public key could seal something to it. With `bidder_key` the
    bidder's wrap must hold the same envelope key, which only this service can have
    written. None leaves that out, for wraps that have been destroyed.
    """
    try:
        key = SealedBox(opening_key).decrypt(sealed.sealed_for_opening)
    except (CryptoError, ValueError, TypeError) as error:
        raise TamperedEnvelope(TAMPERED) from error
    content = _opened(sealed, context, key)
    if bidder_key is not None and _bidders_copy(sealed, bidder_key) != key:
        raise ForeignEnvelope("This envelope was not made by this service for this bid.")
    return content


def _bidders_copy(sealed: SealedEnvelope, bidder_key: bytes) -> bytes:
    return _decrypted(bidder_key, sealed.wrapped_for_bidder)


def _opened(sealed: SealedEnvelope, context: EnvelopeContext, key: bytes) -> bytes:
    plain = _decrypted(key, sealed.ciphertext)
    return plaintext.unpacked(plain, context.header(), block=BLOCK)


def _decrypted(key: bytes, ciphertext: bytes) -> bytes:
    try:
        return SecretBox(key).decrypt(ciphertext)
    except (CryptoError, ValueError) as error:
        raise TamperedEnvelope(TAMPERED) from error
