"""The rows of commissioning, one class a file."""

from commissioning.models.assessment_request import AssessmentRequest
from commissioning.models.audit_engagement import AuditEngagement
from commissioning.models.award_design import (
    AwardCriterion,
    AwardScale,
    ContractTerm,
    ExerciseLot,
    ParticipationCondition,
)
from commissioning.models.bid import Bid, BidDraftPart, BidPartHolder, BidSubmission, Envelope
from commissioning.models.bid_lot import (
    BidAnswer,
    BidCommitment,
    BidLot,
    BidParticipation,
    BidPrice,
)
from commissioning.models.carried_term import CarriedTerm
from commissioning.models.case_sight import judged_cases
from commissioning.models.clarification import Clarification
from commissioning.models.commissioner import Commissioner
from commissioning.models.commissioner_answer import CommissionerAnswer
from commissioning.models.contract import Contract, ContractParty
from commissioning.models.direct_award import DirectAward, DirectAwardStep
from commissioning.models.exercise import BidInvitation, Exercise, ExerciseStep
from commissioning.models.exercise_declaration import (
    ConflictsAssessment,
    ExerciseDeclaration,
    ExerciseNotice,
)
from commissioning.models.exercise_member import EvaluatorAssignment, ExerciseMember
from commissioning.models.failed_unlock import FailedUnlock
from commissioning.models.first_signatory import (
    ConfirmationCode,
    FirstSignatory,
    SignatoryDoubt,
)
from commissioning.models.hand_correction import HandCorrection
from commissioning.models.import_run import ImportRun
from commissioning.models.interest_declaration import InterestDeclaration
from commissioning.models.lot_sight import bids_of_own, judged_lots
from commissioning.models.model_version import ModelVersion
from commissioning.models.notice_upload import NoticeUpload
from commissioning.models.ocds_release import OcdsRelease
from commissioning.models.opening import Opener, OpeningAct, OpeningKey, OpeningShare
from commissioning.models.organisation_match import OrganisationMatch
from commissioning.models.process_link import ProcessLink
from commissioning.models.procurement import Lot, Procurement, PublishedAwardCriterion
from commissioning.models.set_aside import SetAsideEnvelope

__all__ = [
    "AssessmentRequest",
    "AuditEngagement",
    "AwardCriterion",
    "AwardScale",
    "Bid",
    "BidAnswer",
    "BidCommitment",
    "BidDraftPart",
    "BidInvitation",
    "BidLot",
    "BidPartHolder",
    "BidParticipation",
    "BidPrice",
    "BidSubmission",
    "CarriedTerm",
    "Clarification",
    "Commissioner",
    "CommissionerAnswer",
    "ConfirmationCode",
    "ConflictsAssessment",
    "Contract",
    "ContractParty",
    "ContractTerm",
    "DirectAward",
    "DirectAwardStep",
    "Envelope",
    "EvaluatorAssignment",
    "Exercise",
    "ExerciseDeclaration",
    "ExerciseLot",
    "ExerciseMember",
    "ExerciseNotice",
    "ExerciseStep",
    "FailedUnlock",
    "FirstSignatory",
    "HandCorrection",
    "ImportRun",
    "InterestDeclaration",
    "Lot",
    "ModelVersion",
    "NoticeUpload",
    "OcdsRelease",
    "Opener",
    "OpeningAct",
    "OpeningKey",
    "OpeningShare",
    "OrganisationMatch",
    "ParticipationCondition",
    "ProcessLink",
    "Procurement",
    "PublishedAwardCriterion",
    "SetAsideEnvelope",
    "SignatoryDoubt",
    "bids_of_own",
    "judged_cases",
    "judged_lots",
]
