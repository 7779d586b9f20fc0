"""Every write of commissioning that means something."""

from commissioning.actions._import_records import as_text
from commissioning.actions._import_result import ImportResult
from commissioning.actions.answers import save_commissioner_answer
from commissioning.actions.awarded_contracts import (
    contract_from_award,
    contract_from_direct_award,
)
from commissioning.actions.bid_openings import act_as_opener, why_not_yet
from commissioning.actions.bids import (
    hold_part,
    prefer_lots,
    record_unreadable_parts,
    save_draft_part,
    start_bid,
    submit_bid,
    withdraw_bid,
)
from commissioning.actions.clarifications import answer_question, ask_question
from commissioning.actions.commissioners import create_commissioner
from commissioning.actions.contracts import (
    correct_contract,
    create_contract,
    set_level,
    withdraw_correction,
)
from commissioning.actions.declarations import (
    confirm_conflicts_assessment,
    declare_in_exercise,
    record_notice,
    resolve_in_exercise,
)
from commissioning.actions.design import (
    add_lot,
    add_ready_scale,
    add_scale,
    change_lot,
    change_scale,
    move_lot,
    remove_lot,
    remove_scale,
)
from commissioning.actions.design_criteria import (
    add_criterion,
    change_criterion,
    copy_criteria,
    move_criterion,
    remove_criterion,
)
from commissioning.actions.design_parts import (
    add_condition,
    add_term,
    change_condition,
    change_term,
    move_condition,
    move_term,
    remove_condition,
    remove_term,
)
from commissioning.actions.design_ready import (
    add_ethics_conditions,
    add_ethics_criterion,
    add_ethics_terms,
    add_social_value_measures,
    add_social_value_model,
    take_from_framework,
)
from commissioning.actions.direct_awards import (
    approve_direct_award,
    enter_direct_award,
    record_transparency_notice,
    return_direct_award,
    send_direct_award,
    write_direct_award,
)
from commissioning.actions.engagements import end_engagement, give_engagement
from commissioning.actions.exercises import change_settings, end_exercise, start_exercise
from commissioning.actions.imports import (
    confirm_notices,
    discard_notices,
    import_confirmed,
    import_notices,
    preview_notices,
    preview_of,
    retry_import,
    stage_notices,
)
from commissioning.actions.interests import declare_interest, resolve_interest
from commissioning.actions.joining import ask_interests_again
from commissioning.actions.matches import confirm_match, reject_match
from commissioning.actions.openers import make_recovery_share, set_up_opener, start_rehearsal
from commissioning.actions.openings import record_opening
from commissioning.actions.process_links import dispute_link, state_link, withdraw_link
from commissioning.actions.publication import (
    discard_amendment,
    invite_provider,
    open_amendment,
    publish_amendment,
    publish_exercise,
)
from commissioning.actions.requests import (
    close_request,
    follow_return,
    remind_of_due_requests,
    request_self_assessment,
    return_to_provider,
    withdraw_request,
)
from commissioning.actions.signatories import (
    confirm_signatory_as_operator,
    confirm_signatory_as_second,
    doubt_signatory,
    enter_confirmation_code,
    keep_signatory,
    name_first_signatory,
    recover_organisation,
    send_confirmation_code,
)
from commissioning.actions.team import assign_criteria, end_member, name_member
from commissioning.actions.unlocking import record_failed_unlock

__all__ = [
    "ImportResult",
    "act_as_opener",
    "add_condition",
    "add_criterion",
    "add_ethics_conditions",
    "add_ethics_criterion",
    "add_ethics_terms",
    "add_lot",
    "add_ready_scale",
    "add_scale",
    "add_social_value_measures",
    "add_social_value_model",
    "add_term",
    "answer_question",
    "approve_direct_award",
    "as_text",
    "ask_interests_again",
    "ask_question",
    "assign_criteria",
    "change_condition",
    "change_criterion",
    "change_lot",
    "change_scale",
    "change_settings",
    "change_term",
    "close_request",
    "confirm_conflicts_assessment",
    "confirm_match",
    "confirm_notices",
    "confirm_signatory_as_operator",
    "confirm_signatory_as_second",
    "contract_from_award",
    "contract_from_direct_award",
    "copy_criteria",
    "correct_contract",
    "create_commissioner",
    "create_contract",
    "declare_in_exercise",
    "declare_interest",
    "discard_amendment",
    "discard_notices",
    "dispute_link",
    "doubt_signatory",
    "end_engagement",
    "end_exercise",
    "end_member",
    "enter_confirmation_code",
    "enter_direct_award",
    "follow_return",
    "give_engagement",
    "hold_part",
    "import_confirmed",
    "import_notices",
    "invite_provider",
    "keep_signatory",
    "make_recovery_share",
    "move_condition",
    "move_criterion",
    "move_lot",
    "move_term",
    "name_first_signatory",
    "name_member",
    "open_amendment",
    "prefer_lots",
    "preview_notices",
    "preview_of",
    "publish_amendment",
    "publish_exercise",
    "record_failed_unlock",
    "record_notice",
    "record_opening",
    "record_transparency_notice",
    "record_unreadable_parts",
    "recover_organisation",
    "reject_match",
    "remind_of_due_requests",
    "remove_condition",
    "remove_criterion",
    "remove_lot",
    "remove_scale",
    "remove_term",
    "request_self_assessment",
    "resolve_in_exercise",
    "resolve_interest",
    "retry_import",
    "return_direct_award",
    "return_to_provider",
    "save_commissioner_answer",
    "save_draft_part",
    "send_confirmation_code",
    "send_direct_award",
    "set_level",
    "set_up_opener",
    "stage_notices",
    "start_bid",
    "start_exercise",
    "start_rehearsal",
    "state_link",
    "submit_bid",
    "take_from_framework",
    "why_not_yet",
    "withdraw_bid",
    "withdraw_correction",
    "withdraw_link",
    "withdraw_request",
    "write_direct_award",
]
