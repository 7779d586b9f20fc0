"""Fields that the forms of a design share: texts, pounds, per cent, and lists to tick."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

MOST_WORDS = 10_000
LARGEST_VALUE = 10**15


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
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=LARGEST_VALUE,
        max_digits=20,
        decimal_places=2,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "10"}),
        error_messages={
            "invalid": f"{label} must be a number of pounds, such as 250000 or 250000.50",
            "min_value": f"{label} can’t be less than zero",
        },
    )


def percent_field(label: str, help_text: str = "", *, most: int | None = 100):
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        max_digits=12,
        decimal_places=6,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-width": "5"}),
        error_messages={
            "invalid": f"{label} must be a number, such as 15 or 12.5",
            "min_value": f"{label} can’t be less than zero",
            "max_value": f"{label} can’t be more than {most}",
        },
    )


def count_field(label: str, help_text: str = "", *, least: int = 1, most: int, required: str = ""):
    return forms.IntegerField(
        label=label,
        required=bool(required),
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages={
            "required": required,
            "invalid": f"{label} must be a whole number",
            "min_value": f"{label} must be {least} or more",
            "max_value": f"{label} must be {most} or less",
        },
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
