"""The rows of commissioning, one class a file."""

from commissioning.models.assessment_request import AssessmentRequest
from commissioning.models.audit_engagement import AuditEngagement
from commissioning.models.case_sight import judged_cases
from commissioning.models.commissioner import Commissioner
from commissioning.models.commissioner_answer import CommissionerAnswer
from commissioning.models.contract import Contract, ContractParty
from commissioning.models.hand_correction import HandCorrection
from commissioning.models.import_run import ImportRun
from commissioning.models.interest_declaration import InterestDeclaration
from commissioning.models.notice_upload import NoticeUpload
from commissioning.models.ocds_release import OcdsRelease
from commissioning.models.organisation_match import OrganisationMatch
from commissioning.models.procurement import Lot, Procurement, PublishedAwardCriterion

__all__ = [
    "AssessmentRequest",
    "AuditEngagement",
    "Commissioner",
    "CommissionerAnswer",
    "Contract",
    "ContractParty",
    "HandCorrection",
    "ImportRun",
    "InterestDeclaration",
    "Lot",
    "NoticeUpload",
    "OcdsRelease",
    "OrganisationMatch",
    "Procurement",
    "PublishedAwardCriterion",
    "judged_cases",
]
