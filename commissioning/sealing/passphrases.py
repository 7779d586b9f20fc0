"""What an opener types: a passphrase of their own, or the recovery code from the safe."""

import hashlib
import secrets
import unicodedata

from commissioning.sealing.errors import MistypedRecoveryCode, WeakPassphrase

FEWEST_WORDS = 4
FEWEST_CHARACTERS = 16
# No letter that could be read as another or as a digit: no 0, 1, I, L, O, U.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
RANDOM_LETTERS = 28  # of 30 kinds: 137 bits
CHECK_LETTERS = 4  # one slip in 810,000 goes unnoticed here, and then unlocks nothing


def check_passphrase(passphrase: str) -> None:
    """Raises WeakPassphrase, whose message tells the person what to do."""
    words = normal_passphrase(passphrase).split(" ")
    if len({word.casefold() for word in words}) < FEWEST_WORDS:
        raise WeakPassphrase(
            f"Use at least {FEWEST_WORDS} different words with spaces between them, "
            "which have nothing to do with you or this procurement."
        )
    if len(" ".join(words)) < FEWEST_CHARACTERS:
        raise WeakPassphrase(
            f"Use at least {FEWEST_CHARACTERS} characters: choose longer words or one more."
        )


def normal_passphrase(passphrase: str) -> str:
    """The same text however it was typed: one way to write an accent, single spaces.

    Capital letters count.
    """
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def new_recovery_code() -> str:
    """For the safe: eight groups of four, the last of which shows slips of the pen."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS))
    return _grouped(letters + _check_letters(letters))


def normal_recovery_code(typed: str) -> str:
    """As it was printed. Raises MistypedRecoveryCode.

    Capitals, spaces and hyphens do not matter.
    """
    letters = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–—")
    body, check = letters[:RANDOM_LETTERS], letters[RANDOM_LETTERS:]
    if len(letters) != RANDOM_LETTERS + CHECK_LETTERS or check != _check_letters(body):
        raise MistypedRecoveryCode(
            "This is not a recovery code as it was printed. It has eight groups of four "
            "letters and digits; check each group against the paper."
        )
    return _grouped(letters)


def _check_letters(letters: str) -> str:
    """Guards against slips, not against people."""
    number = int.from_bytes(hashlib.sha256(letters.encode()).digest()[:8], "big")
    found = ""
    for _ in range(CHECK_LETTERS):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
