"""A whole scorecard: everything that is known in, everything that follows out."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scorecards.scoring.errors import UnknownMethod
from scorecards.scoring.opinion import (
    FrameworkOpinion,
    OverallOpinion,
    framework_opinion,
    overall_opinion,
)
from scorecards.scoring.policy import Policy
from scorecards.scoring.social_value import (
    SocialValueInput,
    SocialValueOutcome,
    social_value,
)
from scorecards.scoring.tree import (
    Coverage,
    EvidenceSummary,
    FrameworkInput,
    Gap,
    PrincipleOutcome,
    framework_figures,
)

METHOD_VERSION = "1"


@dataclass(frozen=True)
class ScorecardInput:
    """All that an opinion rests on. `assessed_on` is the only date that counts."""

    assessed_on: date
    policy: Policy
    frameworks: tuple[FrameworkInput, ...]
    social_value: SocialValueInput | None = None
    method_version: str = METHOD_VERSION


@dataclass(frozen=True)
class FrameworkOutcome:
    code: str
    edition: str
    title: str
    percent: Decimal | None
    coverage: Coverage
    evidence: EvidenceSummary
    gap: Gap
    opinion: FrameworkOpinion
    principles: tuple[PrincipleOutcome, ...]


@dataclass(frozen=True)
class ScorecardOutcome:
    method_version: str
    overall: OverallOpinion
    frameworks: tuple[FrameworkOutcome, ...]
    social_value: SocialValueOutcome | None


def evaluate(inputs: ScorecardInput) -> ScorecardOutcome:
    """Score every framework and form the overall opinion; social value stays apart."""
    if inputs.method_version != METHOD_VERSION:
        raise UnknownMethod(f"method version {inputs.method_version} is not known here")
    frameworks = tuple(_framework_outcome(f, inputs) for f in inputs.frameworks)
    return ScorecardOutcome(
        method_version=inputs.method_version,
        overall=overall_opinion([(f.title, f.opinion.opinion) for f in frameworks]),
        frameworks=frameworks,
        social_value=(None if inputs.social_value is None else social_value(inputs.social_value)),
    )


def _framework_outcome(framework: FrameworkInput, inputs: ScorecardInput) -> FrameworkOutcome:
    figures = framework_figures(framework, assessed_on=inputs.assessed_on)
    return FrameworkOutcome(
        code=framework.code,
        edition=framework.edition,
        title=framework.title,
        percent=figures.percent,
        coverage=figures.coverage,
        evidence=figures.evidence,
        gap=figures.gap,
        opinion=framework_opinion(
            framework, figures, inputs.policy, assessed_on=inputs.assessed_on
        ),
        principles=figures.principles,
    )
