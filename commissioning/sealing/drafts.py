"""Drafts of a bid: sealed for the bidder alone, so a copy of the database shows no word."""

from dataclasses import asdict, dataclass

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from commissioning.sealing import plaintext
from commissioning.sealing.errors import TamperedEnvelope

FORMAT = 1
BLOCK = 1024  # bytes


@dataclass(frozen=True)
class DraftContext:
    """`section` is the field's key within the bid."""

    exercise: str
    bid: str
    section: str

    def header(self) -> plaintext.Header:
        return {"format": FORMAT, "kind": "draft", **asdict(self)}


def seal_draft(content: bytes, context: DraftContext, *, draft_key: bytes) -> bytes:
    """Never the same bytes twice: the nonce is random."""
    plain = plaintext.packed(context.header(), content, block=BLOCK)
    return bytes(SecretBox(draft_key).encrypt(plain))


def open_draft(sealed: bytes, context: DraftContext, *, draft_key: bytes) -> bytes:
    """Raises TamperedEnvelope, or WrongEnvelope where it belongs to another section."""
    try:
        plain = SecretBox(draft_key).decrypt(sealed)
    except (CryptoError, ValueError) as error:
        raise TamperedEnvelope("The draft is not as it was saved.") from error
    return plaintext.unpacked(plain, context.header(), block=BLOCK)
