"""The words of commissioning: what a body is, which rules a procurement runs under, where things
stand.
"""

from django.db import models


class BodyType(models.TextChoices):
    """What kind of public body commissions. Duties and thresholds hang on it."""

    CENTRAL = "central", "Central government"
    SUB_CENTRAL = "sub_central", "Local and other sub-central authority"
    NHS = "nhs", "NHS body"
    DEVOLVED_SCOTLAND = "devolved_scotland", "Devolved Scottish authority"
    DEVOLVED_WALES = "devolved_wales", "Devolved Welsh authority"
    OTHER = "other", "Other, or not known"


class Regime(models.TextChoices):
    """The procurement rules of a process (see ``ocds.regimes`` for how they are told apart)."""

    PROCUREMENT_ACT_2023 = "procurement_act_2023", "Procurement Act 2023"
    REGULATIONS_2015 = "regulations_2015", "Public Contracts Regulations 2015"
    SCOTLAND = "scotland", "Scottish procurement rules"
    PROVIDER_SELECTION = "provider_selection", "Provider Selection Regime"
    BELOW_THRESHOLD = "below_threshold", "Below the threshold"
    UNKNOWN = "unknown", "Not known"


class ContractStatus(models.TextChoices):
    """Where a contract stands, in the words of the notices."""

    PENDING = "pending", "Not signed yet"
    ACTIVE = "active", "In force"
    CANCELLED = "cancelled", "Cancelled before signing"
    TERMINATED = "terminated", "Ended"
    NOT_PUBLISHED = "not_published", "Not published"


class CorrectableField(models.TextChoices):
    """What a person may correct by hand in a contract that came from a notice."""

    TITLE = "title", "Title"
    DESCRIPTION = "description", "Description"
    VALUE_GBP = "value_gbp", "Value in pounds"
    STARTS_ON = "starts_on", "Start date"
    ENDS_ON = "ends_on", "End date"
    AWARDED_ON = "awarded_on", "Award date"
    STATUS = "status", "Status"


class MatchState(models.TextChoices):
    """Whether two organisations were found to be the same."""

    PROPOSED = "proposed", "To decide"
    CONFIRMED = "confirmed", "The same organisation"
    REJECTED = "rejected", "Different organisations"


class RequestState(models.TextChoices):
    """Where a request for a self-assessment stands."""

    OPEN = "open", "Asked for"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Resolution(models.TextChoices):
    """What another person decided about a declared interest."""

    NONE = "none", "Not decided"
    MITIGATED = "mitigated", "Mitigated: may go on"
    RECUSED = "recused", "Recused: sees nothing of the case"


class EngagementScope(models.TextChoices):
    """What an assurance body may read."""

    EVERYTHING = "everything", "All contracts"
    NAMED_CONTRACTS = "named_contracts", "Named contracts only"
