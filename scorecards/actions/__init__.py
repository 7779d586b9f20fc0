"""Every write on the floor of judgement."""

from scorecards.actions.policies import publish_policy
from scorecards.actions.ratings import raise_finding, remove_finding, save_rating
from scorecards.actions.reports import (
    record_list_opening,
    record_opening,
    request_report,
    retry_report,
    store_document,
)
from scorecards.actions.scorecards import (
    begin_rating,
    create_scorecard,
    give_up_waiting,
    receive_self_assessment,
    request_answers,
    return_answers,
    return_rating,
    send_for_approval,
    sign_off,
)

__all__ = [
    "begin_rating",
    "create_scorecard",
    "give_up_waiting",
    "publish_policy",
    "raise_finding",
    "receive_self_assessment",
    "record_list_opening",
    "record_opening",
    "remove_finding",
    "request_answers",
    "request_report",
    "retry_report",
    "return_answers",
    "return_rating",
    "save_rating",
    "send_for_approval",
    "sign_off",
    "store_document",
]
