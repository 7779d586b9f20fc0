"""Whoever belongs to a bidder judges nothing: over all actions, so that the next cannot slip past.

Each action of the two upper floors either judges, opens or decides, and then it leads to a question
whether the actor belongs to a bidder; or it is named here with the reason why it need not.
"""

import inspect

import pytest

from commissioning.actions import _exercise_steps, bid_openings, interests
from scorecards.actions import _lot_steps, steps
from tests.architecture.test_signatures import ACTIONS, called_by

# What asks, at that moment and whomever the actor acts for. ``must_see`` goes by the one rule of
# sight as well (``judged_lots``).
QUESTIONS = {
    _lot_steps.must_see,
    _exercise_steps.must_not_bid,
    bid_openings._bids_too,
    interests._is_of_provider,
    steps.belongs_to,
}
JUDGES = {
    "commissioning.actions": """
        act_as_opener approve_direct_award confirm_conflicts_assessment enter_direct_award
        record_transparency_notice resolve_in_exercise resolve_interest return_direct_award
        send_direct_award write_direct_award
    """,
    "scorecards.actions": """
        approve_award ask_about_low_price begin_moderation begin_rating calculate_result
        confirm_record create_scorecard decide_about_low_price edit_summary end_lot enter_contract
        exclude_supplier
        give_up_waiting lock_bid_ratings propose_record raise_finding recommend_award
        record_award_notice record_bid_evidence_reading record_bid_reading record_challenge
        record_consensus release_summaries remove_finding reopen_moderation reopen_scoring
        replay_result request_answers request_evaluation_report request_report retry_report
        return_answers return_award return_rating save_bid_rating save_rating send_for_approval
        set_standing sign_off sign_quality
    """,
}
DESIGN = "writes the model or the team before anybody bids, for all bidders alike"
KEEPING = "keeps contracts, notices and organisations: nothing is judged"
BIDDER = "is what bidders do themselves"
REQUEST = "asks for, or passes on, what a provider says about itself"
OTHERS = {
    "commissioning.actions.ask_interests_again": "shuts people out",
    "commissioning.actions.declare_in_exercise": "is how an interest is declared",
    "commissioning.actions.declare_interest": "is how an interest is declared",
    "commissioning.actions.record_notice": "records what was published elsewhere",
    "commissioning.actions.end_exercise": "decides for no bidder",
    "commissioning.actions.record_opening": "says that an auditor read",
    "commissioning.actions.contract_from_award": "is called by enter_contract",
    "commissioning.actions.contract_from_direct_award": "is called by enter_direct_award",
    "commissioning.actions.answer_question": "answers all bidders alike, before the deadline",
    "scorecards.actions.begin_evaluations": "follows the opening",
    "scorecards.actions.receive_self_assessment": "follows the provider's submission",
    "scorecards.actions.publish_policy": "is for the installation",
    "scorecards.actions.record_list_opening": "says that an auditor read",
    "scorecards.actions.record_opening": "says that an auditor read",
    "scorecards.actions.request_conflicts_document": "prints what was confirmed",
    "scorecards.actions.request_ethics_schedule": "prints what is published",
    "commissioning.actions.record_failed_unlock": "keeps that a passphrase was wrong",
    "scorecards.actions.retry_award_document": "prints what was asked for",
    "scorecards.actions.store_award_document": "is the worker's",
    "scorecards.actions.store_document": "is the worker's",
} | {
    f"commissioning.actions.{name}": reason
    for reason, names in {
        DESIGN: """
            add_condition add_criterion add_ethics_conditions add_ethics_criterion add_ethics_terms
            add_lot add_ready_scale add_scale add_social_value_measures add_social_value_model
            add_term assign_criteria change_condition change_criterion change_lot change_scale
            change_settings change_term copy_criteria discard_amendment end_member invite_provider
            make_recovery_share move_condition move_criterion move_lot move_term name_member
            open_amendment publish_amendment publish_exercise remove_condition remove_criterion
            remove_lot remove_scale remove_term set_up_opener start_exercise start_rehearsal
            take_from_framework
        """,
        KEEPING: """
            confirm_match confirm_notices correct_contract create_commissioner create_contract
            discard_notices end_engagement give_engagement import_notices preview_notices preview_of
            reject_match set_level stage_notices withdraw_correction
            confirm_signatory_as_operator confirm_signatory_as_second dispute_link doubt_signatory
            enter_confirmation_code import_confirmed keep_signatory name_first_signatory
            recover_organisation retry_import send_confirmation_code state_link withdraw_link
        """,
        BIDDER: """
            ask_question hold_part prefer_lots record_unreadable_parts save_draft_part start_bid
            submit_bid withdraw_bid
        """,
        REQUEST: """
            close_request follow_return remind_of_due_requests request_self_assessment
            return_to_provider save_commissioner_answer withdraw_request
        """,
    }.items()
    for name in names.split()
}
JUDGING = [f"{home}.{name}" for home, names in JUDGES.items() for name in names.split()]


def asks(function, seen: frozenset = frozenset()) -> bool:
    """Whether the function asks one of the questions, itself or through what it calls."""
    function = inspect.unwrap(function)
    if function in QUESTIONS:
        return True
    return any(
        asks(called, seen | {function}) for called in called_by(function) if called not in seen
    )


def test_every_action_of_the_upper_floors_is_known_to_judge_or_not():
    known = {name for name in ACTIONS if name.split(".")[0] in ("commissioning", "scorecards")}
    assert sorted({*JUDGING, *OTHERS} ^ known) == []
    assert sorted(set(JUDGING) & set(OTHERS)) == []


@pytest.mark.parametrize("name", JUDGING)
def test_who_judges_is_asked_whether_they_belong_to_a_bidder(name):
    assert asks(ACTIONS[name])


@pytest.mark.parametrize("name", ["submit_bid", "add_lot"])
def test_question_is_not_found_where_none_is_asked(name):
    assert not asks(ACTIONS[f"commissioning.actions.{name}"])
