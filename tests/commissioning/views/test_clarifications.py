"""Questions of bidders, as the body that runs the exercise reads and answers them."""

import pytest

from django.urls import reverse

from commissioning import actions, demonstration
from commissioning.models import Clarification
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

QUESTION = "May visits be made in the evening?"


@pytest.fixture
def asked(bidding) -> Clarification:
    return actions.ask_question(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        question=QUESTION,
    )


def url(name: str, bidding, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bidding.exercise.reference, *more])


def test_question_is_read_without_the_name_of_who_asks(browse, bidding, asked):
    browser = browse("priya")
    pages = [
        browser.get(url("exercise-clarifications", bidding)).content.decode(),
        browser.get(url("clarification-answer", bidding, 1)).content.decode(),
    ]
    for text in pages:
        assert QUESTION in text
        assert str(bidding.provider("firm")) not in text


def test_lead_answers_to_everybody(client, bidding, asked):
    begin_session(client, bidding.people.users["priya"])
    data = {"published_question": "May visits be late?", "answer": "Yes, until nine."}
    client.post(url("clarification-answer", bidding, 1), data)
    begin_session(client, bidding.people.users["hana"])
    page = reverse("commissioning:opportunity-detail", args=[bidding.exercise.reference])
    text = client.get(page).content.decode()
    assert ("May visits be late?" in text, "Yes, until nine." in text) == (True, True)


def test_answer_without_words_keeps_what_was_typed(browse, bidding, asked):
    data = {"published_question": "May visits be late?", "answer": ""}
    text = browse("priya").post(url("clarification-answer", bidding, 1), data)
    assert "Enter the answer" in text.content.decode()
    assert "May visits be late?" in text.content.decode()
    asked.refresh_from_db()
    assert asked.answer == ""


def test_second_answer_is_refused_beside_the_form(browse, bidding, asked):
    browser, page = browse("priya"), url("clarification-answer", bidding, 1)
    browser.post(page, {"published_question": QUESTION, "answer": "Yes."})
    answer = browser.post(page, {"published_question": QUESTION, "answer": "No."})
    asked.refresh_from_db()
    assert ("govuk-error-summary" in answer.content.decode(), asked.answer) == (True, "Yes.")


def test_evaluator_reads_and_is_not_offered_to_answer(browse, bidding, asked):
    text = browse("evan").get(url("exercise-clarifications", bidding)).content.decode()
    assert QUESTION in text
    assert url("clarification-answer", bidding, 1) not in text


def test_questions_are_numbered_within_their_exercise(browse, bidding, asked, people):
    other = demonstration.design(people, "Meals at home")
    demonstration.staff(people, other)
    demonstration.prepare_openers(people, other)
    other = demonstration.publish(people, other, "2026/S 000-000002")
    actions.ask_question(
        actor=bidding.actor("sam"),
        exercise=other,
        provider=bidding.provider("firm"),
        question="Are meals warm?",
    )
    page = reverse("commissioning:clarification-answer", args=[other.reference, 1])
    assert "Are meals warm?" in browse("priya").get(page).content.decode()
    assert browse("priya").get(url("clarification-answer", bidding, 2)).status_code == 404
    home = browse("priya").get("/").content.decode()
    assert (page in home, url("clarification-answer", bidding, 1) in home) == (True, True)
