"""Writes about people, organisations, invitations and roles."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit, joining, profiles, queries
from accounts.access import Actor, WrongState, require
from accounts.actions.role_requests import ask_for_roles
from accounts.enums import InvitationState, Role
from accounts.models import (
    Invitation,
    Membership,
    MembershipRole,
    Organisation,
    User,
)
from accounts.names import clean_name
from accounts.notifications import send
from accounts.rules import (
    is_administrator_of,
    is_signatory_of,
    leaves_an_administrator,
    may_bring_people_to,
    may_name_first_signatory,
    needs_a_second_person,
    roles_open_to,
)

INVITATION_LASTS = timedelta(days=14)
BRINGS_PEOPLE = "Only an administrator does this, once it is confirmed who signs for you."


@transaction.atomic
def add_operator(*, actor: Actor, email: str, full_name: str) -> User:
    """Make a person who runs the installation. For the system: the command line is the only door.

    They have no password until they ask for a reset. Side effects, in order: user row, address,
    audit row. Raises ``WrongState`` if the address has an account.
    """
    require(actor.is_system, "Operators are made on the command line of the installation.")
    user = _new_account(email, None, full_name, is_operator=True)
    audit.record(actor=actor, verb="operator.added", subject=user)
    return user


@transaction.atomic
def create_organisation(
    *,
    actor: Actor,
    name: str,
    acts_as_commissioner: bool = False,
    acts_as_provider: bool = False,
    acts_as_assurer: bool = False,
) -> Organisation:
    """Add a tenant. For the operator and the system.

    Side effects, in order: organisation row, audit row, the profiles that upper floors keep of it.
    """
    require(actor.is_operator or actor.is_system, "Only an operator adds organisations.")
    organisation = Organisation.objects.create(
        name=clean_name(name),
        acts_as_commissioner=acts_as_commissioner,
        acts_as_provider=acts_as_provider,
        acts_as_assurer=acts_as_assurer,
    )
    audit.record(actor=actor, verb="organisation.created", subject=organisation)
    profiles.make_profiles(actor, organisation)
    return organisation


@transaction.atomic
def open_tenancy(
    *, actor: Actor, name: str, kinds: list[str], email: str, full_name: str
) -> Organisation:
    """Add an organisation and invite its first administrator, or neither."""
    organisation = create_organisation(
        actor=actor, name=name, **{f"acts_as_{kind}": True for kind in kinds}
    )
    invite_first_administrator(
        actor=actor, organisation=organisation, email=email, full_name=full_name
    )
    return organisation


@transaction.atomic
def invite_first_administrator(
    *, actor: Actor, organisation: Organisation, email: str, full_name: str
) -> Invitation:
    """Invite the person who will invite everyone else. For the operator and the system."""
    require(actor.is_operator or actor.is_system, "Only an operator names first administrators.")
    _hold(organisation)
    if Membership.objects.current().filter(organisation=organisation).exists():
        raise WrongState("This organisation has people already. Its administrator invites others.")
    withdraw_open_invitations(actor=actor, organisation=organisation)
    if organisation.named_by_id is not None:
        organisation.named_by = organisation.named_at = None
        organisation.save(update_fields=["named_by", "named_at"])
    return _invite(actor, organisation, email, full_name, [Role.ADMINISTRATOR])


@transaction.atomic
def invite_person(
    *, actor: Actor, organisation: Organisation, email: str, full_name: str, roles: list[str]
) -> Invitation:
    """Invite someone to the administrator's own organisation.

    A signatory is invited at once only where there is none; otherwise the invitation waits for an
    existing signatory. Side effects, in order: invitation row, audit row, e-mail (unless waiting).
    Raises ``WrongState`` if the person is a member or is invited already.
    """
    require(may_bring_people_to(actor, organisation), BRINGS_PEOPLE)
    require(set(roles) <= roles_open_to(organisation), "This organisation has no such role.")
    _hold(organisation)
    waits = Role.SIGNATORY in roles and queries.has_signatory(actor, organisation)
    if waits and is_signatory_of(actor, organisation):
        waits = False
    return _invite(actor, organisation, email, full_name, roles, waits=waits)


@transaction.atomic
def invite_first_signatory(
    *, actor: Actor, organisation: Organisation, email: str, full_name: str
) -> Invitation:
    """A commissioner's contract manager, or an operator, invites a provider's first signatory.

    Whom a commissioner names is not confirmed: see ``Organisation.named_by``. Once confirmed they
    can invite colleagues, so they become administrator as well. Side effects, in order: earlier
    invitations that ran out are withdrawn, organisation row, invitation row, audit row, e-mail.
    Raises ``WrongState`` where the provider has people, since its administrator invites, and where
    it is a commissioner or an assurance body as well.
    """
    _hold(organisation)
    require(
        may_name_first_signatory(actor, queries.has_signatory(actor, organisation)),
        "Only a contract manager names a provider's first signatory; this one may have one.",
    )
    if Membership.objects.current().filter(organisation=organisation).exists():
        raise WrongState("This provider has people here. Its administrator invites a signatory.")
    by_operator = actor.is_operator
    if not by_operator and (organisation.acts_as_commissioner or organisation.acts_as_assurer):
        raise WrongState("This body does more than provide. Ask an operator to add its people.")
    _withdraw_open(actor, organisation)
    organisation.named_by = None if by_operator else actor.organisation
    organisation.named_at = None if by_operator else timezone.now()
    organisation.save(update_fields=["named_by", "named_at"])
    roles = [Role.SIGNATORY, Role.CONTRIBUTOR, Role.ADMINISTRATOR]
    return _invite(actor, organisation, email, full_name, roles)


@transaction.atomic
def approve_signatory(*, actor: Actor, invitation: Invitation) -> Invitation:
    """An existing signatory lets the invitation of another go out.

    Side effects, in order: invitation row, audit row, e-mail.
    """
    require(
        is_signatory_of(actor, invitation.organisation) and actor.asker is None,
        "Only a confirmed signatory of the organisation approves another.",
    )
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != InvitationState.AWAITING_APPROVAL:
        raise WrongState("This invitation is not waiting for approval.")
    audit.record(actor=actor, verb="signatory.approved", subject=invitation)
    return _send_out(invitation)


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take back an invitation that nobody has accepted. Its link stops working."""
    require(
        is_administrator_of(actor, invitation.organisation)
        or is_signatory_of(actor, invitation.organisation),
        "Only the organisation's administrator or signatory withdraws invitations.",
    )
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state not in (InvitationState.SENT, InvitationState.AWAITING_APPROVAL):
        raise WrongState("This invitation is not open any more.")
    _withdraw(actor, invitation)


@transaction.atomic
def withdraw_open_invitations(*, actor: Actor, organisation: Organisation) -> int:
    """Withdraw every open invitation to the organisation, so that an operator can begin anew.

    Side effects, in order, for each: invitation row, audit row. Returns how many there were.
    """
    require(actor.is_operator or actor.is_system, "Only an operator withdraws all invitations.")
    return _withdraw_open(actor, organisation)


@transaction.atomic
def accept_invitation(
    *, actor: Actor, invitation: Invitation, full_name: str = "", password: str = ""
) -> User:
    """Join: make the account if the address has none, then the membership and its roles.

    ``actor`` is the signed-in person, or nobody when the account is made here. The address counts
    as verified, since the link went there. Side effects, in order: user row, membership, roles,
    invitation row, audit row, what upper floors do when somebody joins. Raises ``WrongState`` when
    the invitation is used or has run out, ``Refused`` when someone else is signed in.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    if invitation.state != InvitationState.SENT or invitation.expires_at < now:
        raise WrongState("This invitation has been used or has run out. Ask for a new one.")
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = _new_account(invitation.email, password, full_name)
    else:
        require(actor.user == user, "Sign in with the address that the invitation was sent to.")
    place, _ = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, ended_at=None
    )
    for role in invitation.roles:
        MembershipRole.objects.get_or_create(membership=place, role=role)
    if invitation.organisation.is_reference_row:
        Organisation.objects.filter(pk=invitation.organisation_id).update(is_reference_row=False)
    invitation.state = InvitationState.ACCEPTED
    invitation.accepted_at = now
    invitation.accepted_by = user
    invitation.secret_sha256 = ""
    invitation.save()
    audit.record(
        actor=Actor.of(user, invitation.organisation),
        verb="invitation.accepted",
        subject=invitation,
        facts={"roles": invitation.roles},
    )
    joining.tell_joined(user, invitation.organisation)
    return user


@transaction.atomic
def change_roles(*, actor: Actor, membership: Membership, roles: list[str]) -> None:
    """Give a member of the administrator's own organisation these roles and no others.

    A signatory is not made here where there is one already: a colleague who should sign is invited
    as one, and a signatory approves. Nobody gives themselves a role that judges or approves: such
    a role is asked for, and held once a second administrator or an operator has confirmed it.
    Side effects, in order: role rows, request row, audit rows.
    """
    organisation = membership.organisation
    require(may_bring_people_to(actor, organisation), BRINGS_PEOPLE)
    require(set(roles) <= roles_open_to(organisation), "This organisation has no such role.")
    membership = _standing(membership)
    held = set(membership.roles.values_list("role", flat=True))
    asked = needs_a_second_person(actor, membership, set(roles) - held)
    roles = [role for role in roles if role not in asked]
    if Role.SIGNATORY in roles and Role.SIGNATORY not in held:
        require(
            is_signatory_of(actor, organisation) or not queries.has_signatory(actor, organisation),
            "A further signatory must be approved by one: ask a signatory to give this role.",
        )
    if Role.ADMINISTRATOR in held and Role.ADMINISTRATOR not in roles:
        _keep_an_administrator(membership)
    membership.roles.exclude(role__in=roles).delete()
    MembershipRole.objects.bulk_create(
        [MembershipRole(membership=membership, role=role) for role in roles if role not in held]
    )
    audit.record(
        actor=actor,
        verb="membership.roles_changed",
        subject=membership,
        facts={"before": sorted(held), "after": sorted(roles), "user": membership.user.reference},
    )
    if asked:
        ask_for_roles(actor=actor, membership=membership, roles=sorted(asked))


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership) -> None:
    """End a person's membership of the administrator's own organisation. Their record stays."""
    require(
        is_administrator_of(actor, membership.organisation),
        "Only the organisation's administrator ends a membership.",
    )
    membership = _standing(membership)
    if membership.roles.filter(role=Role.ADMINISTRATOR).exists():
        _keep_an_administrator(membership)
    membership.ended_at = timezone.now()
    membership.ended_by = actor.user
    membership.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        actor=actor,
        verb="membership.ended",
        subject=membership,
        facts={"user": membership.user.reference},
    )


def _new_account(email: str, password: str | None, full_name: str, **fields) -> User:
    """Make the account of an address. Of two who make it at once, the second is refused."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, full_name=clean_name(full_name), **fields
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError as taken:
        raise WrongState(f"{email} has an account already. Sign in with it first.") from taken
    return user


def _hold(organisation: Organisation) -> None:
    """Let the people and roles of a body be changed by one person after the other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _withdraw_open(actor: Actor, organisation: Organisation) -> int:
    rows = Invitation.objects.select_for_update().filter(
        organisation=organisation,
        state__in=[InvitationState.SENT, InvitationState.AWAITING_APPROVAL],
    )
    for invitation in rows:
        _withdraw(actor, invitation)
    return len(rows)


def _withdraw(actor: Actor, invitation: Invitation) -> None:
    invitation.state = InvitationState.WITHDRAWN
    invitation.secret_sha256 = ""
    invitation.save(update_fields=["state", "secret_sha256"])
    audit.record(actor=actor, verb="invitation.withdrawn", subject=invitation)


def _standing(membership: Membership) -> Membership:
    """The membership as it is now, with its body held. Raises ``WrongState`` once it has ended."""
    _hold(membership.organisation)
    membership = Membership.objects.select_related("user", "organisation").get(pk=membership.pk)
    if membership.ended_at:
        raise WrongState("This membership has ended already.")
    return membership


def _keep_an_administrator(membership: Membership) -> None:
    others = (
        Membership.objects.current()
        .filter(organisation=membership.organisation, roles__role=Role.ADMINISTRATOR)
        .exclude(pk=membership.pk)
        .count()
    )
    if not leaves_an_administrator(others):
        raise WrongState("This is the only administrator. Make someone else one first.")


def _invite(actor, organisation, email, full_name, roles, *, waits=False) -> Invitation:
    email = email.strip().lower()
    if Membership.objects.current().filter(organisation=organisation, user__email=email).exists():
        raise WrongState("This person belongs to the organisation already.")
    if Invitation.objects.filter(
        organisation=organisation,
        email=email,
        state__in=[InvitationState.SENT, InvitationState.AWAITING_APPROVAL],
    ).exists():
        raise WrongState("This person has an open invitation. Withdraw it first.")
    now = timezone.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        full_name=clean_name(full_name),
        roles=sorted(roles),
        state=InvitationState.AWAITING_APPROVAL if waits else InvitationState.SENT,
        invited_by=actor.user,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    audit.record(
        actor=actor,
        verb="invitation.made",
        subject=invitation,
        facts={"organisation": organisation.reference, "roles": sorted(roles), "waits": waits},
    )
    return invitation if waits else _send_out(invitation)


def _send_out(invitation: Invitation) -> Invitation:
    """Give the invitation a new secret and e-mail the link."""
    secret = secrets.token_urlsafe(32)
    invitation.secret_sha256 = hashlib.sha256(secret.encode()).hexdigest()
    invitation.state = InvitationState.SENT
    invitation.expires_at = timezone.now() + INVITATION_LASTS
    invitation.save()
    send(
        to=[invitation.email],
        template="accounts/email/invitation",
        context={
            "invitation": invitation,
            "roles": [Role(role).label for role in invitation.roles],
            "path": reverse("accounts:invitation-accept", args=[secret]),
        },
    )
    return invitation
