"""The profile of an organisation that provides."""

from django.db import transaction

from accounts import audit
from accounts.access import Actor, require
from accounts.models import Organisation
from providers.models import Provider


@transaction.atomic
def create_provider(*, actor: Actor, organisation: Organisation) -> Provider:
    """Give a new organisation its profile as a provider, with which it bids and is judged. For the
    operator and the system.

    Side effects, in order: profile, audit row.
    """
    require(actor.is_operator or actor.is_system, "Only an operator adds organisations.")
    provider = Provider.objects.create(organisation=organisation)
    audit.record(actor=actor, verb="provider.created", subject=provider)
    return provider
