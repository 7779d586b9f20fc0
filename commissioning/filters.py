"""Filters of the long lists."""

import django_filters

from django.db.models import F

from accounts.widgets import DateField
from commissioning.enums import ContractStatus, ExerciseKind, ExerciseState, Regime
from commissioning.models import (
    Contract,
    ContractParty,
    Exercise,
    OrganisationMatch,
    Procurement,
)
from principles.enums import Level

MATCH_STATES = OrganisationMatch._meta.get_field("state").choices


class _DateFilter(django_filters.Filter):
    field_class = DateField


class _Sort(django_filters.OrderingFilter):
    """Sorts with unpublished values last and equal rows in one order, on either engine."""

    def filter(self, rows, value):
        names = [self.get_ordering_value(name) for name in value or [] if name]
        if not names:
            return rows
        keys = [
            F(name[1:]).desc(nulls_last=True)
            if name.startswith("-")
            else F(name).asc(nulls_last=True)
            for name in names
        ]
        return rows.order_by(*keys, "pk")


class ContractFilter(django_filters.FilterSet):
    """Contracts by words, provider, status, level, gaps and award date; sorted."""

    words = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="Title has"
    )
    provider = django_filters.CharFilter(method="by_provider", label="Provider's name has")
    status = django_filters.ChoiceFilter(choices=ContractStatus, label="Status", empty_label="Any")
    assurance_level = django_filters.ChoiceFilter(choices=Level, label="Level", empty_label="Any")
    gaps = django_filters.ChoiceFilter(
        method="by_gaps",
        label="Gaps in what was published",
        choices=[("some", "With gaps"), ("none", "Without gaps")],
        empty_label="Any",
    )
    awarded_from = _DateFilter(field_name="awarded_on", lookup_expr="gte", label="Awarded from")
    awarded_to = _DateFilter(field_name="awarded_on", lookup_expr="lte", label="Awarded up to")
    sort = _Sort(
        fields=[("awarded_on", "awarded"), ("title", "title"), ("ends_on", "ends")],
        field_labels={"awarded_on": "Award date", "title": "Title", "ends_on": "End date"},
        label="Sort by",
        empty_label="Newest award first",
    )

    class Meta:
        model = Contract
        fields = []

    def by_provider(self, rows, name, value):
        parties = ContractParty.objects.filter(provider__organisation__name__icontains=value)
        return rows.filter(pk__in=parties.values("contract"))

    def by_gaps(self, rows, name, value):
        return rows.filter(gaps=[]) if value == "none" else rows.exclude(gaps=[])


class ProcurementFilter(django_filters.FilterSet):
    """Procurements by words, regime and whether a contract came of them; sorted."""

    words = django_filters.CharFilter(
        field_name="title", lookup_expr="icontains", label="Title has"
    )
    regime = django_filters.ChoiceFilter(choices=Regime, label="Rules", empty_label="Any")
    contracts = django_filters.ChoiceFilter(
        method="by_contracts",
        label="Contracts",
        choices=[("some", "With contracts"), ("none", "Without contracts yet")],
        empty_label="Any",
    )
    sort = _Sort(
        fields=[("published_on", "published"), ("title", "title")],
        field_labels={"published_on": "Publication date", "title": "Title"},
        label="Sort by",
        empty_label="Newest first",
    )

    class Meta:
        model = Procurement
        fields = []

    def by_contracts(self, rows, name, value):
        return rows.filter(contracts__isnull=value == "none").distinct()


class ExerciseFilter(django_filters.FilterSet):
    """Procurements that are run here, by words, where they stand, and kind."""

    words = django_filters.CharFilter(
        field_name="procurement__title", lookup_expr="icontains", label="Title has"
    )
    state = django_filters.ChoiceFilter(choices=ExerciseState, label="Stage", empty_label="Any")
    kind = django_filters.ChoiceFilter(choices=ExerciseKind, label="Kind", empty_label="Any")
    sort = _Sort(
        fields=[("tenders_due_at", "due"), ("procurement__title", "title")],
        field_labels={"tenders_due_at": "Tenders due", "procurement__title": "Title"},
        label="Sort by",
        empty_label="Newest first",
    )

    class Meta:
        model = Exercise
        fields = []


class MatchFilter(django_filters.FilterSet):
    """Questions about organisations, the open ones unless asked otherwise."""

    state = django_filters.ChoiceFilter(choices=MATCH_STATES, label="State", empty_label="Any")

    class Meta:
        model = OrganisationMatch
        fields = []
