"""Roles that judge or approve, wanted by the person who would give them: somebody else confirms."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.enums import RoleRequestState
from accounts.models import Membership, MembershipRole, Organisation, RoleRequest
from accounts.rules import is_administrator_of, may_decide_role_request

REFUSAL = "Another administrator or an operator decides this, never the person who asked."


@transaction.atomic
def ask_for_roles(*, actor: Actor, membership: Membership, roles: list[str]) -> RoleRequest:
    """Ask that an administrator's own membership gets these roles. A later request replaces one
    that waits. Side effects, in order: request row, audit row.
    """
    require(
        is_administrator_of(actor, membership.organisation), "Only the administrator gives roles."
    )
    request, _ = RoleRequest.objects.update_or_create(
        membership=membership,
        state=RoleRequestState.WAITING,
        defaults={"roles": roles, "asked_at": timezone.now()},
    )
    audit.record(actor=actor, verb="roles.asked_for", subject=request, facts={"roles": roles})
    return request


@transaction.atomic
def confirm_roles(*, actor: Actor, request: RoleRequest) -> None:
    """Give the roles that were asked for. Side effects, in order: role rows, request, audit row."""
    request = _decide(actor, request, RoleRequestState.CONFIRMED)
    membership = request.membership
    held = set(membership.roles.values_list("role", flat=True))
    MembershipRole.objects.bulk_create(
        [
            MembershipRole(membership=membership, role=role)
            for role in request.roles
            if role not in held
        ]
    )
    _record(actor, request, "roles.confirmed")


@transaction.atomic
def decline_roles(*, actor: Actor, request: RoleRequest) -> None:
    """Do not give the roles that were asked for. Side effects, in order: request, audit row."""
    _record(actor, _decide(actor, request, RoleRequestState.DECLINED), "roles.declined")


def _decide(actor: Actor, request: RoleRequest, state: RoleRequestState) -> RoleRequest:
    # The roles of a body change one after the other, whoever changes them.
    Organisation.objects.select_for_update().get(pk=request.membership.organisation_id)
    request = (
        RoleRequest.objects.select_for_update(of=("self",))
        .select_related("membership__user", "membership__organisation")
        .get(pk=request.pk)
    )
    require(may_decide_role_request(actor, request), REFUSAL)
    if request.state != RoleRequestState.WAITING or request.membership.ended_at is not None:
        raise WrongState("This request has been decided already, or the membership has ended.")
    request.state = state
    request.decided_at = timezone.now()
    request.decided_by = actor.user
    request.save(update_fields=["state", "decided_at", "decided_by"])
    return request


def _record(actor: Actor, request: RoleRequest, verb: str) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        subject=request,
        facts={"roles": request.roles, "user": request.membership.user.reference},
    )
