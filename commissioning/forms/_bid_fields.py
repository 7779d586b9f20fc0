"""The field for a number in a draft of a bid."""

from django import forms

from accounts.fields import NumberField
from accounts.numbers import MOST_CHARACTERS, plain


class DraftNumberField(NumberField):
    """A number in a draft, which may be left blank. Gives plain digits; what is no number yet is
    kept as it was typed, so that a draft loses nothing: ``refusal`` says what is wrong with it.
    """

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        typed = str(value or "").strip()
        try:
            number = super().to_python(typed)
        except forms.ValidationError:
            if len(typed) > MOST_CHARACTERS:
                raise
            return typed
        return "" if number is None else plain(number)

    def refusal(self, typed: str) -> forms.ValidationError | None:
        """Why what was typed is no number; None where it is one, or blank."""
        try:
            super().to_python(typed)
        except forms.ValidationError as wrong:
            return wrong
        return None
