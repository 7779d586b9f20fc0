"""Rows that make no sense are refused by the database."""

from datetime import date

import pytest

from django.db import IntegrityError, transaction

from principles.models import Criterion, DoubleCountPair, Edition, Framework, Measure, ValueSet


@pytest.fixture
def draft(db) -> Edition:
    framework = Framework.objects.create(code="draft", title="Draft")
    return Edition.objects.create(
        framework=framework, label="1", in_force_from=date(2026, 1, 1), basis="official"
    )


def criterion(edition, **changes):
    values = {
        "edition": edition, "code": "P1", "title": "P", "basis": "official", "position": 1,
        "is_assessable": False,
    }  # fmt: skip
    return Criterion(**{**values, **changes})


def measure(outcome, **changes):
    values = {
        "edition": outcome.edition, "outcome": outcome, "code": "M1", "unit": "hours",
        "kind": "monetised", "value_basis": "fixed", "basis": "official", "position": 1,
    }  # fmt: skip
    return Measure(**{**values, **changes})


def refused(row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "changes",
    [
        {"is_assessable": True},
        {"is_assessable": True, "level": "core"},
        {"is_assessable": True, "level": "deep", "answered_by": "provider"},
        {"level": "core"},
        {"answered_by": "provider"},
        {"phase": "later"},
        {"basis": "guess"},
    ],
)
def test_impossible_criterion_is_refused(draft, changes):
    refused(criterion(draft, **changes))


def test_criterion_code_is_unique_in_its_edition(draft):
    criterion(draft).save()
    refused(criterion(draft, position=2))


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "record_only"},
        {"value_basis": "none"},
        {"kind": "other"},
        {"basis": "guess"},
    ],
)
def test_impossible_measure_is_refused(draft, changes):
    outcome = criterion(draft)
    outcome.save()
    refused(measure(outcome, **changes))


def test_pair_is_of_two_measures_in_order(draft):
    outcome = criterion(draft)
    outcome.save()
    first, second = measure(outcome), measure(outcome, code="M2", position=2)
    first.save()
    second.save()
    refused(DoubleCountPair(edition=draft, first=first, second=first))
    refused(DoubleCountPair(edition=draft, first=second, second=first))


@pytest.mark.parametrize(
    "changes",
    [
        {"label": "1", "in_force_from": date(2027, 1, 1)},
        {"label": "2"},
        {"label": "2", "in_force_from": date(2027, 1, 1), "in_force_to": date(2026, 12, 31)},
    ],
)
def test_impossible_second_edition_is_refused(draft, changes):
    values = {"in_force_from": date(2026, 1, 1), "basis": "official", **changes}
    refused(Edition(framework=draft.framework, **values))


def test_framework_without_a_title_is_refused(db):
    refused(Framework(code="x"))


def test_value_set_label_is_unique_for_its_owner_and_for_the_installation(draft, people):
    for owner in (None, people.organisations["council"]):
        values = {
            "edition": draft, "owner": owner, "label": "v-1", "in_force_from": date(2026, 1, 1),
            "gross_of_deadweight": True,
        }  # fmt: skip
        ValueSet(**values).save()
        refused(ValueSet(**values))


def test_value_set_published_by_someone_has_a_time(draft, people):
    refused(
        ValueSet(
            edition=draft,
            label="v",
            in_force_from=date(2026, 1, 1),
            gross_of_deadweight=True,
            published_by=people.users["priya"],
        )
    )
