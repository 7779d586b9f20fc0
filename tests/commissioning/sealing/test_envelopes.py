"""An envelope opens for its bidder and at its opening, and nothing put in its place does."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as some
from nacl.public import PrivateKey

from commissioning.sealing import (
    EnvelopeKind,
    ForeignEnvelope,
    TamperedEnvelope,
    WrongEnvelope,
    envelope_key,
    open_envelope,
    read_as_bidder,
    seal_envelope,
)
from tests.commissioning.sealing.samples import BIDDER_KEY, CONTEXT, SEALING_KEY

CONTENT = b"Our answer, and our price of 1,234.56"
PARTS = ("ciphertext", "wrapped_for_bidder", "sealed_for_opening")
OTHER_CONTEXTS = [
    replace(CONTEXT, exercise="EX-2"),
    replace(CONTEXT, bid="BD-2"),
    replace(CONTEXT, lot=2),
    replace(CONTEXT, kind=EnvelopeKind.PRICE),
    replace(CONTEXT, submission=2),
]


@cache
def opening_key():
    return PrivateKey.generate()


@cache
def sealed():
    return seal(CONTENT)


def seal(content, context=CONTEXT, bidder_key=BIDDER_KEY):
    return seal_envelope(
        content,
        context,
        bidder_key=bidder_key,
        opening_public_key=bytes(opening_key().public_key),
    )


def opened(envelope, context=CONTEXT, bidder_key=BIDDER_KEY):
    return open_envelope(envelope, context, opening_key=opening_key(), bidder_key=bidder_key)


@given(some.binary(max_size=10_000))
def test_envelope_opens_for_the_bidder_and_at_the_opening(content):
    envelope = seal(content)

    assert read_as_bidder(envelope, CONTEXT, bidder_key=BIDDER_KEY) == content
    assert opened(envelope) == content


def test_envelope_opens_without_its_bidders_wrap_once_that_is_destroyed():
    envelope = replace(sealed(), wrapped_for_bidder=b"")

    assert opened(envelope, bidder_key=None) == CONTENT
    assert envelope.sha256 == sealed().sha256


@pytest.mark.parametrize("context", OTHER_CONTEXTS, ids=str)
def test_envelope_in_the_place_of_another(context):
    with pytest.raises(WrongEnvelope):
        opened(sealed(), context)
    with pytest.raises(WrongEnvelope):
        read_as_bidder(sealed(), context, bidder_key=BIDDER_KEY)


@given(some.data())
def test_envelope_with_one_bit_changed(data):
    part = data.draw(some.sampled_from(PARTS))
    changed = bytearray(getattr(sealed(), part))
    changed[data.draw(some.integers(0, len(changed) - 1))] ^= 1 << data.draw(some.integers(0, 7))

    with pytest.raises(TamperedEnvelope):
        opened(replace(sealed(), **{part: bytes(changed)}))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kept", [0, 1, 40, -1])
def test_envelope_that_was_cut_short(part, kept):
    with pytest.raises(TamperedEnvelope):
        opened(replace(sealed(), **{part: getattr(sealed(), part)[:kept]}))


def test_envelope_for_another_opening_key():
    with pytest.raises(TamperedEnvelope):
        open_envelope(sealed(), CONTEXT, opening_key=PrivateKey.generate(), bidder_key=BIDDER_KEY)


def test_envelope_of_another_bidder():
    other = envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-2")

    with pytest.raises(TamperedEnvelope):
        read_as_bidder(sealed(), CONTEXT, bidder_key=other)


def test_envelope_that_somebody_else_sealed_to_the_public_key():
    forged = seal(b"A better price", bidder_key=b"a key that the server never had.")

    with pytest.raises(TamperedEnvelope):
        opened(forged)


def test_envelope_that_somebody_else_sealed_beside_a_true_wrap():
    forged = seal(b"A better price", bidder_key=b"a key that the server never had.")

    with pytest.raises(ForeignEnvelope):
        opened(replace(forged, wrapped_for_bidder=sealed().wrapped_for_bidder))


def test_envelope_sealed_again_shares_no_bytes_and_no_hash():
    again = seal(CONTENT)

    assert all(getattr(again, part) != getattr(sealed(), part) for part in PARTS)
    assert again.sha256 != sealed().sha256


@pytest.mark.parametrize("part", ["ciphertext", "sealed_for_opening"])
def test_sha256_covers_what_the_opening_opens(part):
    changed = replace(sealed(), **{part: getattr(sealed(), part) + b"x"})

    assert len(sealed().sha256) == 64
    assert changed.sha256 != sealed().sha256


def test_envelope_shows_nothing_of_what_is_inside():
    assert not any(
        word in getattr(sealed(), part)
        for part in PARTS
        for word in (b"price", b"BD-1", b"EX-1", b"quality")
    )
