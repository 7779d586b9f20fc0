"""Filters of the long lists."""

from datetime import date

import pytest

from accounts.access import Actor
from commissioning import actions, ocds
from commissioning.filters import ContractFilter, ExerciseFilter, MatchFilter, ProcurementFilter
from commissioning.models import Contract, Exercise, OrganisationMatch, Procurement
from tests.commissioning.design_samples import an_exercise
from tests.commissioning.samples import CONTRACTS_FINDER, a_contract, a_release, imported


def titles(found) -> list[str]:
    assert found.form.is_valid(), found.form.errors
    return [row.title for row in found.qs]


@pytest.fixture
def contracts(people):
    a_contract(people, title="Bus", awarded_on=date(2025, 3, 1), ends_on=date(2028, 1, 1))
    a_contract(
        people, title="Attendance", awarded_on=date(2025, 1, 1), gaps=["value_not_published"]
    )
    a_contract(
        people,
        title="Care",
        provider="charity",
        status="pending",
        assurance_level="core",
        level_proposed="core",
        level_set_at="2025-01-01T00:00Z",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["Bus", "Attendance", "Care"]),
        ({"words": "ATT"}, ["Attendance"]),
        ({"provider": "harbour"}, ["Care"]),
        ({"status": "pending"}, ["Care"]),
        ({"assurance_level": "core"}, ["Care"]),
        ({"gaps": "some"}, ["Attendance"]),
        ({"gaps": "none", "sort": "title"}, ["Bus", "Care"]),
        ({"sort": "title"}, ["Attendance", "Bus", "Care"]),
        ({"sort": "-title"}, ["Care", "Bus", "Attendance"]),
        ({"sort": "awarded"}, ["Attendance", "Bus", "Care"]),
        ({"sort": "-awarded"}, ["Bus", "Attendance", "Care"]),
        (
            {"awarded_from_day": "2", "awarded_from_month": "1", "awarded_from_year": "2025"},
            ["Bus"],
        ),
        (
            {"awarded_to_day": "1", "awarded_to_month": "1", "awarded_to_year": "2025"},
            ["Attendance"],
        ),
    ],
)
def test_contract_filter(contracts, given, expected):
    found = titles(ContractFilter(given, queryset=Contract.objects.order_by("pk")))
    assert (found if "sort" in given else sorted(found)) == (
        expected if "sort" in given else sorted(expected)
    )


@pytest.mark.django_db
def test_procurement_filter():
    imported(a_release(), a_release("ocds-r6ebe6-1", awards=[], tender={"title": "Roads"}))
    rows = Procurement.objects.all()
    assert titles(ProcurementFilter({"contracts": "none"}, queryset=rows)) == ["Roads"]
    assert titles(ProcurementFilter({"regime": "scotland"}, queryset=rows)) == ["Roads"]
    assert titles(ProcurementFilter({"contracts": "some"}, queryset=rows)) == [
        "Leisure centre cleaning"
    ]
    assert titles(ProcurementFilter({"sort": "title"}, queryset=rows)) == [
        "Leisure centre cleaning",
        "Roads",
    ]


@pytest.mark.django_db
def test_match_filter():
    file = ocds.read_file("n", CONTRACTS_FINDER.read_bytes())
    actions.import_notices(actor=Actor.system("importer"), files=[file])
    rows = OrganisationMatch.objects.all()
    assert MatchFilter({"state": "proposed"}, queryset=rows).qs.count() == 8
    assert MatchFilter({"state": "confirmed"}, queryset=rows).qs.count() == 0


@pytest.mark.django_db
def test_exercises_are_found_by_words_stage_and_kind(people):
    first = an_exercise(people, title="Home care")
    an_exercise(people, title="Street cleaning", kind="call_off")
    everything = Exercise.objects.all()
    for given in ({"words": "home"}, {"kind": "competition"}, {"state": "design", "words": "CARE"}):
        assert list(ExerciseFilter(given, queryset=everything).qs) == [first]
    assert not ExerciseFilter({"state": "ended"}, queryset=everything).qs.exists()
    titles = [row.procurement.title for row in ExerciseFilter({"sort": "-title"}, everything).qs]
    assert titles == ["Street cleaning", "Home care"]
