"""The profile of an organisation that commissions."""

from django.db import transaction

from accounts import audit
from accounts.access import Actor, require
from accounts.models import Organisation
from commissioning.models import Commissioner


@transaction.atomic
def create_commissioner(*, actor: Actor, organisation: Organisation) -> Commissioner:
    """Give a new organisation its profile as a commissioner, on which its contracts hang. For the
    operator and the system.

    Side effects, in order: profile, audit row.
    """
    require(actor.is_operator or actor.is_system, "Only an operator adds organisations.")
    commissioner = Commissioner.objects.create(organisation=organisation)
    audit.record(actor=actor, verb="commissioner.created", subject=commissioner)
    return commissioner
