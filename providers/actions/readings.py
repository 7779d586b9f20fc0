"""What an auditor read of a provider's rows."""

from django.db import transaction

from accounts import audit
from accounts.access import Actor
from providers.models import EvidenceItem, SelfAssessment


@transaction.atomic
def record_reading(*, actor: Actor, subject: SelfAssessment | EvidenceItem, what: str) -> None:
    """Put into the trail what an auditor opened: ``what`` is a code word such as "file"."""
    noun = "evidence" if isinstance(subject, EvidenceItem) else "self_assessment"
    audit.record(actor=actor, verb=f"{noun}.read", subject=subject, facts={"what": what})
