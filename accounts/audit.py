"""The one writer of the audit trail."""

from structlog.contextvars import get_contextvars

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor
from accounts.models import AuditEvent


def record(
    *, actor: Actor, verb: str, subject, case: str = "", facts: dict | None = None
) -> AuditEvent:
    """Write what was done, in the transaction of the change.

    ``subject`` is the row that changed; its ``reference`` names it, or its key where it has none;
    None where there is no row, as when somebody tries an address that has no account.
    ``case`` is the reference of the case that the event belongs to. ``facts`` holds codes,
    numbers, dates as ISO text and hashes, never words that people typed.

    Raises ``RuntimeError`` outside a transaction: then the row could stand without the change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit row is written in the transaction of the change.")
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=actor.user,
        actor_label=actor.label,
        organisation=actor.organisation,
        verb=verb,
        subject_type="" if subject is None else subject._meta.label_lower,
        subject_reference=_name_of(subject),
        case_reference=case,
        request_id=get_contextvars().get("request_id", ""),
        facts=facts or {},
    )


def _name_of(subject) -> str:
    if subject is None:
        return ""
    return str(getattr(subject, "reference", "") or subject.pk)
