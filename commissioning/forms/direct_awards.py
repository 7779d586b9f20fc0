"""Forms for an award without competition."""

from django import forms

from accounts.widgets import DateField
from commissioning.award_model.direct_award import direct_award_grounds
from commissioning.forms.contracts import MOST_CHARACTERS, _pounds, _text


class DirectAwardForm(forms.Form):
    """The ground, the justification, the supplier, the value and the dates."""

    provider = forms.ModelChoiceField(
        label="Supplier",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Look for it by name above.",
        error_messages={"required": "Look for the supplier by name, and choose it"},
    )
    ground = forms.ChoiceField(
        label="Ground",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground"},
    )
    justification = _text(
        "Justification",
        "Give the justification",
        "Why the ground applies here: facts and dates, as they will stand in the notice.",
        rows=8,
    )
    how_value_was_tested = forms.CharField(
        label="How you know that the price is fair",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    value_gbp = _pounds("Value over the whole term")
    starts_on = DateField(label="Start date")
    ends_on = DateField(label="End date")

    def __init__(self, *args, providers, regime: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers
        self.fields["value_gbp"].required = True
        self.fields["value_gbp"].help_text = "In pounds, for example 250000."
        self.fields["value_gbp"].error_messages["required"] = "Enter the value"
        self.fields["ground"].choices = [
            (row.code, f"{row.title} ({row.basis})") for row in direct_award_grounds(regime)
        ]

    def clean(self):
        given = super().clean()
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The end date must be after the start date")
        return given


class TransparencyNoticeForm(forms.Form):
    """The transparency notice, as it was published on the central platform."""

    number = forms.CharField(
        label="Number of the transparency notice",
        max_length=60,
        error_messages={"required": "Enter the number of the notice"},
    )
    published_on = DateField(label="Day of publication")


class DirectAwardReasonForm(forms.Form):
    """Why it is returned."""

    reason = _text("Reason", "Give the reason")


class DirectAwardContractForm(forms.Form):
    """The day on which the contract was entered into."""

    entered_on = DateField(label="Day on which the contract was entered into")
