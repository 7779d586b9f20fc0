"""From a result to a contract in the browser, and the words that bidders are told."""

import io
from datetime import timedelta

import docx
import pytest
import time_machine

from django.utils import timezone

from accounts.models import AuditEvent
from scorecards import demonstration_awards as work
from scorecards.models import AssessmentSummary, LotEvaluation
from tests.scorecards.awarding import calculated, to_approved, to_released, to_standstill
from tests.signing_in import begin_session

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, calculated):
    """``visit("priya", "award-detail")``: open a page of the lot, or post ``data`` to it."""

    def go(who, name, *more, status=200, data=None):
        begin_session(client, calculated.people.users[who])
        url = calculated.url(name, *more)
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response.content.decode()

    return go


def day_of(name: str, day) -> dict[str, str]:
    """A day as the three boxes of a date field send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def stage_of(calculated) -> str:
    return LotEvaluation.objects.get(pk=calculated.lot.pk).stage


def test_lead_recommends_and_approver_approves(calculated, visit):
    text = visit("priya", "award-detail")
    assert ("Recommend the award" in text, text.count("Incomplete")) == (True, 4)
    visit("priya", "award-recommend", data={"recommendation": "The best tender."}, status=302)
    assert "The best tender." in visit("anna", "award-approve")
    visit("anna", "award-approve", data={}, status=302)
    text = visit("evan", "award-detail")
    assert "Approved by Anna" in text
    assert "recommended" in text
    assert stage_of(calculated) == "approved"


def test_steps_say_what_each_person_did(calculated, visit):
    work.recommend(calculated.people, calculated.lot)
    text = visit("anna", "award-detail")
    for words in ("Carl Osei signed the consensus on quality", "Priya Raman recommended the award"):
        assert words in text


def test_recommendation_without_words_is_asked_for(calculated, visit):
    assert "Enter the recommendation" in visit(
        "priya", "award-recommend", data={"recommendation": ""}
    )
    assert stage_of(calculated) == "calculated"


def test_second_recommendation_is_kept_in_the_form_with_the_reason(calculated, visit):
    work.recommend(calculated.people, calculated.lot)
    text = visit("priya", "award-recommend", data={"recommendation": "My other words."})
    assert ("My other words." in text, "govuk-error-summary" in text) == (True, True)


def test_returned_recommendation_says_why(calculated, visit):
    work.recommend(calculated.people, calculated.lot)
    visit("anna", "award-return", data={"reason": "Explain the second price."}, status=302)
    assert "Explain the second price." in visit("priya", "award-detail")
    assert stage_of(calculated) == "calculated"


def test_deed_in_the_wrong_state_says_why(calculated, visit):
    visit("anna", "award-approve", data={}, status=409)
    visit("priya", "award-release", data={}, status=409)
    assert stage_of(calculated) == "calculated"


def test_release_names_what_a_bidder_still_lacks(calculated, visit):
    to_approved(calculated)
    assert "still to be told" in visit("priya", "award-release", data={}, status=409)
    assert stage_of(calculated) == "approved"


def test_released_summaries_are_no_longer_offered_for_wording(calculated, visit):
    to_released(calculated)
    text = visit("priya", "award-detail")
    assert (text.count("Released"), "Read and word it" in text) == (4, False)


def test_notice_gives_the_standstill_with_its_days(calculated, visit):
    to_released(calculated)
    work.exercises.confirm_assessment(calculated.people, calculated.exercise)
    data = {"number": "2026/S 000-000078", "exception": ""}
    visit(
        "priya",
        "award-notice",
        data=data | day_of("published_on", timezone.localdate()),
        status=302,
    )
    assert "eight working days" in visit("anna", "award-detail")
    assert stage_of(calculated) == "standstill"


def test_notice_without_a_number_is_asked_for(calculated, visit):
    to_released(calculated)
    text = visit("priya", "award-notice", data=day_of("published_on", timezone.localdate()))
    assert "Enter the number of the notice" in text


def test_page_says_in_words_why_no_standstill_applies(calculated, visit):
    to_released(calculated)
    number = "2026/S 000-000078"
    work.give_notice(calculated.people, calculated.lot, number, exception="light_touch")
    text = visit("priya", "award-detail")
    assert "No standstill applies: light touch contract." in text
    assert calculated.url("award-enter") in text


def test_contract_waits_for_the_standstill(calculated, visit):
    to_standstill(calculated)
    assert calculated.url("award-enter") not in visit("priya", "award-detail")
    text = visit("priya", "award-enter", data=day_of("entered_on", timezone.localdate()))
    assert ("govuk-error-summary" in text, stage_of(calculated)) == (True, "standstill")


def test_contract_entered_into_is_linked(calculated, visit):
    to_standstill(calculated)
    ends = LotEvaluation.objects.get(pk=calculated.lot.pk).standstill_ends_on
    LotEvaluation.objects.filter(pk=calculated.lot.pk).update(
        standstill_ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert ends > timezone.localdate()
    assert calculated.url("award-enter") in visit("priya", "award-detail")
    visit("priya", "award-enter", data=day_of("entered_on", timezone.localdate()), status=302)
    contract = calculated.lot.contracts.get().contract
    assert contract.reference in visit("evan", "award-detail")
    assert stage_of(calculated) == "entered"


def test_challenge_makes_the_award_wait_until_it_ends(calculated, visit):
    to_standstill(calculated)
    data = {"step": "challenge", "reason": "A bidder went to court."}
    visit("priya", "award-challenge", data=data, status=302)
    assert "The award waits." in visit("priya", "award-detail")
    visit("priya", "award-challenge", data={"step": "go_on", "reason": "Settled."}, status=302)
    assert stage_of(calculated) == "standstill"


def test_challenge_that_cannot_be_keeps_its_text(calculated, visit):
    text = visit("priya", "award-challenge", data={"step": "go_on", "reason": "My typed words."})
    assert ("My typed words." in text, "govuk-error-summary" in text) == (True, True)


def test_lot_ends_without_an_award_for_a_reason(calculated, visit):
    assert "Give the reason" in visit("priya", "award-end", data={"reason": " "})
    visit("priya", "award-end", data={"reason": "The service is no longer needed."}, status=302)
    text = visit("anna", "award-detail")
    assert "This lot ended without an award." in text
    assert "The service is no longer needed." in text


def summary_data(response) -> dict[str, str]:
    """What the form of a summary holds, as a browser sends it back."""
    form = response.context["form"]
    return {
        name: "" if (value := form.get_initial_for_field(field, name)) is None else value
        for name, field in form.fields.items()
    }


def test_second_writer_of_a_summary_keeps_their_text(calculated, client):
    bid = calculated.bids[0]
    begin_session(client, calculated.people.users["priya"])
    url = calculated.url("summary-edit", bid.code)
    data = summary_data(client.get(url))
    assert client.post(url, data | {"address": "Theirs"}).status_code == 302
    response = client.post(url, data | {"address": "Mine"})
    text = response.content.decode()
    assert (response.status_code, "Theirs" in text, "Mine" in text) == (409, True, True)
    again = data | {"address": "Both", "revision": response.context["form"].data["revision"]}
    assert client.post(url, again).status_code == 302
    assert AssessmentSummary.objects.get(bid_lot=bid).texts["address"] == "Both"


def test_saved_words_are_read_as_the_bidder_will(calculated, visit, client):
    bid = calculated.bids[0]
    begin_session(client, calculated.people.users["priya"])
    url = calculated.url("summary-edit", bid.code)
    data = summary_data(client.get(url))
    client.post(url, data | {"address": "7 Well Lane", "email": "bids@firm.example"})
    assert "7 Well Lane" in visit("anna", "summary-preview", bid.code)


def test_summary_that_is_released_is_not_worded(calculated, client):
    to_released(calculated)
    bid = calculated.bids[0]
    begin_session(client, calculated.people.users["priya"])
    url = calculated.url("summary-edit", bid.code)
    data = summary_data(client.get(url))
    response = client.post(url, data | {"address": "Too late"})
    assert "govuk-error-summary" in response.content.decode()
    assert AssessmentSummary.objects.get(bid_lot=bid).texts["address"] != "Too late"


def test_draft_is_a_document_to_edit(calculated, client):
    bid = calculated.bids[0]
    begin_session(client, calculated.people.users["anna"])
    response = client.get(calculated.url("summary-docx", bid.code))
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = [*(paragraph.text for paragraph in document.paragraphs), *cells]
    assert any(str(bid.provider) in text for text in words)
    assert f'{bid.label.replace(" ", "-")}.docx"' in response["Content-Disposition"]


def test_bid_of_another_lot_has_no_summary_here(calculated, visit):
    visit("priya", "summary-preview", "Z", status=404)
    visit("priya", "summary-edit", "Z", status=404)


def test_member_with_an_interest_sees_no_award(calculated, visit):
    work.commissioning.declare_in_exercise(
        actor=calculated.actor("evan"),
        exercise=calculated.exercise,
        provider=calculated.bids[0].provider,
        has_interest=True,
        description="My sister works there.",
    )
    visit("evan", "award-detail", status=404)
    visit("evan", "evaluation-report-request", data={}, status=404)
    assert not AuditEvent.objects.filter(verb="award_document.requested").exists()


def test_entered_contract_shows_what_is_to_be_published_by_when(visit, calculated):
    evaluation = to_standstill(calculated)
    with time_machine.travel(evaluation.standstill_ends_on + timedelta(days=3)):
        work.enter(calculated.people, evaluation, timezone.localdate())
        page = visit("priya", "award-detail")
    # Thirty days that begin with the day of the contract, which is the third after the standstill.
    due = evaluation.standstill_ends_on + timedelta(days=32)
    assert f"publish by {due:%-d %B %Y}" in page
    assert "UK7" in page
    assert "Record a notice about the contract" in page
    assert "again first" in page
