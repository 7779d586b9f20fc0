"""What a password must not be, beyond the framework's own rules."""

from django.conf import settings
from django.core.exceptions import ValidationError

# The library reads no further; a longer password is judged by its beginning.
READ_CHARACTERS = 72
FEWEST_GUESSES = 10**8


class GuessablePassword:
    """Refuse passwords that breached lists hold, or that are built from them in the usual ways.

    zxcvbn ships the lists (common and breached passwords, names, English words) and counts how
    many guesses somebody needs who tries them with the usual changes: capitals, digits, keyboard
    rows, dates, the person's own name and address, and the words of the setting ``PASSWORD_WORDS``.
    """

    def validate(self, password: str, user=None) -> None:
        """Raise ``ValidationError`` where fewer than ``FEWEST_GUESSES`` would find it."""
        from zxcvbn import zxcvbn

        own = [getattr(user, name, "") or "" for name in ("email", "full_name")]
        words = [word for text in own for word in text.replace("@", " ").split() if word]
        found = zxcvbn(password[:READ_CHARACTERS], user_inputs=[*words, *settings.PASSWORD_WORDS])
        if found["guesses"] < FEWEST_GUESSES:
            raise ValidationError(
                "This password is on a list of known passwords, or is made from one. Choose three "
                "random words instead",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return "Your password must not be one that is on lists of known passwords."
