"""Filters of the list of scorecards."""

import django_filters

from django import forms
from django.db.models import Exists, F, OuterRef

from accounts.access import Actor
from accounts.fields import NumberField
from accounts.models import Organisation
from accounts.numbers import PERCENT, WHOLE_POUNDS
from principles import queries as library
from principles.models import Criterion
from scorecards.enums import OpinionWord, Stage
from scorecards.models import PrincipleResult, Scorecard

ORDER = (
    ("stage_at", "stage_at"),
    ("contract__title", "contract"),
    ("contract__commissioner__organisation__name", "commissioner"),
    ("provider__organisation__name", "provider"),
    ("value_pounds", "value"),
)
ORDER_LABELS = {
    "stage_at": "Oldest first",
    "-stage_at": "Newest first",
    "contract": "Contract, A to Z",
    "-contract": "Contract, Z to A",
    "commissioner": "Commissioner, A to Z",
    "-commissioner": "Commissioner, Z to A",
    "provider": "Provider, A to Z",
    "-provider": "Provider, Z to A",
    "value": "Lowest value first",
    "-value": "Highest value first",
}


class _NumberFilter(django_filters.Filter):
    field_class = NumberField


class Order(django_filters.OrderingFilter):
    """Rows of the same rank keep one order on every page, and what is not published comes last,
    whatever the database thinks of it.
    """

    def filter(self, rows, value):
        if not value:
            return rows
        name = self.get_ordering_value(value[0])
        if name.lstrip("-") != "value_pounds":
            return rows.order_by(name, "-pk")
        value = F("value_pounds")
        last = value.desc(nulls_last=True) if name[0] == "-" else value.asc(nulls_last=True)
        return rows.order_by(last, "-pk")


class ScorecardFilter(django_filters.FilterSet):
    """Commissioner, provider, opinion, a principle below a percentage, stage, dates and value.

    The choices of commissioners come from what the viewer may see, and from nothing else;
    principles are those of the published frameworks, which are no secret.
    """

    title = django_filters.CharFilter(
        "contract__title", "icontains", label="Contract title contains"
    )
    commissioner = django_filters.ModelChoiceFilter(
        "contract__commissioner__organisation",
        label="Commissioner",
        queryset=Organisation.objects.none(),
    )
    provider = django_filters.CharFilter(
        "provider__organisation__name", "icontains", label="Provider name contains"
    )
    opinion = django_filters.ChoiceFilter(label="Opinion", choices=OpinionWord.choices)
    stage = django_filters.ChoiceFilter(label="Stage", choices=Stage.choices)
    principle = django_filters.ChoiceFilter(label="Principle", method="no_filter", choices=[])
    below = _NumberFilter(
        label="Principle is below this percentage",
        name="The percentage",
        method="filter_below",
        rule=PERCENT,
    )
    signed_from = django_filters.DateFilter(
        "assessed_on", "gte", label="Assessed from", widget=forms.DateInput({"type": "date"})
    )
    signed_to = django_filters.DateFilter(
        "assessed_on", "lte", label="Assessed up to", widget=forms.DateInput({"type": "date"})
    )
    value_from = _NumberFilter(
        "value_pounds", "gte", label="Value from, in pounds", name="The value", rule=WHOLE_POUNDS
    )
    value_to = _NumberFilter(
        "value_pounds", "lte", label="Value up to, in pounds", name="The value", rule=WHOLE_POUNDS
    )
    order = Order(
        label="Order", fields=ORDER, field_labels=ORDER_LABELS, choices=tuple(ORDER_LABELS.items())
    )

    class Meta:
        model = Scorecard
        fields: list[str] = []

    def __init__(self, data, queryset, *, viewer: Actor):
        super().__init__(data, queryset)
        seen = Scorecard.objects.visible_to(viewer).order_by()
        self.filters["commissioner"].queryset = Organisation.objects.filter(
            pk__in=seen.values("contract__commissioner__organisation")
        )
        rated = library.editions(viewer).filter(scale_points__isnull=False)
        roots = Criterion.objects.visible_to(viewer).filter(parent=None, edition__in=rated)
        rows = roots.order_by("edition__framework__code", "position").values_list(
            "edition__framework__code", "code", "title"
        )
        self.filters["principle"].extra["choices"] = list(
            {f"{framework}:{code}": f"{code} {title}" for framework, code, title in rows}.items()
        )

    def no_filter(self, rows, name, value):
        """The principle alone narrows nothing: it says which one ``below`` is about."""
        return rows

    def filter_below(self, rows, name, value):
        """Scorecards with the chosen principle, or any, below the percentage."""
        low = PrincipleResult.objects.filter(
            scorecard=OuterRef("pk"), hundredths_of_percent__lt=int(value * 100)
        )
        chosen = self.data.get("principle", "")
        if ":" in chosen:
            framework, _, code = chosen.partition(":")
            low = low.filter(framework_code=framework, principle_code=code)
        return rows.filter(Exists(low))
