"""Fields that the forms of a design share: texts, pounds, per cent, and lists to tick."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from accounts.fields import NumberField, WholeNumberField
from accounts.numbers import PERCENT, POUNDS, NumberRule

MOST_WORDS = 10_000
POINTS = NumberRule(most=999_999, decimals=6)


def words_field(label: str, help_text: str = "", *, required: str = "", rows: int = 5):
    """A longer text. ``required`` is what is said where it is missing; empty where it may be."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=MOST_WORDS,
        help_text=help_text,
        required=bool(required),
        error_messages={"required": required},
    )


def pounds_field(label: str, help_text: str = "In pounds, for example 250000."):
    return NumberField(label=label, required=False, rule=POUNDS, help_text=help_text, width=10)


def percent_field(label: str, help_text: str = ""):
    return NumberField(label=label, required=False, rule=PERCENT, help_text=help_text, width=5)


def points_field(label: str, help_text: str = ""):
    return NumberField(label=label, required=False, rule=POINTS, help_text=help_text, width=5)


def count_field(label: str, help_text: str = "", *, least: int = 1, most: int, required: str = ""):
    return WholeNumberField(
        label=label,
        required=bool(required),
        rule=NumberRule(least=least, most=most),
        help_text=help_text,
        width=4,
        error_messages={"required": required},
    )


def title_field(label: str, required: str, help_text: str = ""):
    return forms.CharField(
        label=label,
        max_length=300,
        help_text=help_text,
        error_messages={
            "required": required,
            "max_length": f"{label} must be 300 characters or fewer",
        },
    )


@dataclass(frozen=True)
class Group:
    """Things to tick under one heading: (key, label) pairs."""

    title: str
    choices: tuple[tuple[str, str], ...]


class GroupedForm(forms.Form):
    """A form in which things are ticked under several headings, and come back as one list."""

    def add_groups(self, name: str, groups: Iterable[Group], chosen: Iterable = ()) -> None:
        """A field of checkboxes for each group; ``chosen`` are ticked at first."""
        chosen = {str(key) for key in chosen}
        for at, group in enumerate(groups):
            keys = [key for key, _ in group.choices]
            field = forms.MultipleChoiceField(
                label=group.title,
                required=False,
                choices=group.choices,
                widget=forms.CheckboxSelectMultiple,
                initial=[key for key in keys if key in chosen],
            )
            self.fields[f"{name}_{at}"] = field

    def group_fields(self, name: str) -> list:
        """The bound fields of the groups, for the page."""
        return [self[field] for field in self.fields if self._is_of(field, name)]

    def ticked(self, name: str) -> list[int]:
        """The keys that were ticked in any group."""
        return [
            int(key)
            for field in self.fields
            if self._is_of(field, name)
            for key in self.cleaned_data.get(field, [])
        ]

    @staticmethod
    def _is_of(field: str, name: str) -> bool:
        return field.rpartition("_")[0] == name and field.rpartition("_")[2].isdigit()
