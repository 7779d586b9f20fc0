"""The opening rehearsed: a key pair of its own and a made-up envelope, by the same functions."""

from nacl.public import PrivateKey
from nacl.secret import SecretBox
from nacl.utils import random

from commissioning.sealing.envelopes import (
    EnvelopeContext,
    EnvelopeKind,
    SealedEnvelope,
    open_envelope,
    seal_envelope,
)

CONTENT = b"This envelope was made up to rehearse the opening."
MADE_UP_BID = "rehearsal"


def rehearsal_envelope(exercise: str, *, opening_public_key: bytes) -> SealedEnvelope:
    """Nobody bids it, so its bidder's wrap is under a key that is forgotten at once."""
    return seal_envelope(
        CONTENT,
        _context(exercise),
        bidder_key=random(SecretBox.KEY_SIZE),
        opening_public_key=opening_public_key,
    )


def rehearse(sealed: SealedEnvelope, exercise: str, *, opening_key: PrivateKey) -> bool:
    """Whether the made-up envelope opens to what was put in. Raises as `open_envelope` does."""
    found = open_envelope(sealed, _context(exercise), opening_key=opening_key, bidder_key=None)
    return found == CONTENT


def _context(exercise: str) -> EnvelopeContext:
    return EnvelopeContext(exercise, MADE_UP_BID, 1, EnvelopeKind.REHEARSAL, 1)
