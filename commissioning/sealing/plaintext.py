"""What is inside a sealed thing: a header that says what it belongs to, then the content.

The header is checked whenever something is opened, so that one sound envelope
put in the place of another is noticed. The whole is padded, so that its length
says little: a price of 999,999 and one of 1,000,000 are equally long.
"""

import json

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from commissioning.sealing.errors import TamperedEnvelope, WrongEnvelope

Header = dict[str, str | int]


def packed(header: Header, content: bytes, *, block: int) -> bytes:
    """Header and content, padded to a whole number of blocks of `block` bytes."""
    return sodium_pad(_line(header) + content, block)


def unpacked(plain: bytes, header: Header, *, block: int) -> bytes:
    """The content, if it stands under exactly this header. Raises WrongEnvelope."""
    try:
        whole = sodium_unpad(plain, block)
    except (CryptoError, ValueError) as error:
        raise TamperedEnvelope("What was opened has not the form that was sealed.") from error
    found, _, content = whole.partition(b"\n")
    if found + b"\n" != _line(header):
        raise WrongEnvelope(
            "What was opened belongs to another exercise, bid, lot, kind or submission."
        )
    return content


def _line(header: Header) -> bytes:
    """Canonical JSON on one line: JSON writes a line end inside a text as two characters."""
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode() + b"\n"
