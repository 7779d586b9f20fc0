"""Declaring interests in a provider and a contract, and deciding about them."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Membership
from commissioning.enums import Resolution
from commissioning.models import Contract, InterestDeclaration
from commissioning.rules import is_judge_of, may_resolve_interest
from providers.models import Provider


@transaction.atomic
def declare_interest(
    *,
    actor: Actor,
    contract: Contract,
    provider: Provider,
    has_interest: bool,
    description: str = "",
) -> InterestDeclaration:
    """Declare the actor's own interest in this provider and contract, or that there is none.

    A declared interest can't be taken back by its declarant: it waits for another person. Side
    effects, in order: the former declaration ends, declaration, audit row.
    """
    require(
        is_judge_of(actor, contract.commissioner),
        "Only people who work on the case declare for it.",
    )
    require(
        contract.parties.filter(provider=provider).exists(),
        "That provider is no party to the contract.",
    )
    if has_interest and not description.strip():
        raise WrongState("Describe the interest.")
    now = timezone.now()
    # Before the first declaration there is no row to lock but the contract's.
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    former = (
        InterestDeclaration.objects.select_for_update()
        .filter(contract=contract, provider=provider, user=actor.user)
        .first()
    )
    if former is not None and former.has_interest and not has_interest:
        raise WrongState("You declared an interest. Only another person can resolve it.")
    if former is not None and former.replaced_at is None:
        if not former.has_interest and not has_interest:
            return former
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    declaration = InterestDeclaration.objects.create(
        contract=contract,
        provider=provider,
        user=actor.user,
        has_interest=has_interest,
        description=description.strip() if has_interest else "",
        made_at=now,
    )
    audit.record(
        actor=actor,
        verb="interest.declared",
        subject=declaration,
        case=contract.reference,
        facts={"provider": provider.reference, "has_interest": has_interest},
    )
    return declaration


@transaction.atomic
def resolve_interest(
    *, actor: Actor, declaration: InterestDeclaration, resolution: str, note: str
) -> InterestDeclaration:
    """Decide about another person's declared interest: mitigated (may go on) or recused (sees
    nothing).

    Side effects, in order: declaration, audit row.
    """
    declaration = (
        InterestDeclaration.objects.select_for_update(of=("self",))
        .select_related("contract__commissioner__organisation", "provider")
        .get(pk=declaration.pk)
    )
    require(
        may_resolve_interest(actor, declaration),
        "Another person, contract manager or approver, decides about an interest.",
    )
    require(
        not _is_of_provider(actor, declaration),
        "The provider’s own people decide about no interest in it.",
    )
    if declaration.replaced_at is not None or not declaration.has_interest:
        raise WrongState("There is no interest to decide about.")
    resolution = Resolution(resolution)
    if resolution == Resolution.NONE or not note.strip():
        raise WrongState("Say what was decided, and why.")
    declaration.resolution = resolution
    declaration.resolution_note = note.strip()
    declaration.resolved_at = timezone.now()
    declaration.resolved_by = actor.user
    declaration.save(update_fields=["resolution", "resolution_note", "resolved_at", "resolved_by"])
    audit.record(
        actor=actor,
        verb="interest.resolved",
        subject=declaration,
        case=declaration.contract.reference,
        facts={"resolution": resolution, "user": declaration.user_id},
    )
    return declaration


def _is_of_provider(actor: Actor, declaration: InterestDeclaration) -> bool:
    """The person belongs to the provider, or did since the interest was declared."""
    places = Membership.objects.filter(
        user=actor.user, organisation=declaration.provider.organisation_id
    )
    return places.since(declaration.made_at).exists()
