"""Sign-ins, sessions and accounts: what is written down of them, and how they are ended."""

from allauth.usersessions.models import UserSession

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Membership, User
from accounts.rules import may_end_sessions_of

ADDRESS_SALT = "accounts.failed-sign-in"


@transaction.atomic
def record_sign_in(*, actor: Actor, network_address: str) -> None:
    """Write down that the person signed in, and from where."""
    audit.record(
        actor=actor,
        verb="session.began",
        subject=actor.user,
        facts={"network_address": network_address},
    )


@transaction.atomic
def record_failed_sign_in(
    *, actor: Actor, email: str, network_address: str, step: str = "password"
) -> None:
    """Write down an attempt that failed at ``step``: "password" or "code".

    An address without an account is kept as a keyed hash, so that repeated tries can be seen and
    a password typed into the wrong field is not kept.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    facts = {"network_address": network_address, "step": step}
    if user is None:
        facts["address_hash"] = salted_hmac(ADDRESS_SALT, email.strip().lower()).hexdigest()[:16]
    audit.record(actor=actor, verb="sign_in.failed", subject=user, facts=facts)


@transaction.atomic
def record_factor_change(
    *, actor: Actor, user: User, verb: str, kind: str, keep_session: str | None = None
) -> None:
    """Write down that an authenticator came, went or was made anew, or a password was changed.

    Every other session of the account ends: one that is older than the factor must not outlive it.
    Side effects, in order: sessions, audit row.
    """
    ended = _end_sessions(user, keep_session)
    audit.record(actor=actor, verb=verb, subject=user, facts={"kind": kind, "ended": ended})


@transaction.atomic
def end_sessions(*, actor: Actor, membership: Membership) -> int:
    """End every session of a member of the administrator's own organisation. Returns how many.

    Side effects, in order: sessions, audit row.
    """
    require(
        may_end_sessions_of(actor, membership),
        "Only the administrator of the organisation ends sessions of its people.",
    )
    ended = _end_sessions(membership.user)
    audit.record(
        actor=actor, verb="sessions.ended", subject=membership.user, facts={"ended": ended}
    )
    return ended


@transaction.atomic
def shut_account(*, actor: Actor, user: User, reason: str) -> None:
    """Let nobody sign in with this account, from now on. For operators.

    Rows and memberships stay. Side effects, in order: user row, sessions, audit row.
    """
    require(actor.is_operator, "Only an operator shuts accounts.")
    require(actor.user != user, "You cannot shut your own account. Ask another operator.")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise WrongState("This account is shut already.")
    user.is_active = False
    user.shut_at = timezone.now()
    user.shut_by = actor.user
    user.shut_reason = reason
    user.save(update_fields=["is_active", "shut_at", "shut_by", "shut_reason"])
    audit.record(
        actor=actor,
        verb="account.shut",
        subject=user,
        facts={"ended": _end_sessions(user)},
    )


@transaction.atomic
def open_account(*, actor: Actor, user: User) -> None:
    """Let the person sign in again. For operators. Side effects, in order: user row, audit row."""
    require(actor.is_operator, "Only an operator opens accounts again.")
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise WrongState("This account is open.")
    user.is_active = True
    user.shut_at = user.shut_by = None
    user.shut_reason = ""
    user.save(update_fields=["is_active", "shut_at", "shut_by", "shut_reason"])
    audit.record(actor=actor, verb="account.opened", subject=user)


def _end_sessions(user: User, keep: str | None = None) -> int:
    ended = 0
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep or ""):
        session.end()
        ended += 1
    return ended
