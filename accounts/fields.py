"""Fields that behave the same on SQLite and PostgreSQL."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.db import models


class ExactDecimalField(models.CharField):
    """A ``Decimal`` kept as text, so that it comes back with every digit on either engine.

    SQLite stores decimals as floats; a result that must replay cannot live with that. The price
    is that the database can neither sort nor sum the column: that is done in Python.
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
        return None if number is None else format(number, "f")

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs):
        return forms.DecimalField(**{"required": not self.null and not self.blank, **kwargs})
