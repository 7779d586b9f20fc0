"""Forms for conditions of participation, contract terms, ready sections and copies."""

from collections.abc import Iterable

from django import forms

from commissioning.award_model.terms import SocialValueMethod
from commissioning.forms._design_fields import (
    Group,
    GroupedForm,
    percent_field,
    pounds_field,
    title_field,
    words_field,
)


class ConditionForm(GroupedForm):
    """A condition of participation."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = title_field("Title", "Enter a title for the condition")
    text = words_field(
        "What must be so?",
        "It is met or not met. It must be proportionate, and about being able to perform this "
        "contract.",
        required="Say what must be so",
    )
    evidence = words_field("What shows that it is met?", rows=3)
    is_ethics = forms.BooleanField(label="It is about ethics", required=False)

    def __init__(self, *args, standards: Iterable[Group] = (), draws_on: Iterable = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.add_groups("draws_on", standards, draws_on)

    def changes(self) -> dict:
        """What the actions take."""
        names = [name for name in self.base_fields if name != "seen"]
        return {name: self.cleaned_data[name] for name in names} | {
            "draws_on": self.ticked("draws_on")
        }

    @property
    def plain_fields(self) -> list:
        return [self[name] for name in self.base_fields if name != "seen"]


class TermForm(ConditionForm):
    """A contract term, with its target where it is a key performance indicator."""

    title = title_field("Title", "Enter a title for the term")
    text = words_field(
        "What will the contract say?",
        "In words that can be checked while the contract runs.",
        required="Say what the contract will hold",
    )
    evidence = None
    is_kpi = forms.BooleanField(
        label="It is a key performance indicator",
        required=False,
        help_text="Above £5 million the Procurement Act 2023 asks for at least three.",
    )
    target = forms.CharField(
        label="Target, where it is an indicator",
        max_length=300,
        required=False,
        help_text="A figure and a time, for example “95% of visits on time in each quarter”.",
    )

    field_order = ["seen", "title", "text", "is_kpi", "target", "is_ethics"]

    def clean(self):
        given = super().clean()
        if given.get("is_kpi") and not given.get("target", "").strip():
            self.add_error("target", "Enter the target of the indicator")
        return given


class _ReadyForm(GroupedForm):
    """Expectations to choose, and where they go."""

    lot = forms.ModelChoiceField(
        label="Lot",
        queryset=None,
        required=False,
        empty_label=None,
        help_text="To which lot an award criterion is added. The others hold for all lots.",
    )
    weight_percent = percent_field(
        "Weight of the new criterion, in per cent",
        "Its share at the top level of the lot, where an award criterion is added.",
    )

    def __init__(self, *args, lots, standards: Iterable[Group], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = lots
        self.add_groups("criteria", standards)

    def clean(self):
        given = super().clean()
        if not self.ticked("criteria"):
            self.add_error(None, "Choose at least one from the lists below")
        return given

    def need_criterion(self, given: dict) -> None:
        """Say what an award criterion lacks."""
        if given.get("lot") is None and "lot" not in self.errors:
            self.add_error("lot", "Choose the lot")
        if given.get("weight_percent") is None and "weight_percent" not in self.errors:
            self.add_error("weight_percent", "Enter the weight of the new criterion")


class EthicsForm(_ReadyForm):
    """Ethical expectations as conditions, as a criterion or as terms."""

    PLACES = (
        ("conditions", "Conditions of participation: what must exist"),
        ("criteria", "An award criterion: how it will work on this contract"),
        ("terms", "Contract terms: what will hold and be measured"),
    )
    place = forms.ChoiceField(
        label="What shall they become?",
        choices=PLACES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they shall become"},
    )

    field_order = ["place", "lot", "weight_percent"]

    def clean(self):
        given = super().clean()
        if given.get("place") == "criteria":
            self.need_criterion(given)
        return given


class SocialValueModelForm(_ReadyForm):
    """Model award criteria as one social value criterion."""

    def clean(self):
        given = super().clean()
        self.need_criterion(given)
        return given


class SocialValueMeasuresForm(_ReadyForm):
    """Measures as one social value criterion that is computed in pounds."""

    method = forms.ChoiceField(
        label="How are commitments scored?",
        choices=[row for row in SocialValueMethod.choices() if row[0] != "qualitative"],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how commitments are scored"},
    )
    target_gbp = pounds_field(
        "Target", "In pounds: what earns all the points. For the method with a target only."
    )

    field_order = ["lot", "weight_percent", "method", "target_gbp"]

    def clean(self):
        given = super().clean()
        self.need_criterion(given)
        if given.get("method") == SocialValueMethod.TARGET and not given.get("target_gbp"):
            self.add_error("target_gbp", "Enter the target in pounds")
        return given


class FrameworkForm(forms.Form):
    """Under which framework a call-off runs."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    framework = forms.ModelChoiceField(
        label="A framework that was run in this service",
        queryset=None,
        required=False,
        empty_label="None of these",
        help_text="Its lots, scales, criteria, conditions and terms take the place of what is "
        "written here.",
    )
    framework_reference = forms.CharField(
        label="Otherwise, the reference of the framework",
        max_length=200,
        required=False,
        help_text="The number or name under which it was published.",
    )

    def __init__(self, *args, frameworks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["framework"].queryset = frameworks

    def clean(self):
        given = super().clean()
        if not given.get("framework") and not given.get("framework_reference", "").strip():
            self.add_error("framework_reference", "Choose a framework, or enter its reference")
        return given

    @staticmethod
    def initial_of(exercise) -> dict:
        """What the form shows for an exercise."""
        return {
            "framework": exercise.framework_exercise_id,
            "framework_reference": exercise.framework_reference,
        }


class CopyForm(forms.Form):
    """From which lot the criteria are copied."""

    source = forms.ModelChoiceField(
        label="Copy the criteria of",
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a lot"},
    )

    def __init__(self, *args, lots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = lots
