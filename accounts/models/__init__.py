"""People, organisations, memberships, invitations, the trail, jobs and kept text."""

from accounts.models.audit_event import AuditEvent
from accounts.models.audit_link import AuditHead, AuditLink
from accounts.models.invitation import Invitation
from accounts.models.job import Job
from accounts.models.kept_text import KeptText
from accounts.models.membership import Membership, MembershipRole
from accounts.models.organisation import Organisation, OrganisationIdentifier
from accounts.models.role_request import RoleRequest
from accounts.models.user import User

__all__ = [
    "AuditEvent",
    "AuditHead",
    "AuditLink",
    "Invitation",
    "Job",
    "KeptText",
    "Membership",
    "MembershipRole",
    "Organisation",
    "OrganisationIdentifier",
    "RoleRequest",
    "User",
]
