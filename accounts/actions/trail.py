"""Writes to the chain of the trail. Rows of the trail itself: ``accounts.audit``."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.access import Actor, require
from accounts.models import AuditEvent, AuditHead, AuditLink
from accounts.trail import chain, rows

# Keys are drawn before the commit, so a row with a lower key can be seen later than one with a
# higher: so far back are unchained rows looked for each time. The daily run looks at all of them.
LATE_KEYS = 10_000
REFUSAL = "The system chains the trail, on a schedule."


@transaction.atomic
def chain_trail(*, actor: Actor, all_rows: bool = False, most: int = 5000) -> int:
    """Link rows that are not chained yet, at most ``most``. Returns how many.

    ``all_rows`` looks for them from the beginning, else among the newest. Writes links, and no row
    of the trail: the chain is its witness and not its subject. Raises ``IntegrityError`` where
    another run took the same place first: the chain cannot fork, since a place is taken once.
    """
    require(actor.is_system, REFUSAL)
    last = AuditLink.objects.order_by("-position").first()
    waiting = AuditEvent.objects.filter(link=None)
    if not all_rows and last is not None:
        newest = AuditLink.objects.aggregate(newest=Max("event"))["newest"]
        waiting = waiting.filter(pk__gt=newest - LATE_KEYS)
    events = [
        rows.as_event(row)
        for row in waiting.select_related("actor", "organisation").order_by("pk")[:most]
    ]
    links = chain.linked(
        events,
        position=last.position if last else 0,
        previous=last.sha256 if last else chain.NOTHING_BEFORE,
    )
    AuditLink.objects.bulk_create(
        AuditLink(position=link.position, event_id=link.event_key, sha256=link.sha256)
        for link in links
    )
    return len(events)


@transaction.atomic
def keep_head(
    *, actor: Actor, head: chain.Head, at: datetime, signature: bytes, key_id: str, certificate: str
) -> AuditHead:
    """Keep a signed head of the chain."""
    require(actor.is_system, REFUSAL)
    return AuditHead.objects.create(
        position=head.position,
        sha256=head.sha256,
        at=at,
        signature=signature,
        key_id=key_id,
        certificate_pem=certificate,
    )
