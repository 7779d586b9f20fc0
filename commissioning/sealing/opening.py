"""The opening key, which exists nowhere in the clear, and how two openers put it together.

For each ordered pair of different openers the opening private key is sealed to the
second ("inner") and that again to the first ("outer"). The opener who comes first peels
the outer layer of every share of theirs; what remains is still sealed for the partner.
So any two of three or more can open, in either order, and nobody alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from commissioning.sealing.errors import (
    NotThisOpener,
    SameOpenerTwice,
    TamperedKey,
    TooFewOpeners,
)

FEWEST_OPENERS = 3


@dataclass(frozen=True)
class OpeningShare:
    """Openers stand by their public keys. `sealed` is for `outer`, and inside for `inner`."""

    outer: bytes
    inner: bytes
    sealed: bytes


@dataclass(frozen=True)
class PeeledShare:
    """A share whose outer layer is gone. `sealed` is for `inner` alone."""

    outer: bytes
    inner: bytes
    sealed: bytes


@dataclass(frozen=True)
class NewOpeningKey:
    """The public half, to which envelopes are sealed, and the shares of the private half."""

    public_key: bytes
    shares: tuple[OpeningShare, ...]


def new_opening_key(openers: Sequence[bytes]) -> NewOpeningKey:
    """For one kind of envelope of one exercise. `openers` are public keys.

    Raises TooFewOpeners, SameOpenerTwice. The private half ends with this call.
    """
    key = PrivateKey.generate()
    return NewOpeningKey(bytes(key.public_key), _shares(key, openers))


def peel(shares: Sequence[OpeningShare], opener: PrivateKey) -> tuple[PeeledShare, ...]:
    """What the first opener does: one peeled share for each partner.

    Shares in which this opener is not the outer one are passed over. Raises NotThisOpener
    where there is none left, TamperedKey. Once these are stored, one partner is enough.
    """
    own = bytes(opener.public_key)
    mine = [share for share in shares if share.outer == own]
    if not mine:
        raise NotThisOpener("No share of the opening key is sealed for this opener.")
    return tuple(
        PeeledShare(share.outer, share.inner, _unsealed(share.sealed, opener)) for share in mine
    )


def join(
    peeled: Sequence[PeeledShare], opener: PrivateKey, *, opening_public_key: bytes
) -> PrivateKey:
    """What the second opener does: the opening key, to be used at once and stored nowhere.

    Raises SameOpenerTwice, NotThisOpener, TamperedKey.
    """
    own = bytes(opener.public_key)
    for share in peeled:
        if share.inner == own:
            return _opening_key(_unsealed(share.sealed, opener), opening_public_key)
    if any(share.outer == own for share in peeled):
        raise SameOpenerTwice("The second opener must be somebody else than the first.")
    raise NotThisOpener("No share of the opening key is sealed for this opener.")


def _shares(key: PrivateKey, openers: Sequence[bytes]) -> tuple[OpeningShare, ...]:
    if len(set(openers)) != len(openers):
        raise SameOpenerTwice("An opener is named twice.")
    if len(openers) < FEWEST_OPENERS:
        raise TooFewOpeners(
            f"Name at least {FEWEST_OPENERS} openers, so that one of them may be missing."
        )
    return tuple(
        OpeningShare(outer, inner, _sealed(_sealed(bytes(key), inner), outer))
        for outer, inner in permutations(openers, 2)
    )


def _sealed(content: bytes, public_key: bytes) -> bytes:
    return SealedBox(PublicKey(public_key)).encrypt(content)


def _unsealed(sealed: bytes, opener: PrivateKey) -> bytes:
    try:
        return SealedBox(opener).decrypt(sealed)
    except (CryptoError, ValueError, TypeError) as error:
        raise TamperedKey("A share of the opening key is not what was kept.") from error


def _opening_key(content: bytes, public_key: bytes) -> PrivateKey:
    """A share that somebody sealed anew holds another key, which is noticed here."""
    if len(content) == PrivateKey.SIZE:
        key = PrivateKey(content)
        if bytes(key.public_key) == public_key:
            return key
    raise TamperedKey("A share of the opening key holds another key.")
