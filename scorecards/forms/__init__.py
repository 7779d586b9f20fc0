"""Forms of judgement."""

from scorecards.forms.awards import (
    AwardNoticeForm,
    AwardReasonForm,
    ChallengeForm,
    EnterContractForm,
    RecommendationForm,
    SummaryForm,
)
from scorecards.forms.evaluations import (
    BidRatingForm,
    ConsensusForm,
    DrawForm,
    LowPriceDecisionForm,
    LowPriceQuestionForm,
    ReopenForm,
    ReopenScoringForm,
    StandingForm,
)
from scorecards.forms.exclusions import ExclusionForm
from scorecards.forms.scorecards import (
    AGREE,
    DISAGREE,
    MOST_CHARACTERS,
    FindingForm,
    RatingForm,
    ReasonForm,
    RequestForm,
    ReturnAnswersForm,
    ScorecardForm,
    VerifyForm,
)

__all__ = [
    "AGREE",
    "DISAGREE",
    "MOST_CHARACTERS",
    "AwardNoticeForm",
    "AwardReasonForm",
    "BidRatingForm",
    "ChallengeForm",
    "ConsensusForm",
    "DrawForm",
    "EnterContractForm",
    "ExclusionForm",
    "FindingForm",
    "LowPriceDecisionForm",
    "LowPriceQuestionForm",
    "RatingForm",
    "ReasonForm",
    "RecommendationForm",
    "ReopenForm",
    "ReopenScoringForm",
    "RequestForm",
    "ReturnAnswersForm",
    "ScorecardForm",
    "StandingForm",
    "SummaryForm",
    "VerifyForm",
]
