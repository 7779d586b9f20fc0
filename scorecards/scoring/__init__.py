"""The arithmetic of a scorecard: pure functions over frozen dataclasses.

`docs/scoring.md` explains the method with the worked examples that the tests read.
"""

from scorecards.scoring.card import (
    METHOD_VERSION,
    FrameworkOutcome,
    ScorecardInput,
    ScorecardOutcome,
    evaluate,
)
from scorecards.scoring.errors import (
    BadPolicy,
    BadQuantity,
    BadWeight,
    MissingRating,
    RatingOffScale,
    ScoringError,
    UnknownMethod,
)
from scorecards.scoring.kinds import (
    Applicability,
    CommittedBasis,
    EvidenceStrength,
    MeasureKind,
    Opinion,
)
from scorecards.scoring.policy import DEFAULT_POLICY, Band, EvidenceRule, Policy
from scorecards.scoring.scale import Scale
from scorecards.scoring.serialise import (
    from_plain,
    inputs_from_text,
    outcome_from_text,
    policy_from_plain,
    replay,
    to_plain,
    to_text,
)
from scorecards.scoring.social_value import (
    DoubleCountPair,
    MeasureInput,
    OutcomeInput,
    SocialValueInput,
    SocialValueOutcome,
    ThemeInput,
)
from scorecards.scoring.tree import (
    CriterionInput,
    CriterionOutcome,
    FrameworkInput,
    PrincipleInput,
    PrincipleOutcome,
)

__all__ = [
    "DEFAULT_POLICY",
    "METHOD_VERSION",
    "Applicability",
    "BadPolicy",
    "BadQuantity",
    "BadWeight",
    "Band",
    "CommittedBasis",
    "CriterionInput",
    "CriterionOutcome",
    "DoubleCountPair",
    "EvidenceRule",
    "EvidenceStrength",
    "FrameworkInput",
    "FrameworkOutcome",
    "MeasureInput",
    "MeasureKind",
    "MissingRating",
    "Opinion",
    "OutcomeInput",
    "Policy",
    "PrincipleInput",
    "PrincipleOutcome",
    "RatingOffScale",
    "Scale",
    "ScorecardInput",
    "ScorecardOutcome",
    "ScoringError",
    "SocialValueInput",
    "SocialValueOutcome",
    "ThemeInput",
    "UnknownMethod",
    "evaluate",
    "from_plain",
    "inputs_from_text",
    "outcome_from_text",
    "policy_from_plain",
    "replay",
    "to_plain",
    "to_text",
]
