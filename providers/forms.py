"""Forms of self-assessment and evidence."""

from decimal import Decimal

from django import forms
from django.conf import settings

from accounts.fields import NumberField
from accounts.file_reader.formats import ACCEPTED
from accounts.numbers import PERCENT, NumberRule
from accounts.widgets import DateField
from providers.enums import CommittedBasis

MOST_CHARACTERS = 5000
QUANTITY = NumberRule(decimals=6)


class EvidenceChoiceField(forms.ModelMultipleChoiceField):
    """Items of the library as checkboxes, each with its dates."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, item):
        parts = [item.title, f"received {item.received_at:%-d %B %Y}"]
        if item.valid_until:
            parts.append(f"valid until {item.valid_until:%-d %B %Y}")
        return ", ".join(parts)


class AnswerForm(forms.Form):
    """One answer to one criterion. A draft may be saved with gaps; submission asks for all."""

    claimed_value = forms.TypedChoiceField(
        label="How do you rate yourselves?",
        widget=forms.RadioSelect,
        required=False,
        coerce=int,
        empty_value=None,
    )
    narrative = forms.CharField(
        label="Why? Say what you do, and what shows it",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    evidence = EvidenceChoiceField(
        label="Evidence from your library",
        queryset=None,
        required=False,
        help_text="One item can serve many answers.",
    )
    not_applicable = forms.BooleanField(label="This does not apply to us", required=False)
    not_applicable_reason = forms.CharField(
        label="If it does not apply, why not?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, scale, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        claimed = self.fields["claimed_value"]
        claimed.choices = [(point.value, f"{point.value}: {point.label}") for point in scale]
        claimed.hints = {str(point.value): point.description for point in scale}
        self.fields["evidence"].queryset = evidence
        if not evidence:
            self.fields["evidence"].help_text = "Your library is empty."

    def clean(self):
        given = super().clean()
        if given.get("not_applicable") and not given.get("not_applicable_reason", "").strip():
            self.add_error("not_applicable_reason", "Say why this does not apply")
        if given.get("not_applicable"):
            # A radio that was chosen once cannot be taken back: the box says which one is meant.
            given["claimed_value"] = None
        return given


YES_OR_NO = [("1", "Yes"), ("0", "No"), ("", "Not stated")]


class MeasureAnswerForm(forms.Form):
    """Figures under one measure. One that is met or not asks yes or no, kept as 1 or 0."""

    committed_quantity = NumberField(
        label="How much is committed?",
        name="The committed quantity",
        required=False,
        rule=QUANTITY,
        width=10,
    )
    committed_basis = forms.ChoiceField(
        label="Is that over the whole contract, or every year?",
        choices=CommittedBasis.choices,
        widget=forms.RadioSelect,
        initial=CommittedBasis.WHOLE_TERM,
    )
    delivered_quantity = NumberField(
        label="How much has been delivered so far?",
        name="The delivered quantity",
        required=False,
        rule=QUANTITY,
        width=10,
    )
    attribution_percent = NumberField(
        label="What share of it was caused by this contract, in percent?",
        name="The share that this contract caused",
        help_text="100 if all of it. Less where other contracts paid for part of it.",
        rule=PERCENT,
        width=5,
        initial=Decimal(100),
        error_messages={"required": "Enter the share that this contract caused, such as 100"},
    )
    deadweight_percent = NumberField(
        label="What share would have happened anyway, in percent?",
        name="The share that would have happened anyway",
        help_text="This is called deadweight. Leave it out if you do not know.",
        required=False,
        rule=PERCENT,
        width=5,
    )
    note = forms.CharField(
        label="How was it counted?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    evidence = EvidenceChoiceField(
        label="Evidence from your library", queryset=None, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, measure, asks_deadweight, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        if measure.is_yes_or_no:
            self._ask_yes_or_no()
        else:
            self._ask_quantities(measure.unit)
            if not asks_deadweight:
                del self.fields["deadweight_percent"]
        self.fields["evidence"].queryset = evidence

    def _ask_yes_or_no(self):
        for name, label in (
            ("committed_quantity", "Is this committed?"),
            ("delivered_quantity", "Is it in place now?"),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=YES_OR_NO,
                widget=forms.RadioSelect,
                coerce=Decimal,
                empty_value=None,
                required=False,
            )
        for name in ("committed_basis", "attribution_percent", "deadweight_percent"):
            del self.fields[name]
        self.fields["note"].label = "What shows it?"

    def _ask_quantities(self, unit):
        for name in ("committed_quantity", "delivered_quantity"):
            field = self.fields[name]
            field.help_text = f"In {unit}. Leave it blank if there is nothing to state."

    def clean(self):
        not_asked = {
            "committed_basis": CommittedBasis.WHOLE_TERM.value,
            "attribution_percent": Decimal(100),
            "deadweight_percent": None,
        }
        return not_asked | super().clean()


class EvidenceDatesForm(forms.Form):
    """What is said about an item of evidence."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title that says what this is"},
    )
    covers_from = DateField(label="Start of the period it covers", required=False)
    covers_to = DateField(label="End of the period it covers", required=False)
    valid_until = DateField(
        label="Date it is valid until",
        required=False,
        help_text="Leave it blank if it does not run out.",
    )

    def clean(self):
        given = super().clean()
        start, end = given.get("covers_from"), given.get("covers_to")
        if start and end and end < start:
            self.add_error("covers_to", "The period must end after it starts")
        return given


class EvidenceFileForm(EvidenceDatesForm):
    """A file for the library. What it is, the action finds out: see ``add_evidence_file``."""

    file = forms.FileField(
        label="Choose a file",
        help_text=f"{ACCEPTED}, up to 25 MB. Leave personal data out.",
        error_messages={"required": "Choose a file", "empty": "The selected file is empty"},
    )
    field_order = ("file", "title")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > settings.EVIDENCE_MAX_BYTES:
            raise forms.ValidationError("The selected file must be smaller than 25 MB")
        return upload


class EvidenceLinkForm(EvidenceDatesForm):
    """A link for the library."""

    url = forms.URLField(
        label="Web address",
        max_length=1000,
        assume_scheme="https",
        error_messages={
            "required": "Enter a web address",
            "invalid": "Enter a web address in the right format, like https://www.example.com",
        },
    )
    field_order = ("url", "title")

    def clean_url(self):
        url = self.cleaned_data["url"]
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError("Enter a web address that starts with https://")
        return url


class DeclarationForm(forms.Form):
    """The signatory's acceptance."""

    accepts = forms.BooleanField(
        label="I accept and declare this for the provider",
        error_messages={"required": "Confirm that the provider accepts the standards"},
    )
