"""The words of self-assessment and evidence."""

from django.db import models


class Sector(models.TextChoices):
    """What kind of body a provider is."""

    FIRM = "firm", "Firm"
    CHARITY = "charity", "Charity"
    SOCIAL_ENTERPRISE = "social_enterprise", "Social enterprise"
    PUBLIC_BODY = "public_body", "Public body"
    NOT_KNOWN = "not_known", "Not known"


class EvidenceKind(models.TextChoices):
    FILE = "file", "File"
    LINK = "link", "Link"


class ScanState(models.TextChoices):
    """Whether a file was looked at by a malware scanner."""

    NOT_SCANNED = "not_scanned", "Not scanned for malware"
    WAITING = "waiting", "Waiting to be scanned for malware"
    CLEAN = "clean", "Scanned: nothing found"
    INFECTED = "infected", "Malware was found"


class SelfAssessmentState(models.TextChoices):
    """Where a self-assessment stands."""

    DRAFTING = "drafting", "Being written"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned for a new version"
    CLOSED = "closed", "Closed before it was submitted"


# What a provider handed in: others may read it. A draft is nobody else's business, ever.
HANDED_IN = frozenset({SelfAssessmentState.SUBMITTED, SelfAssessmentState.RETURNED})


class CommittedBasis(models.TextChoices):
    """Over what time a commitment is counted."""

    WHOLE_TERM = "whole_term", "Over the whole contract"
    YEARLY = "yearly", "Every year of the contract"
