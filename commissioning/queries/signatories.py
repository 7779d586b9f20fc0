"""Reads about who signs for a provider: named, confirmed, doubted."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import queries as people
from accounts.access import Actor, Role
from accounts.home import CHANGED, MOST_ITEMS, NEEDS_ME, Item
from accounts.models import OrganisationIdentifier
from commissioning import ocds
from commissioning.models import (
    AssessmentRequest,
    Contract,
    ContractParty,
    FirstSignatory,
    OcdsRelease,
    SignatoryDoubt,
)
from providers.models import Provider


@dataclass(frozen=True)
class PublishedContact:
    """An address that a notice gives for a provider, and where it stands."""

    address: str
    publisher: str
    released_at: object

    @property
    def hint(self) -> str:
        """The address as it is shown: enough to know it, not enough to learn it here."""
        name, _, domain = self.address.partition("@")
        return f"{name[:1]}•••@{domain}"


def first_signatories(viewer: Actor) -> QuerySet[FirstSignatory]:
    """Those that the viewer may read about, newest first."""
    return FirstSignatory.objects.visible_to(viewer).select_related(
        "provider__organisation", "invitation", "named_for", "named_by", "confirmed_by"
    )


def first_signatory(viewer: Actor, reference: str) -> FirstSignatory | None:
    return first_signatories(viewer).standing().filter(reference=reference).first()


def first_signatory_of(viewer: Actor, provider: Provider) -> FirstSignatory | None:
    """Who was named first for the provider, as it stands."""
    return first_signatories(viewer).standing().filter(provider=provider).first()


def own_first_signatory(viewer: Actor) -> FirstSignatory | None:
    """Who was named first for the viewer's own organisation, while that is not confirmed."""
    rows = first_signatories(viewer).to_confirm()
    return rows.filter(provider__organisation=viewer.organisation).first()


def published_contacts(viewer: Actor, first: FirstSignatory) -> list[PublishedContact]:
    """The addresses that notices give for the provider by its public register number, newest first.

    Notices of the commissioner that named the signatory don't count, nor those that its people
    brought: they are what an attack would be made of.
    """
    numbers = OrganisationIdentifier.objects.filter(
        organisation=first.provider.organisation
    ).exclude(scheme__contains=":")
    identifiers = {(row.scheme, row.value) for row in numbers}
    parties = ContractParty.objects.filter(provider=first.provider)
    releases = (
        OcdsRelease.objects.filter(procurement__contracts__in=parties.values("contract"))
        .exclude(procurement__buyer__organisation=first.named_for)
        .filter(Q(brought_by=None) | ~Q(brought_by=first.named_for))
        .distinct()
        .order_by("-released_at", "-pk")
    )
    found: dict[str, PublishedContact] = {}
    for row in releases if identifiers else ():
        for address in ocds.contacts_of(row.as_raw(), identifiers):
            if _is_address(address):
                contact = PublishedContact(address, row.publisher, row.released_at)
                found.setdefault(address, contact)
    return list(found.values())


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def signs_for(viewer: Actor, provider: Provider, email: str) -> bool:
    """Whether the person with this address signs for the provider, or is invited to."""
    organisation, email = provider.organisation, email.strip().lower()
    return email in people.signatory_addresses(viewer, organisation)


def relies_on(viewer: Actor, provider: Provider) -> bool:
    """Whether the viewer's organisation has a contract with the provider, or asked it something."""
    if viewer.organisation is None:
        return False
    own = {"contract__commissioner__organisation": viewer.organisation, "provider": provider}
    return (
        ContractParty.objects.filter(**own).exists()
        or AssessmentRequest.objects.filter(**own).exists()
    )


def party_of(viewer: Actor, contract: Contract, provider_reference: str) -> Provider | None:
    """A provider of a contract that the viewer has been shown."""
    rows = Provider.objects.visible_to(viewer).select_related("organisation")
    parties = ContractParty.objects.filter(contract=contract)
    return rows.filter(reference=provider_reference, pk__in=parties.values("provider")).first()


def signatory_doubts(viewer: Actor) -> QuerySet[SignatoryDoubt]:
    """The doubts that the viewer may read, newest first."""
    return SignatoryDoubt.objects.visible_to(viewer).select_related(
        "provider__organisation", "raised_for", "raised_by", "decided_by"
    )


def signatory_doubt(viewer: Actor, reference: str) -> SignatoryDoubt | None:
    return signatory_doubts(viewer).filter(reference=reference).first()


def own_doubt(viewer: Actor, provider: Provider) -> SignatoryDoubt | None:
    """What the viewer's organisation said about the provider, until an operator has decided."""
    rows = signatory_doubts(viewer).to_decide()
    return rows.filter(provider=provider, raised_for=viewer.organisation).first()


def signatory_home_items(viewer: Actor) -> list[Item]:
    """What an operator decides, what an unconfirmed signatory does, what became of a doubt."""
    items = []
    if viewer.is_operator and viewer.organisation is None:
        items += [
            Item(
                NEEDS_ME,
                f"{doubt.raised_for} says that the wrong person signs for {doubt.provider}",
                reverse("commissioning:doubt-decide", args=[doubt.reference]),
                doubt.raised_at,
            )
            for doubt in signatory_doubts(viewer).to_decide()[:MOST_ITEMS]
        ]
    if viewer.asker is not None and viewer.has(Role.SIGNATORY):
        items.append(
            Item(
                NEEDS_ME,
                f"Get it confirmed that you sign for {viewer.organisation}",
                reverse("commissioning:signatory-own"),
                viewer.organisation.named_at,
            )
        )
    if viewer.has(Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD):
        decided = signatory_doubts(viewer).exclude(decided_at=None).order_by("-decided_at")
        items += [
            Item(
                CHANGED,
                f"Who signs for {doubt.provider}: {doubt.get_outcome_display().lower()}",
                reverse("commissioning:contract-list"),
                doubt.decided_at,
                doubt.decided_because,
            )
            for doubt in decided[:MOST_ITEMS]
        ]
    return items
