"""Interests in an exercise, the conflicts assessment and notices in the browser."""

import pytest

from django.urls import reverse
from django.utils import timezone

from commissioning import actions, demonstration
from commissioning.models import ConflictsAssessment, ExerciseDeclaration, ExerciseNotice
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


def url(name: str, bidding, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bidding.exercise.reference, *more])


def declared_by(bidding, name: str) -> ExerciseDeclaration:
    rows = ExerciseDeclaration.objects.current().filter(exercise=bidding.exercise, provider=None)
    return rows.get(user=bidding.people.users[name])


def declare_interest(browser, bidding):
    data = {"has_interest": "yes", "description": "My sister keeps their books."}
    return browser.post(url("exercise-declare", bidding, "in-general"), data, follow=True)


def test_interest_waits_for_somebody_else(browse, bidding):
    text = declare_interest(browse("evan"), bidding).content.decode()
    assert "Another person decides about it." in text
    assert declared_by(bidding, "evan").has_interest


def test_interest_without_words_is_asked_for(browse, bidding):
    answer = browse("evan").post(
        url("exercise-declare", bidding, "in-general"), {"has_interest": "yes"}
    )
    assert "Describe the interest" in answer.content.decode()
    assert not declared_by(bidding, "evan").has_interest


def test_interest_is_not_taken_back_by_who_declared_it(browse, bidding):
    browser = browse("evan")
    declare_interest(browser, bidding)
    answer = browser.post(url("exercise-declare", bidding, "in-general"), {"has_interest": "no"})
    assert "Only another person can resolve it." in answer.content.decode()
    rows = ExerciseDeclaration.objects.filter(
        exercise=bidding.exercise, user=bidding.people.users["evan"], provider=None
    )
    assert [row.has_interest for row in rows.order_by("pk")] == [False, True]
    assert declared_by(bidding, "evan").has_interest


def test_lead_decides_about_a_members_interest(client, bidding):
    begin_session(client, bidding.people.users["evan"])
    declare_interest(client, bidding)
    row = declared_by(bidding, "evan")
    begin_session(client, bidding.people.users["priya"])
    page = url("exercise-resolve", bidding, row.pk)
    assert "My sister keeps their books." in client.get(page).content.decode()
    client.post(page, {"resolution": "mitigated", "note": "Scores another lot."})
    row.refresh_from_db()
    assert (row.resolution, row.resolved_by) == ("mitigated", bidding.people.users["priya"])


def test_leads_own_interest_is_decided_by_the_approver(client, bidding):
    begin_session(client, bidding.people.users["priya"])
    declare_interest(client, bidding)
    row = declared_by(bidding, "priya")
    page, data = (
        url("exercise-resolve", bidding, row.pk),
        {"resolution": "recused", "note": "Another lead takes over."},
    )
    assert client.post(page, data).status_code == 403
    begin_session(client, bidding.people.users["anna"])
    assert client.post(page, data).status_code == 302
    row.refresh_from_db()
    assert row.resolution == "recused"


def test_members_do_not_read_what_others_declared(client, bidding):
    begin_session(client, bidding.people.users["evan"])
    declare_interest(client, bidding)
    begin_session(client, bidding.people.users["edith"])
    assert (
        "keeps their books" not in client.get(url("exercise-interests", bidding)).content.decode()
    )
    row = declared_by(bidding, "evan")
    assert client.get(url("exercise-resolve", bidding, row.pk)).status_code == 404


def test_bidders_are_not_named_before_the_opening(browse, bidding):
    bid = bidding.bid()
    browser = browse("evan")
    text = browser.get(url("exercise-interests", bidding)).content.decode()
    assert str(bid.provider) not in text
    page = url("exercise-declare", bidding, bid.provider.reference)
    assert browser.get(page).status_code == 404


def test_bidders_are_declared_about_once_bids_are_opened(client, bidding):
    bid = bidding.bid()
    with bidding.after_deadline():
        demonstration.open_bids(bidding.people, bidding.exercise)
    begin_session(client, bidding.people.users["evan"])
    assert str(bid.provider) in client.get(url("exercise-interests", bidding)).content.decode()
    page = url("exercise-declare", bidding, bid.provider.reference)
    assert client.post(page, {"has_interest": "no"}).status_code == 302
    assert ExerciseDeclaration.objects.filter(
        user=bidding.people.users["evan"], provider=bid.provider, has_interest=False
    ).exists()


def test_lead_confirms_the_assessment_again(client, bidding):
    before = ConflictsAssessment.objects.filter(exercise=bidding.exercise).count()
    begin_session(client, bidding.people.users["priya"])
    page = url("exercise-conflicts", bidding)
    assert "Say what could look like" in client.post(page, {"perceived": " "}).content.decode()
    client.post(page, {"perceived": "Nothing could."})
    rows = ConflictsAssessment.objects.filter(exercise=bidding.exercise)
    assert rows.count() == before + 1


def test_evaluator_confirms_and_reads_no_assessment(browse, bidding):
    browser, page = browse("evan"), url("exercise-conflicts", bidding)
    before = ConflictsAssessment.objects.count()
    text = browser.post(page, {"perceived": "Nothing could."}).content.decode()
    assert ConflictsAssessment.objects.count() == before
    assert "Two evaluators once worked" not in text


def test_notice_is_recorded_with_its_number_and_day(client, bidding):
    today = timezone.localdate()
    demonstration.confirm_assessment(bidding.people, bidding.exercise)
    begin_session(client, bidding.people.users["priya"])
    data = {
        "code": "UK5",
        "number": "2026/S 000-000055",
        "published_on_day": today.day,
        "published_on_month": today.month,
        "published_on_year": today.year,
    }
    page = url("notice-record", bidding)
    assert (
        "Enter the number of the notice"
        in client.post(page, data | {"number": ""}).content.decode()
    )
    client.post(page, data)
    row = ExerciseNotice.objects.get(number="2026/S 000-000055")
    assert (row.exercise, row.published_on) == (bidding.exercise, today)
    assert "2026/S 000-000055" in client.get(url("exercise-conflicts", bidding)).content.decode()


def test_lead_who_is_not_clear_does_not_read_the_assessment(client, bidding):
    begin_session(client, bidding.people.users["priya"])
    page = url("exercise-conflicts", bidding)
    assert "Two evaluators once worked" in client.get(page).content.decode()
    actions.declare_in_exercise(
        actor=bidding.actor("priya"),
        exercise=bidding.exercise,
        provider=None,
        has_interest=True,
        description="I hold shares in one of them.",
    )
    text = client.get(page).content.decode()
    assert "Two evaluators once worked" not in text
    assert "it names the bidders" in text
