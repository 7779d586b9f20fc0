"""Letting an assurance body read, and ending it."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Organisation
from commissioning.enums import EngagementScope
from commissioning.models import AuditEngagement, Commissioner, Contract
from commissioning.rules import is_administrator_of

REFUSAL = "Only the commissioner's administrator gives and ends audit engagements."


@transaction.atomic
def give_engagement(
    *,
    actor: Actor,
    assurance_body: Organisation,
    scope: str,
    starts_on: datetime.date,
    ends_on: datetime.date,
    contracts: Sequence[Contract] = (),
) -> AuditEngagement:
    """Let an assurance body's auditors read the actor's own commissioner from a day to a day.

    Side effects, in order: commissioner's profile where there is none, engagement, audit row.
    """
    commissioner = Commissioner.objects.filter(organisation=actor.organisation).first()
    if commissioner is None:
        require(
            actor.organisation is not None and actor.organisation.acts_as_commissioner,
            "Your organisation doesn't commission.",
        )
        commissioner, _ = Commissioner.objects.get_or_create(organisation=actor.organisation)
    require(is_administrator_of(actor, commissioner), REFUSAL)
    require(assurance_body.acts_as_assurer, "That organisation is no assurance body.")
    require(
        all(contract.commissioner_id == commissioner.pk for contract in contracts),
        "An engagement names the commissioner's own contracts.",
    )
    if ends_on < starts_on:
        raise WrongState("The engagement would end before it starts.")
    if scope == EngagementScope.NAMED_CONTRACTS and not contracts:
        raise WrongState("Name at least one contract.")
    engagement = AuditEngagement.objects.create(
        assurance_body=assurance_body,
        commissioner=commissioner,
        scope=EngagementScope(scope),
        starts_on=starts_on,
        ends_on=ends_on,
        made_at=timezone.now(),
        made_by=actor.user,
    )
    if engagement.scope == EngagementScope.NAMED_CONTRACTS:
        engagement.contracts.set(contracts)
    audit.record(
        actor=actor,
        verb="engagement.given",
        subject=engagement,
        facts={
            "assurance_body": assurance_body.reference,
            "scope": engagement.scope,
            "starts_on": starts_on.isoformat(),
            "ends_on": ends_on.isoformat(),
            "contracts": [contract.reference for contract in contracts],
        },
    )
    return engagement


@transaction.atomic
def end_engagement(*, actor: Actor, engagement: AuditEngagement) -> AuditEngagement:
    """End an engagement today: its auditors see nothing of this commissioner from now on."""
    engagement = (
        AuditEngagement.objects.select_for_update(of=("self",))
        .select_related("commissioner__organisation")
        .get(pk=engagement.pk)
    )
    require(is_administrator_of(actor, engagement.commissioner), REFUSAL)
    if engagement.ended_at is not None:
        raise WrongState("This engagement has ended already.")
    engagement.ended_at = timezone.now()
    engagement.ended_by = actor.user
    engagement.save(update_fields=["ended_at", "ended_by"])
    audit.record(actor=actor, verb="engagement.ended", subject=engagement)
    return engagement
