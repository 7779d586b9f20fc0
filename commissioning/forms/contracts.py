"""Forms for notices, contracts, interests, engagements and requests."""

from django import forms

from accounts.fields import NumberField
from accounts.numbers import POUNDS
from accounts.widgets import DateField
from commissioning import ocds
from commissioning.enums import ContractStatus, CorrectableField, EngagementScope, Resolution
from principles.enums import Level
from principles.rules import RISK_QUESTIONS, RiskAnswers

MOST_CHARACTERS = 2000
YES_NO = [("yes", "Yes"), ("no", "No")]


def _text(label: str, required: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=MOST_CHARACTERS,
        help_text=help_text,
        error_messages={"required": required},
    )


def _pounds(label: str) -> NumberField:
    return NumberField(
        label=label,
        name="The value",
        required=False,
        rule=POUNDS,
        help_text="In pounds, for example 250000. Leave it blank if it is not known.",
        width=10,
    )


class NoticeUploadForm(forms.Form):
    """One file of notices."""

    file = forms.FileField(
        label="File of notices",
        help_text="Open Contracting Data Standard 1.1, JSON, up to 50 MB: a release package,"
        " a record package or a single release.",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self):
        """Read the file; what can't be read is an error of the field. Keeps ``content``."""
        file = self.cleaned_data["file"]
        self.content = file.read(ocds.MAX_FILE_BYTES + 1)
        try:
            ocds.read_file(file.name, self.content)
        except ocds.FileUnreadable as error:
            raise forms.ValidationError(error.reason) from error
        return file


class ImportConfirmForm(forms.Form):
    """Which buyers of that name are the uploader's own organisation."""

    buyers = forms.MultipleChoiceField(
        label="Are these buyers your organisation?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The notices name a buyer like yours, and no number that is known as yours."
        " You are asked at each import, until an operator has confirmed the number.",
    )

    def __init__(self, *args, buyers: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        if buyers:
            self.fields["buyers"].choices = list(buyers.items())
        else:
            del self.fields["buyers"]


class ContractForm(forms.Form):
    """A contract that no notice brought."""

    title = forms.CharField(
        label="Title of the contract",
        max_length=300,
        error_messages={"required": "Enter the title of the contract"},
    )
    description = forms.CharField(
        label="What it is for",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    providers = forms.ModelMultipleChoiceField(
        label="Providers",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Look for them by name above. The first one leads.",
    )
    new_provider_name = forms.CharField(
        label="Name of a provider that isn't known here yet", max_length=300, required=False
    )
    new_provider_company_number = forms.CharField(
        label="Its company number",
        max_length=8,
        required=False,
        help_text="Eight characters, as Companies House writes it. Leave it blank if it has none.",
        widget=forms.TextInput(attrs={"data-width": "10"}),
    )
    value_gbp = _pounds("Value over the whole term")
    awarded_on = DateField(label="Award date", required=False)
    starts_on = DateField(label="Start date", required=False)
    ends_on = DateField(label="End date", required=False)

    def __init__(self, *args, providers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["providers"].queryset = providers
        if not providers:
            self.fields["providers"].widget = forms.MultipleHiddenInput()

    def clean_new_provider_company_number(self):
        number = self.cleaned_data["new_provider_company_number"]
        if number and ocds.registered_identifier("GB-COH", number) is None:
            raise forms.ValidationError("Enter a company number, such as 01234567 or SC123456")
        return number

    def clean(self):
        given = super().clean()
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The end date must be after the start date")
        if not given.get("providers") and not given.get("new_provider_name"):
            self.add_error("new_provider_name", "Choose a provider, or enter a new one's name")
        if given.get("new_provider_company_number") and not given.get("new_provider_name"):
            self.add_error("new_provider_name", "Enter the provider's name as well")
        return given


class CorrectionForm(forms.Form):
    """One field of one contract, put right."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args, field: str, **kwargs):
        super().__init__(*args, **kwargs)
        label = CorrectableField(field).label
        if field == CorrectableField.VALUE_GBP:
            value = _pounds(label)
        elif field in (
            CorrectableField.STARTS_ON,
            CorrectableField.ENDS_ON,
            CorrectableField.AWARDED_ON,
        ):
            value = DateField(label=label, required=False)
        elif field == CorrectableField.STATUS:
            value = forms.ChoiceField(label=label, choices=ContractStatus.choices)
        elif field == CorrectableField.DESCRIPTION:
            value = forms.CharField(
                label=label, widget=forms.Textarea(attrs={"rows": 8}), required=False
            )
        else:
            value = forms.CharField(
                label=label, max_length=300, error_messages={"required": "Enter the title"}
            )
        self.fields["value"] = value
        self.fields["reason"] = _text(
            "Why is this right?",
            "Say why this value is right",
            "For example, where you read it. It stays beside the published value.",
        )


class LevelForm(forms.Form):
    """The three risk questions, and another level than the proposed one."""

    level = forms.ChoiceField(
        label="Another level than the proposed one",
        required=False,
        choices=Level.choices,
        widget=forms.RadioSelect,
        help_text="Choose one only where you have a reason. Otherwise the proposed level is set.",
    )
    reason = forms.CharField(
        label="Reason for another level",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_CHARACTERS,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in RISK_QUESTIONS:
            self.fields[question.name] = forms.ChoiceField(
                label=question.question,
                help_text=question.hint,
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": "Answer yes or no"},
            )
        self.order_fields([*(question.name for question in RISK_QUESTIONS), "level", "reason"])

    @property
    def answers(self) -> RiskAnswers:
        return RiskAnswers(
            **{row.name: self.cleaned_data[row.name] == "yes" for row in RISK_QUESTIONS}
        )


class ProcessLinkForm(forms.Form):
    """Under which process of another body a contract was called off."""

    ocid = forms.RegexField(
        label="Number of the process (ocid)",
        regex=r"^[!-~]{5,200}$",
        max_length=200,
        help_text="As the notice gives it, for example ocds-h6vhtk-04a1b2.",
        error_messages={
            "required": "Enter the number of the process",
            "invalid": "Enter the number of the process without spaces, such as ocds-h6vhtk-04a1b2",
        },
    )
    publisher_name = forms.CharField(
        label="Body that published it",
        max_length=300,
        help_text="Its name as the notice gives it, for example Crown Commercial Service.",
        error_messages={"required": "Enter the name of the body that published it"},
    )
    reason = _text(
        "Why does the contract belong to it?",
        "Say why the contract belongs to it",
        "For example, the number of the framework and the lot. The other body reads this.",
    )


class LinkDisputeForm(forms.Form):
    """Why a contract of another body does not belong to the own process."""

    reason = _text(
        "Why is this wrong?",
        "Say why this is wrong",
        "Whoever linked the contract reads this.",
    )


class MatchForm(forms.Form):
    """Are the two one?"""

    decision = forms.ChoiceField(
        label="Are they the same organisation?",
        widget=forms.RadioSelect,
        choices=[("same", "Yes, they are the same"), ("different", "No, they are different")],
        error_messages={"required": "Say whether they are the same"},
    )


class EngagementForm(forms.Form):
    """Who may read what, from when to when."""

    assurance_body = forms.ModelChoiceField(
        label="Assurance body",
        queryset=None,
        error_messages={"required": "Choose the assurance body"},
    )
    scope = forms.ChoiceField(
        label="What may its auditors read?",
        choices=EngagementScope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they may read"},
    )
    contracts = forms.CharField(
        label="References of the named contracts",
        help_text="One on each line, such as CT-7F3KQ8M. Leave it blank for all contracts.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")

    def __init__(self, *args, bodies, contracts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assurance_body"].queryset = bodies
        self.own_contracts = contracts

    def clean_contracts(self):
        wanted = self.cleaned_data["contracts"].upper().replace(",", " ").split()
        found = list(self.own_contracts.filter(reference__in=wanted))
        missing = set(wanted) - {row.reference for row in found}
        if missing:
            raise forms.ValidationError(
                f"You have no contract with the reference {', '.join(sorted(missing))}"
            )
        return found

    def clean(self):
        given = super().clean()
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be after the first day")
        named = given.get("scope") == EngagementScope.NAMED_CONTRACTS
        if named and "contracts" in given and not given["contracts"]:
            self.add_error("contracts", "Name at least one contract")
        return given


class InterestForm(forms.Form):
    """One's own interest in a provider and a contract."""

    has_interest = forms.ChoiceField(
        label="Do you have an interest in this provider or this contract?",
        help_text="Personal, professional or financial; direct, or through somebody close to you.",
        choices=[("no", "No, I have none"), ("yes", "Yes, or I am not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you have an interest"},
    )
    description = forms.CharField(
        label="If you do, describe it",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_CHARACTERS,
        required=False,
    )

    def clean(self):
        given = super().clean()
        if given.get("has_interest") == "yes" and not given.get("description", "").strip():
            self.add_error("description", "Describe the interest")
        return given


class ResolutionForm(forms.Form):
    """What is decided about somebody's interest."""

    resolution = forms.ChoiceField(
        label="What did you decide?",
        choices=[row for row in Resolution.choices if row[0] != Resolution.NONE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    note = _text("Why, and what is done about it?", "Say why, and what is done about it")
