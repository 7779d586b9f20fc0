"""Forms of the library and of value sets."""

from django import forms

from accounts.widgets import DateField
from principles.enums import Level
from principles.value_files import MAX_BYTES, ValueSetTerms

GROSS, NET = "gross", "net"


class LibrarySearchForm(forms.Form):
    """Which part of a framework to show."""

    level = forms.ChoiceField(
        label="Level",
        required=False,
        choices=[
            (Level.ENHANCED, "Enhanced: all criteria"),
            (Level.STANDARD, "Standard: core and standard"),
            (Level.CORE, "Core only"),
        ],
    )
    words = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, *args, with_level: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not with_level:
            del self.fields["level"]

    @property
    def chosen(self) -> dict:
        """The level and words asked for; everything where the address holds nonsense."""
        data = self.cleaned_data if self.is_valid() else {}
        return {"level": data.get("level") or Level.ENHANCED, "words": data.get("words", "")}


class ValueSetForm(forms.Form):
    """A file of values and the terms that they come with."""

    edition = forms.ChoiceField(
        label="Which edition are the values for?",
        error_messages={"required": "Choose the edition that the values are for"},
    )
    file = forms.FileField(
        label="File of values",
        help_text="CSV or XLSX, up to 2 MB, one row for each value, with the columns measure, "
        "unit, value_gbp, locality, source and date.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty",
        },
    )
    title = forms.CharField(
        label="Title",
        help_text="For example, County values 2026 to 2027.",
        max_length=250,
        error_messages={"required": "Enter a title"},
    )
    label = forms.RegexField(
        label="Short label",
        help_text="Letters, numbers, points and hyphens, for example county-2026.1. "
        "A correction needs a new label.",
        regex=r"^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$",
        max_length=40,
        error_messages={
            "required": "Enter a short label",
            "invalid": "A label has letters, numbers, points and hyphens, such as county-2026.1",
        },
    )
    licence = forms.CharField(
        label="Licence",
        help_text="Who owns the values, and under which terms you may use them.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the licence that lets you use these values"},
    )
    in_force_from = DateField(label="First day in force", help_text="For example, 1 4 2026.")
    in_force_to = DateField(
        label="Last day in force",
        required=False,
        help_text="Leave blank if no end is known.",
    )
    deadweight = forms.ChoiceField(
        label="Do the values still include what would have happened anyway?",
        help_text="This is called deadweight. The publisher's guidance says which it is.",
        widget=forms.RadioSelect,
        choices=[
            (GROSS, "Yes, they are gross of deadweight"),
            (NET, "No, deadweight has been taken off"),
        ],
        error_messages={"required": "Choose whether deadweight is still in the values"},
    )
    is_illustrative = forms.BooleanField(
        label="These figures are for trial only",
        help_text="Everything computed with them will be marked as illustrative.",
        required=False,
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = {edition.key: edition for edition in editions}
        self.fields["edition"].choices = [
            (key, str(edition)) for key, edition in self.editions.items()
        ]

    def clean_edition(self):
        return self.editions[self.cleaned_data["edition"]]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"The file must be smaller than {MAX_BYTES // 1024**2} MB", code="too_large"
            )
        return file

    def clean(self):
        data = super().clean()
        first, last = data.get("in_force_from"), data.get("in_force_to")
        if first and last and last < first:
            self.add_error("in_force_to", "Last day in force must be after the first day")
        return data

    @property
    def terms(self) -> ValueSetTerms:
        """The terms of a valid form."""
        data = self.cleaned_data
        return ValueSetTerms(
            title=data["title"],
            label=data["label"],
            licence=data["licence"],
            in_force_from=data["in_force_from"],
            in_force_to=data["in_force_to"],
            gross_of_deadweight=data["deadweight"] == GROSS,
            is_illustrative=data["is_illustrative"],
        )
