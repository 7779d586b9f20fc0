"""Openers' own keys: each has a key pair whose private half a passphrase locks.

A deputy is an opener like any other. The offline recovery share is an opener too:
its locked key is in the database, its code on paper in a safe. It counts as one of two.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Self

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from commissioning.sealing.errors import TamperedKey, WrongPassphrase
from commissioning.sealing.passphrases import (
    check_passphrase,
    new_recovery_code,
    normal_passphrase,
    normal_recovery_code,
)


@dataclass(frozen=True)
class Cost:
    """What each guess costs: passes over memory, and bytes of memory (argon2id)."""

    passes: int
    memory: int


# Half a second and 256 MB on a small server: for a person once, for a guesser each time.
MODERATE = Cost(pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)


@dataclass(frozen=True)
class OpenerKey:
    """What is stored of an opener. `locked` is no use without the passphrase or the code."""

    public_key: bytes
    locked: bytes
    salt: bytes
    cost: Cost
    is_recovery: bool = False

    def to_text(self) -> str:
        """For a text column; `from_text` reads it again."""
        return json.dumps(
            {
                "public_key": b64encode(self.public_key).decode(),
                "locked": b64encode(self.locked).decode(),
                "salt": b64encode(self.salt).decode(),
                "passes": self.cost.passes,
                "memory": self.cost.memory,
                "is_recovery": self.is_recovery,
            },
            sort_keys=True,
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises TamperedKey."""
        try:
            plain = json.loads(text)
            return cls(
                public_key=b64decode(plain["public_key"], validate=True),
                locked=b64decode(plain["locked"], validate=True),
                salt=b64decode(plain["salt"], validate=True),
                cost=Cost(int(plain["passes"]), int(plain["memory"])),
                is_recovery=plain["is_recovery"] is True,
            )
        except (ValueError, KeyError, TypeError) as error:
            raise TamperedKey("The opener's key cannot be read.") from error


@dataclass(frozen=True)
class RecoveryShare:
    """A new recovery opener. `code` is shown once, to be printed, and kept nowhere here."""

    key: OpenerKey
    code: str

    def __repr__(self) -> str:
        return "RecoveryShare(code hidden)"


def new_opener(passphrase: str, *, cost: Cost = MODERATE) -> OpenerKey:
    """Raises WeakPassphrase."""
    check_passphrase(passphrase)
    return _locked(PrivateKey.generate(), normal_passphrase(passphrase), cost, is_recovery=False)


def new_recovery_share(*, cost: Cost = MODERATE) -> RecoveryShare:
    code = new_recovery_code()
    return RecoveryShare(_locked(PrivateKey.generate(), code, cost, is_recovery=True), code)


def unlock(key: OpenerKey, secret: str) -> PrivateKey:
    """The private key, to be used at once and stored nowhere.

    `secret` is the passphrase, or the code where the key is a recovery share.
    Raises WrongPassphrase, MistypedRecoveryCode, TamperedKey. Bytes that were changed
    cannot be told from a wrong passphrase.
    """
    normal = normal_recovery_code(secret) if key.is_recovery else normal_passphrase(secret)
    try:
        private = PrivateKey(_lock(normal, key.salt, key.cost).decrypt(key.locked))
    except CryptoError as error:
        what = "recovery code" if key.is_recovery else "passphrase"
        raise WrongPassphrase(f"This {what} does not unlock the key.") from error
    if bytes(private.public_key) != key.public_key:
        raise TamperedKey("The opener's public key does not belong to the locked one.")
    return private


def _locked(private: PrivateKey, secret: str, cost: Cost, *, is_recovery: bool) -> OpenerKey:
    salt = random(argon2id.SALTBYTES)
    return OpenerKey(
        public_key=bytes(private.public_key),
        locked=bytes(_lock(secret, salt, cost).encrypt(bytes(private))),
        salt=salt,
        cost=cost,
        is_recovery=is_recovery,
    )


def _lock(secret: str, salt: bytes, cost: Cost) -> SecretBox:
    try:
        return SecretBox(
            argon2id.kdf(
                SecretBox.KEY_SIZE,
                secret.encode(),
                salt,
                opslimit=cost.passes,
                memlimit=cost.memory,
            )
        )
    except ValueError as error:
        raise TamperedKey("The opener's key cannot be read.") from error
