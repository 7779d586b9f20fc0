"""The words that the method counts in, as plain string enumerations."""

from enum import StrEnum


class EvidenceStrength(StrEnum):
    """How well the evidence behind a rating stands up."""

    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    VERIFIED = "verified"


class Applicability(StrEnum):
    """Whether a criterion counts; only an agreed "not applicable" takes it out."""

    APPLICABLE = "applicable"
    CLAIMED_NOT_APPLICABLE = "claimed_not_applicable"
    AGREED_NOT_APPLICABLE = "agreed_not_applicable"


class Opinion(StrEnum):
    """The four opinions, best first, and the absence of one."""

    SUBSTANTIAL = "substantial"
    REASONABLE = "reasonable"
    LIMITED = "limited"
    NO_ASSURANCE = "no_assurance"
    NO_OPINION_YET = "no_opinion_yet"

    @property
    def words(self) -> str:
        return _OPINION_WORDS[self]


_OPINION_WORDS = {
    Opinion.SUBSTANTIAL: "substantial assurance",
    Opinion.REASONABLE: "reasonable assurance",
    Opinion.LIMITED: "limited assurance",
    Opinion.NO_ASSURANCE: "no assurance",
    Opinion.NO_OPINION_YET: "no opinion yet",
}

BEST_TO_WORST = (
    Opinion.SUBSTANTIAL,
    Opinion.REASONABLE,
    Opinion.LIMITED,
    Opinion.NO_ASSURANCE,
)


def worse_of(first: Opinion, second: Opinion) -> Opinion:
    """The worse of two opinions; neither may be "no opinion yet"."""
    return max(first, second, key=BEST_TO_WORST.index)


class MeasureKind(StrEnum):
    MONETISED = "monetised"
    RECORD_ONLY = "record_only"


class CommittedBasis(StrEnum):
    """What a committed quantity covers: the whole contract, or each year of it."""

    WHOLE_TERM = "whole_term"
    YEARLY = "yearly"
