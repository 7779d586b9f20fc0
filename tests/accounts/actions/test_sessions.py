"""Sessions and accounts are ended by those who may."""

import time

import pytest

from accounts import actions
from accounts.access import Refused, WrongState
from accounts.middleware import SIGNED_IN_AT
from accounts.models import AuditEvent
from tests.personas import PASSWORD
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def evan_at_work(client, people):
    client.post("/sign-in/", {"login": people.users["evan"].email, "password": PASSWORD})
    assert client.get("/").status_code == 200
    return client


def test_administrator_ends_the_sessions_of_a_colleague(evan_at_work, people, actor_of):
    place = people.users["evan"].memberships.get()
    assert actions.end_sessions(actor=actor_of("adam"), membership=place) == 1
    assert evan_at_work.get("/").status_code == 302
    assert AuditEvent.objects.get(verb="sessions.ended").facts == {"ended": 1}


@pytest.mark.parametrize("name", ["priya", "mei", "olive"])
def test_nobody_else_ends_them(evan_at_work, people, actor_of, name):
    with pytest.raises(Refused):
        actions.end_sessions(
            actor=actor_of(name), membership=people.users["evan"].memberships.get()
        )
    assert evan_at_work.get("/").status_code == 200


def test_account_that_is_shut_ends_its_sessions_and_opens_no_more(evan_at_work, people, actor_of):
    evan = people.users["evan"]
    actions.shut_account(actor=actor_of("olive"), user=evan, reason="Telephone stolen")
    assert evan_at_work.get("/").status_code == 302
    evan_at_work.post("/sign-in/", {"login": evan.email, "password": PASSWORD})
    assert evan_at_work.get("/").status_code == 302
    evan.refresh_from_db()
    assert (evan.is_active, evan.shut_by, evan.shut_reason) == (
        False,
        people.users["olive"],
        "Telephone stolen",
    )


def test_account_opens_again(people, actor_of, client):
    evan = people.users["evan"]
    actions.shut_account(actor=actor_of("olive"), user=evan, reason="Telephone stolen")
    actions.open_account(actor=actor_of("olive"), user=evan)
    client.post("/sign-in/", {"login": evan.email, "password": PASSWORD})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("name", ["adam", "priya", "mei"])
def test_only_an_operator_shuts_accounts(people, actor_of, name):
    with pytest.raises(Refused):
        actions.shut_account(actor=actor_of(name), user=people.users["evan"], reason="x")


def test_operator_does_not_shut_their_own_account(people, actor_of):
    with pytest.raises(Refused):
        actions.shut_account(actor=actor_of("olive"), user=people.users["olive"], reason="x")


def test_account_is_shut_and_opened_once(people, actor_of):
    olive, evan = actor_of("olive"), people.users["evan"]
    with pytest.raises(WrongState):
        actions.open_account(actor=olive, user=evan)
    actions.shut_account(actor=olive, user=evan, reason="x")
    with pytest.raises(WrongState):
        actions.shut_account(actor=olive, user=evan, reason="x")


def test_session_ends_twelve_hours_after_it_began_however_busy(client, people):
    begin_session(client, people.users["evan"])
    session = client.session
    session[SIGNED_IN_AT] = time.time() - 12 * 60 * 60 + 60
    session.save()
    assert client.get("/").status_code == 200
    session[SIGNED_IN_AT] = time.time() - 12 * 60 * 60 - 1
    session.save()
    assert client.get("/")["Location"] == "/sign-in/?next=%2F"
