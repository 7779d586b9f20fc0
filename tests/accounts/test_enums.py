"""The words for roles."""

from accounts.enums import (
    ASSURER_ROLES,
    COMMISSIONER_ROLES,
    PROVIDER_ROLES,
    ROLE_DESCRIPTIONS,
    ROLES_WITH_SECOND_FACTOR,
    Role,
)


def test_every_role_is_described():
    assert list(ROLE_DESCRIPTIONS) == list(Role)


def test_every_role_is_of_one_kind_of_body_and_administrators_of_all():
    kinds = [COMMISSIONER_ROLES, PROVIDER_ROLES, ASSURER_ROLES]
    assert (frozenset.union(*kinds), sum(len(kind) for kind in kinds)) == (
        frozenset(Role) - {Role.ADMINISTRATOR},
        len(Role) - 1,
    )


def test_approvers_and_leads_need_a_second_factor():
    assert {Role.APPROVER, Role.PROCUREMENT_LEAD} == ROLES_WITH_SECOND_FACTOR
