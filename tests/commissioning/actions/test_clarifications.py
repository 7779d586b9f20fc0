"""Questions of bidders, answered to all of them without names."""

from datetime import timedelta

import pytest
import time_machine

from django.core import mail

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions, queries
from commissioning.models import Clarification

pytestmark = pytest.mark.django_db

QUESTION = "May visits be made in the evening?"


def ask(bidding, name="sam", key="firm", question=QUESTION):
    return actions.ask_question(
        actor=bidding.actor(name),
        exercise=bidding.exercise,
        provider=bidding.provider(key),
        question=question,
    )


def answer(bidding, row, name="priya", **more):
    given = {"published_question": QUESTION, "answer": "Yes, until nine."} | more
    return actions.answer_question(actor=bidding.actor(name), clarification=row, **given)


def test_question_is_kept_and_its_trail_is_the_askers(bidding):
    row = ask(bidding, question=f"  {QUESTION} ")
    event = AuditEvent.objects.get(verb="question.asked")
    assert row.question == QUESTION
    assert event.organisation == bidding.people.organisations["firm"]
    assert (event.case_reference, event.subject_reference) == (
        "",
        bidding.provider("firm").reference,
    )
    assert QUESTION not in str(event.facts)


@pytest.mark.parametrize(("name", "key"), [("hana", "firm"), ("priya", "firm")])
def test_nobody_asks_for_another(bidding, name, key):
    with pytest.raises(Refused):
        ask(bidding, name, key)


def test_question_about_what_is_not_offered_is_refused(bidding):
    type(bidding.exercise).objects.filter(pk=bidding.exercise.pk).update(is_open=False)
    with pytest.raises(Refused, match="offered"):
        ask(bidding)


def test_empty_question_is_refused(bidding):
    with pytest.raises(WrongState, match="Enter your question"):
        ask(bidding, question="  ")


def test_question_after_its_day_or_the_deadline_is_refused(bidding):
    due = bidding.exercise.questions_due_at
    with time_machine.travel(due, tick=False):
        ask(bidding)
    with (
        time_machine.travel(due + timedelta(seconds=1), tick=False),
        pytest.raises(WrongState, match="day for questions"),
    ):
        ask(bidding)
    with bidding.after_deadline(), pytest.raises(WrongState, match="can't be handed in"):
        ask(bidding)


def test_answer_is_for_all_and_says_not_who_asked(bidding):
    row = ask(bidding)
    assert list(queries.clarifications(bidding.actor("hana"), bidding.exercise)) == []
    answer(bidding, row, published_question="Are evening visits allowed?")
    (seen,) = queries.clarifications(bidding.actor("hana"), bidding.exercise)
    assert (seen.published_question, seen.answer) == (
        "Are evening visits allowed?",
        "Yes, until nine.",
    )
    assert {"provider_id", "asked_by_id"} <= seen.get_deferred_fields()


@pytest.mark.parametrize("name", ["evan", "anna", "adam", "mei", "sam", "oscar"])
def test_only_the_lead_answers(bidding, name):
    row = ask(bidding)
    with pytest.raises(Refused):
        answer(bidding, row, name)


def test_answer_is_given_once(bidding):
    row = ask(bidding)
    answer(bidding, row)
    with pytest.raises(WrongState, match="answered already"):
        answer(bidding, row)


@pytest.mark.parametrize("missing", ["published_question", "answer"])
def test_answer_with_a_gap_is_refused(bidding, missing):
    row = ask(bidding)
    with pytest.raises(WrongState):
        answer(bidding, row, **{missing: " "})
    assert Clarification.objects.get().answered_at is None


def test_answer_is_told_to_those_who_draft_and_who_asked_each_alone(
    bidding, django_capture_on_commit_callbacks
):
    bidding.bid(1, hand_in=False)
    row = ask(bidding)
    with django_capture_on_commit_callbacks(execute=True):
        answer(bidding, row)
    told = sorted(one.recipients() for one in mail.outbox)
    assert told == sorted([bidding.people.users[name].email] for name in ("sam", "cara", "hana"))
    assert not any("Aldergate" in one.body for one in mail.outbox)
