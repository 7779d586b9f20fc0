"""Reads: constant in queries, and never more than the viewer may see."""

import pytest

from django.utils import timezone

from accounts import home
from accounts.access import Actor
from commissioning import actions, queries
from commissioning.models import AssessmentRequest
from providers.enums import SelfAssessmentState
from providers.models import EvidenceItem, SelfAssessment
from tests.commissioning.samples import a_contract, a_release, a_request, imported


@pytest.mark.django_db
def test_commissioner_of_is_the_own_one(people, actor_of):
    contract = a_contract(people)
    assert queries.commissioner_of(actor_of("priya")) == contract.commissioner
    assert queries.commissioner_of(actor_of("mei")) is None


@pytest.mark.django_db
def test_contract_of_another_council_is_not_found(people, actor_of):
    contract = a_contract(people)
    assert queries.contract(actor_of("priya"), contract.reference) == contract
    assert queries.contract(actor_of("mei"), contract.reference) is None
    assert queries.contract(Actor(), contract.reference) is None


@pytest.mark.django_db
def test_contracts_to_name_are_the_administrators_own(people, actor_of):
    contract = a_contract(people)
    a_contract(people, body="small_council")
    assert list(queries.contracts_to_name(actor_of("adam"))) == [contract]
    assert list(queries.contracts_to_name(actor_of("priya"))) == []


@pytest.mark.django_db
def test_providers_like_gives_matches_and_the_chosen(people, actor_of):
    imported(a_release())
    firm = a_contract(people).parties.get().provider
    found = queries.providers_like(actor_of("priya"), "BRIGHT", [firm.pk])
    assert sorted(str(row) for row in found) == sorted(["Brightwater Ltd", str(firm)])
    assert list(queries.providers_like(actor_of("priya"), " ")) == []


@pytest.mark.django_db
def test_submitted_self_assessment_is_read_by_who_sees_the_case(people, actor_of):
    request = a_request(people, a_contract(people))

    def readers():
        return [
            name
            for name in ("priya", "evan", "anna", "mei", "adam", "oscar", "sam")
            if SelfAssessment.objects.visible_to(actor_of(name)).exists()
        ]

    assert readers() == ["sam"]
    SelfAssessment.objects.update(state=SelfAssessmentState.SUBMITTED)
    assert readers() == ["priya", "sam"]
    actions.declare_interest(
        actor=actor_of("evan"),
        contract=request.contract,
        provider=request.provider,
        has_interest=False,
    )
    assert readers() == ["priya", "evan", "sam"]


@pytest.mark.django_db
def test_evidence_of_an_answer_is_read_with_it_and_the_rest_is_not(people, actor_of):
    request = a_request(people, a_contract(people))
    shown, kept = (
        EvidenceItem.objects.create(
            organisation=people.organisations["firm"],
            kind="link",
            title=title,
            url="https://example.org/",
            sha256="0" * 64,
            received_at=timezone.now(),
        )
        for title in ("Shown", "Kept")
    )
    criterion = request.editions.get().criteria.get(code="A1")
    answer = request.self_assessment.answers.create(
        criterion=criterion, updated_at=timezone.now(), claimed_value=1
    )
    answer.evidence_rows.create(item=shown)
    assert list(EvidenceItem.objects.visible_to(actor_of("priya"))) == []
    SelfAssessment.objects.update(state=SelfAssessmentState.SUBMITTED)
    assert list(EvidenceItem.objects.visible_to(actor_of("priya"))) == [shown]
    assert list(EvidenceItem.objects.visible_to(actor_of("mei"))) == []
    assert kept in EvidenceItem.objects.visible_to(actor_of("sam"))


@pytest.mark.django_db
def test_criteria_for_the_commissioner_are_its_own(people, actor_of):
    request = a_request(people, a_contract(people))
    found = queries.criteria_for_commissioner(actor_of("priya"), request)
    assert [criterion.code for criterion in found] == ["A2"]


@pytest.mark.django_db
def test_home_says_what_waits_what_is_late_and_what_changed(people, actor_of):
    contract = a_contract(people)
    request = a_request(people, contract)
    AssessmentRequest.objects.filter(pk=request.pk).update(due_on="2020-01-01")
    actions.declare_interest(
        actor=actor_of("evan"),
        contract=contract,
        provider=request.provider,
        has_interest=True,
        description="A share.",
    )
    items = queries.home_items(actor_of("priya"))
    assert [(item.kind, item.text) for item in items] == [
        (home.NEEDS_ME, "Decide about an interest of Evan Hughes"),
        (home.LATE, f"No self-assessment yet from {request.provider}"),
    ]
    assert queries.home_items(actor_of("evan")) == []
    assert queries.home_items(actor_of("mei")) == []


@pytest.mark.django_db
def test_home_asks_the_same_number_of_questions_for_many_rows(
    people, actor_of, django_assert_num_queries
):
    for title in ("One", "Two", "Three"):
        request = a_request(people, a_contract(people, title=title))
        AssessmentRequest.objects.filter(pk=request.pk).update(due_on="2020-01-01")
    viewer = actor_of("priya")
    with django_assert_num_queries(4):
        queries.home_items(viewer)
