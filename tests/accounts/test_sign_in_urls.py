"""Signing in, and what keeps others out."""

import pytest
from allauth.mfa.models import Authenticator

from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from accounts.actions import shut_account
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Attempts are counted in the cache, across tests."""
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=PASSWORD):
    return client.post(SIGN_IN, {"login": email, "password": password})


def present_code(capsys) -> str:
    call_command("demo_code")
    return capsys.readouterr().out.strip()


def test_person_signs_in_with_address_and_password(client, people):
    answer = sign_in(client, "evan@demonstration.example")
    assert (answer["Location"], client.get("/").status_code) == ("/", 200)


def test_person_comes_to_the_page_that_they_wanted(client, people):
    answer = client.post(
        f"{SIGN_IN}?next=/evidence/", {"login": "sam@demonstration.example", "password": PASSWORD}
    )
    assert answer["Location"] == "/evidence/"


def test_sign_in_leads_to_no_other_site(client, people):
    answer = client.post(
        f"{SIGN_IN}?next=https://example.org/",
        {"login": "sam@demonstration.example", "password": PASSWORD},
    )
    assert answer["Location"] == "/"


@pytest.mark.parametrize("email", ["priya@demonstration.example", "nobody@demonstration.example"])
def test_wrong_password_and_wrong_address_say_the_same(client, people, email):
    answer = sign_in(client, email, "wrong words here")
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        200,
        ["The e-mail address or the password is wrong"],
    )


def test_sixth_wrong_password_is_not_even_tried(client, people):
    for _ in range(5):
        sign_in(client, "priya@demonstration.example", "wrong words here")
    answer = sign_in(client, "priya@demonstration.example")
    assert (answer.status_code, client.get("/").status_code) == (200, 302)


def test_approver_gives_a_code_as_well(client, people, capsys):
    answer = sign_in(client, "anna@demonstration.example")
    assert (answer["Location"], client.get("/").status_code) == (reverse("mfa_authenticate"), 302)
    answer = client.post(reverse("mfa_authenticate"), {"code": present_code(capsys)})
    assert (answer["Location"], client.get("/").status_code) == ("/", 200)


def test_wrong_code_lets_nobody_in(client, people):
    sign_in(client, "anna@demonstration.example")
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get("/").status_code == 302


def test_recovery_code_works_once(client, people):
    codes = Authenticator.objects.get(user=people.users["anna"], type="recovery_codes")
    code = codes.wrap().get_unused_codes()[0]
    came_in = []
    for _ in range(2):
        client.logout()
        sign_in(client, "anna@demonstration.example")
        client.post(reverse("mfa_authenticate"), {"code": code})
        came_in.append(client.get("/").status_code == 200)
    assert came_in == [True, False]


def test_account_that_was_closed_does_not_open(client, people, actor_of):
    user = people.users["evan"]
    shut_account(actor=actor_of("olive"), user=user, reason="Left")
    sign_in(client, user.email)
    assert client.get("/").status_code == 302


def test_nobody_signs_up(client, people):
    client.post(
        reverse("account_signup"),
        {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not type(people.users["priya"]).objects.filter(email="x@example.org").exists()


@pytest.mark.parametrize("email", ["priya@demonstration.example", "nobody@demonstration.example"])
def test_reset_says_the_same_whether_the_address_is_known(client, people, email):
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert answer["Location"] == reverse("account_reset_password_done")


def test_reset_link_sets_a_new_password(client, people, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "evan@demonstration.example"})
    link = next(word for word in mailoutbox[0].body.split() if "/sign-in/password/reset/" in word)
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    new = {"password1": "four other random words", "password2": "four other random words"}
    client.post(page.request["PATH_INFO"], new)
    sign_in(client, "evan@demonstration.example", "four other random words")
    assert client.get("/").status_code == 200


def test_sign_out_ends_the_session(browse):
    browser = browse("priya")
    answer = browser.post(reverse("account_logout"))
    assert (answer["Location"], browser.get("/").status_code) == (SIGN_IN, 302)


@pytest.mark.parametrize(
    ("email", "subject"),
    [
        ("priya@demonstration.example", "Choose a new password"),
        ("nobody@demonstration.example", "There is no account with your address"),
    ],
)
def test_reset_mail_says_what_to_do_in_our_words(client, people, mailoutbox, email, subject):
    client.post(reverse("account_reset_password"), {"email": email})
    mail = mailoutbox[0]
    assert (mail.to, mail.subject, mail.body.splitlines()[0], mail.body.splitlines()[-1]) == (
        [email],
        subject,
        "Hello",
        "Commissioning ethics assurance",
    )


def test_links_for_a_new_password_asked_for_too_often_get_a_page_of_ours(client, people):
    email = {"email": "priya@demonstration.example"}
    answers = [client.post(reverse("account_reset_password"), email) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Wait a few minutes, then try again" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account_login", {"Enter your e-mail address", "Enter your password"}),
        ("account_reset_password", {"Enter your e-mail address"}),
    ],
)
def test_form_that_was_left_empty_says_what_to_enter(client, people, name, words):
    form = client.post(reverse(name), {}).context["form"]
    assert {error for errors in form.errors.values() for error in errors} == words


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_no_word_stands_inside_a_field(client, people, name):
    assert "placeholder=" not in client.get(reverse(name)).content.decode()
