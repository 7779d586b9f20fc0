"""Forms for awards: recommendation, notice, challenge, contract, and what bidders are told."""

from django import forms

from accounts.widgets import DateField
from commissioning.award_model.dates import StandstillException
from scorecards.award_documents.summaries import ADDRESS, EMAIL, OVERALL, WINNER_PARTS
from scorecards.forms.scorecards import MOST_CHARACTERS


def _area(label: str, required: str = "", help_text: str = "", rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=MOST_CHARACTERS,
        help_text=help_text,
        error_messages={"required": required},
    )


class RecommendationForm(forms.Form):
    """The recommendation in words."""

    recommendation = _area(
        "Recommendation",
        "Enter the recommendation",
        "What you recommend and why, for the approver and the file.",
    )


class AwardReasonForm(forms.Form):
    """Why a step is taken."""

    reason = _area("Reason", "Give the reason")


class AwardNoticeForm(forms.Form):
    """The award notice, as it was published on the central platform."""

    number = forms.CharField(
        label="Number of the contract award notice",
        max_length=60,
        error_messages={"required": "Enter the number of the notice"},
    )
    published_on = DateField(label="Day of publication")
    exception = forms.ChoiceField(
        label="Why no standstill applies",
        required=False,
        choices=[("", "A standstill applies"), *StandstillException.choices()],
        help_text="The exceptions of section 51 were not checked against the Act: read it before"
        " you rely on one. A standstill can always be given voluntarily.",
    )


class ChallengeForm(forms.Form):
    """What became of the award."""

    step = forms.ChoiceField(
        label="What happened?",
        choices=[
            ("challenge", "A bidder challenges the award"),
            ("suspend", "The award is suspended"),
            ("go_on", "The challenge or suspension has ended, and the award goes on"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    reason = _area("What is it about?", "Say what it is about")


class EnterContractForm(forms.Form):
    """The day on which the contract was entered into."""

    entered_on = DateField(label="Day on which the contract was entered into")


class SummaryForm(forms.Form):
    """What one bidder is told, where words are needed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.CharField(
        label="Supplier’s postal address",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
    email = forms.EmailField(
        label="Supplier’s e-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address, such as bids@example.org"},
    )

    def __init__(self, *args, leaves, is_winner: bool, is_assessed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[OVERALL] = _area(
            "The outcome, and why the tender was not awarded"
            if not is_winner
            else "The outcome in words"
        )
        self.leaves = leaves if is_assessed else ()
        for leaf in self.leaves:
            self.fields[f"why:{leaf.key}"] = _area(
                f"{leaf.number} {leaf.title}: explanation",
                help_text="With reference to what the tender says. Repeating the criterion is not"
                " enough; comparing with other tenders is not needed.",
            )
            if leaf.rating is not None:
                self.fields[f"higher:{leaf.key}"] = _area(
                    f"{leaf.number} {leaf.title}: what a higher score would have needed", rows=3
                )
        self.withholds = is_assessed and not is_winner
        if self.withholds:
            for part, words in WINNER_PARTS.items():
                self.fields[f"withheld-{part}"] = _area(
                    f"Winner’s information withheld: {words.lower()}",
                    help_text="Give the ground, such as a trade secret, to withhold it. Leave it"
                    " blank to give it.",
                    rows=2,
                )

    @property
    def words(self) -> dict[str, str]:
        names = [ADDRESS, EMAIL, OVERALL]
        names += [name for name in self.fields if name.startswith(("why:", "higher:"))]
        return {name: self.cleaned_data.get(name, "") for name in names}

    @property
    def withheld(self) -> dict[str, str]:
        start = "withheld-"
        return {
            name.removeprefix(start): self.cleaned_data[name]
            for name in self.fields
            if name.startswith(start)
        }
