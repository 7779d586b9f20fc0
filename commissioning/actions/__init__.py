"""Every write of commissioning that means something."""

from commissioning.actions._import_records import as_text
from commissioning.actions._import_result import ImportResult
from commissioning.actions.answers import save_commissioner_answer
from commissioning.actions.contracts import (
    correct_contract,
    create_contract,
    set_level,
    withdraw_correction,
)
from commissioning.actions.engagements import end_engagement, give_engagement
from commissioning.actions.imports import (
    confirm_notices,
    discard_notices,
    import_notices,
    preview_notices,
    stage_notices,
)
from commissioning.actions.interests import declare_interest, resolve_interest
from commissioning.actions.matches import confirm_match, reject_match
from commissioning.actions.openings import record_opening
from commissioning.actions.requests import (
    close_request,
    follow_return,
    remind_of_due_requests,
    request_self_assessment,
    return_to_provider,
    withdraw_request,
)

__all__ = [
    "ImportResult",
    "as_text",
    "close_request",
    "confirm_match",
    "confirm_notices",
    "correct_contract",
    "create_contract",
    "declare_interest",
    "discard_notices",
    "end_engagement",
    "follow_return",
    "give_engagement",
    "import_notices",
    "preview_notices",
    "record_opening",
    "reject_match",
    "remind_of_due_requests",
    "request_self_assessment",
    "resolve_interest",
    "return_to_provider",
    "save_commissioner_answer",
    "set_level",
    "stage_notices",
    "withdraw_correction",
    "withdraw_request",
]
