"""The words for what people may be and for where a job stands."""

from django.db import models


class Role(models.TextChoices):
    """What a person may be for an organisation. Permissions hang on these in code."""

    PROCUREMENT_LEAD = "procurement_lead", "Procurement lead"
    EVALUATOR = "evaluator", "Evaluator"
    APPROVER = "approver", "Approver"
    CONTRACT_MANAGER = "contract_manager", "Contract manager"
    CONTRIBUTOR = "contributor", "Contributor"
    SIGNATORY = "signatory", "Authorised signatory"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Organisation administrator"


COMMISSIONER_ROLES = frozenset(
    {Role.PROCUREMENT_LEAD, Role.EVALUATOR, Role.APPROVER, Role.CONTRACT_MANAGER}
)
PROVIDER_ROLES = frozenset({Role.CONTRIBUTOR, Role.SIGNATORY})
ASSURER_ROLES = frozenset({Role.AUDITOR})
ROLES_WITH_SECOND_FACTOR = frozenset({Role.APPROVER, Role.PROCUREMENT_LEAD})
# What nobody gives to themselves: somebody else confirms it.
JUDGING_ROLES = frozenset({Role.EVALUATOR, Role.APPROVER, Role.PROCUREMENT_LEAD})

ROLE_DESCRIPTIONS = {
    Role.PROCUREMENT_LEAD: (
        "Designs and runs procurements, imports notices, keeps value sets. Needs a second factor."
    ),
    Role.EVALUATOR: "Scores bids, rates contracts against the frameworks and raises findings.",
    Role.APPROVER: "Approves awards, signs off what others rated. Needs a second factor.",
    Role.CONTRACT_MANAGER: "Keeps contracts, asks for self-assessments and answers for the body.",
    Role.CONTRIBUTOR: "Writes the provider's bids and answers, and keeps its evidence.",
    Role.SIGNATORY: "Hands in bids and self-assessments, and binds the provider by them.",
    Role.AUDITOR: "Reads what an engagement covers. Never writes.",
    Role.ADMINISTRATOR: "Invites people, gives them roles and ends their membership.",
}


class JobState(models.TextChoices):
    """Where a piece of asked-for work stands."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval"
    SENT = "sent", "Sent"
    ACCEPTED = "accepted", "Accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RoleRequestState(models.TextChoices):
    """Where a request for roles stands."""

    WAITING = "waiting", "Waiting for a second person"
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"
