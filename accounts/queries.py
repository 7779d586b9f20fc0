"""Reads. The first argument is who asks."""

import hashlib

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from accounts.enums import InvitationState, JobState, Role
from accounts.home import MOST_ITEMS, NEEDS_ME, Item
from accounts.models import (
    AuditEvent,
    Invitation,
    Job,
    Membership,
    MembershipRole,
    Organisation,
    RoleRequest,
    User,
)

OPEN_INVITATIONS = (InvitationState.SENT, InvitationState.AWAITING_APPROVAL)


def organisations_of(viewer: Actor):
    """The organisations that the viewer can act for, by name."""
    places = Membership.objects.visible_to(viewer).current().filter(user=viewer.user)
    return Organisation.objects.visible_to(viewer).filter(pk__in=places.values("organisation"))


def people_of_own_organisation(viewer: Actor):
    """Current memberships of the organisation that the viewer acts for, with roles."""
    return (
        Membership.objects.visible_to(viewer)
        .filter(organisation=viewer.organisation)
        .current()
        .select_related("user", "organisation")
        .prefetch_related(Prefetch("roles", MembershipRole.objects.order_by("role")))
    )


def open_invitations(viewer: Actor):
    """Invitations of the viewer's organisation that nobody has accepted or withdrawn."""
    return (
        Invitation.objects.visible_to(viewer)
        .filter(state__in=OPEN_INVITATIONS)
        .select_related("invited_by")
    )


def invitation_behind(viewer: Actor, secret: str) -> Invitation | None:
    """The open invitation whose link carries this secret: the link is the permission."""
    return (
        Invitation.objects.filter(
            secret_sha256=hashlib.sha256(secret.encode()).hexdigest(), state=InvitationState.SENT
        )
        .select_related("organisation")
        .first()
    )


def account_of(viewer: Actor, email: str) -> User | None:
    """The account with this address, for the page that accepts an invitation to it."""
    return User.objects.filter(email=email.lower(), is_active=True).first()


def names_in(viewer: Actor, organisation: Organisation, but: str = "") -> list[str]:
    """Names of the organisation's people and of those invited to it, but for one address.

    A form compares a new name with them. It shows at most the one that looks the same, to somebody
    who belongs to the organisation or holds an invitation to it.
    """
    people = User.objects.filter(
        memberships__in=Membership.objects.current().filter(organisation=organisation)
    )
    invited = Invitation.objects.filter(organisation=organisation, state__in=OPEN_INVITATIONS)
    return [
        *people.exclude(email=but).values_list("full_name", flat=True),
        *invited.exclude(email=but).values_list("full_name", flat=True),
    ]


def role_requests(viewer: Actor):
    """Requests for roles that wait for a second person."""
    return (
        RoleRequest.objects.visible_to(viewer)
        .waiting()
        .select_related("membership__user", "membership__organisation")
    )


def shut_accounts(viewer: Actor):
    """Accounts that nobody can sign in with, for operators."""
    if not viewer.is_operator:
        return User.objects.none()
    return User.objects.filter(is_active=False).order_by("-shut_at", "pk")


def has_signatory(viewer: Actor, organisation: Organisation) -> bool:
    """Whether the organisation has a signatory, or has one invited who may still accept."""
    return (
        Membership.objects.current()
        .filter(organisation=organisation, roles__role=Role.SIGNATORY)
        .exists()
        or Invitation.objects.filter(
            Q(state=InvitationState.SENT, expires_at__gte=timezone.now())
            | Q(state=InvitationState.AWAITING_APPROVAL),
            organisation=organisation,
            roles__icontains=Role.SIGNATORY.value,
        ).exists()
    )


def signatory_addresses(viewer: Actor, organisation: Organisation) -> set[str]:
    """The addresses of those who sign for the organisation, or are invited to."""
    invited = Invitation.objects.filter(
        organisation=organisation,
        state__in=OPEN_INVITATIONS,
        roles__icontains=Role.SIGNATORY.value,
    )
    return {
        *addresses_of(viewer, organisation, Role.SIGNATORY),
        *invited.values_list("email", flat=True),
    }


def addresses_of(viewer: Actor, organisation: Organisation, *roles: Role) -> list[str]:
    """E-mail addresses of the people who hold any of the roles there, for a notice to them."""
    return list(
        User.objects.filter(
            memberships__in=Membership.objects.current().filter(
                organisation=organisation, roles__role__in=roles
            )
        )
        .distinct()
        .values_list("email", flat=True)
    )


def trail(viewer: Actor):
    """The audit rows that the viewer may read, newest first."""
    return AuditEvent.objects.visible_to(viewer).select_related("actor", "organisation")


def trail_of_case(viewer: Actor, case_reference: str):
    """Every audit row of one case. The caller has passed the sight gate of the case itself."""
    return AuditEvent.objects.filter(case_reference=case_reference).select_related(
        "actor", "organisation"
    )


def organisations_with_people(viewer: Actor):
    """Tenants of the installation, by name: names only, for the operator's list."""
    return Organisation.objects.visible_to(viewer).with_members()


def assurance_bodies(viewer: Actor):
    """The organisations that an engagement can be given to."""
    return Organisation.objects.visible_to(viewer).filter(acts_as_assurer=True)


def job_counts(viewer: Actor) -> dict[str, int]:
    """How many jobs of the installation stand in each state: numbers only, for the operator."""
    if not viewer.is_operator:
        return {}
    rows = Job.objects.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def failed_jobs(viewer: Actor):
    """Jobs of the installation that failed, newest first, for the operator: by what name the log
    speaks of them, and not whose they are.
    """
    if not viewer.is_operator:
        return Job.objects.none().values()
    rows = Job.objects.filter(state=JobState.FAILED).order_by("-finished_at", "-pk")
    return rows.values("reference", "kind", "finished_at")


def home_items(viewer: Actor) -> list[Item]:
    """Invitations that wait for a signatory's word, and jobs of the installation that failed."""
    items = []
    if viewer.has(Role.SIGNATORY):
        waiting = open_invitations(viewer).filter(state=InvitationState.AWAITING_APPROVAL)
        items += [
            Item(
                NEEDS_ME,
                f"Approve {invitation.full_name} as a signatory",
                reverse("accounts:signatory-approve", args=[invitation.reference]),
                invitation.invited_at,
            )
            for invitation in waiting[:MOST_ITEMS]
        ]
    if viewer.is_operator or viewer.has(Role.ADMINISTRATOR):
        asked = role_requests(viewer).exclude(membership__user=viewer.user)
        items += [
            Item(
                NEEDS_ME,
                f"Confirm or decline roles that {row.membership.user} asked for",
                reverse("accounts:role-request", args=[row.reference]),
                row.asked_at,
                row.membership.organisation.name,
            )
            for row in asked[:MOST_ITEMS]
        ]
    if viewer.is_operator and (failed := job_counts(viewer).get("failed")):
        items.append(
            Item(NEEDS_ME, f"{failed} failed job{'s' if failed > 1 else ''} to look at",
                 reverse("accounts:installation"))
        )  # fmt: skip
    return items
