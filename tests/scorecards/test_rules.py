"""Who may do what with a scorecard: every fact on its own turns the answer."""

from types import SimpleNamespace

import pytest

from accounts.access import Actor, Role
from scorecards import rules

BODY, PROVIDER, ELSEWHERE = object(), SimpleNamespace(pk=7), object()


def a_case(stage="rating"):
    commissioner = SimpleNamespace(organisation=BODY)
    return SimpleNamespace(
        contract=SimpleNamespace(commissioner=commissioner),
        provider=SimpleNamespace(organisation=PROVIDER, organisation_id=7),
        stage=stage,
    )


def acting(*roles, organisation=BODY):
    return Actor(user=object(), organisation=organisation, roles=frozenset(roles))


@pytest.mark.parametrize("role", list(Role))
def test_only_contract_managers_manage(role):
    assert rules.manages(acting(role), a_case()) is (role == Role.CONTRACT_MANAGER)
    assert rules.manages(acting(role, organisation=ELSEWHERE), a_case()) is False


@pytest.mark.parametrize(
    ("actor", "facts", "expected"),
    [
        (acting(Role.EVALUATOR), {}, True),
        (acting(Role.EVALUATOR), {"is_clear": False}, False),
        (acting(Role.EVALUATOR), {"is_of_provider": True}, False),
        (acting(Role.EVALUATOR, organisation=ELSEWHERE), {}, False),
        (acting(Role.APPROVER, Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD), {}, False),
        (acting(Role.AUDITOR), {}, False),
    ],
)
def test_may_rate(actor, facts, expected):
    facts = {"is_clear": True, "is_of_provider": False} | facts
    assert rules.may_rate(actor, a_case(), **facts) is expected


@pytest.mark.parametrize(
    ("actor", "facts", "expected"),
    [
        (acting(Role.APPROVER), {}, True),
        (acting(Role.APPROVER, Role.EVALUATOR, Role.CONTRACT_MANAGER), {}, True),
        (acting(Role.APPROVER), {"is_clear": False}, False),
        (acting(Role.APPROVER), {"is_of_provider": True}, False),
        (acting(Role.APPROVER), {"has_rated": True}, False),
        (acting(Role.APPROVER), {"has_answered": True}, False),
        (acting(Role.APPROVER, organisation=ELSEWHERE), {}, False),
        (acting(Role.EVALUATOR), {}, False),
        (acting(Role.CONTRACT_MANAGER), {}, False),
    ],
)
def test_may_sign_off(actor, facts, expected):
    good = {"is_clear": True, "is_of_provider": False, "has_rated": False, "has_answered": False}
    assert rules.may_sign_off(actor, a_case(), **good | facts) is expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CONTRACT_MANAGER, True),
        (Role.EVALUATOR, True),
        (Role.APPROVER, True),
        (Role.PROCUREMENT_LEAD, False),
        (Role.AUDITOR, False),
        (Role.SIGNATORY, False),
    ],
)
def test_may_ask_for_report(role, expected):
    assert rules.may_ask_for_report(acting(role), a_case()) is expected
    assert rules.may_ask_for_report(acting(role, organisation=ELSEWHERE), a_case()) is False


def test_ratings_are_not_for_who_acts_for_the_provider():
    assert rules.sees_ratings(acting(Role.EVALUATOR), a_case()) is True
    assert rules.sees_ratings(acting(Role.EVALUATOR, organisation=PROVIDER), a_case()) is False


def test_states():
    stages = ("draft", "rating", "signed_off", "superseded")
    assert [rules.is_being_rated(a_case(s)) for s in stages] == [False, True, False, False]
    assert [rules.is_settled(a_case(s)) for s in stages] == [False, False, True, True]
    assert rules.is_audit(acting(Role.AUDITOR)) is True
    assert rules.is_audit(acting(Role.APPROVER)) is False
