"""Forms for the team of an exercise, its interests, openers and clarifications."""

from dataclasses import replace

from django import forms

from accounts.fields import WholeNumberField
from accounts.numbers import WHOLE_POUNDS
from accounts.widgets import DateField
from commissioning.enums import Duty, NoticeCode
from commissioning.forms.contracts import MOST_CHARACTERS, _text


class MemberForm(forms.Form):
    """A person and the duty that they take."""

    user = forms.ModelChoiceField(
        label="Person",
        queryset=None,
        error_messages={
            "required": "Choose a person",
            "invalid_choice": "Choose one of the people of your organisation",
        },
    )
    duty = forms.ChoiceField(
        label="Duty",
        choices=Duty.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a duty"},
    )
    is_deputy = forms.BooleanField(
        label="As a deputy, who stands in for another opener", required=False
    )
    approves_up_to_gbp = WholeNumberField(
        label="Approves awards up to",
        name="The limit",
        help_text="In whole pounds, for an approver. Leave it blank for no limit.",
        required=False,
        rule=replace(WHOLE_POUNDS, least=1),
        width=10,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.fields["user"].label_from_instance = lambda user: user.full_name or user.email


class AssignmentForm(forms.Form):
    """Which criteria an evaluator scores."""

    criteria = forms.MultipleChoiceField(
        label="Criteria to score",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = choices

    def clean_criteria(self):
        pairs = (value.split("/", 1) for value in self.cleaned_data["criteria"])
        return [(int(lot), key) for lot, key in pairs]


class ExerciseInterestForm(forms.Form):
    """One's own interest in an exercise, or in one of its bidders."""

    has_interest = forms.ChoiceField(
        label="Do you have an interest?",
        help_text="Personal, professional or financial; direct, or through somebody close to you."
        " What a reasonable person might take for one counts too.",
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


class ConflictsForm(forms.Form):
    """What the generated assessment cannot know."""

    perceived = _text(
        "What could look like a conflict, though it is none?",
        "Say what could look like a conflict and what you did about it, or that nothing could",
        "What might lead a reasonable person to think there is one, and the steps you took.",
        rows=6,
    )


class NoticeForm(forms.Form):
    """A notice that was published on the central platform."""

    code = forms.ChoiceField(
        label="Notice",
        choices=NoticeCode.choices,
        error_messages={"required": "Choose the notice"},
    )
    number = forms.CharField(
        label="Number of the notice",
        max_length=60,
        error_messages={"required": "Enter the number of the notice"},
    )
    published_on = DateField(label="Day of publication")


class PassphraseForm(forms.Form):
    """A new passphrase, twice. The fields' names keep them out of every draft."""

    password = forms.CharField(
        label="Your passphrase for this opening",
        help_text="At least four words, or 16 characters. Nobody can reset it: keep it safe.",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a passphrase"},
    )
    password_again = forms.CharField(
        label="The same passphrase again",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the passphrase again"},
    )

    def clean(self):
        given = super().clean()
        both = given.get("password"), given.get("password_again")
        if all(both) and both[0] != both[1]:
            self.add_error("password_again", "The two passphrases are not the same")
        return given


class OpenForm(forms.Form):
    """One opener's part in an opening."""

    which = forms.ChoiceField(
        label="What do you open with?",
        choices=[
            ("own", "My passphrase"),
            ("recovery", "The code of the offline recovery share"),
        ],
        initial="own",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you open with"},
    )
    password = forms.CharField(
        label="Passphrase or code",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter your passphrase, or the code"},
    )


class AnswerQuestionForm(forms.Form):
    """The question as all will read it, and the answer."""

    published_question = _text(
        "The question as everybody will read it",
        "Enter the question as everybody will read it",
        "Take out whatever could say who asked.",
    )
    answer = _text("The answer to everybody", "Enter the answer", rows=8)
