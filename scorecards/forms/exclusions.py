"""The form by which a supplier is excluded."""

from django import forms
from django.utils import timezone

from accounts.widgets import DateField
from commissioning.award_model.exclusion import AUTHORITY_GROUNDS, NOTES, Ground, GroundKind
from scorecards.enums import ExclusionCircumstances, ExclusionOf
from scorecards.forms.scorecards import MOST_CHARACTERS


def _words(label: str, hint: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MOST_CHARACTERS,
        error_messages={"required": required},
    )


def _ground_choices() -> list[tuple[str, str]]:
    return [(ground.code, f"{ground.title} ({_kind(ground)})") for ground in AUTHORITY_GROUNDS]


def _kind(ground: Ground) -> str:
    return "discretionary" if ground.kind is GroundKind.DISCRETIONARY else "mandatory"


class ExclusionForm(forms.Form):
    """Ground, whom it applies to, its circumstances, what the supplier said, and the reason."""

    ground_code = forms.ChoiceField(
        label="Which ground applies?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground"},
    )
    about = forms.ChoiceField(
        label="Whom does it apply to?",
        help_text="Where it is an associated person or a sub-contractor, let the supplier replace "
        "it first.",
        choices=ExclusionOf.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom the ground applies to"},
    )
    asked_on = DateField(
        label="When was the supplier given the opportunity to make representations?",
        help_text="It comes before the decision, with reasonable time to answer, and asks for no "
        "more evidence than is proportionate.",
    )
    representations = _words(
        "What did the supplier say and show?",
        "Also what it did to put things right. If it said nothing, say so.",
        "Enter what the supplier said, or that it said nothing",
    )
    circumstances = forms.ChoiceField(
        label="What about the circumstances of the ground?",
        choices=ExclusionCircumstances.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether the circumstances are continuing or likely to occur again"
        },
    )
    circumstances_reason = _words(
        "What shows that?",
        "For example how serious it was, what has changed since and what has not, or the entry on "
        "the debarment list.",
        "Say what shows that the circumstances are continuing or likely to occur again",
    )
    reason = _words(
        "Why is the supplier excluded? The bidder will read this",
        "With a discretionary ground, say why you exclude although you need not.",
        "Give the reason",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground_code"].choices = _ground_choices()
        self.fields["ground_code"].hints = NOTES

    def clean_asked_on(self):
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The supplier has to be heard before it is excluded")
        return day
