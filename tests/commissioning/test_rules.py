"""Claims over loaded facts, case by case."""

from types import SimpleNamespace as Row

import pytest

from accounts.access import Actor, Role
from commissioning import rules

OWN, OTHER = Row(pk=1), Row(pk=2)


def actor(*roles, organisation=OWN, operator=False, pk=7):
    return Actor(
        user=Row(pk=pk), organisation=organisation, roles=frozenset(roles), is_operator=operator
    )


@pytest.mark.parametrize(
    ("who", "organisation", "expected"),
    [
        (actor(Role.PROCUREMENT_LEAD), OWN, True),
        (actor(Role.CONTRACT_MANAGER), OWN, True),
        (actor(Role.EVALUATOR, Role.APPROVER, Role.ADMINISTRATOR), OWN, False),
        (actor(Role.PROCUREMENT_LEAD), OTHER, False),
        (actor(Role.PROCUREMENT_LEAD, organisation=None), None, False),
    ],
)
def test_may_import_notices(who, organisation, expected):
    assert rules.may_import_notices(who, organisation) is expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [(Actor.system("importer"), True), (actor(Role.PROCUREMENT_LEAD, operator=True), False)],
)
def test_may_import_for_any_buyer(who, expected):
    assert rules.may_import_for_any_buyer(who) is expected


NOTICES_ONLY, WITH_PEOPLE = Row(is_reference_row=True), Row(is_reference_row=False)


@pytest.mark.parametrize(
    ("who", "concerned", "candidate", "expected"),
    [
        (actor(operator=True, organisation=None), {1, 2}, WITH_PEOPLE, True),
        (actor(Role.CONTRACT_MANAGER), {1}, NOTICES_ONLY, True),
        (actor(Role.CONTRACT_MANAGER), {1}, WITH_PEOPLE, False),
        (actor(Role.CONTRACT_MANAGER), {1, 2}, NOTICES_ONLY, False),
        (actor(Role.CONTRACT_MANAGER), set(), NOTICES_ONLY, False),
        (actor(Role.EVALUATOR), {1}, NOTICES_ONLY, False),
    ],
)
def test_may_decide_match(who, concerned, candidate, expected):
    match = Row(organisation=NOTICES_ONLY, candidate=candidate)
    assert rules.may_decide_match(who, match, concerned) is expected


@pytest.mark.parametrize(
    ("who", "publisher", "expected"),
    [
        (actor(Role.PROCUREMENT_LEAD), 1, True),
        (actor(Role.CONTRACT_MANAGER), 1, True),
        (actor(Role.CONTRACT_MANAGER), 2, False),
        (actor(Role.CONTRACT_MANAGER), None, False),
        (actor(Role.EVALUATOR), 1, False),
        (actor(organisation=None), None, False),
    ],
)
def test_may_dispute_link(who, publisher, expected):
    assert rules.may_dispute_link(who, Row(publisher_id=publisher)) is expected


@pytest.mark.parametrize(
    ("who", "declarant", "expected"),
    [
        (actor(Role.CONTRACT_MANAGER), 8, True),
        (actor(Role.APPROVER), 8, True),
        (actor(Role.APPROVER), 7, False),
        (actor(Role.EVALUATOR), 8, False),
        (actor(Role.APPROVER, organisation=OTHER), 8, False),
    ],
)
def test_may_resolve_interest(who, declarant, expected):
    contract = Row(commissioner=Row(organisation=OWN))
    declaration = Row(contract=contract, user_id=declarant)
    assert rules.may_resolve_interest(who, declaration) is expected


@pytest.mark.parametrize(
    ("rule", "role"),
    [
        (rules.is_contract_manager_of, Role.CONTRACT_MANAGER),
        (rules.keeps_contracts_of, Role.PROCUREMENT_LEAD),
        (rules.is_administrator_of, Role.ADMINISTRATOR),
        (rules.is_judge_of, Role.EVALUATOR),
    ],
)
def test_role_counts_for_the_own_commissioner_alone(rule, role):
    own, other = Row(organisation=OWN), Row(organisation=OTHER)
    assert (rule(actor(role), own), rule(actor(role), other)) == (True, False)
    assert rule(actor(Role.AUDITOR), own) is False


def test_own_buyer_is_known_by_name():
    assert rules.is_own_buyer_by_name("THE ASHMERE COUNCIL", "Ashmere Council")
    assert not rules.is_own_buyer_by_name("Ashmere Parish Council", "Ashmere Council")
