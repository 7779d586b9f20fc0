"""Fields for numbers: kept with every digit on either engine, and read in one way everywhere."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from accounts.numbers import NotANumber, NumberRule, is_whole_pence, plain, read_number


class NumberField(forms.Field):
    """A number that a person types, read by ``accounts.numbers``. Gives a ``Decimal``.

    ``name`` begins the sentence of a refusal; the label does where none is given.
    """

    widget = forms.TextInput

    def __init__(self, *, rule: NumberRule, name: str = "", width: int | None = None, **kwargs):
        super().__init__(**kwargs)
        self.rule, self.name = rule, name
        self.widget.attrs.setdefault("inputmode", "decimal" if rule.decimals else "numeric")
        if width is not None:
            self.widget.attrs["data-width"] = str(width)

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return read_number(value, self.rule, self.name or str(self.label or "This"))
        except NotANumber as wrong:
            raise ValidationError(_as_error(wrong), code="invalid") from wrong

    def prepare_value(self, value):
        """What is shown to be changed can be typed back: no exponent, and pence whole."""
        if not (isinstance(value, Decimal) and value.is_finite()):
            return value
        if self.rule.unit == "£" and is_whole_pence(value):
            return f"{value:.2f}".removesuffix(".00")
        return plain(value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class WholeNumberField(NumberField):
    """A whole number that a person types. Gives an ``int``."""

    def to_python(self, value):
        number = super().to_python(value)
        return None if number is None else int(number)


def _as_error(wrong: NotANumber) -> str:
    """The sentence as forms show it: a single one stands without a full stop."""
    words = str(wrong)
    return words.removesuffix(".") if words.count(". ") == 0 else words


class ExactDecimalField(models.CharField):
    """A ``Decimal`` kept as text, so that it comes back with every digit on either engine.

    SQLite stores decimals as floats; a result that must replay cannot live with that. The price
    is that the database can neither sort nor sum the column: that is done in Python. A number
    that is longer than the column is refused here, so that both engines refuse it alike.
    """

    description = "A decimal number, kept as text"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        if value == "":
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation as wrong:
            raise ValidationError(f"{value!r} is not a number.") from wrong
        if not number.is_finite():
            raise ValidationError(f"{value!r} is not a finite number.")
        return number

    def get_prep_value(self, value):
        number = self.to_python(value)
        if number is None:
            return None
        if not number.is_finite():
            raise ValidationError(f"{value!r} is not a finite number.")
        # Written out, a number with an exponent can be as long as its exponent is large.
        if abs(number.adjusted()) > self.max_length:
            raise ValidationError("The number is too long to be kept.")
        text = plain(number)
        if len(text) > self.max_length:
            raise ValidationError("The number is too long to be kept.")
        return text

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs):
        given = {"rule": NumberRule(least=-(10**15), decimals=10)}
        return NumberField(**given | {"required": not self.null and not self.blank, **kwargs})
