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


class LinkState(models.TextChoices):
    """Where the statement stands that a contract was called off under another body's process."""

    STATED = "stated", "Stated"
    DISPUTED = "disputed", "Disputed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ConfirmedHow(models.TextChoices):
    """How it was confirmed that a named person signs for a provider."""

    NONE = "", "Not confirmed"
    NOTICE_CONTACT = "notice_contact", "By a code to a contact that a published notice names"
    OPERATOR = "operator", "By an operator of this installation"
    SECOND_COMMISSIONER = "second_commissioner", "By a second commissioner"


class DoubtOutcome(models.TextChoices):
    """What an operator decided where a commissioner says that the wrong person signs."""

    NONE = "", "To decide"
    RECOVERED = "recovered", "Somebody else signs now"
    KEPT = "kept", "The same person signs"


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


class ExerciseKind(models.TextChoices):
    """How an exercise finds its suppliers."""

    COMPETITION = "competition", "Competition in one stage"
    CALL_OFF = "call_off", "Call-off under a framework agreement"
    DIRECT_AWARD = "direct_award", "Award without competition"


class ExerciseState(models.TextChoices):
    """Where an exercise stands. Whether the deadline has passed is a matter of the clock."""

    DESIGN = "design", "Being designed"
    PUBLISHED = "published", "Published"
    QUALITY_OPENED = "quality_opened", "Bids opened, prices sealed"
    PRICES_OPENED = "prices_opened", "Prices opened"
    ENDED = "ended", "Ended without going on"


class Duty(models.TextChoices):
    """What a person does in one exercise."""

    LEAD = "lead", "Lead"
    EVALUATOR = "evaluator", "Evaluator"
    CHAIR = "chair", "Chair of moderation"
    QUALITY_OPENER = "quality_opener", "Opener of quality"
    PRICE_OPENER = "price_opener", "Opener of prices"
    APPROVER = "approver", "Approver"


class EnvelopeKind(models.TextChoices):
    """What an envelope of a bid holds; participation is opened with quality."""

    PARTICIPATION = "participation", "Participation"
    QUALITY = "quality", "Quality"
    PRICE = "price", "Price"


class SetAsideCause(models.TextChoices):
    """Why an envelope was set aside at the opening."""

    DAMAGED = "damaged", "It could not be opened"
    UNFIT = "unfit", "What it holds could not be taken in"


class SealKind(models.TextChoices):
    """What one opening key opens."""

    QUALITY = "quality", "Participation and quality"
    PRICE = "price", "Prices"

    @property
    def opens(self) -> tuple[EnvelopeKind, ...]:
        if self == SealKind.PRICE:
            return (EnvelopeKind.PRICE,)
        return (EnvelopeKind.PARTICIPATION, EnvelopeKind.QUALITY)


class NoticeCode(models.TextChoices):
    """Notices under the Procurement Act 2023 that an exercise may record."""

    UK4 = "UK4", "UK4 tender notice"
    UK5 = "UK5", "UK5 transparency notice"
    UK6 = "UK6", "UK6 contract award notice"
    UK7 = "UK7", "UK7 contract details notice"
    UK9 = "UK9", "UK9 contract performance notice"
    UK10 = "UK10", "UK10 contract change notice"
    UK11 = "UK11", "UK11 contract termination notice"
    UK12 = "UK12", "UK12 procurement termination notice"
    OTHER = "other", "Another notice"

    @property
    def is_about_a_contract(self) -> bool:
        """Whether there is such a notice only once a contract was entered into."""
        return self in (NoticeCode.UK7, NoticeCode.UK9, NoticeCode.UK10, NoticeCode.UK11)


class DirectAwardState(models.TextChoices):
    """Where an award without competition stands."""

    DRAFT = "draft", "Being written"
    SENT = "sent", "Sent for approval"
    APPROVED = "approved", "Approved"
    NOTICED = "noticed", "Transparency notice published"
    ENTERED = "entered", "Contract entered into"


class CarriedKind(models.TextChoices):
    """What a contract carries from its exercise into assurance."""

    TERM = "term", "Contract term"
    ETHICS_TERM = "ethics_term", "Ethics term"
    KPI = "kpi", "Key performance indicator"
    COMMITMENT = "commitment", "Social value commitment"
