"""The self-assessment as a whole: tasks, check, declaration, receipt, versions."""

from datetime import date

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from providers import actions, queries
from providers.models import Submission
from tests.commissioning.samples import a_contract, a_request
from tests.providers.samples import a_framework, a_link, a_self_assessment, answer, submitted


def address(page: str, *args) -> str:
    return reverse(f"providers:self-assessment-{page}", args=args)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_list_asks_as_much_for_three_rows_as_for_one(people, browse):
    client = browse("cara")

    def shown() -> tuple[int, list[str]]:
        client.get(address("list"))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address("list"))
        return len(queries), [row.title for row in response.context["page"]]

    a_self_assessment(people, title="First")
    a_self_assessment(people, "charity", title="Another provider's")
    assert shown() == (7, ["First"])
    a_self_assessment(people, title="Second")
    a_self_assessment(people, title="Third")
    assert shown() == (7, ["Third", "Second", "First"])


@pytest.mark.django_db
def test_task_list_says_what_is_done(people, browse, actor_of):
    row = a_self_assessment(people)
    answer(actor_of("sam"), row, "A1")
    text = text_of(browse("cara").get(address("detail", row.reference)))
    for words in ("You have completed 1 of 2 answers", "A1 Title of A1", "M1 Hours volunteered",
                  "Not started", "Check your answers"):  # fmt: skip
        assert words in text


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["detail", "check", "submit"])
def test_pages_of_a_draft_are_not_there_for_others(people, browse, page):
    request = a_request(people, a_contract(people), editions=[a_framework()])
    url = address(page, request.self_assessment.reference)
    assert browse("hana").get(url).status_code == 404
    expected = 404 if page == "detail" else 403
    assert browse("priya").get(url).status_code == expected


@pytest.mark.django_db
def test_check_page_names_what_is_missing_and_who_may_submit(people, browse, actor_of):
    row = a_self_assessment(people)
    answer(actor_of("sam"), row, "A1")
    text = text_of(browse("sam").get(address("check", row.reference)))
    assert "1 answer not complete yet" in text
    assert "Go on to the declaration" not in text
    answer(actor_of("sam"), row, "A2")
    assert "Go on to the declaration" in text_of(browse("sam").get(address("check", row.reference)))
    text = text_of(browse("cara").get(address("check", row.reference)))
    assert "Go on to the declaration" not in text
    assert "An authorised signatory of your organisation can submit it now." in text


@pytest.mark.django_db
def test_declaration_is_accepted_and_the_receipt_shows_time_and_hash(people, browse, actor_of):
    row = a_self_assessment(people)
    for code in ("A1", "A2"):
        answer(actor_of("sam"), row, code)
    client = browse("sam")
    page = client.get(address("submit", row.reference))
    assert "Sample framework, edition 1" in text_of(page)
    assert "I accept the ethical standards" in text_of(page)
    refused = client.post(address("submit", row.reference), {"accepts": ""})
    assert "Confirm that the provider accepts the standards" in text_of(refused)
    response = client.post(address("submit", row.reference), {"accepts": "on"})
    assert response["Location"] == address("receipt", row.reference)
    receipt, text = Submission.objects.get(), text_of(client.get(response["Location"]))
    for words in (receipt.sha256, "Sam Doyle", row.reference, f"{receipt.submitted_at.year}, "):
        assert words in text
    assert client.get(address("submit", row.reference))["Location"] == response["Location"]
    assert browse("cara").get(address("receipt", row.reference)).status_code == 200
    assert browse("hana").get(address("receipt", row.reference)).status_code == 404


@pytest.mark.django_db
def test_incomplete_self_assessment_is_refused_on_the_page(people, browse):
    row = a_self_assessment(people)
    response = browse("sam").post(address("submit", row.reference), {"accepts": "on"})
    assert "2 answers are not complete: A1, A2." in text_of(response)
    assert browse("cara").post(address("submit", row.reference)).status_code == 403


@pytest.mark.django_db
def test_receipt_of_a_draft_is_not_there(people, browse):
    row = a_self_assessment(people)
    assert browse("sam").get(address("receipt", row.reference)).status_code == 404


@pytest.mark.django_db
def test_both_versions_stay_readable_after_a_return(people, browse, actor_of):
    request = a_request(people, a_contract(people), editions=[a_framework()])
    row, item = request.self_assessment, a_link(actor_of("sam"))
    receipt = submitted(people, row, items=[item])
    following = actions.return_self_assessment(
        actor=actor_of("priya"),
        self_assessment=row,
        reason="Last year's, please.",
        due_on=date(2027, 5, 4),
    )
    former = text_of(browse("cara").get(address("detail", row.reference)))
    for words in ("Returned for a new version", receipt.sha256, "Last year&#x27;s, please.",
                  "Our board looks at it.", item.title, "120.50 hours"):  # fmt: skip
        assert words in former
    now = text_of(browse("cara").get(address("detail", following.reference)))
    assert "A new version is open, with your answers in it." in now
    assert "Last year&#x27;s, please." in now
    assert browse("priya").get(address("detail", row.reference)).status_code == 200
    assert browse("priya").get(address("detail", following.reference)).status_code == 404


@pytest.mark.django_db
def test_closed_draft_stays_readable_to_the_provider_alone(people, browse, actor_of):
    request = a_request(people, a_contract(people), editions=[a_framework()])
    row = request.self_assessment
    answer(actor_of("sam"), row)
    actions.close_self_assessment(actor=actor_of("priya"), self_assessment=row)
    text = text_of(browse("cara").get(address("detail", row.reference)))
    assert "Closed before it was submitted" in text
    assert "Our board looks at it." in text
    assert "Declaration" not in text
    assert browse("priya").get(address("detail", row.reference)).status_code == 404
    assert queries.home_items(actor_of("cara")) == []
