"""Claims about people and organisations."""

from dataclasses import dataclass

import pytest

from accounts import rules
from accounts.access import Actor, Role
from accounts.enums import COMMISSIONER_ROLES, PROVIDER_ROLES


@dataclass(frozen=True)
class Body:
    name: str = "Ours"
    acts_as_commissioner: bool = False
    acts_as_provider: bool = False
    acts_as_assurer: bool = False
    named_by_id: int | None = None


OURS, THEIRS = Body(), Body("Theirs")


def acting(*roles, organisation=OURS) -> Actor:
    return Actor(user=object(), organisation=organisation, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (Body(acts_as_commissioner=True), COMMISSIONER_ROLES | {Role.ADMINISTRATOR}),
        (Body(acts_as_provider=True), PROVIDER_ROLES | {Role.ADMINISTRATOR}),
        (Body(acts_as_assurer=True), {Role.AUDITOR, Role.ADMINISTRATOR}),
        (
            Body(acts_as_commissioner=True, acts_as_provider=True),
            COMMISSIONER_ROLES | PROVIDER_ROLES | {Role.ADMINISTRATOR},
        ),
    ],
    ids=["commissioner", "provider", "assurer", "both"],
)
def test_roles_open_by_what_the_body_does(body, expected):
    assert rules.roles_open_to(body) == expected


@pytest.mark.parametrize(
    ("claim", "role"),
    [(rules.is_administrator_of, Role.ADMINISTRATOR), (rules.is_signatory_of, Role.SIGNATORY)],
)
def test_claim_holds_for_the_role_in_the_same_organisation_only(claim, role):
    assert (
        claim(acting(role), OURS),
        claim(acting(role), THEIRS),
        claim(acting(*(set(Role) - {role})), OURS),
        claim(Actor(), OURS),
    ) == (True, False, False, False)


@pytest.mark.parametrize(
    ("role", "has_signatory", "expected"),
    [
        (Role.CONTRACT_MANAGER, False, True),
        (Role.CONTRACT_MANAGER, True, False),
        (Role.PROCUREMENT_LEAD, False, False),
    ],
)
def test_contract_manager_names_the_first_signatory_only(role, has_signatory, expected):
    assert rules.may_name_first_signatory(acting(role), has_signatory) is expected


def test_operator_names_a_first_signatory_too():
    operator = Actor(user=object(), is_operator=True)
    assert rules.may_name_first_signatory(operator, False)
    assert not rules.may_name_first_signatory(operator, True)


def test_nobody_is_brought_to_a_body_whose_signatory_is_not_confirmed():
    named = Body(named_by_id=1)
    assert rules.may_bring_people_to(acting(Role.ADMINISTRATOR), OURS)
    assert not rules.may_bring_people_to(acting(Role.SIGNATORY), OURS)
    assert not rules.may_bring_people_to(acting(Role.ADMINISTRATOR, organisation=named), named)


@pytest.mark.parametrize(("left", "expected"), [(0, False), (1, True), (2, True)])
def test_organisation_keeps_an_administrator(left, expected):
    assert rules.leaves_an_administrator(left) is expected
