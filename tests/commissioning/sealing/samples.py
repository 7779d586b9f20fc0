"""Openers with a cost at which tests are quick, and envelopes to seal."""

from functools import cache

from nacl.pwhash import argon2id

from commissioning.sealing import (
    Cost,
    EnvelopeContext,
    EnvelopeKind,
    envelope_key,
    new_opener,
    new_recovery_share,
    unlock,
)

QUICK = Cost(argon2id.OPSLIMIT_MIN, argon2id.MEMLIMIT_MIN)
SEALING_KEY = b"a secret that only the server holds, 48 bytes.."
PASSPHRASES = (
    "copper lantern under seven bridges",
    "quiet orchard paints the winter",
    "marble heron counts slow trains",
    "violet engine mends paper boats",
)
CONTEXT = EnvelopeContext("EX-1", "BD-1", 1, EnvelopeKind.QUALITY, 1)
BIDDER_KEY = envelope_key(SEALING_KEY, exercise="EX-1", bid="BD-1")


@cache
def opener(number: int):
    return new_opener(PASSPHRASES[number], cost=QUICK)


@cache
def private_key(number: int):
    return unlock(opener(number), PASSPHRASES[number])


@cache
def recovery_share():
    return new_recovery_share(cost=QUICK)


def public_keys(count: int = 3) -> list[bytes]:
    return [opener(number).public_key for number in range(count)]
