"""Public references: short, without look-alike letters, and no hint of how many rows there are."""

import secrets

from django.db import models

# Crockford's alphabet, less I, L, O and U, and less the digits 0 and 1.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7


def new_reference(prefix: str) -> str:
    """A random reference such as ``SC-7F3KQ8M``: 30 to the power of 7, about 2 × 10¹⁰ of them."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class ReferenceField(models.CharField):
    """The public name of a row, given once on creation and unique.

    ``prefix`` says what kind of row it is. The value is set in ``pre_save``, so rows made by
    ``bulk_create`` get one too.
    """

    def __init__(self, *args, prefix: str, **kwargs):
        self.prefix = prefix
        kwargs.update(max_length=16, unique=True, editable=False, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for given_here in ("max_length", "unique", "editable", "blank"):
            kwargs.pop(given_here, None)
        return name, path, args, {**kwargs, "prefix": self.prefix}

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if add and not value:
            value = new_reference(self.prefix)
            setattr(model_instance, self.attname, value)
        return value
