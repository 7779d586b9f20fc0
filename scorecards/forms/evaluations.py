"""Forms of scoring, moderation and results."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.fields import WholeNumberField
from accounts.numbers import NumberRule
from accounts.widgets import DateField
from scorecards.enums import Standing
from scorecards.forms.scorecards import MOST_CHARACTERS, ReasonForm

STANDING_HINTS = {
    Standing.ELIGIBLE: "The bid is assessed, or is assessed again. Record it also where the"
    " bidder’s declaration speaks against it and it stays in all the same.",
    Standing.CONDITIONS_NOT_MET: "Disregarded: the supplier does not satisfy a published condition"
    " of participation. Under the Procurement Act 2023 it must be disregarded.",
    Standing.EXCLUDED: "Disregarded: an exclusion ground applies to the supplier.",
    Standing.FAILS_REQUIREMENTS: "Assessed, and does not do what was asked for.",
    Standing.ABNORMALLY_LOW: "Only after the bidder was asked and could not show that it can"
    " perform at its price.",
    Standing.PROCEDURAL_BREACH: "It may be disregarded: a published rule of the procedure was"
    " broken.",
}


def _text(label: str, *, rows: int = 5, hint: str = "", required: str = "") -> forms.CharField:
    """A field for words; ``required`` is the error where they are missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=MOST_CHARACTERS,
        error_messages={"required": required},
    )


def _offer_points(field: forms.ChoiceField, points) -> None:
    """Let a field of radios offer the points of a scale with what earns each."""
    field.choices = [(str(point.value), _point_label(point)) for point in points]
    field.hints = {str(point.value): point.description for point in points}


def _point_label(point) -> str:
    if not point.description and point.label in ("Passed", "Not passed"):
        return point.label
    return f"{point.value.normalize():f}: {point.label}" if point.label else f"{point.value:f}"


class BidRatingForm(forms.Form):
    """One's own rating of one bid on one criterion. It may be incomplete until it is locked."""

    rating = forms.TypedChoiceField(
        label="Your rating",
        widget=forms.RadioSelect,
        required=False,
        coerce=Decimal,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of the points of the scale"},
    )
    rationale = _text(
        "Why? Say what the bid offers and where it says so",
        rows=7,
        hint="For example a sentence or a figure of the answer, or a page of the evidence.",
    )
    strengths = _text("Strengths", rows=3)
    shortcomings = _text("Shortcomings", rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        _offer_points(self.fields["rating"], points)


class ConsensusForm(forms.Form):
    """What the panel agreed about one bid on one criterion. Nothing is chosen beforehand.

    ``given`` are the locked ratings that count; a field asks, for each of them, why the agreed one
    differs.
    """

    rating = forms.TypedChoiceField(
        label="The rating that the panel agreed",
        widget=forms.RadioSelect,
        coerce=Decimal,
        error_messages={
            "required": "Choose the rating that the panel agreed",
            "invalid_choice": "Choose one of the points of the scale",
        },
    )
    reasons = _text(
        "The decisive reasons",
        rows=7,
        hint="The bidder will read them. Say what in the bid decided, by the criterion.",
        required="Give the decisive reasons",
    )
    discussion = _text("What was discussed, and who said what", rows=4)
    higher_score = _text(
        "What would a higher rating have needed?",
        rows=3,
        hint="Leave it blank for the highest rating.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, *args, points, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.given = given
        _offer_points(self.fields["rating"], points)
        for one in given:
            name = one.row.evaluator.full_name or one.row.evaluator.email
            self.fields[self.name_for(one.row.evaluator_id)] = _text(
                f"Why it moved from what {name} gave: {one.words}",
                rows=2,
                hint="Only where the agreed rating is a different one.",
            )
        self.order_fields(
            ["rating", "reasons", *map(self.name_for, self._evaluators()), "discussion"]
        )

    @staticmethod
    def name_for(evaluator: int) -> str:
        return f"moved_{evaluator}"

    def _evaluators(self) -> list[int]:
        return [one.row.evaluator_id for one in self.given]

    def clean(self):
        """Gathers the explanations as ``moves``, by the key of the evaluator."""
        cleaned = super().clean()
        moves = {}
        for one in self.given:
            field = self.name_for(one.row.evaluator_id)
            why = cleaned.pop(field, "").strip()
            if cleaned.get("rating") is None or one.row.rating == cleaned["rating"]:
                continue
            moves[one.row.evaluator_id] = why
            if not why and field not in self.errors:
                name = one.row.evaluator.full_name or one.row.evaluator.email
                self.add_error(field, f"Say why it moved from what {name} gave")
        return {**cleaned, "moves": moves}


class StandingForm(forms.Form):
    """Whether a bid is assessed, by which rule, and why.

    ``has_exclusion_page``: a supplier is excluded on a page of its own, and not here.
    """

    standing = forms.ChoiceField(
        label="What becomes of this bid?",
        choices=Standing.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of the bid"},
    )
    ground = forms.CharField(
        label="By which rule?",
        help_text="For example the condition, the requirement or the section of the law.",
        max_length=300,
        error_messages={"required": "Name the rule"},
    )
    reason = _text("Why? The bidder will read this", required="Give the reason")

    def __init__(self, *args, has_exclusion_page, **kwargs):
        super().__init__(*args, **kwargs)
        if has_exclusion_page:
            self.fields["standing"].choices = [
                choice for choice in Standing.choices if choice[0] != Standing.EXCLUDED
            ]
        self.fields["standing"].hints = {str(k.value): v for k, v in STANDING_HINTS.items()}


class ReopenForm(ReasonForm):
    """Why the moderation is opened again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why does the panel have to talk again?"


class ReopenScoringForm(ReasonForm):
    """Why somebody else has to score."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why does another evaluator have to score?"


def _not_in_future(day):
    if day > timezone.localdate():
        raise forms.ValidationError("The day cannot be in the future")
    return day


class LowPriceQuestionForm(forms.Form):
    """What a bidder with a very low price was asked."""

    question = _text(
        "What was the bidder asked?",
        hint="Ask for an explanation of the price: wages, methods, subsidies, compliance with the"
        " law.",
        required="Enter the question",
    )
    asked_on = DateField(label="When was it asked?")

    def clean_asked_on(self):
        return _not_in_future(self.cleaned_data["asked_on"])


class LowPriceDecisionForm(forms.Form):
    """What the bidder answered, and whether it can perform at that price."""

    answer = _text("What did the bidder show?", required="Enter what the bidder answered")
    answered_on = DateField(label="When did it answer, or when did its time run out?")
    can_perform = forms.TypedChoiceField(
        label="Can it perform the contract at that price?",
        choices=[("yes", "Yes"), ("no", "No, it could not show that")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": "Choose whether it can perform"},
    )
    reason = _text("Why do you decide so?", required="Give the reason")

    def clean_answered_on(self):
        return _not_in_future(self.cleaned_data["answered_on"])


class DrawForm(forms.Form):
    """The order in which level bids were drawn, and before whom.

    ``bids`` are pairs of key and name.
    """

    draw_record = _text(
        "When, where and before whom were lots drawn?",
        rows=3,
        required="Say when, where and before whom lots were drawn",
    )

    def __init__(self, *args, bids, **kwargs):
        super().__init__(*args, **kwargs)
        self.bids = list(bids)
        for key, name in self.bids:
            self.fields[key] = WholeNumberField(
                label=f"Place of {name} in the draw",
                name=f"The place of {name}",
                help_text="1 for the bid that was drawn first.",
                rule=NumberRule(least=1, most=len(self.bids)),
                width=2,
                error_messages={"required": f"Enter the place of {name}"},
            )
        self.order_fields([*(key for key, _ in self.bids), "draw_record"])

    def clean(self):
        """Gives ``order``: the keys of the bids as they were drawn."""
        cleaned = super().clean()
        placed = {key: cleaned.pop(key, None) for key, _ in self.bids}
        if None not in placed.values() and len(set(placed.values())) < len(placed):
            self.add_error(self.bids[0][0], "Give each bid a place of its own")
        order = sorted(placed, key=lambda key: placed[key] or 0)
        return {**cleaned, "order": order}
