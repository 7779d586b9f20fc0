"""Publishing the bands and limiting rules."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from scorecards import scoring
from scorecards.models import AssurancePolicy


@transaction.atomic
def publish_policy(
    *, actor: Actor, policy: scoring.Policy, in_force_from: datetime.date
) -> AssurancePolicy:
    """Publish a policy under its label. The same one again changes nothing.

    Raises ``WrongState`` when the label is taken by a different policy: a change needs a new label.
    """
    require(actor.is_operator or actor.is_system, "Only an operator publishes policies.")
    content = scoring.to_plain(policy)
    held = AssurancePolicy.objects.filter(label=policy.label).first()
    if held is not None:
        if held.content != content:
            raise WrongState(
                f"The policy {policy.label} is published and differs. Use a new label."
            )
        return held
    row = AssurancePolicy.objects.create(
        label=policy.label,
        content=content,
        in_force_from=in_force_from,
        published_at=timezone.now(),
    )
    audit.record(actor=actor, verb="policy.published", subject=row, facts={"label": policy.label})
    return row
