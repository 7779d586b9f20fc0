"""It is the session that must have passed the second factor, not the account that must have one."""

import pytest
from allauth.mfa.models import Authenticator

from django.test import Client
from django.urls import reverse

from accounts.access import code_asked_by, door_of
from accounts.actions import record_factor_change
from accounts.models import KeptText
from tests.architecture.test_signatures import PATTERNS
from tests.personas import PASSWORD
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

AGAIN = reverse("mfa_reauthenticate")
LATE = 15 * 60 + 1
# Every page that asks for the code again, and why.
ASKING = {
    "account_change_password": "takes the account over",
    "mfa_deactivate_totp": "takes the factor away",
    "mfa_view_recovery_codes": "shows what replaces the factor",
    "mfa_generate_recovery_codes": "as above",
    "mfa_download_recovery_codes": "as above",
    "accounts:person-invite": "gives roles",
    "accounts:person-roles": "gives roles",
    "accounts:person-sessions": "ends sessions",
    "accounts:role-request": "gives roles",
    "accounts:signatory-approve": "gives roles",
    "accounts:organisation-new": "gives roles",
    "accounts:account-shut": "shuts accounts",
    "accounts:account-open": "opens accounts",
    "commissioning:direct-award-approve": "approves",
    "commissioning:opener-set-up": "opens",
    "commissioning:opening": "opens",
    "scorecards:scorecard-sign-off": "signs off",
    "scorecards:award-approve": "approves",
}
OPENERS_PAGES = {"commissioning:opener-set-up", "commissioning:opening"}
# Words of addresses that approve, sign off, open or give roles: a new one joins the table above.
GRAVE = ("approve", "sign-off", "opening", "opener", "roles", "role-request", "invite")
NO_DEEDS = {
    "commissioning:exercise-openers": "a list; each deed has a page of its own",
}


def sent_to_the_code(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(AGAIN)


@pytest.mark.parametrize("name", ["anna", "priya", "adam", "olive"])
def test_session_that_is_older_than_the_factor_passes_nowhere(client, people, name):
    begin_session(client, people.users[name], code_age_seconds=None)
    assert sent_to_the_code(client.get("/"))


@pytest.mark.parametrize("name", ["anna", "priya", "adam", "olive"])
def test_session_that_passed_the_factor_opens(client, people, name):
    begin_session(client, people.users[name], code_age_seconds=LATE)
    assert client.get("/").status_code == 200


def test_factor_that_is_set_up_ends_every_other_session(people, actor_of):
    """The attack: sign in with a password alone, wait until the owner sets the factor up."""
    Authenticator.objects.filter(user=people.users["anna"]).delete()
    older, own = Client(), Client()
    for browser in (older, own):
        browser.post("/sign-in/", {"login": people.users["anna"].email, "password": PASSWORD})
    assert [browser.get("/account/").status_code for browser in (older, own)] == [200, 200]
    record_factor_change(
        actor=actor_of("anna"),
        user=people.users["anna"],
        verb="second_factor.added",
        kind="totp",
        keep_session=own.session.session_key,
    )
    assert [browser.get("/account/").status_code for browser in (older, own)] == [302, 200]


def test_pages_that_ask_for_the_code_again_are_these():
    asking = {name for name, view in PATTERNS if code_asked_by(view)}
    assert asking == set(ASKING)


def test_page_that_approves_signs_opens_or_gives_roles_is_among_them():
    grave = {name for name, _ in PATTERNS if any(word in name for word in GRAVE)}
    assert sorted(grave - set(ASKING) - set(NO_DEEDS)) == []


def test_pages_of_openers_ask_everybody():
    of_everyone = {name for name, view in PATTERNS if code_asked_by(view) == "everyone"}
    assert of_everyone == OPENERS_PAGES


def test_nobody_is_asked_for_a_code_on_a_page_open_to_the_public():
    public = [name for name, view in PATTERNS if code_asked_by(view) and "public" in door_of(view)]
    assert public == []


def test_roles_are_not_given_on_a_code_of_sixteen_minutes_ago(client, people):
    place = people.users["evan"].memberships.get()
    address = reverse("accounts:person-roles", args=[place.pk])
    begin_session(client, people.users["adam"], code_age_seconds=LATE)
    assert sent_to_the_code(client.post(address, {"roles": ["evaluator", "contract_manager"]}))
    assert [row.role for row in place.roles.all()] == ["evaluator"]
    begin_session(client, people.users["adam"])
    client.post(address, {"roles": ["evaluator", "contract_manager"]})
    assert sorted(row.role for row in place.roles.all()) == ["contract_manager", "evaluator"]


def test_what_was_typed_is_kept_while_the_code_is_asked_for(client, people):
    begin_session(client, people.users["adam"])
    page = client.get("/people/invite/")
    note = page.content.decode().split('name="kept_for" value="')[1].split('"')[0]
    begin_session(client, people.users["adam"], code_age_seconds=LATE)
    typed = {"kept_for": note, "full_name": "Nia Newcomer", "email": "nia@council.example"}
    answer = client.post("/people/invite/", typed)
    assert sent_to_the_code(answer)
    assert KeptText.objects.get().fields["full_name"] == ["Nia Newcomer"]


def test_person_without_a_factor_goes_on_where_none_is_needed(client, people):
    begin_session(client, people.users["sam"])
    assert client.get("/people/invite/").status_code == 200


def test_person_who_took_a_factor_freely_gives_a_code_as_well(client, people):
    Authenticator.objects.create(user=people.users["sam"], type="totp", data={"secret": "x"})
    begin_session(client, people.users["sam"], code_age_seconds=None)
    assert client.get("/").status_code == 200
    assert sent_to_the_code(client.get("/people/invite/"))
