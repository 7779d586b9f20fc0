"""Who may do what to people and memberships: predicates over facts that the action has loaded."""

from accounts.access import Actor
from accounts.enums import (
    ASSURER_ROLES,
    COMMISSIONER_ROLES,
    JUDGING_ROLES,
    PROVIDER_ROLES,
    Role,
)


def roles_open_to(organisation) -> frozenset[Role]:
    """The roles that people of this organisation can hold, from what it acts as."""
    roles = {Role.ADMINISTRATOR}
    if organisation.acts_as_commissioner:
        roles |= COMMISSIONER_ROLES
    if organisation.acts_as_provider:
        roles |= PROVIDER_ROLES
    if organisation.acts_as_assurer:
        roles |= ASSURER_ROLES
    return frozenset(roles)


def is_administrator_of(actor: Actor, organisation) -> bool:
    """The actor acts for this organisation as its administrator."""
    return actor.organisation == organisation and actor.has(Role.ADMINISTRATOR)


def is_signatory_of(actor: Actor, organisation) -> bool:
    """The actor acts for this organisation as an authorised signatory."""
    return actor.organisation == organisation and actor.has(Role.SIGNATORY)


def may_bring_people_to(actor: Actor, organisation) -> bool:
    """The actor administers the organisation, and who signs for it is confirmed."""
    return is_administrator_of(actor, organisation) and actor.asker is None


def may_name_first_signatory(actor: Actor, has_signatory: bool) -> bool:
    """A commissioner's contract manager, or an operator, names a provider's first signatory, and
    only the first.
    """
    return (actor.has(Role.CONTRACT_MANAGER) or actor.is_operator) and not has_signatory


def leaves_an_administrator(administrators_left: int) -> bool:
    """An organisation with people always keeps somebody who can invite others."""
    return administrators_left > 0


def needs_a_second_person(actor: Actor, membership, added: set) -> set:
    """The roles among ``added`` that the actor would give to themselves and that judge."""
    return set(added) & JUDGING_ROLES if membership.user == actor.user else set()


def may_decide_role_request(actor: Actor, request) -> bool:
    """A second administrator of the organisation, or an operator: never who asked."""
    return actor.user != request.membership.user and (
        actor.is_operator or is_administrator_of(actor, request.membership.organisation)
    )


def may_end_sessions_of(actor: Actor, membership) -> bool:
    """The administrator of the organisation that the person belongs to now."""
    return membership.ended_at is None and is_administrator_of(actor, membership.organisation)
