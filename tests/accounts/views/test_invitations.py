"""Joining by invitation."""

import hashlib
from datetime import timedelta

import pytest

from django.utils import timezone

from accounts.models import Invitation, Membership, User
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db

SECRET = "the-secret-of-the-link"
PATH = f"/invitations/{SECRET}/"


@pytest.fixture
def invited(people):
    """``invited(email)``: an open invitation of the council, with a known secret."""

    def make(email="nia@council.example"):
        now = timezone.now()
        return Invitation.objects.create(
            organisation=people.organisations["council"],
            email=email,
            full_name="Nia Newcomer",
            roles=["evaluator"],
            state="sent",
            secret_sha256=hashlib.sha256(SECRET.encode()).hexdigest(),
            invited_by=people.users["adam"],
            invited_at=now,
            expires_at=now + timedelta(days=14),
        )

    return make


def test_newcomer_chooses_a_password_and_is_signed_in(client, invited, people):
    invited()
    page = client.get(PATH)
    answer = client.post(PATH, {"full_name": "Nia Newcomer", "password": PASSWORD})
    home = client.get("/")
    assert (page.context["form"].initial, answer["Location"], home.status_code) == (
        {"full_name": "Nia Newcomer"},
        "/",
        200,
    )
    assert home.context["actor"].organisation == people.organisations["council"]


def test_newcomer_with_a_weak_password_stays_on_the_page(client, invited):
    invited()
    answer = client.post(PATH, {"full_name": "Nia", "password": "short"})
    assert (list(answer.context["form"].errors), User.objects.filter(full_name="Nia").count()) == (
        ["password"],
        0,
    )


def test_person_with_an_account_is_asked_to_sign_in_first(client, invited):
    invited("hana@demonstration.example")
    answer = client.post(PATH, {"full_name": "Mallory", "password": PASSWORD})
    text = answer.content.decode()
    assert ("Sign in to join" in text, Invitation.objects.get().state) == (True, "sent")


def test_person_with_an_account_joins_and_acts_for_the_new_organisation(browse, invited, people):
    invited("hana@demonstration.example")
    browser = browse("hana")
    page = browser.get(PATH)
    answer = browser.post(PATH)
    assert (page.status_code, answer["Location"]) == (200, "/")
    assert "you will be asked to declare your interests again" in page.content.decode()
    assert browser.get("/").context["actor"].organisation == people.organisations["council"]


def test_somebody_else_who_is_signed_in_joins_nothing(browse, invited, people):
    invited("hana@demonstration.example")
    browse("sam").post(PATH)
    assert Membership.objects.filter(user=people.users["sam"]).count() == 1


def test_link_that_is_used_or_wrong_says_that_it_is_gone(client, people):
    answer = client.get(PATH)
    assert (answer.status_code, "<h1" in answer.content.decode()) == (404, True)


def test_link_that_has_run_out_makes_no_account(client, invited):
    invited()
    Invitation.objects.update(expires_at=timezone.now())
    answer = client.post(PATH, {"full_name": "Nia", "password": PASSWORD})
    assert (answer.status_code, User.objects.filter(full_name="Nia").count()) == (409, 0)
