"""Scorecards, ratings, findings, results, policies, reports and the keys that sign them."""

from scorecards.models.assurance_policy import AssurancePolicy
from scorecards.models.finding import Finding
from scorecards.models.rating import Rating, RatingRevision
from scorecards.models.report import Report, ReportDocument
from scorecards.models.result import FrameworkResult, PrincipleResult, ScorecardResult
from scorecards.models.scorecard import Scorecard, ScorecardEdition
from scorecards.models.scorecard_step import ScorecardStep
from scorecards.models.signing_key import SigningKey

__all__ = [
    "AssurancePolicy",
    "Finding",
    "FrameworkResult",
    "PrincipleResult",
    "Rating",
    "RatingRevision",
    "Report",
    "ReportDocument",
    "Scorecard",
    "ScorecardEdition",
    "ScorecardResult",
    "ScorecardStep",
    "SigningKey",
]
