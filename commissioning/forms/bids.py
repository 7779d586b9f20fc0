"""Forms of bidders: questions, lots, the parts of a bid, handing in."""

from decimal import Decimal

from django import forms

from accounts.models import User
from accounts.numbers import pounds_for_one
from commissioning.award_model.bid_parts import (
    BidPart,
    PartKind,
    commitment_field,
    shortcomings,
)
from commissioning.award_model.exclusion import GROUNDS
from commissioning.award_model.model import AwardModel
from commissioning.forms._bid_fields import DraftNumberField
from commissioning.opened_contents import MOST_CHARACTERS, MOST_OF_NOTES, PRICE, QUANTITY
from principles.models import Measure
from providers.forms import EvidenceChoiceField

YES_OR_NO = [("yes", "Yes"), ("no", "No")]


class QuestionForm(forms.Form):
    """A question to the buyer, which all bidders will read."""

    question = forms.CharField(
        label="Your question",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_OF_NOTES,
        help_text="Leave out your name and anything that tells who you are.",
        error_messages={"required": "Enter your question"},
    )


class LotsForm(forms.Form):
    """The lots that a bid is for."""

    lots = forms.TypedMultipleChoiceField(
        label="Which lots do you want to bid for?",
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        error_messages={"required": "Select at least one lot"},
    )

    def __init__(self, *args, model: AwardModel, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["lots"]
        field.choices = [(lot.number, f"Lot {lot.number}: {lot.title}") for lot in model.lots]
        field.hints = {str(lot.number): lot.description for lot in model.lots}


class PreferencesForm(forms.Form):
    """In which order a bidder wants its lots."""

    def __init__(self, *args, model: AwardModel, lots: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        places = [("", "Choose a place")]
        places += [(place, str(place)) for place in range(1, len(lots) + 1)]
        for number in lots:
            self.fields[f"place_{number}"] = forms.TypedChoiceField(
                label=f"Lot {number}: {model.lot(number).title}",
                choices=places,
                coerce=int,
                error_messages={"required": f"Choose the place of lot {number}"},
            )

    def clean(self):
        given = super().clean()
        if len(given) == len(self.fields) and len(set(given.values())) < len(given):
            self.add_error(None, "Give each lot a place of its own.")
        return given

    @property
    def order(self) -> list[int]:
        """The numbers of the lots, the most wanted first."""
        placed = sorted(self.cleaned_data.items(), key=lambda item: item[1])
        return [int(name.removeprefix("place_")) for name, _ in placed]


class PartForm(forms.Form):
    """A part of a bid. A draft may be saved as it is; completing asks for all.

    ``content`` is what the part then holds (``award_model.bid_parts``).
    """

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, part: BidPart, is_completing: bool = False, **kwargs):
        self.part, self.is_completing = part, is_completing
        super().__init__(*args, **kwargs)

    def clean(self):
        given = super().clean()
        if self.is_completing and not self.errors:
            for name, field in self.fields.items():
                if isinstance(field, DraftNumberField) and (reason := field.refusal(given[name])):
                    self.add_error(name, reason)
            for lack in shortcomings(self.part, self.content):
                if lack.field not in self.errors:
                    self.add_error(lack.field, lack.words)
        return given

    @property
    def content(self) -> dict:
        raise NotImplementedError


class GroundsPartForm(PartForm):
    """The share code of the Central Digital Platform, or each ground one by one."""

    share_code = forms.RegexField(
        r"^[A-Za-z0-9-]{4,60}$",
        label="Share code of the Central Digital Platform",
        required=False,
        help_text="With a share code you need not answer the questions below.",
        error_messages={"invalid": "The share code must be 4 to 60 letters, digits or hyphens"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["share_code"].widget.attrs["data-width"] = "20"
        for ground in GROUNDS:
            self.fields[f"ground_{ground.code}"] = forms.ChoiceField(
                label=ground.title, choices=YES_OR_NO, widget=forms.RadioSelect, required=False
            )
            self.fields[f"words_{ground.code}"] = forms.CharField(
                label=f"If yes, what happened and what did you do about it? ({ground.title})",
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=MOST_OF_NOTES,
                required=False,
            )

    @staticmethod
    def initial_of(content: dict) -> dict:
        answers, words = content.get("answers", {}), content.get("grounds", {})
        return (
            {"share_code": content.get("share_code", "")}
            | {f"ground_{code}": answer for code, answer in answers.items()}
            | {f"words_{code}": text for code, text in words.items()}
        )

    @property
    def content(self) -> dict:
        given = self.cleaned_data
        answers = {
            ground.code: given[f"ground_{ground.code}"]
            for ground in GROUNDS
            if given.get(f"ground_{ground.code}")
        }
        return {
            "share_code": given.get("share_code", ""),
            "answers": answers,
            "grounds": {
                code: given.get(f"words_{code}", "")
                for code, answer in answers.items()
                if answer == "yes"
            },
        }

    def by_kind(self) -> list[tuple[str, list]]:
        """The questions grouped by what follows from them: (words, bound fields)."""
        found: dict[str, list] = {}
        for ground in GROUNDS:
            fields = found.setdefault(ground.kind.words, [])
            fields += [self[f"ground_{ground.code}"], self[f"words_{ground.code}"]]
        return list(found.items())


class ConditionPartForm(PartForm):
    """Whether a condition of participation is met, and how."""

    met = forms.ChoiceField(
        label="Do you meet this condition?",
        choices=[("yes", "Yes, we meet it"), ("no", "No, we do not meet it")],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label="How do you meet it, or why not?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_OF_NOTES,
        required=False,
    )

    @staticmethod
    def initial_of(content: dict) -> dict:
        met = {True: "yes", False: "no"}.get(content.get("met"), "")
        return {"met": met, "words": content.get("words", "")}

    @property
    def content(self) -> dict:
        given = self.cleaned_data
        met = {"yes": True, "no": False}.get(given.get("met"))
        return {"met": met, "words": given.get("words", "")}


class AnswerPartForm(PartForm):
    """The answer to a criterion, with evidence from the library."""

    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=MOST_CHARACTERS,
        required=False,
    )
    evidence = EvidenceChoiceField(
        label="Evidence from your library",
        queryset=None,
        to_field_name="reference",
        required=False,
        help_text="Evaluators see it once bids are opened.",
    )

    def __init__(self, *args, evidence, **kwargs):
        super().__init__(*args, **kwargs)
        limit = self.part.criterion.word_limit
        text = self.fields["text"]
        text.max_words = limit
        text.help_text = f"At most {limit} words." if limit else "There is no word limit."
        self.fields["evidence"].queryset = evidence
        if not evidence:
            del self.fields["evidence"]

    @staticmethod
    def initial_of(content: dict) -> dict:
        return {"text": content.get("text", ""), "evidence": content.get("evidence", [])}

    @property
    def content(self) -> dict:
        given = self.cleaned_data
        chosen = sorted(item.reference for item in given.get("evidence") or [])
        return {"text": given.get("text", ""), "evidence": chosen}


class CommitmentsPartForm(PartForm):
    """How much a bid commits to, measure by measure.

    ``measures``: those of the criterion, by framework, edition and code. ``worth``: pounds that one
    unit of a measure (by key) counts, as far as the bidder may read it.
    """

    def __init__(
        self, *args, measures: dict[str, Measure], worth: dict[int, Decimal] | None = None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.worth = worth or {}
        self.codes = self.part.criterion.social_value.measure_codes
        for code in self.codes:
            self._ask(code, measures[code])

    def _ask(self, code: str, measure: Measure) -> None:
        quantity = commitment_field("quantity", code)
        if measure.is_yes_or_no:
            self.fields[quantity] = forms.ChoiceField(
                label=f"{measure.code} {measure.label}",
                choices=[("1", "Yes, we commit to it"), ("0", "No")],
                widget=forms.RadioSelect,
                required=False,
            )
        else:
            worth = self.worth.get(measure.pk)
            counts = "" if worth is None else f" Each counts {pounds_for_one(worth)}."
            self.fields[quantity] = DraftNumberField(
                label=f"{measure.code} {measure.label}",
                name=f"The quantity of {measure.code}",
                help_text=f"In {measure.unit}, over the whole contract.{counts} Leave it blank to"
                " commit to nothing.",
                rule=QUANTITY,
                width=10,
            )
        self.fields[commitment_field("note", code)] = forms.CharField(
            label=f"How, when and who is responsible? ({measure.code})",
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=MOST_OF_NOTES,
            required=False,
        )

    @staticmethod
    def initial_of(content: dict) -> dict:
        found = {}
        for code, promise in content.items():
            found |= {
                commitment_field("quantity", code): promise.get("quantity", ""),
                commitment_field("note", code): promise.get("note", ""),
            }
        return found

    @property
    def content(self) -> dict:
        given = self.cleaned_data
        found = {}
        for code in self.codes:
            quantity = given.get(commitment_field("quantity", code), "")
            note = given.get(commitment_field("note", code), "")
            if quantity and not quantity.strip("0."):
                quantity = ""
            if quantity or note:
                found[code] = {"quantity": quantity, "note": note}
        return found


class PricePartForm(PartForm):
    """The price, on the basis that was published."""

    amount_gbp = DraftNumberField(
        label="Your price in pounds", name="The price", rule=PRICE, width=10
    )
    note = forms.CharField(
        label="What the price is made of",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MOST_OF_NOTES,
        required=False,
        help_text="Such as wages, travel and overheads. It is opened with the price.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        basis = self.part.criterion.price.price_basis
        self.fields["amount_gbp"].help_text = f"{basis} Such as 248,000.50.".strip()

    @staticmethod
    def initial_of(content: dict) -> dict:
        return {"amount_gbp": content.get("amount_gbp", ""), "note": content.get("note", "")}

    @property
    def content(self) -> dict:
        given = self.cleaned_data
        return {
            "amount_gbp": given.get("amount_gbp", ""),
            "note": given.get("note", ""),
        }


PART_FORMS: dict[PartKind, type[PartForm]] = {
    PartKind.GROUNDS: GroundsPartForm,
    PartKind.CONDITION: ConditionPartForm,
    PartKind.ANSWER: AnswerPartForm,
    PartKind.COMMITMENTS: CommitmentsPartForm,
    PartKind.PRICE: PricePartForm,
}


class HolderForm(forms.Form):
    """The colleague who has a part in hand."""

    holder = forms.ModelChoiceField(
        label="Who has this part in hand?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        to_field_name="email",
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = colleagues
        self.fields["holder"].label_from_instance = lambda user: user.full_name


class HandInForm(forms.Form):
    """The signatory's declaration on handing in."""

    declares = forms.BooleanField(
        label="I declare this for the bidder and hand in the bid",
        error_messages={"required": "Confirm the declaration to hand in the bid"},
    )
