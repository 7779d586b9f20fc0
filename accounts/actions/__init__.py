"""Every write on the ground floor."""

from accounts.actions.people import (
    accept_invitation,
    add_operator,
    approve_signatory,
    change_roles,
    create_organisation,
    end_membership,
    invite_first_administrator,
    invite_first_signatory,
    invite_person,
    open_tenancy,
    withdraw_invitation,
    withdraw_open_invitations,
)
from accounts.actions.role_requests import ask_for_roles, confirm_roles, decline_roles
from accounts.actions.sessions import (
    end_sessions,
    open_account,
    record_factor_change,
    record_failed_sign_in,
    record_sign_in,
    shut_account,
)
from accounts.actions.trail import chain_trail, keep_head

__all__ = [
    "accept_invitation",
    "add_operator",
    "approve_signatory",
    "ask_for_roles",
    "chain_trail",
    "change_roles",
    "confirm_roles",
    "create_organisation",
    "decline_roles",
    "end_membership",
    "end_sessions",
    "invite_first_administrator",
    "invite_first_signatory",
    "invite_person",
    "keep_head",
    "open_account",
    "open_tenancy",
    "record_factor_change",
    "record_failed_sign_in",
    "record_sign_in",
    "shut_account",
    "withdraw_invitation",
    "withdraw_open_invitations",
]
