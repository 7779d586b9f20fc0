"""Passwords that are on lists, or made from what is."""

import pytest

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import GuessablePassword

PERSON = User(email="marigold.penhaligon@council.example", full_name="Marigold Penhaligon")


@pytest.mark.parametrize(
    "password",
    ["password1234", "iloveyou12345", "Liverpool2024!", "qwertyuiop123", "marigoldpenhaligon"],
)
def test_known_password_is_refused(password):
    with pytest.raises(ValidationError, match="three random words"):
        GuessablePassword().validate(password, PERSON)


@pytest.mark.parametrize("password", ["three random words", "x" + "kd83 jf0q" * 20])
def test_password_that_nobody_would_guess_is_taken(password):
    assert GuessablePassword().validate(password, PERSON) is None


def test_validator_says_what_it_wants():
    assert "lists of known passwords" in GuessablePassword().get_help_text()


def test_words_of_the_installation_make_no_password(settings):
    password = "Brambledown2026!"
    GuessablePassword().validate(password, PERSON)
    settings.PASSWORD_WORDS = ["Brambledown", "Trust"]
    with pytest.raises(ValidationError, match="three random words"):
        GuessablePassword().validate(password, PERSON)
