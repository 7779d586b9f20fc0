"""The words of judgement."""

from django.db import models


class Stage(models.TextChoices):
    """Where a scorecard stands."""

    DRAFT = "draft", "Draft"
    REQUESTED = "requested", "Self-assessment requested"
    SUBMITTED = "submitted", "Self-assessment submitted"
    NOT_ANSWERED = "not_answered", "Self-assessment not answered"
    RATING = "rating", "Rating"
    SENT_FOR_APPROVAL = "sent_for_approval", "Sent for approval"
    SIGNED_OFF = "signed_off", "Signed off"
    SUPERSEDED = "superseded", "Superseded"


SETTLED = frozenset({Stage.SIGNED_OFF, Stage.SUPERSEDED})

STAGE_COLOURS = {
    Stage.DRAFT: "grey",
    Stage.REQUESTED: "blue",
    Stage.SUBMITTED: "teal",
    Stage.NOT_ANSWERED: "orange",
    Stage.RATING: "yellow",
    Stage.SENT_FOR_APPROVAL: "purple",
    Stage.SIGNED_OFF: "green",
    Stage.SUPERSEDED: "grey",
}


class Strength(models.TextChoices):
    """How strong the evidence behind a rating is."""

    ASSERTED = "asserted", "Asserted"
    DOCUMENTED = "documented", "Documented"
    VERIFIED = "verified", "Independently verified"


STRENGTH_HINTS = {
    Strength.ASSERTED: "Somebody says so. Nothing shows it.",
    Strength.DOCUMENTED: "A document, record or figure of the provider or commissioner shows it.",
    Strength.VERIFIED: "Somebody independent of both has checked it.",
}


class OpinionWord(models.TextChoices):
    """The management opinion on a scorecard."""

    SUBSTANTIAL = "substantial", "Substantial assurance"
    REASONABLE = "reasonable", "Reasonable assurance"
    LIMITED = "limited", "Limited assurance"
    NO_ASSURANCE = "no_assurance", "No assurance"
    NO_OPINION_YET = "no_opinion_yet", "No opinion yet"


OPINION_COLOURS = {
    OpinionWord.SUBSTANTIAL: "green",
    OpinionWord.REASONABLE: "teal",
    OpinionWord.LIMITED: "orange",
    OpinionWord.NO_ASSURANCE: "red",
    OpinionWord.NO_OPINION_YET: "grey",
}


class Priority(models.TextChoices):
    """How soon a finding has to be acted on."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ReportKind(models.TextChoices):
    DRAFT = "draft", "Draft"
    FINAL = "final", "Final"


class LotStage(models.TextChoices):
    """Where the decision about one lot stands."""

    SCORING = "scoring", "Each evaluator scores alone"
    MODERATION = "moderation", "Moderation"
    CONFIRMING = "confirming", "Members confirm the consensus"
    QUALITY_SIGNED = "quality_signed", "Consensus on quality signed"
    CALCULATED = "calculated", "Result calculated"
    RECOMMENDED = "recommended", "Award recommended"
    APPROVED = "approved", "Award approved"
    SUMMARIES_RELEASED = "summaries_released", "Assessment summaries released"
    STANDSTILL = "standstill", "Standstill"
    CHALLENGED = "challenged", "Challenged"
    SUSPENDED = "suspended", "Suspended"
    ENTERED = "entered", "Contract entered into"
    NOT_AWARDED = "not_awarded", "Not awarded"


class Standing(models.TextChoices):
    """Why a bid is assessed, or is not: states that must not be mixed up (s.19)."""

    ELIGIBLE = "eligible", "Assessed"
    CONDITIONS_NOT_MET = "conditions_not_met", "Conditions of participation not met"
    EXCLUDED = "excluded", "Supplier excluded"
    FAILS_REQUIREMENTS = "fails_requirements", "Fails the requirements"
    ABNORMALLY_LOW = "abnormally_low", "Disregarded as abnormally low"
    PROCEDURAL_BREACH = "procedural_breach", "Disregarded for a breach of procedure"


class ExclusionOf(models.TextChoices):
    """Whom an exclusion ground applies to."""

    SUPPLIER = (
        "supplier",
        "The supplier or a connected person, such as a director",
    )
    ASSOCIATED = "associated", "An associated person, on whom the supplier relies"
    SUBCONTRACTOR = "subcontractor", "A sub-contractor"


class ExclusionCircumstances(models.TextChoices):
    """Why a ground leads to exclusion now (s.57): without one of these it does not."""

    CONTINUING = "continuing", "They are continuing"
    LIKELY_AGAIN = "likely_again", "They are likely to occur again"
    DEBARRED = "debarred", "The supplier is on the debarment list by this ground"


class AwardDocumentKind(models.TextChoices):
    """The documents that an exercise gives rise to."""

    ETHICS_SCHEDULE = "ethics_schedule", "Ethics schedule"
    CONFLICTS_ASSESSMENT = "conflicts_assessment", "Conflicts assessment"
    ASSESSMENT_SUMMARY = "assessment_summary", "Assessment summary"
    DISREGARDED_LETTER = "disregarded_letter", "Letter to a disregarded tenderer"
    EVALUATION_REPORT = "evaluation_report", "Evaluation report"
