"""What an auditor opened."""

from django.db import transaction

from accounts import audit
from accounts.access import Actor, Role
from commissioning.models import AssessmentRequest, Contract, Procurement


@transaction.atomic
def record_opening(
    *, actor: Actor, subject: Contract | Procurement | AssessmentRequest, case: str = ""
) -> None:
    """Put into the trail that an auditor opened this row's page; for others nothing is written."""
    if actor.has(Role.AUDITOR):
        verb = f"{subject._meta.model_name}.opened"
        audit.record(actor=actor, verb=verb, subject=subject, case=case)
