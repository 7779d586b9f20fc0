"""Errors in plain English."""

import pytest

from django.test import Client

from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


def shown(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/nothing/here/", "/scorecards/SC-2345678/"])
def test_page_that_is_not_there_or_not_yours_says_the_same(browse, path):
    answer = browse("priya").get(path)
    assert (answer.status_code, "Page not found" in shown(answer)) == (404, True)


def test_refusal_says_why(browse):
    answer = browse("priya").get("/people/")
    assert (answer.status_code, "Your role does not open this page." in shown(answer)) == (
        403,
        True,
    )


def test_nonsense_from_a_browser_is_told_so(client):
    answer = client.get("/help/", headers={"host": "evil.example"})
    assert (answer.status_code, "<h1" in shown(answer)) == (400, True)


def test_form_out_of_date_says_what_to_do(people):
    client = Client(enforce_csrf_checks=True)
    begin_session(client, people.users["priya"])
    answer = client.post("/contracts/new/", {})
    assert (answer.status_code, "Your page was out of date" in shown(answer)) == (403, True)


def test_fault_of_ours_is_told_without_details(people, settings):
    client = Client(raise_request_exception=False)
    begin_session(client, people.users["olive"])
    settings.ROOT_URLCONF = "tests.accounts.views.broken_urls"
    answer = client.get("/")
    assert (answer.status_code, "a secret detail" in shown(answer), "<h1" in shown(answer)) == (
        500,
        False,
        True,
    )
