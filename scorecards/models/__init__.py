"""Scorecards and evaluations of bids: ratings, findings, results, documents, signing keys."""

from scorecards.models.assurance_policy import AssurancePolicy
from scorecards.models.award_document import AssessmentSummary, AwardDocument, StoredAwardDocument
from scorecards.models.bid_rating import BidRating
from scorecards.models.bid_standing import BidStanding, LowTenderInquiry
from scorecards.models.consensus import (
    Consensus,
    ConsensusConfirmation,
    ConsensusMove,
    ConsensusRevision,
)
from scorecards.models.finding import Finding
from scorecards.models.lot_evaluation import LotContract, LotEvaluation, LotResult, LotStep
from scorecards.models.rating import Rating, RatingRevision
from scorecards.models.report import Report, ReportDocument
from scorecards.models.result import FrameworkResult, PrincipleResult, ScorecardResult
from scorecards.models.scorecard import Scorecard, ScorecardEdition
from scorecards.models.scorecard_step import ScorecardStep
from scorecards.models.signing_key import SigningKey
from scorecards.models.supplier_exclusion import SupplierExclusion

__all__ = [
    "AssessmentSummary",
    "AssurancePolicy",
    "AwardDocument",
    "BidRating",
    "BidStanding",
    "Consensus",
    "ConsensusConfirmation",
    "ConsensusMove",
    "ConsensusRevision",
    "Finding",
    "FrameworkResult",
    "LotContract",
    "LotEvaluation",
    "LotResult",
    "LotStep",
    "LowTenderInquiry",
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
    "StoredAwardDocument",
    "SupplierExclusion",
]
