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
    # Nothing can be locked before there is a row: of two who publish at once, the label decides.
    row, is_new = AssurancePolicy.objects.get_or_create(
        label=policy.label,
        defaults={
            "content": content,
            "in_force_from": in_force_from,
            "published_at": timezone.now(),
        },
    )
    if not is_new:
        if row.content != content:
            raise WrongState(
                f"The policy {policy.label} is published and differs. Use a new label."
            )
        return row
    audit.record(actor=actor, verb="policy.published", subject=row, facts={"label": policy.label})
    return row
