"""The form of an award criterion: only the fields of its kind and method."""

from collections.abc import Iterable

from django import forms

from commissioning.award_model.price_inputs import INPUTS_OF_METHOD
from commissioning.award_model.terms import CriterionKind, PriceMethod, SocialValueMethod
from commissioning.forms._design_fields import (
    Group,
    GroupedForm,
    count_field,
    percent_field,
    points_field,
    pounds_field,
    title_field,
    words_field,
)

MOST_WORDS_ASKED = 100_000


class KindForm(forms.Form):
    """What kind of criterion is added."""

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=CriterionKind.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the criterion is about"},
    )


PRICE_FIELDS = {
    "ceiling_gbp": lambda: pounds_field(
        "Ceiling", "A price at or above it scores nothing. In pounds."
    ),
    "floor_gbp": lambda: pounds_field(
        "Floor", "A price at or below it scores all the points. In pounds."
    ),
    "midpoint_percent": lambda: percent_field(
        "Share of the points for a price at the mean", "In per cent, for example 50."
    ),
    "points_per_percent": lambda: points_field(
        "Percentage points for each per cent from the mean", "For example 1."
    ),
    "minimum_quality_percent": lambda: percent_field(
        "Least quality, in per cent",
        "Bids below it are not compared on price: otherwise a very cheap bid could win with hardly "
        "any quality.",
    ),
}


class CriterionForm(GroupedForm):
    """A criterion. Only the fields of its kind and method are there (``kind``, ``method``).

    ``shown`` says which those are: where another kind or method comes back, the page shows the
    fields of that one before anything is saved.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What is it about?", choices=CriterionKind.choices(), widget=forms.RadioSelect
    )
    title = title_field("Title", "Enter a title for the criterion")

    def __init__(
        self,
        *args,
        kind: str,
        method: str = "",
        has_parts: bool = False,
        scales,
        standards: Iterable[Group] = (),
        measures: Iterable[Group] = (),
        draws_on: Iterable = (),
        counted: Iterable = (),
        is_incomplete: bool = False,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.has_parts = has_parts
        kind = CriterionKind(kind)
        self.initial |= {"shown": f"{kind.value}:{method}", "kind": kind.value}
        if kind is CriterionKind.PRICE:
            self._add_price(method)
        elif kind is CriterionKind.SOCIAL_VALUE and not has_parts:
            self._add_social_value(method, scales, measures, counted)
        else:
            self._add_weight()
            self._add_texts()
            if not has_parts:
                self._add_rating(scales)
        if kind is not CriterionKind.PRICE:
            self.add_groups("draws_on", standards, draws_on)
        if is_incomplete:
            self.fields["is_incomplete_as_published"] = forms.BooleanField(
                label="Incomplete as published",
                required=False,
                help_text="The notice gave this criterion without what is below it. That is no "
                "fault. Untick it once you have completed it here.",
            )

    @staticmethod
    def methods_of(kind: str) -> list[tuple[str, str]]:
        """The methods that a kind may be scored by; none for what is always rated."""
        methods = {
            CriterionKind.PRICE: PriceMethod.choices(),
            CriterionKind.SOCIAL_VALUE: SocialValueMethod.choices(),
        }
        return methods.get(CriterionKind(kind), [])

    def changes(self) -> dict:
        """What the actions take: every field that was there."""
        apart = {"seen", "shown"}
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in apart and not name.startswith(("draws_on_", "measures_"))
        }
        if self.group_fields("draws_on"):
            given["draws_on"] = self.ticked("draws_on")
        if self.group_fields("measures"):
            given["measures"] = self.ticked("measures")
        return given

    @property
    def plain_fields(self) -> list:
        """The fields that stand one below the other on the page, before the groups."""
        grouped = {
            field.name for name in ("draws_on", "measures") for field in self.group_fields(name)
        }
        return [field for field in self.visible_fields() if field.name not in grouped]

    def _add_weight(self) -> None:
        self.fields["weight_percent"] = percent_field(
            "Weight, in per cent",
            "Its share among the criteria beside it, which sum to 100. Leave it blank for a "
            "criterion that is pass or fail.",
        )

    def _add_texts(self) -> None:
        self.fields["asks"] = words_field(
            "What do you ask of bidders?",
            "Say what to answer: what, how, by when, who. About this contract, not about the "
            "bidder in general.",
        )
        self.fields["guidance"] = words_field(
            "Guidance",
            "What evaluators look for, and what earns more. Bidders read it too.",
        )

    def _add_rating(self, scales) -> None:
        self.fields["is_pass_fail"] = forms.BooleanField(
            label="Pass or fail",
            required=False,
            help_text="It carries no weight and needs no scale. A bid that fails does not win.",
        )
        self.fields["scale"] = forms.ModelChoiceField(
            label="Scale",
            queryset=scales,
            required=False,
            empty_label="None",
        )
        self.fields["minimum_rating"] = points_field(
            "Least rating",
            "A point of the scale. A bid below it does not win. Leave it blank for none.",
        )
        self.fields["word_limit"] = count_field(
            "Word limit", "Leave it blank for none.", most=MOST_WORDS_ASKED
        )

    def _add_price(self, method: str) -> None:
        self.fields["price_method"] = forms.ChoiceField(
            label="How is the price scored?",
            required=False,
            choices=PriceMethod.choices(),
            widget=forms.RadioSelect,
            initial=method,
            help_text="Try it under “Test the model” before you publish: with some methods one "
            "more bid can change the order of the others.",
        )
        known = PriceMethod(method) if method else None
        if known is None or not known.ranks_by_ratio:
            self._add_weight()
        self.fields["price_basis"] = forms.CharField(
            label="What figure do bidders give?",
            max_length=300,
            required=False,
            help_text="For example “Total for four years, without VAT, for the quantities in "
            "schedule 2”.",
        )
        for name in INPUTS_OF_METHOD[known] if known else ():
            self.fields[name] = PRICE_FIELDS[name]()
        self.fields["abnormally_low_percent"] = percent_field(
            "Look into prices this far below the mean of the others",
            "In per cent, for example 20. Nothing is excluded by that alone: the bidder is heard.",
        )

    def _add_social_value(self, method: str, scales, measures, counted) -> None:
        self.fields["social_value_method"] = forms.ChoiceField(
            label="How is social value scored?",
            choices=SocialValueMethod.choices(),
            widget=forms.RadioSelect,
            initial=method or SocialValueMethod.QUALITATIVE,
        )
        self._add_weight()
        self._add_texts()
        if method in ("", SocialValueMethod.QUALITATIVE):
            self._add_rating(scales)
            return
        if method == SocialValueMethod.TARGET:
            self.fields["target_gbp"] = pounds_field(
                "Target", "The sum of commitments in pounds that earns all the points."
            )
        self.add_groups("measures", measures, counted)
