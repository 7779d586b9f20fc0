"""The team of an exercise in the browser."""

import pytest

from django.urls import reverse

from commissioning import actions
from commissioning.models import ExerciseMember

pytestmark = pytest.mark.django_db


def url(name: str, bidding, *more) -> str:
    return reverse(f"commissioning:{name}", args=[bidding.exercise.reference, *more])


def duties_of(bidding, name: str) -> set[str]:
    rows = ExerciseMember.objects.current().filter(
        exercise=bidding.exercise, user=bidding.people.users[name]
    )
    return set(rows.values_list("duty", flat=True))


def test_page_says_who_does_what_and_what_may_be_combined(browse, bidding):
    text = browse("evan").get(url("exercise-team", bidding)).content.decode()
    for name in ("evan", "anna", "priya"):
        assert bidding.people.users[name].full_name in text
    assert "member-new" not in text
    assert url("member-new", bidding) not in text


def test_lead_gives_a_duty(browse, bidding):
    browser = browse("priya")
    assert url("member-new", bidding) in browser.get(url("exercise-team", bidding)).content.decode()
    data = {"user": bidding.people.users["edith"].pk, "duty": "quality_opener"}
    assert browser.post(url("member-new", bidding), data)["Location"] == url(
        "exercise-team", bidding
    )
    assert "quality_opener" in duties_of(bidding, "edith")


def test_duties_that_may_not_be_combined_are_refused_beside_the_form(browse, bidding):
    data = {"user": bidding.people.users["evan"].pk, "duty": "approver"}
    answer = browse("priya").post(url("member-new", bidding), data)
    assert (answer.status_code, "govuk-error-summary" in answer.content.decode()) == (200, True)
    assert "approver" not in duties_of(bidding, "evan")


def test_person_of_another_body_is_not_offered(browse, bidding):
    data = {"user": bidding.people.users["mei"].pk, "duty": "evaluator"}
    answer = browse("priya").post(url("member-new", bidding), data)
    assert "Choose one of the people of your organisation" in answer.content.decode()
    assert duties_of(bidding, "mei") == set()


def test_duty_ends_after_asking(browse, bidding):
    browser = browse("priya")
    member = bidding.exercise.members.get(user=bidding.people.users["elena"], duty="evaluator")
    page = url("member-end", bidding, member.pk)
    assert bidding.people.users["elena"].full_name in browser.get(page).content.decode()
    assert "evaluator" in duties_of(bidding, "elena")
    browser.post(page)
    assert "evaluator" not in duties_of(bidding, "elena")


def test_evaluator_is_given_the_chosen_criteria(browse, bidding):
    browser = browse("priya")
    member = bidding.exercise.members.get(user=bidding.people.users["evan"], duty="evaluator")
    page = url("member-assign", bidding, member.pk)
    held = browser.get(page).context["form"].initial["criteria"]
    assert len(held) > 1
    browser.post(page, {"criteria": held[:1]})
    kept = [f"{row.lot_number}/{row.criterion_key}" for row in member.assignments.all()]
    assert kept == held[:1]


def test_only_evaluators_are_given_criteria(browse, bidding):
    member = bidding.exercise.members.get(user=bidding.people.users["anna"], duty="approver")
    browser = browse("priya")
    assert browser.get(url("member-assign", bidding, member.pk)).status_code == 404
    assert browser.get(url("member-end", bidding, 0)).status_code == 404


def test_page_saved_while_an_amendment_is_drafted_keeps_what_it_takes_out(browse, bidding):
    browser, priya = browse("priya"), bidding.actor("priya")
    member = bidding.exercise.members.get(user=bidding.people.users["evan"], duty="evaluator")
    before = list(member.assignments.order_by("criterion_key").values_list("criterion_key"))
    actions.open_amendment(actor=priya, exercise=bidding.exercise)
    taken_out = bidding.exercise.lots.get().criteria.get(key=before[0][0])
    actions.remove_criterion(actor=priya, criterion=taken_out)
    page = url("member-assign", bidding, member.pk)
    assert taken_out.key not in browser.get(page).content.decode()
    browser.post(page, {"criteria": [f"1/{key}" for (key,) in before[1:]]})
    assert browser.get(url("exercise-team", bidding)).status_code == 200
    actions.discard_amendment(actor=priya, exercise=bidding.exercise)
    after = member.assignments.order_by("criterion_key").values_list("criterion_key")
    assert list(after) == before
