"""From ratings of criteria to the figures of principles and frameworks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scorecards.scoring.errors import RatingOffScale, ScoringError
from scorecards.scoring.exact import as_decimal, as_decimal_or_none, weighted_mean
from scorecards.scoring.kinds import Applicability, EvidenceStrength
from scorecards.scoring.scale import Scale, percent_of

ONE = Decimal(1)


@dataclass(frozen=True)
class CriterionInput:
    """What is known of one criterion.

    `evidence_valid_until` has one entry for each item of evidence that the
    rating rests on: the last day on which it is valid, or None where it does
    not expire.
    """

    code: str
    is_core: bool
    rating: int | None
    claim: int | None = None
    weight: Decimal = ONE
    applicability: Applicability = Applicability.APPLICABLE
    evidence_strength: EvidenceStrength | None = None
    evidence_valid_until: tuple[date | None, ...] = ()

    @property
    def is_applicable(self) -> bool:
        return self.applicability is not Applicability.AGREED_NOT_APPLICABLE

    @property
    def is_rated(self) -> bool:
        return self.is_applicable and self.rating is not None

    def is_expired(self, on: date) -> bool:
        """There is dated evidence, and none of it is valid any more."""
        return bool(self.evidence_valid_until) and all(
            until is not None and until < on for until in self.evidence_valid_until
        )

    def is_supported(self, on: date) -> bool:
        """Rated on documented or verified evidence that is in date."""
        return (
            self.is_rated
            and self.evidence_strength in (EvidenceStrength.DOCUMENTED, EvidenceStrength.VERIFIED)
            and not self.is_expired(on)
        )


@dataclass(frozen=True)
class PrincipleInput:
    code: str
    title: str
    criteria: tuple[CriterionInput, ...]
    weight: Decimal = ONE


@dataclass(frozen=True)
class FrameworkInput:
    """One edition of one framework, as far as the level of assurance asks for it."""

    code: str
    edition: str
    title: str
    scale: Scale
    principles: tuple[PrincipleInput, ...]

    @property
    def criteria(self) -> tuple[CriterionInput, ...]:
        return tuple(c for principle in self.principles for c in principle.criteria)


@dataclass(frozen=True)
class Coverage:
    """How much of what applies has been rated."""

    rated: int
    applicable: int
    percent: Decimal | None


@dataclass(frozen=True)
class EvidenceSummary:
    """Rated criteria by strength of evidence; `expired` overlaps the others."""

    verified: int
    documented: int
    asserted: int
    not_stated: int
    expired: int
    supported: int


@dataclass(frozen=True)
class Gap:
    """Claim minus rating, in points of the scale, where both are known."""

    compared: int
    over_claimed: int
    under_claimed: int
    mean: Decimal | None


@dataclass(frozen=True)
class CriterionOutcome:
    code: str
    is_core: bool
    is_applicable: bool
    rating: int | None
    percent: Decimal | None
    claim: int | None
    gap: int | None
    is_expired: bool
    is_supported: bool


@dataclass(frozen=True)
class PrincipleOutcome:
    code: str
    title: str
    percent: Decimal | None
    coverage: Coverage
    evidence: EvidenceSummary
    gap: Gap
    criteria: tuple[CriterionOutcome, ...]


@dataclass(frozen=True)
class FrameworkFigures:
    """`exact_percent` is what bands are compared with; `percent` is what is kept."""

    exact_percent: Fraction | None
    percent: Decimal | None
    coverage: Coverage
    evidence: EvidenceSummary
    gap: Gap
    principles: tuple[PrincipleOutcome, ...]


def framework_figures(framework: FrameworkInput, *, assessed_on: date) -> FrameworkFigures:
    """Percentages, coverage, evidence and gaps of one framework."""
    _check_codes(framework)
    means = {p.code: _principle_mean(p, framework.scale) for p in framework.principles}
    exact = weighted_mean(
        (p.weight, mean) for p in framework.principles if (mean := means[p.code]) is not None
    )
    return FrameworkFigures(
        exact_percent=exact,
        percent=as_decimal_or_none(exact),
        coverage=coverage_of(framework.criteria),
        evidence=evidence_of(framework.criteria, assessed_on=assessed_on),
        gap=gap_of(framework.criteria),
        principles=tuple(
            PrincipleOutcome(
                code=p.code,
                title=p.title,
                percent=as_decimal_or_none(means[p.code]),
                coverage=coverage_of(p.criteria),
                evidence=evidence_of(p.criteria, assessed_on=assessed_on),
                gap=gap_of(p.criteria),
                criteria=tuple(
                    _criterion_outcome(c, framework.scale, assessed_on) for c in p.criteria
                ),
            )
            for p in framework.principles
        ),
    )


def coverage_of(criteria: Iterable[CriterionInput]) -> Coverage:
    applicable = [c for c in criteria if c.is_applicable]
    rated = sum(c.is_rated for c in applicable)
    percent = as_decimal(Fraction(rated * 100, len(applicable))) if applicable else None
    return Coverage(rated=rated, applicable=len(applicable), percent=percent)


def evidence_of(criteria: Iterable[CriterionInput], *, assessed_on: date) -> EvidenceSummary:
    rated = [c for c in criteria if c.is_rated]
    count = {
        strength: sum(c.evidence_strength == strength for c in rated)
        for strength in (*EvidenceStrength, None)
    }
    return EvidenceSummary(
        verified=count[EvidenceStrength.VERIFIED],
        documented=count[EvidenceStrength.DOCUMENTED],
        asserted=count[EvidenceStrength.ASSERTED],
        not_stated=count[None],
        expired=sum(c.is_expired(assessed_on) for c in rated),
        supported=sum(c.is_supported(assessed_on) for c in rated),
    )


def gap_of(criteria: Iterable[CriterionInput]) -> Gap:
    gaps = [gap for c in criteria if (gap := _gap(c)) is not None]
    mean = as_decimal(Fraction(sum(gaps), len(gaps))) if gaps else None
    return Gap(
        compared=len(gaps),
        over_claimed=sum(gap > 0 for gap in gaps),
        under_claimed=sum(gap < 0 for gap in gaps),
        mean=mean,
    )


def _gap(criterion: CriterionInput) -> int | None:
    if not criterion.is_rated or criterion.rating is None or criterion.claim is None:
        return None
    return criterion.claim - criterion.rating


def _principle_mean(principle: PrincipleInput, scale: Scale) -> Fraction | None:
    return weighted_mean(
        (c.weight, percent_of(c.rating, scale)) for c in principle.criteria if c.is_rated
    )


def _criterion_outcome(
    criterion: CriterionInput, scale: Scale, assessed_on: date
) -> CriterionOutcome:
    if criterion.claim is not None and not scale.holds(criterion.claim):
        raise RatingOffScale(f"the claim for {criterion.code} is not on the scale")
    rated = criterion.is_rated
    return CriterionOutcome(
        code=criterion.code,
        is_core=criterion.is_core,
        is_applicable=criterion.is_applicable,
        rating=criterion.rating if rated else None,
        percent=as_decimal(percent_of(criterion.rating, scale)) if rated else None,
        claim=criterion.claim,
        gap=_gap(criterion),
        is_expired=criterion.is_expired(assessed_on),
        is_supported=criterion.is_supported(assessed_on),
    )


def _check_codes(framework: FrameworkInput) -> None:
    for codes in (
        [p.code for p in framework.principles],
        [c.code for c in framework.criteria],
    ):
        if len(codes) != len(set(codes)):
            raise ScoringError(f"a code occurs twice in {framework.code}")
