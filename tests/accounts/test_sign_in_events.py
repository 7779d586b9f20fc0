"""What the trail holds of signing in, and where links and limits take their facts from."""

import pytest
from allauth.mfa.models import Authenticator

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from tests.personas import PASSWORD, TOTP_SECRET
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

OFFICE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()
    yield
    cache.clear()


def attempt(email, password=PASSWORD, address=OFFICE, client=None, **headers):
    return (client or Client()).post(
        "/sign-in/", {"login": email, "password": password}, REMOTE_ADDR=address, **headers
    )


def came_in(answer) -> bool:
    return answer.status_code == 302


def events(verb) -> list[tuple]:
    rows = AuditEvent.objects.filter(verb=verb).order_by("pk")
    return [(row.actor_id, row.subject_reference, row.facts) for row in rows]


def test_sign_in_is_in_the_trail_with_its_network_address(people):
    evan = people.users["evan"]
    attempt(evan.email)
    assert events("session.began") == [(evan.pk, evan.reference, {"network_address": OFFICE})]


def test_failed_sign_in_is_in_the_trail_without_the_password(people):
    evan = people.users["evan"]
    attempt(evan.email, "a wrong password")
    attempt("nobody@nowhere.example", "a wrong password")
    known, unknown = events("sign_in.failed")
    assert known == (None, evan.reference, {"network_address": OFFICE, "step": "password"})
    assert (unknown[:2], sorted(unknown[2])) == (
        (None, ""),
        ["address_hash", "network_address", "step"],
    )
    texts = [str(row) for row in (known, unknown)]
    assert not any(word in text for text in texts for word in ("wrong password", "nowhere"))


def test_failed_code_is_in_the_trail(people, client):
    attempt(people.users["anna"].email, client=client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=OFFICE)
    assert events("sign_in.failed")[0][2]["step"] == "code"


def test_factor_that_goes_is_in_the_trail_and_the_session_passes_no_more(people, client):
    anna = people.users["anna"]
    begin_session(client, anna)
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "reauthenticated": True} for record in session["account_authentication_methods"]
    ]
    session.save()
    client.post(reverse("mfa_deactivate_totp"), REMOTE_ADDR=OFFICE)
    assert not Authenticator.objects.filter(user=anna, type="totp").exists()
    kinds = [facts["kind"] for _, _, facts in events("second_factor.removed")]
    assert "totp" in kinds
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")


def test_authenticator_secrets_lie_sealed_in_the_database(people):
    row = Authenticator.objects.get(user=people.users["anna"], type="totp")
    codes = Authenticator.objects.get(user=people.users["anna"], type="recovery_codes")
    assert TOTP_SECRET not in str(row.data)
    assert (row.data["secret"][:7], codes.data["seed"][:7]) == ("sealed:", "sealed:")


def test_authenticator_works_after_the_sealing_key_was_replaced(people, client, settings, capsys):
    settings.SEALING_KEY_FALLBACKS = [settings.SEALING_KEY]
    settings.SEALING_KEY = "ab" * 32
    attempt(people.users["anna"].email, client=client)
    call_command("demo_code")
    code = capsys.readouterr().out.strip()
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/").status_code == 200


def test_reset_link_begins_with_the_site_whatever_the_request_calls_itself(
    people, mailoutbox, settings
):
    settings.ALLOWED_HOSTS = ["evil.example"]
    Client().post(
        reverse("account_reset_password"),
        {"email": people.users["evan"].email},
        headers={"host": "evil.example"},
    )
    body = mailoutbox[0].body
    assert (f"{settings.SITE_URL}/sign-in/password/reset/" in body, "evil" in body) == (True, False)


def test_wrong_passwords_of_one_address_shut_out_nobody_else(people, settings):
    """The attack: ten wrong passwords a minute from anyone shut everybody out behind the proxy."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = "10.0.0.1"
    for number in range(20):
        attempt(
            f"nobody{number}@nowhere.example",
            "wrong words",
            proxy,
            headers={"x-forwarded-for": ELSEWHERE},
        )
    answer = attempt(people.users["evan"].email, address=proxy, headers={"x-forwarded-for": OFFICE})
    assert came_in(answer)


def test_office_behind_one_address_signs_in_though_twenty_people_mistype(people):
    for number in range(20):
        attempt(f"colleague{number}@council.example", "wrong words")
    assert came_in(attempt(people.users["evan"].email))


def test_sixth_wrong_password_of_an_account_from_one_address_is_not_tried(people):
    evan = people.users["evan"].email
    for _ in range(5):
        attempt(evan, "wrong words")
    assert (came_in(attempt(evan)), came_in(attempt(evan, address=ELSEWHERE))) == (False, True)


def test_account_is_tried_from_everywhere_thirty_times_an_hour_at_most(people):
    evan = people.users["evan"].email
    for number in range(30):
        attempt(evan, "wrong words", f"203.0.113.{number}")
    assert not came_in(attempt(evan, address="203.0.113.200"))


@pytest.mark.parametrize(
    "forged",
    ["192.0.2.{n}, 198.51.100.7", "192.0.2.{n},192.0.2.1, 198.51.100.7"],
    ids=["one forged entry", "two, as from a doubled header"],
)
def test_forged_entries_do_not_make_the_attacker_somebody_else(people, settings, forged):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    evan = people.users["evan"].email
    for number in range(5):
        attempt(
            evan, "wrong words", "10.0.0.1", headers={"x-forwarded-for": forged.format(n=number)}
        )
    answer = attempt(evan, address="10.0.0.1", headers={"x-forwarded-for": forged.format(n=99)})
    assert not came_in(answer)


def test_without_a_proxy_the_header_counts_for_nothing(people):
    evan = people.users["evan"].email
    for number in range(5):
        attempt(evan, "wrong words", headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert not came_in(attempt(evan, headers={"x-forwarded-for": "192.0.2.99"}))


def test_one_address_cannot_spend_the_tries_of_an_account(people):
    """The attack: thirty quick guesses from one address keep the owner out everywhere."""
    evan = people.users["evan"].email
    for _ in range(40):
        attempt(evan, "wrong words", ELSEWHERE)
    assert came_in(attempt(evan))


def test_code_works_once_for_as_long_as_it_holds(people, client, capsys, time_machine):
    """The attack: a code that was seen while it was typed is used again half a minute later."""
    time_machine.move_to("2026-11-02 10:00:01", tick=False)
    call_command("demo_code")
    code = capsys.readouterr().out.strip()
    came = []
    for _ in range(2):
        browser = Client()
        attempt(people.users["anna"].email, client=browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        came.append(browser.get("/").status_code == 200)
        time_machine.shift(32)
    assert came == [True, False]
