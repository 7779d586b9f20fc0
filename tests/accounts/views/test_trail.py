"""The trail and the installation."""

import pytest

from django.utils import timezone

from accounts import audit
from accounts.access import Actor
from accounts.enums import JobState
from accounts.models import Invitation, Job, Organisation

pytestmark = pytest.mark.django_db


def test_trail_shows_who_did_what(browse, actor_of):
    priya = actor_of("priya")
    audit.record(actor=priya, verb="thing.done", subject=priya.organisation)
    text = browse("adam").get("/trail/").content.decode()
    assert [words in text for words in ("Priya Raman", priya.organisation.reference)] == [True] * 2


def test_trail_of_another_organisation_is_not_shown(browse, actor_of):
    priya = actor_of("priya")
    audit.record(actor=priya, verb="thing.done", subject=priya.organisation)
    assert "Priya Raman" not in browse("mei").get("/trail/").content.decode()


def test_trail_comes_in_pages_of_fifty(browse, actor_of):
    adam = actor_of("adam")
    for _ in range(51):
        audit.record(actor=adam, verb="thing.done", subject=adam.organisation)
    browser = browse("adam")
    assert [len(browser.get(f"/trail/?page={page}").context["page"]) for page in (1, 2)] == [50, 1]


def test_installation_lists_organisations_and_no_people(browse):
    text = browse("olive").get("/installation/").content.decode()
    assert ("Little Marsh District Council" in text, "Mei Lin" in text) == (True, False)


def test_operator_adds_an_organisation_and_its_administrator(browse):
    answer = browse("olive").post(
        "/installation/organisations/new/",
        {
            "name": "New Council",
            "kinds": ["commissioner"],
            "full_name": "Nia",
            "email": "nia@new.example",
        },
    )
    body = Organisation.objects.get(name="New Council")
    assert (answer["Location"], Invitation.objects.get().organisation) == ("/installation/", body)


def test_operator_is_told_what_is_missing(browse):
    answer = browse("olive").post("/installation/organisations/new/", {"name": "New Council"})
    assert sorted(answer.context["form"].errors) == ["email", "full_name", "kinds"]
    assert not Organisation.objects.filter(name="New Council").exists()


def test_system_is_named_in_the_trail_of_the_operator(browse, people):
    audit.record(
        actor=Actor.system("loader"),
        verb="edition.published",
        subject=people.organisations["council"],
    )
    assert "The system (loader)" in browse("olive").get("/trail/").content.decode()


def test_operator_shuts_an_account_and_opens_it_again(browse, people):
    browser, evan = browse("olive"), people.users["evan"]
    shut = browser.post(
        "/installation/accounts/shut/", {"email": evan.email, "reason": "Telephone stolen"}
    )
    evan.refresh_from_db()
    assert (shut["Location"], evan.is_active) == ("/installation/", False)
    assert evan.email in browser.get("/installation/").content.decode()
    path = f"/installation/accounts/{evan.reference}/open/"
    assert "Telephone stolen" in browser.get(path).content.decode()
    browser.post(path)
    evan.refresh_from_db()
    assert evan.is_active


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nobody@nowhere.example", "No open account has this address."),
        ("olive@demonstration.example", "You cannot shut your own account. Ask another operator."),
    ],
)
def test_account_that_cannot_be_shut_says_why(browse, email, words):
    answer = browse("olive").post("/installation/accounts/shut/", {"email": email, "reason": "x"})
    assert answer.context["form"].errors == {"email": [words]}


def test_installation_names_failed_jobs_as_the_log_does_and_not_whose_they_are(browse, people):
    now = timezone.now()
    job = Job.objects.create(
        kind="providers.handle_file",
        subject_reference="EV-SECRET2",
        organisation=people.organisations["firm"],
        requested_at=now,
        state=JobState.FAILED,
        finished_at=now,
        error="Aldergate's file",
    )
    text = browse("olive").get("/installation/").content.decode()
    assert (job.reference in text, "providers.handle_file" in text) == (True, True)
    assert ("EV-SECRET2" in text, "Aldergate&#x27;s file" in text) == (False, False)
