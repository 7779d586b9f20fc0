"""Forms for scorecards, ratings, findings and reports."""

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.widgets import DateField
from scorecards.enums import STRENGTH_HINTS, Priority, Strength

MOST_CHARACTERS = 5000
AGREE, DISAGREE = "agree", "disagree"


class ScorecardForm(forms.Form):
    """What a new scorecard judges, and against what."""

    provider = forms.ModelChoiceField(
        label="Which provider?",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose the provider"},
    )
    editions = forms.ModelMultipleChoiceField(
        label="Which frameworks?",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one framework"},
    )
    value_set = forms.ModelChoiceField(
        label="Which values for social value?",
        queryset=None,
        required=False,
        empty_label="None: record quantities only",
    )
    locality = forms.CharField(
        label="Which place's values?",
        max_length=100,
        required=False,
        help_text="Only where the value set has values of its own for a place.",
    )

    def __init__(self, *args, providers, editions, value_sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers
        self.fields["editions"].queryset = editions
        self.fields["value_set"].queryset = value_sets


class RequestForm(forms.Form):
    """When the answers are due, and who is asked where the provider has nobody here."""

    due_on = DateField(label="When are the answers due?", help_text="For example, 27 3 2027")
    signatory_name = forms.CharField(
        label="Full name of the provider's first signatory", max_length=200, required=False
    )
    signatory_email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        error_messages={
            "invalid": "Enter an e-mail address in the right format, like name@example.com"
        },
    )

    def __init__(self, *args, needs_signatory, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_signatory = needs_signatory
        if not needs_signatory:
            del self.fields["signatory_name"]
            self.fields["signatory_email"].label = "E-mail address of the person you know there"
            self.fields["signatory_email"].help_text = (
                "Somebody signs for this provider already. If you give the address of whom you"
                " know, you are told whether they are the same. Nothing is sent to it."
            )

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("The due date must be today or later")
        return due_on

    def clean(self):
        given = super().clean()
        if self.needs_signatory:
            if not given.get("signatory_name"):
                self.add_error("signatory_name", "Enter the name of the first signatory")
            if not given.get("signatory_email") and "signatory_email" not in self.errors:
                self.add_error("signatory_email", "Enter the first signatory's e-mail address")
        return given


class ReasonForm(forms.Form):
    """Why something goes back."""

    reason = forms.CharField(
        label="What has to be put right?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_CHARACTERS,
        error_messages={"required": "Give the reason"},
    )


class ReturnAnswersForm(ReasonForm):
    """Why the self-assessment goes back, and by when it is due again."""

    due_on = DateField(label="When is the new version due?")

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("The due date must be today or later")
        return due_on


class RatingForm(forms.Form):
    """The rating of one criterion. ``claims_not_applicable`` asks whether that is agreed."""

    not_applicable = forms.ChoiceField(
        label="The answer says that this does not apply. Do you agree?",
        choices=[
            (AGREE, "Yes, it does not apply"),
            (DISAGREE, "No, it applies and is rated below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree that this does not apply"},
    )
    value = forms.TypedChoiceField(
        label="Your rating", widget=forms.RadioSelect, required=False, coerce=int, empty_value=None
    )
    evidence_strength = forms.ChoiceField(
        label="How strong is the evidence?",
        choices=Strength.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    rationale = forms.CharField(
        label="Why? Refer to the answer and the evidence",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=MOST_CHARACTERS,
        error_messages={"required": "Give the rationale for this rating"},
    )
    found_where = forms.CharField(
        label="Where did you find it?",
        help_text="For example, the code of conduct, page 4.",
        max_length=300,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, scale, claims_not_applicable, **kwargs):
        super().__init__(*args, **kwargs)
        value = self.fields["value"]
        value.choices = [(point.value, f"{point.value}: {point.label}") for point in scale]
        value.hints = {str(point.value): point.description for point in scale}
        self.fields["evidence_strength"].hints = {
            str(key.value): words for key, words in STRENGTH_HINTS.items()
        }
        if not claims_not_applicable:
            del self.fields["not_applicable"]

    def clean(self):
        given = super().clean()
        agreed = given.pop("not_applicable", None)
        given["not_applicable_agreed"] = None if agreed is None else agreed == AGREE
        if not given["not_applicable_agreed"] and not self.errors.get("not_applicable"):
            if given.get("value") is None and "value" not in self.errors:
                self.add_error("value", "Choose a rating")
            if not given.get("evidence_strength"):
                self.add_error("evidence_strength", "Choose how strong the evidence is")
        return given


class FindingForm(forms.Form):
    """Something that has to be put right."""

    title = forms.CharField(
        label="What was found, in one line",
        max_length=200,
        error_messages={"required": "Enter what was found"},
    )
    priority = forms.ChoiceField(
        label="How soon must it be acted on?",
        choices=Priority.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a priority"},
    )
    detail = forms.CharField(
        label="What was found, and what should happen",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_CHARACTERS,
        error_messages={"required": "Say what was found and what should happen"},
    )


class VerifyForm(forms.Form):
    """A PDF, or what is printed on one."""

    file = forms.FileField(label="Choose the PDF", required=False)
    reference = forms.CharField(label="Or enter its reference", max_length=16, required=False)
    sha256 = forms.CharField(label="and its hash (SHA-256)", max_length=64, required=False)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > settings.EVIDENCE_MAX_BYTES:
            raise forms.ValidationError("The selected file must be smaller than 25 MB")
        return upload

    def clean(self):
        given = super().clean()
        sha256 = (given.get("sha256") or "").strip().lower()
        if given.get("file") is None and not self.errors:
            if not sha256 and not given.get("reference"):
                self.add_error("file", "Choose a PDF, or enter its reference and hash")
            elif not given.get("reference"):
                self.add_error("reference", "Enter the reference that stands on the report")
            elif len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
                self.add_error("sha256", "Enter the hash: 64 letters a to f and digits")
        given["sha256"] = sha256
        return given
