import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from commissioning.sealing import (
    MistypedRecoveryCode,
    WeakPassphrase,
    check_passphrase,
    new_recovery_code,
    normal_passphrase,
    normal_recovery_code,
)
from commissioning.sealing.passphrases import LETTERS


@pytest.mark.parametrize(
    "passphrase",
    ["", "password", "correcthorsebatterystaple", "three long words", "again again Again again"],
)
def test_passphrase_with_too_few_words(passphrase):
    with pytest.raises(WeakPassphrase, match="at least 4 different words"):
        check_passphrase(passphrase)


@pytest.mark.parametrize("passphrase", ["a b c d", "one two red cow", "a  b   c       d"])
def test_passphrase_of_too_few_characters(passphrase):
    with pytest.raises(WeakPassphrase, match="at least 16 characters"):
        check_passphrase(passphrase)


def test_passphrase_of_four_words_and_sixteen_characters():
    check_passphrase("four words do it")


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  two\u00a0 words\t", "two words"),
        ("cafe\u0301", "caf\u00e9"),
        ("Capital letters", "Capital letters"),
    ],
)
def test_normal_passphrase(typed, normal):
    assert normal_passphrase(typed) == normal


def test_recovery_code_has_eight_groups_of_four_without_look_alikes():
    code = new_recovery_code()

    assert [len(group) for group in code.split("-")] == [4] * 8
    assert set(code) - {"-"} <= set(LETTERS)
    assert not set("01ILOU") & set(LETTERS)


def test_recovery_codes_differ():
    assert len({new_recovery_code() for _ in range(50)}) == 50


def test_recovery_code_is_read_however_it_is_typed():
    code = new_recovery_code()

    assert normal_recovery_code(f" {code.lower().replace('-', ' ')} ") == code
    assert normal_recovery_code(code.replace("-", "")) == code


@given(some.integers(0, 31), some.sampled_from(LETTERS))
def test_recovery_code_with_one_letter_mistyped(place, letter):
    letters = new_recovery_code().replace("-", "")
    assume(letters[place] != letter)

    with pytest.raises(MistypedRecoveryCode, match="eight groups of four"):
        normal_recovery_code(letters[:place] + letter + letters[place + 1 :])


@pytest.mark.parametrize("typed", ["", "2345", "0000-" * 8, "écrit"])
def test_recovery_code_that_never_was_one(typed):
    with pytest.raises(MistypedRecoveryCode):
        normal_recovery_code(typed)
