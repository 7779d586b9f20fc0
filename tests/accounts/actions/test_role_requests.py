"""Nobody gives themselves a role that judges or approves."""

import pytest

from accounts import actions
from accounts.access import Refused, WrongState
from accounts.enums import JUDGING_ROLES
from accounts.models import AuditEvent, Membership, MembershipRole, RoleRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def adam_asks(people, actor_of):
    """Adam, administrator of the council, wants to evaluate."""
    place = people.users["adam"].memberships.get()
    actions.change_roles(
        actor=actor_of("adam"), membership=place, roles=["administrator", "evaluator"]
    )
    return RoleRequest.objects.get()


@pytest.fixture
def second_administrator(people, actor_of):
    place = people.users["evan"].memberships.get()
    MembershipRole.objects.create(membership=place, role="administrator")
    return actor_of("evan")


def roles_of(membership) -> list[str]:
    return sorted(membership.roles.values_list("role", flat=True))


@pytest.mark.parametrize("role", sorted(JUDGING_ROLES))
def test_role_that_judges_is_not_held_before_somebody_confirms(people, actor_of, role):
    place = people.users["adam"].memberships.get()
    actions.change_roles(actor=actor_of("adam"), membership=place, roles=["administrator", role])
    assert (roles_of(place), RoleRequest.objects.get().roles) == (["administrator"], [role])


def test_role_that_judges_nothing_is_given_at_once(people, actor_of):
    place = people.users["adam"].memberships.get()
    actions.change_roles(
        actor=actor_of("adam"), membership=place, roles=["administrator", "contract_manager"]
    )
    assert roles_of(place) == ["administrator", "contract_manager"]


def test_role_that_is_held_already_stays(people, actor_of):
    place = people.users["mei"].memberships.get()
    actions.change_roles(
        actor=actor_of("mei"), membership=place, roles=["administrator", "procurement_lead"]
    )
    assert roles_of(place) == ["administrator", "procurement_lead"]


def test_second_administrator_confirms(adam_asks, second_administrator):
    actions.confirm_roles(actor=second_administrator, request=adam_asks)
    assert roles_of(adam_asks.membership) == ["administrator", "evaluator"]
    event = AuditEvent.objects.get(verb="roles.confirmed")
    assert (event.actor, event.facts["roles"]) == (second_administrator.user, ["evaluator"])


def test_operator_confirms(adam_asks, actor_of):
    actions.confirm_roles(actor=actor_of("olive"), request=adam_asks)
    assert roles_of(adam_asks.membership) == ["administrator", "evaluator"]


@pytest.mark.parametrize("name", ["adam", "priya", "mei"])
def test_nobody_else_confirms_and_least_of_all_who_asked(adam_asks, actor_of, name):
    with pytest.raises(Refused):
        actions.confirm_roles(actor=actor_of(name), request=adam_asks)
    assert roles_of(adam_asks.membership) == ["administrator"]


def test_declined_request_gives_nothing_and_is_decided_once(adam_asks, actor_of):
    actions.decline_roles(actor=actor_of("olive"), request=adam_asks)
    with pytest.raises(WrongState):
        actions.confirm_roles(actor=actor_of("olive"), request=adam_asks)
    assert roles_of(adam_asks.membership) == ["administrator"]


def test_second_request_replaces_the_first(adam_asks, actor_of):
    actions.change_roles(
        actor=actor_of("adam"),
        membership=adam_asks.membership,
        roles=["administrator", "approver"],
    )
    assert RoleRequest.objects.get().roles == ["approver"]


def test_request_of_a_membership_that_ended_is_not_confirmed(adam_asks, actor_of, people):
    place = adam_asks.membership
    Membership.objects.filter(pk=place.pk).update(
        ended_at=adam_asks.asked_at, ended_by=people.users["olive"]
    )
    with pytest.raises(WrongState):
        actions.confirm_roles(actor=actor_of("olive"), request=adam_asks)


def test_administrator_does_not_ask_for_people_of_another_body(people, actor_of):
    with pytest.raises(Refused):
        actions.ask_for_roles(
            actor=actor_of("adam"),
            membership=people.users["mei"].memberships.get(),
            roles=["approver"],
        )
