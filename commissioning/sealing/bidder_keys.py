"""Keys that the server can form again for a bidder, from one secret that it holds.

A bidder reads and changes its own bid until the deadline without a passphrase, so
the service must be able to open it for the bidder. The keys are formed and never
stored: a copy of the database alone holds none of them.
"""

import json

from nacl.encoding import RawEncoder
from nacl.hash import blake2b
from nacl.secret import SecretBox

from commissioning.sealing.errors import BadSealingKey

SHORTEST_SECRET, LONGEST_SECRET = 32, 64  # bytes; the longest key that BLAKE2b takes
# BLAKE2b's "personalisation", at most 16 bytes: keys for one purpose fit no other.
FOR_ENVELOPES = b"cea-envelope-1"
FOR_DRAFTS = b"cea-draft-1"


def envelope_key(sealing_key: bytes, *, exercise: str, bid: str) -> bytes:
    """The key that wraps the keys of one bid's envelopes. Raises BadSealingKey."""
    return _derived(sealing_key, FOR_ENVELOPES, exercise, bid)


def draft_key(sealing_key: bytes, *, exercise: str, bid: str) -> bytes:
    """The key that seals the drafts of one bid. Raises BadSealingKey."""
    return _derived(sealing_key, FOR_DRAFTS, exercise, bid)


def _derived(sealing_key: bytes, purpose: bytes, exercise: str, bid: str) -> bytes:
    if not SHORTEST_SECRET <= len(sealing_key) <= LONGEST_SECRET:
        raise BadSealingKey(
            f"The sealing key must have {SHORTEST_SECRET} to {LONGEST_SECRET} bytes, "
            f"not {len(sealing_key)}."
        )
    return blake2b(
        json.dumps([exercise, bid]).encode(),
        digest_size=SecretBox.KEY_SIZE,
        key=sealing_key,
        person=purpose,
        encoder=RawEncoder,
    )
