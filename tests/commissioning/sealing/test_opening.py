"""Any two of three or more openers put the opening key together, in either order; none alone."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from nacl.public import PrivateKey

from commissioning.sealing import (
    EnvelopeContext,
    EnvelopeKind,
    NotThisOpener,
    OpeningShare,
    SameOpenerTwice,
    TamperedEnvelope,
    TamperedKey,
    TooFewOpeners,
    join,
    new_opening_key,
    open_envelope,
    peel,
    seal_envelope,
    unlock,
)
from tests.commissioning.sealing.samples import (
    BIDDER_KEY,
    CONTEXT,
    private_key,
    public_keys,
    recovery_share,
)


def joined(key, first, second):
    return join(peel(key.shares, first), second, opening_public_key=key.public_key)


@given(some.integers(3, 7), some.data())
@settings(deadline=None)
def test_any_two_of_three_or_more_open_in_either_order(count, data):
    openers = [PrivateKey.generate() for _ in range(count)]
    key = new_opening_key([bytes(opener.public_key) for opener in openers])
    first, second = data.draw(some.permutations(openers))[:2]

    found, turned = joined(key, first, second), joined(key, second, first)

    assert bytes(found) == bytes(turned)
    assert bytes(found.public_key) == key.public_key


@pytest.mark.parametrize(("first", "second"), list(permutations(range(3), 2)))
def test_two_named_openers_open_an_envelope(first, second):
    key = new_opening_key(public_keys())
    sealed = seal_envelope(
        b"A bid", CONTEXT, bidder_key=BIDDER_KEY, opening_public_key=key.public_key
    )

    opening_key = joined(key, private_key(first), private_key(second))

    assert (
        open_envelope(sealed, CONTEXT, opening_key=opening_key, bidder_key=BIDDER_KEY) == b"A bid"
    )


def test_opener_and_recovery_code_open():
    share = recovery_share()
    key = new_opening_key([*public_keys(2), share.key.public_key])

    found = joined(key, private_key(0), unlock(share.key, share.code))

    assert bytes(found.public_key) == key.public_key


def test_one_opener_alone_gets_through_one_layer_of_each_share_at_most():
    key = new_opening_key(public_keys())
    own = private_key(0)

    with pytest.raises(SameOpenerTwice):
        joined(key, own, own)
    for share in key.shares:
        # Whatever the opener says the layers are, one of the two is somebody else's.
        mine = replace(share, outer=bytes(own.public_key), inner=bytes(own.public_key))
        with pytest.raises(TamperedKey):
            join(peel([mine], own), own, opening_public_key=key.public_key)


def test_two_who_are_no_openers_do_not_open():
    key = new_opening_key(public_keys())

    with pytest.raises(NotThisOpener):
        peel(key.shares, private_key(3))
    with pytest.raises(NotThisOpener):
        joined(key, private_key(0), private_key(3))


def test_openers_of_quality_do_not_open_price():
    quality, price = new_opening_key(public_keys()), new_opening_key(public_keys())
    context = EnvelopeContext("EX-1", "BD-1", 1, EnvelopeKind.PRICE, 1)
    sealed = seal_envelope(
        b"99", context, bidder_key=BIDDER_KEY, opening_public_key=price.public_key
    )

    with pytest.raises(TamperedEnvelope):
        open_envelope(
            sealed,
            context,
            opening_key=joined(quality, private_key(0), private_key(1)),
            bidder_key=BIDDER_KEY,
        )


def test_peel_gives_one_share_for_each_partner_and_none_is_the_key():
    key = new_opening_key(public_keys())

    peeled = peel(key.shares, private_key(0))
    opening_key = bytes(join(peeled, private_key(1), opening_public_key=key.public_key))

    assert {share.inner for share in peeled} == set(public_keys()[1:])
    assert not any(opening_key in share.sealed for share in [*peeled, *key.shares])


@given(some.data())
@settings(deadline=None)
def test_share_with_one_bit_changed(data):
    key = new_opening_key(public_keys())
    changed = bytearray(key.shares[0].sealed)
    changed[data.draw(some.integers(0, len(changed) - 1))] ^= 1 << data.draw(some.integers(0, 7))

    with pytest.raises(TamperedKey):
        peel([replace(key.shares[0], sealed=bytes(changed))], private_key(0))


def test_shares_that_somebody_sealed_anew():
    key, other = new_opening_key(public_keys()), new_opening_key(public_keys())

    with pytest.raises(TamperedKey, match="another key"):
        join(
            peel(other.shares, private_key(0)),
            private_key(1),
            opening_public_key=key.public_key,
        )


def test_share_of_no_key_at_all():
    with pytest.raises(TamperedKey):
        peel([OpeningShare(public_keys()[0], public_keys()[1], b"")], private_key(0))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_opening_key_for_fewer_than_three(count):
    with pytest.raises(TooFewOpeners, match="at least 3"):
        new_opening_key(public_keys(count))


def test_opening_key_for_one_opener_named_twice():
    with pytest.raises(SameOpenerTwice):
        new_opening_key([*public_keys(), public_keys()[0]])
