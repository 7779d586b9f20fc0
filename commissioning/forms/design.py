"""Forms with which a procurement is started, set up, published and amended."""

import datetime
from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.fields import NumberField
from accounts.numbers import NumberRule, plain
from accounts.widgets import DateField
from commissioning.award_model.terms import LotLimitMechanism, Rounding, TieBreak
from commissioning.enums import ExerciseKind, NoticeCode, Regime
from commissioning.forms._design_fields import (
    MOST_WORDS,
    count_field,
    percent_field,
    pounds_field,
    title_field,
    words_field,
)

TIME_FORMATS = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p"]
MOST_LOTS = 200
POINTS_AT_ONCE = 3
MOST_POINTS = 21
POINT_VALUES = NumberRule(least=-999_999, most=999_999, decimals=2)


class StartForm(forms.Form):
    """What kind of procurement is started, under which rules."""

    kind = forms.ChoiceField(
        label="How will you find your supplier?",
        widget=forms.RadioSelect,
        choices=ExerciseKind.choices,
        error_messages={"required": "Choose how you will find your supplier"},
    )
    regime = forms.ChoiceField(
        label="Which rules apply?",
        choices=Regime.choices,
        help_text="Dates, wording and documents hang on it. You can change it later.",
    )
    value_gbp = pounds_field(
        "Estimated value",
        "In pounds with VAT, over the whole term with all extensions. Leave it blank if you do not "
        "know it yet.",
    )


class StartByHandForm(StartForm):
    """A procurement that no notice brought."""

    title = title_field("What will you call it?", "Enter a title")
    description = words_field(
        "What is bought?",
        "In a few sentences. Award criteria must relate to this. You can change it later.",
    )

    field_order = ["title", "description", "kind", "regime", "value_gbp"]


class SettingsForm(forms.Form):
    """What an exercise is about, its dates, and how it is run. Times are local times."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    regime = forms.ChoiceField(label="Which rules apply?", choices=Regime.choices)
    subject_matter = words_field(
        "What is bought?",
        "The subject-matter of the contract, in a few sentences. Every award criterion must relate "
        "to it.",
    )
    value_gbp = pounds_field(
        "Estimated value", "In pounds with VAT, over the whole term with all extensions."
    )
    tender_notice_on = DateField(
        label="Day of the tender notice",
        required=False,
        help_text="The day on which it was, or will be, published. Which social value policy "
        "applies hangs on it.",
    )
    questions_due = DateField(
        label="Last day for questions",
        required=False,
        help_text="Questions and answers are shown to everybody without names.",
    )
    questions_due_time = forms.TimeField(
        label="Time of day until which questions are taken",
        required=False,
        input_formats=TIME_FORMATS,
        help_text="UK time, such as 17:00 or 5pm.",
        widget=forms.TextInput(attrs={"data-width": "5"}),
        error_messages={"invalid": "Enter a time, such as 17:00 or 5pm"},
    )
    tenders_due = DateField(
        label="Last day for tenders",
        required=False,
        help_text="Nothing of any bid can be seen before then. Late tenders are refused.",
    )
    tenders_due_time = forms.TimeField(
        label="Time of day until which tenders are taken",
        required=False,
        input_formats=TIME_FORMATS,
        help_text="UK time, such as 12:00 or noon as 12pm. Bidders see what is left.",
        widget=forms.TextInput(attrs={"data-width": "5"}),
        error_messages={"invalid": "Enter a time, such as 17:00 or 5pm"},
    )
    contract_starts_on = DateField(label="Contract starts", required=False)
    contract_ends_on = DateField(label="Contract ends", required=False)
    is_open = forms.BooleanField(
        label="Every provider may bid",
        required=False,
        help_text="Untick it if only those that you invite may bid.",
    )
    chair_scores = forms.BooleanField(
        label="The chair of moderation scores too",
        required=False,
        help_text="This is published: a chair who scores without that is open to challenge.",
    )
    names_hidden = forms.BooleanField(
        label="Hide bidders’ names from evaluators",
        required=False,
        help_text="Interests are then declared against a list of bidders that is not linked to "
        "the bids.",
    )
    value_set = forms.ModelChoiceField(
        label="Values for social value commitments",
        queryset=None,
        required=False,
        empty_label="None",
        help_text="What a unit of each measure is worth. Needed only where commitments are scored "
        "in pounds; bidders see the values.",
    )
    locality = forms.CharField(
        label="Place, where values differ by place",
        max_length=100,
        required=False,
        help_text="As the value set names it. Leave it blank for values that hold everywhere.",
    )
    minimum_scores = count_field(
        "Least number of scores for figures about evaluators",
        "Severity and agreement of evaluators are shown to you only from this many scores on; "
        "with fewer they say little and point at people.",
        most=10_000,
        required="Enter the least number of scores",
    )

    def __init__(self, *args, value_sets, said_once=(), **kwargs):
        """``said_once`` are the fields that are not asked for any more."""
        super().__init__(*args, **kwargs)
        self.fields["value_set"].queryset = value_sets
        for name in said_once:
            del self.fields[name]

    def clean(self):
        given = super().clean()
        for name in ("questions_due", "tenders_due"):
            given[f"{name}_at"] = self._moment(given, name)
        questions, tenders = given["questions_due_at"], given["tenders_due_at"]
        if questions and tenders and questions > tenders:
            self.add_error("questions_due", "Questions must end before tenders are due")
        starts, ends = given.get("contract_starts_on"), given.get("contract_ends_on")
        if starts and ends and ends < starts:
            self.add_error("contract_ends_on", "The contract must end after it starts")
        return given

    def _moment(self, given: dict, name: str) -> datetime.datetime | None:
        day, time = given.get(name), given.get(f"{name}_time")
        if time and not day and name not in self.errors:
            self.add_error(name, "Enter the day as well")
        if day and not time and f"{name}_time" not in self.errors:
            self.add_error(f"{name}_time", "Enter the time as well, such as 12:00")
        if not (day and time):
            return None
        return timezone.make_aware(datetime.datetime.combine(day, time))

    @property
    def settings(self) -> dict:
        """What ``actions.change_settings`` takes."""
        apart = {"questions_due", "questions_due_time", "tenders_due", "tenders_due_time"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}

    @staticmethod
    def initial_of(exercise) -> dict:
        """What the form shows for an exercise."""
        shown = {name: getattr(exercise, name, None) for name in SettingsForm.base_fields}
        shown["value_set"] = exercise.value_set_id
        for name in ("questions_due", "tenders_due"):
            moment = getattr(exercise, f"{name}_at")
            local = timezone.localtime(moment) if moment else None
            shown[name] = local.date() if local else None
            shown[f"{name}_time"] = f"{local:%H:%M}" if local else ""
        return shown


class LotForm(forms.Form):
    """One lot, and by which rules its winners are found."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = title_field("Title of the lot", "Enter the title of the lot")
    description = words_field("What it holds", rows=4)
    value_gbp = pounds_field("Estimated value of the lot")
    winners = count_field(
        "How many suppliers does it go to?",
        "One for most contracts; more for a framework.",
        most=1000,
        required="Enter how many suppliers the lot goes to",
    )
    decimal_places = count_field(
        "Decimal places of scores",
        "Every score that is shown and compared is rounded to this many, for example 2.",
        least=0,
        most=6,
    )
    rounding = forms.ChoiceField(
        label="How are scores rounded?",
        required=False,
        choices=Rounding.choices(),
        widget=forms.RadioSelect,
    )
    minimum_total_percent = percent_field(
        "Least total score, in per cent",
        "A bid below it does not win, even alone. Leave it blank for none.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(1, len(TieBreak) + 1):
            self.fields[f"tie_break_{place}"] = forms.ChoiceField(
                label=f"Step {place} of the tie-break",
                required=False,
                choices=[("", "No further step"), *TieBreak.choices()],
            )

    def clean(self):
        given = super().clean()
        steps = [given.pop(f"tie_break_{place}", "") for place in range(1, len(TieBreak) + 1)]
        given["tie_breaks"] = [step for step in steps if step]
        return given

    @staticmethod
    def initial_of(lot) -> dict:
        """What the form shows for a lot."""
        shown = {name: getattr(lot, name, None) for name in LotForm.base_fields}
        return shown | {
            f"tie_break_{place}": step for place, step in enumerate(lot.tie_breaks, start=1)
        }


class LotLimitForm(forms.Form):
    """How many lots one supplier may win, and which ones it keeps."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    lots_per_supplier = count_field(
        "How many lots may one supplier win?", "Leave it blank for no limit.", most=MOST_LOTS
    )
    lot_limit_mechanism = forms.ChoiceField(
        label="Which lots does a supplier keep that won more?",
        required=False,
        choices=LotLimitMechanism.choices(),
        widget=forms.RadioSelect,
        help_text="The rule must be objective and published.",
    )


class ScaleForm(forms.Form):
    """A scale with its points. A point whose three boxes are empty is left out."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Name of the scale",
        max_length=200,
        help_text="For example “0 to 5”.",
        error_messages={"required": "Enter a name for the scale"},
    )

    def __init__(self, *args, rows: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = min(rows, MOST_POINTS)
        for at in range(self.rows):
            self.fields[f"value_{at}"] = NumberField(
                label="Value",
                name=f"The value of point {at + 1}",
                required=False,
                rule=POINT_VALUES,
                width=4,
            )
            self.fields[f"label_{at}"] = forms.CharField(
                label="Name", required=False, max_length=100
            )
            self.fields[f"description_{at}"] = forms.CharField(
                label="What earns it",
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self):
        given = super().clean()
        points, values = [], set()
        for at in range(self.rows):
            value = given.pop(f"value_{at}", None)
            label = given.pop(f"label_{at}", "").strip()
            description = given.pop(f"description_{at}", "").strip()
            if value is None and (label or description) and f"value_{at}" not in self.errors:
                self.add_error(f"value_{at}", f"Enter the value of point {at + 1}")
            if value is None:
                continue
            if value in values:
                self.add_error(f"value_{at}", f"Two points have the value {value}")
            values.add(value)
            points.append({"value": plain(value), "label": label, "description": description})
        given["points"] = sorted(points, key=lambda point: Decimal(point["value"]))
        return given

    @property
    def point_fields(self) -> list[dict]:
        """The boxes of each point, for the page."""
        return [
            {
                "number": at + 1,
                "fields": [self[f"{part}_{at}"] for part in ("value", "label", "description")],
            }
            for at in range(self.rows)
        ]

    @staticmethod
    def initial_of(scale) -> dict:
        """What the form shows for a scale."""
        shown = {"title": scale.title}
        for at, point in enumerate(scale.points):
            shown |= {f"{part}_{at}": point.get(part, "") for part in ("value", "label")}
            shown[f"description_{at}"] = point.get("description", "")
        return shown


class ReasonForm(forms.Form):
    """Why something is amended or ended."""

    def __init__(self, *args, label: str, help_text: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"] = words_field(label, help_text, required="Give the reason")


class PublishForm(forms.Form):
    """The notice by which the procurement was published elsewhere."""

    notice_code = forms.ChoiceField(
        label="Kind of notice",
        choices=[(code.value, code.label) for code in (NoticeCode.UK4, NoticeCode.OTHER)],
        initial=NoticeCode.UK4,
        required=False,
    )
    notice_number = forms.CharField(
        label="Number of the notice",
        max_length=60,
        required=False,
        help_text="As the platform gave it, for example 2026/S 000-012345. Leave it blank where no "
        "notice is needed.",
    )
    notice_published_on = DateField(label="Day on which it was published", required=False)
    sure = forms.BooleanField(
        label="I have read the model as bidders will read it",
        error_messages={"required": "Read the model first, then tick this box"},
    )

    def clean(self):
        given = super().clean()
        number, day = given.get("notice_number"), given.get("notice_published_on")
        if number and not day and "notice_published_on" not in self.errors:
            self.add_error("notice_published_on", "Enter the day on which it was published")
        if day and not number:
            self.add_error("notice_number", "Enter the number of the notice")
        if day and day > timezone.localdate():
            self.add_error("notice_published_on", "The day of publication can’t be in the future")
        return given


class InviteForm(forms.Form):
    """Providers to invite, out of those that were looked for."""

    providers = forms.ModelMultipleChoiceField(
        label="Providers to invite",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one provider"},
    )

    def __init__(self, *args, providers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["providers"].queryset = providers
