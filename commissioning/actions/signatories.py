"""Who signs for a provider: naming, confirming, doubting, recovering."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import audit, notifications
from accounts.access import Actor, WrongState, require
from accounts.actions import invite_first_signatory, withdraw_open_invitations
from accounts.models import Membership, Organisation
from accounts.references import ALPHABET
from commissioning import queries
from commissioning.enums import ConfirmedHow, DoubtOutcome
from commissioning.models import ConfirmationCode, FirstSignatory, SignatoryDoubt
from commissioning.rules import (
    is_first_signatory_of,
    may_confirm_as_second,
    may_doubt_signatories,
)
from providers.models import Provider

CODE_LENGTH = 8
CODE_LASTS = timedelta(hours=24)
MOST_CODES_A_DAY = 3
MOST_ATTEMPTS = 5
OPERATORS_ONLY = "Only an operator of this service decides this."


@transaction.atomic
def name_first_signatory(
    *, actor: Actor, provider: Provider, email: str, full_name: str, reason: str = ""
) -> FirstSignatory:
    """Name and invite the first person who signs for a provider that has nobody here.

    Whom a commissioner names has to be confirmed; an operator confirms by naming, with a reason.
    Side effects, in order: organisation and invitation with its audit row and e-mail, the end of an
    earlier naming, first signatory, audit row.
    """
    invitation = invite_first_signatory(
        actor=actor, organisation=provider.organisation, email=email, full_name=full_name
    )
    now = timezone.now()
    FirstSignatory.objects.standing().filter(provider=provider).update(ended_at=now)
    by_operator = actor.is_operator
    first = FirstSignatory.objects.create(
        provider=provider,
        invitation=invitation,
        named_for=None if by_operator else actor.organisation,
        named_by=actor.user,
        named_at=now,
        confirmed_how=ConfirmedHow.OPERATOR if by_operator else ConfirmedHow.NONE,
        confirmed_at=now if by_operator else None,
        confirmed_by=actor.user if by_operator else None,
        confirmed_because=reason,
    )
    audit.record(
        actor=actor,
        verb="signatory.named",
        subject=first,
        facts={"provider": provider.reference, "is_confirmed": by_operator},
    )
    return first


@transaction.atomic
def send_confirmation_code(
    *, actor: Actor, first: FirstSignatory, address: str
) -> ConfirmationCode:
    """Send a code to an address that a published notice gives for the provider.

    The person who is named asks for it; whoever reads that mailbox passes it on. Side effects, in
    order: code, audit row, e-mail. Raises WrongState where the address is not published, or where
    enough codes were sent.
    """
    first = _open(first)
    require(is_first_signatory_of(actor, first), "Only a signatory of the provider asks for this.")
    if address not in {row.address for row in queries.published_contacts(actor, first)}:
        raise WrongState("No notice that counts gives this address for your organisation.")
    now = timezone.now()
    if first.codes.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_CODES_A_DAY:
        raise WrongState(f"{MOST_CODES_A_DAY} codes were sent within a day. Try again tomorrow.")
    first.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    sent = ConfirmationCode.objects.create(
        first=first,
        address=address,
        code_hash=_hash(first, code),
        sent_at=now,
        sent_by=actor.user,
        expires_at=now + CODE_LASTS,
    )
    audit.record(actor=actor, verb="signatory.code_sent", subject=first)
    notifications.send(
        to=[address],
        template="commissioning/email/signatory_code",
        context={
            "first": first,
            "person": actor.user,
            "code": code,
            "hours": CODE_LASTS // timedelta(hours=1),
            "path": reverse("commissioning:signatory-own"),
        },
    )
    return sent


@transaction.atomic
def enter_confirmation_code(*, actor: Actor, first: FirstSignatory, code: str) -> bool:
    """Confirm the signatory by the code that was sent. Returns whether it was right.

    A wrong code counts as an attempt, which stays. Side effects, in order: code, and where it was
    right, first signatory and organisation; audit row. Raises WrongState where no code is open.
    """
    first = _open(first)
    require(is_first_signatory_of(actor, first), "Only a signatory of the provider enters it.")
    sent = first.codes.select_for_update().filter(
        used_at=None, expires_at__gt=timezone.now(), attempts__lt=MOST_ATTEMPTS
    )
    sent = sent.first()
    if sent is None:
        raise WrongState(
            "No code works now: the last one has run out, or was entered wrongly too often. "
            "Send a new one."
        )
    sent.attempts += 1
    typed = code.strip().upper().replace(" ", "").replace("-", "")
    is_right = constant_time_compare(sent.code_hash, _hash(first, typed))
    sent.used_at = timezone.now() if is_right else None
    sent.save(update_fields=["attempts", "used_at"])
    if is_right:
        _confirm(actor, first, ConfirmedHow.NOTICE_CONTACT)
    else:
        audit.record(
            actor=actor,
            verb="signatory.code_refused",
            subject=first,
            facts={"attempt": sent.attempts},
        )
    return is_right


@transaction.atomic
def confirm_signatory_as_operator(
    *, actor: Actor, first: FirstSignatory, reason: str
) -> FirstSignatory:
    """Confirm who signs, as an operator who checked it. Side effects: as for the code."""
    first = _open(first)
    require(actor.is_operator, OPERATORS_ONLY)
    return _confirm(actor, first, ConfirmedHow.OPERATOR, reason=reason)


@transaction.atomic
def confirm_signatory_as_second(*, actor: Actor, first: FirstSignatory) -> FirstSignatory:
    """Confirm who signs, for a second commissioner that has to do with the provider.

    Never for the body that named them, nor by the person who did, nor by somebody of the provider.
    Side effects: as for the code.
    """
    first = _open(first)
    belongs = Membership.objects.filter(
        user=actor.user, organisation=first.provider.organisation
    ).exists()
    require(
        may_confirm_as_second(actor, first)
        and not belongs
        and queries.relies_on(actor, first.provider),
        "A second commissioner confirms this: another body that has to do with the provider.",
    )
    return _confirm(
        actor, first, ConfirmedHow.SECOND_COMMISSIONER, confirmed_for=actor.organisation
    )


@transaction.atomic
def doubt_signatory(
    *,
    actor: Actor,
    provider: Provider,
    reason: str,
    known_name: str = "",
    known_email: str = "",
) -> SignatoryDoubt:
    """Say, for a commissioner that has to do with the provider, that the wrong person signs.

    Operators see it on their pages. Side effects, in order: doubt, audit row. Raises WrongState
    where one of the same body is open.
    """
    require(
        may_doubt_signatories(actor) and queries.relies_on(actor, provider),
        "Only a commissioner that has to do with the provider says this.",
    )
    Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
    open_ones = SignatoryDoubt.objects.to_decide().filter(provider=provider)
    if open_ones.filter(raised_for=actor.organisation).exists():
        raise WrongState("Your organisation has said so already. An operator will decide.")
    doubt = SignatoryDoubt.objects.create(
        provider=provider,
        raised_for=actor.organisation,
        raised_by=actor.user,
        raised_at=timezone.now(),
        reason=reason,
        known_name=known_name,
        known_email=known_email,
    )
    audit.record(
        actor=actor,
        verb="signatory.doubted",
        subject=doubt,
        facts={"provider": provider.reference},
    )
    return doubt


@transaction.atomic
def keep_signatory(*, actor: Actor, doubt: SignatoryDoubt, reason: str) -> SignatoryDoubt:
    """Decide that the person who signs stays. Side effects, in order: doubt, audit row."""
    doubt = _undecided(doubt)
    require(actor.is_operator, OPERATORS_ONLY)
    return _decide(actor, doubt, DoubtOutcome.KEPT, reason)


@transaction.atomic
def recover_organisation(
    *, actor: Actor, doubt: SignatoryDoubt, email: str, full_name: str, reason: str
) -> FirstSignatory:
    """Decide that somebody else signs: the people end, and another first signatory is invited.

    Every row of the organisation and its trail stay; what the new people see is all of it. Side
    effects, in order: memberships with an audit row each, invitations withdrawn, those of
    ``name_first_signatory``, this doubt and the others about the provider, audit rows.
    """
    organisation = Organisation.objects.select_for_update().get(pk=doubt.provider.organisation_id)
    doubt = _undecided(doubt)
    require(actor.is_operator, OPERATORS_ONLY)
    now = timezone.now()
    for place in Membership.objects.select_for_update().filter(
        organisation=organisation, ended_at=None
    ):
        place.ended_at, place.ended_by = now, actor.user
        place.save(update_fields=["ended_at", "ended_by"])
        audit.record(
            actor=actor, verb="membership.ended", subject=place, facts={"user": place.user_id}
        )
    withdraw_open_invitations(actor=actor, organisation=organisation)
    first = name_first_signatory(
        actor=actor,
        provider=doubt.provider,
        email=email,
        full_name=full_name,
        reason=reason,
    )
    others = SignatoryDoubt.objects.to_decide().select_for_update(of=("self",))
    for row in others.filter(provider=doubt.provider):
        _decide(actor, row, DoubtOutcome.RECOVERED, reason)
    return first


def _confirm(
    actor: Actor,
    first: FirstSignatory,
    how: ConfirmedHow,
    *,
    reason: str = "",
    confirmed_for: Organisation | None = None,
) -> FirstSignatory:
    first.confirmed_how, first.confirmed_at = how, timezone.now()
    first.confirmed_by, first.confirmed_for = actor.user, confirmed_for
    first.confirmed_because = reason
    first.save()
    organisation = first.provider.organisation
    organisation.named_by = organisation.named_at = None
    organisation.save(update_fields=["named_by", "named_at"])
    audit.record(
        actor=actor,
        verb="signatory.confirmed",
        subject=first,
        facts={"how": how, "provider": first.provider.reference},
    )
    return first


def _decide(
    actor: Actor, doubt: SignatoryDoubt, outcome: DoubtOutcome, reason: str
) -> SignatoryDoubt:
    doubt.outcome, doubt.decided_because = outcome, reason
    doubt.decided_at, doubt.decided_by = timezone.now(), actor.user
    doubt.save(update_fields=["outcome", "decided_because", "decided_at", "decided_by"])
    audit.record(
        actor=actor, verb="signatory.doubt_decided", subject=doubt, facts={"outcome": outcome}
    )
    return doubt


def _open(first: FirstSignatory) -> FirstSignatory:
    first = (
        FirstSignatory.objects.select_for_update(of=("self",))
        .select_related("provider__organisation", "invitation", "named_for")
        .get(pk=first.pk)
    )
    if first.ended_at is not None or first.confirmed_at is not None:
        raise WrongState("It is settled already who signs for this provider.")
    return first


def _undecided(doubt: SignatoryDoubt) -> SignatoryDoubt:
    doubt = (
        SignatoryDoubt.objects.select_for_update(of=("self",))
        .select_related("provider__organisation")
        .get(pk=doubt.pk)
    )
    if doubt.outcome:
        raise WrongState("This was decided already.")
    return doubt


def _hash(first: FirstSignatory, code: str) -> str:
    return salted_hmac(
        "commissioning.signatories", f"{first.pk} {code}", algorithm="sha256"
    ).hexdigest()
