"""Deciding whether two organisations are one."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Organisation, OrganisationIdentifier
from commissioning import queries
from commissioning.enums import MatchState
from commissioning.models import (
    AssessmentRequest,
    Commissioner,
    Contract,
    ContractParty,
    OrganisationMatch,
    ProcessLink,
    Procurement,
)
from commissioning.rules import may_decide_match
from providers.models import Provider

REFUSAL = "Only an operator decides this: it concerns more than your own contracts."


@transaction.atomic
def confirm_match(*, actor: Actor, match: OrganisationMatch) -> OrganisationMatch:
    """Say that the two are one, and move everything of the reference row to the candidate.

    Side effects, in order: identifiers, contracts and procurements as buyer, contract parties,
    other proposals about the emptied row, the match, audit row. Refused where the row to empty has
    members, or where provider work hangs on it.
    """
    match = _open(match)
    require(may_decide_match(actor, match, queries.commissioners_concerned(actor, match)), REFUSAL)
    if not match.organisation.is_reference_row:
        raise WrongState("The organisation to merge has people by now. It can't be emptied.")
    moved = _move(match.organisation, match.candidate)
    _decide(match, MatchState.CONFIRMED, actor)
    OrganisationMatch.objects.filter(
        organisation=match.organisation, state=MatchState.PROPOSED
    ).delete()
    _redirect_proposals(match.organisation, match.candidate)
    audit.record(
        actor=actor,
        verb="organisation.merged",
        subject=match.candidate,
        facts={"from": match.organisation.reference, "match": match.pk, **moved},
    )
    return match


@transaction.atomic
def reject_match(*, actor: Actor, match: OrganisationMatch) -> OrganisationMatch:
    """Say that the two are different. They are not offered again."""
    match = _open(match)
    require(may_decide_match(actor, match, queries.commissioners_concerned(actor, match)), REFUSAL)
    _decide(match, MatchState.REJECTED, actor)
    audit.record(
        actor=actor,
        verb="organisation.kept_apart",
        subject=match.candidate,
        facts={"from": match.organisation.reference, "match": match.pk},
    )
    return match


def _open(match: OrganisationMatch) -> OrganisationMatch:
    # The two bodies first: another proposal about one of them may be decided in the same moment,
    # and takes this one away.
    bodies = Organisation.objects.select_for_update().order_by("pk")
    list(bodies.filter(pk__in=(match.organisation_id, match.candidate_id)))
    match = (
        OrganisationMatch.objects.select_for_update(of=("self",))
        .select_related("organisation", "candidate")
        .filter(pk=match.pk)
        .first()
    )
    if match is None or match.state != MatchState.PROPOSED:
        raise WrongState("This was decided already.")
    return match


def _decide(match: OrganisationMatch, state: MatchState, actor: Actor) -> None:
    match.state = state
    match.decided_at = timezone.now()
    match.decided_by = actor.user
    match.save(update_fields=["state", "decided_at", "decided_by"])


def _redirect_proposals(emptied: Organisation, candidate: Organisation) -> None:
    """Ask the open questions that named the emptied row about the candidate instead."""
    for row in OrganisationMatch.objects.filter(candidate=emptied, state=MatchState.PROPOSED):
        asked = OrganisationMatch.objects.filter(
            organisation=row.organisation, candidate=candidate
        ).exists()
        if asked or row.organisation_id == candidate.pk:
            row.delete()
        else:
            row.candidate = candidate
            row.save(update_fields=["candidate"])


def _move(emptied: Organisation, to: Organisation) -> dict[str, int]:
    """Move identifiers, contracts, procurements and parties; return how many of each.

    A process that both have under one ocid stays with the emptied row, with its contracts: what the
    candidate works with is its own.
    """
    moved = {
        "identifiers": OrganisationIdentifier.objects.filter(organisation=emptied).update(
            organisation=to
        )
    }
    buyer = Commissioner.objects.filter(organisation=emptied).first()
    if buyer is not None:
        target, _ = Commissioner.objects.get_or_create(
            organisation=to, defaults={"body_type": buyer.body_type}
        )
        own = Procurement.objects.filter(buyer=target, ocid__isnull=False)
        twice = Procurement.objects.filter(buyer=buyer, ocid__in=own.values("ocid"))
        stay = list(twice.values_list("pk", flat=True))
        moved["contracts"] = (
            Contract.objects.filter(commissioner=buyer)
            .exclude(procurement__in=stay)
            .update(commissioner=target)
        )
        moved["procurements"] = (
            Procurement.objects.filter(buyer=buyer).exclude(pk__in=stay).update(buyer=target)
        )
        moved["stay"] = len(stay)
        moved["links"] = ProcessLink.objects.filter(publisher=emptied).update(publisher=to)
        Organisation.objects.filter(pk=to.pk).update(acts_as_commissioner=True)
    provider = Provider.objects.filter(organisation=emptied).first()
    if provider is not None:
        if AssessmentRequest.objects.filter(provider=provider).exists():
            raise WrongState(
                "A self-assessment was asked of this organisation. It can't be emptied."
            )
        target, _ = Provider.objects.get_or_create(
            organisation=to, defaults={"is_sme": provider.is_sme, "is_vcse": provider.is_vcse}
        )
        moved["parties"] = _move_parties(provider, target)
        Organisation.objects.filter(pk=to.pk).update(acts_as_provider=True)
    return moved


def _move_parties(provider: Provider, target: Provider) -> int:
    """Re-point the parties; where both are party to one contract, one row stays."""
    parties = ContractParty.objects.filter(provider=provider)
    shared = parties.filter(contract__parties__provider=target)
    for party in list(shared):
        if party.is_lead:
            party.delete()
            ContractParty.objects.filter(contract=party.contract_id, provider=target).update(
                is_lead=True, position=party.position
            )
        else:
            party.delete()
    return ContractParty.objects.filter(provider=provider).update(provider=target)
