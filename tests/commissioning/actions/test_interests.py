"""Declaring interests, and another person's decision."""

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.models import AssessmentRequest, InterestDeclaration
from commissioning.models.case_sight import judged_cases
from tests.commissioning.samples import a_contract, a_request


@pytest.fixture
def contract(people):
    return a_contract(people)


def declare(actor, contract, has_interest, description="My sister works there."):
    return actions.declare_interest(
        actor=actor,
        contract=contract,
        provider=contract.parties.get().provider,
        has_interest=has_interest,
        description=description if has_interest else "",
    )


def resolve(actor, declaration, resolution="mitigated", note="She isn't near this contract."):
    return actions.resolve_interest(
        actor=actor, declaration=declaration, resolution=resolution, note=note
    )


def sees(actor) -> bool:
    return AssessmentRequest.objects.filter(judged_cases(actor)).exists()


@pytest.mark.django_db
def test_case_is_shut_until_no_interest_is_declared(people, actor_of, contract):
    a_request(people, contract)
    assert not sees(actor_of("evan"))
    declare(actor_of("evan"), contract, False)
    assert (sees(actor_of("evan")), sees(actor_of("edith"))) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("resolution", "expected"), [("mitigated", True), ("recused", False)])
def test_declared_interest_shuts_the_case_until_another_person_decides(
    people, actor_of, contract, resolution, expected
):
    a_request(people, contract)
    declaration = declare(actor_of("evan"), contract, True)
    assert not sees(actor_of("evan"))
    resolve(actor_of("anna"), declaration, resolution)
    assert sees(actor_of("evan")) is expected


@pytest.mark.django_db
def test_contract_manager_loses_sight_with_an_interest(people, actor_of, contract):
    a_request(people, contract)
    assert sees(actor_of("priya"))
    declare(actor_of("priya"), contract, True)
    assert not sees(actor_of("priya"))


@pytest.mark.django_db
def test_interest_cannot_be_taken_back_by_its_declarant(actor_of, contract):
    declaration = declare(actor_of("evan"), contract, True)
    resolve(actor_of("anna"), declaration, "recused")
    with pytest.raises(WrongState, match="Only another person can resolve it"):
        declare(actor_of("evan"), contract, False)


@pytest.mark.django_db
def test_further_interest_replaces_and_waits_again(actor_of, contract):
    first = declare(actor_of("evan"), contract, True)
    resolve(actor_of("anna"), first)
    second = declare(actor_of("evan"), contract, True, "I hold shares too.")
    first.refresh_from_db()
    assert (first.replaced_at is not None, second.resolution) == (True, "none")
    assert list(InterestDeclaration.objects.unresolved()) == [second]


@pytest.mark.django_db
def test_same_declaration_of_none_again_changes_nothing(actor_of, contract):
    first = declare(actor_of("evan"), contract, False)
    assert declare(actor_of("evan"), contract, False) == first
    assert AuditEvent.objects.filter(verb="interest.declared").count() == 1


@pytest.mark.django_db
def test_nobody_decides_about_oneself(actor_of, contract):
    declaration = declare(actor_of("priya"), contract, True)
    with pytest.raises(Refused, match="Another person"):
        resolve(actor_of("priya"), declaration)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "edith", "adam", "sam", "oscar", "olive"])
def test_only_contract_managers_and_approvers_of_the_body_decide(actor_of, contract, name):
    declaration = declare(actor_of("evan"), contract, True)
    with pytest.raises(Refused):
        resolve(actor_of(name), declaration)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "adam", "sam", "oscar", "olive"])
def test_only_those_who_work_on_the_case_declare(actor_of, contract, name):
    with pytest.raises(Refused):
        declare(actor_of(name), contract, False)


@pytest.mark.django_db
def test_interest_is_described_and_decided_with_a_note(actor_of, contract):
    with pytest.raises(WrongState, match="Describe"):
        declare(actor_of("evan"), contract, True, " ")
    declaration = declare(actor_of("evan"), contract, True)
    with pytest.raises(WrongState, match="and why"):
        resolve(actor_of("anna"), declaration, note=" ")


@pytest.mark.django_db
def test_audit_of_a_declaration_holds_no_words(actor_of, contract):
    resolve(actor_of("anna"), declare(actor_of("evan"), contract, True))
    facts = str(list(AuditEvent.objects.values_list("facts", flat=True)))
    assert "sister" not in facts
    assert "near this contract" not in facts


@pytest.mark.django_db
def test_there_is_nothing_to_decide_about_no_interest(actor_of, contract):
    declaration = declare(actor_of("evan"), contract, False)
    with pytest.raises(WrongState, match="no interest to decide"):
        resolve(actor_of("anna"), declaration)
