"""The database goes away in mid-request, again and again, under the processes of the compose file.

Every answer is a page, and what a person was told about a save is so.
"""

import json
import random
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.journeys.compose_file import start
from tests.journeys.installation import Installation
from tests.journeys.test_production_shape import as_demonstration
from tests.journeys.two_roles import TwoRoles, psql

pytestmark = [pytest.mark.production, pytest.mark.xdist_group("journey"), pytest.mark.timeout(300)]

KINDS, FEWEST = 5, 5
MOST_SECONDS = 40
# Without https, a form's safety token may be any 32 letters that the cookie holds as well.
TOKEN = "x" * 32
SIGN_IN = """
import json
from django.test import Client
from accounts import demonstration
from tests.signing_in import begin_session
users = demonstration.create().users
print(json.dumps({
    name: begin_session(Client(), users[name]).cookies["sessionid"].value
    for name in ("adam", "olive")
}))
"""


@dataclass(frozen=True)
class Answer:
    """What a request was answered with; ``saves`` is the address that a post invites."""

    path: str
    status: int
    retry_after: str | None
    saves: str = ""


Ask = Callable[[], Answer]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer."""

    def redirect_request(self, *args):
        return None


@dataclass(frozen=True)
class Client:
    """A signed-in person, without a browser."""

    site: Installation
    session: str

    def ask(self, path: str, fields: dict | None = None, saves: str = "") -> Answer:
        data = None
        if fields is not None:
            given = {**fields, "csrfmiddlewaretoken": TOKEN}
            data = urllib.parse.urlencode(given, doseq=True).encode()
        cookies = {"Cookie": f"__Host-sessionid={self.session}; __Host-csrftoken={TOKEN}"}
        request = urllib.request.Request(f"{self.site.url}{path}", data=data, headers=cookies)
        try:
            answer = urllib.request.build_opener(NoRedirect).open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            retry_after = answer.headers.get("Retry-After")
            answer.read()
            return Answer(path, answer.status, retry_after, saves)


def invite(adam: Client) -> Answer:
    """One row and its audit row."""
    email = f"{uuid.uuid4().hex}@invited.example"
    fields = {"full_name": f"Person {email[:12]}", "email": email, "roles": ["evaluator"]}
    return adam.ask("/people/invite/", fields, email)


def open_tenancy(olive: Client) -> Answer:
    """Two rows, an organisation and an invitation, and the audit row of each."""
    name = uuid.uuid4().hex
    email = f"{name}@tenant.example"
    fields = {
        "name": f"Body {name}",
        "kinds": ["provider"],
        "email": email,
        "full_name": "Nia Newcomer",
    }
    return olive.ask("/installation/organisations/new/", fields, email)


def end_connections(roles: TwoRoles) -> None:
    of_application = f"FROM pg_stat_activity WHERE usename = '{roles.runtime}'"
    psql(f"SELECT pg_terminate_backend(pid) {of_application}")


def go_away_again_and_again(roles: TwoRoles, done: threading.Event) -> None:
    """End every connection of the application at any moment; now and then let in no new one."""
    let_in = f"ALTER DATABASE {roles.name} ALLOW_CONNECTIONS"
    chance = random.Random(7)
    while not done.wait(chance.uniform(0.05, 0.8)):
        if chance.random() < 0.2:
            psql(f"{let_in} false")
            end_connections(roles)
            time.sleep(0.2)
            psql(f"{let_in} true")
        else:
            end_connections(roles)


def ask_until(done: threading.Event, ask: Ask, answers: list[Answer]) -> None:
    while not done.is_set():
        answers.append(ask())


def saw_enough(answers: list[Answer]) -> bool:
    """Whether each kind of request was both answered and cut off a few times."""
    seen = Counter((answer.path, answer.status == 503) for answer in list(answers))
    return len(seen) == 2 * KINDS and min(seen.values()) >= FEWEST


def outcomes_while_it_goes_away(asks: list[Ask], roles: TwoRoles) -> list[Answer]:
    """What every request was answered until enough was seen."""
    answers: list[Answer] = []
    done = threading.Event()
    with ThreadPoolExecutor(len(asks) + 1) as pool:
        running = [pool.submit(go_away_again_and_again, roles, done)]
        running += [pool.submit(ask_until, done, ask, answers) for ask in asks]
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end and not saw_enough(answers):
            time.sleep(0.2)
        done.set()
        for each in running:
            each.result()
    return answers


def test_database_that_goes_away_in_mid_request(production, roles):
    sessions = json.loads(as_demonstration(production, SIGN_IN).splitlines()[-1])
    adam, olive = (Client(production, sessions[name]) for name in ("adam", "olive"))
    start(production, "web")
    production.wait_for_web()
    asks = [
        lambda: adam.ask("/people/"),
        lambda: adam.ask("/trail/"),
        lambda: olive.ask("/installation/"),
        lambda: invite(adam),
        lambda: open_tenancy(olive),
    ]
    answers = outcomes_while_it_goes_away(asks, roles)
    log = (production.folder / "web.log").read_text()[-5000:]
    assert saw_enough(answers), log
    assert {(answer.status, answer.retry_after) for answer in answers} == {
        (200, None), (302, None), (503, "60"),
    }, log  # fmt: skip
    # Nobody asked while these ended: whoever finds their connection dead goes on with a new one.
    end_connections(roles)
    after = [ask() for _ in range(5) for ask in asks]
    assert [answer.status for answer in after] == [200, 200, 200, 302, 302] * 5
    what_was_told_is_so(answers + after, roles)


def what_was_told_is_so(answers: list[Answer], roles: TwoRoles) -> None:
    """What was saved is there once, what was cut off once or not at all; the trail fits both."""
    rows = Counter(lines("SELECT email FROM accounts_invitation", roles))
    posted = {answer.saves: answer.status for answer in answers if answer.saves}
    assert set(rows.values()) == {1}
    assert {email for email, status in posted.items() if status == 302} <= set(rows) <= set(posted)
    bodies = lines("SELECT name FROM accounts_organisation WHERE name LIKE 'Body %'", roles)
    assert sorted(name.removeprefix("Body ") for name in bodies) == sorted(
        email.partition("@")[0] for email in rows if email.endswith("@tenant.example")
    )
    for table, verb, about in (
        ("invitation", "invitation.made", ""),
        ("organisation", "organisation.created", "WHERE name LIKE 'Body %'"),
    ):
        written = lines(f"SELECT reference FROM accounts_{table} {about}", roles)
        of_verb = f"SELECT subject_reference FROM accounts_auditevent WHERE verb = '{verb}'"
        assert sorted(lines(of_verb, roles)) == sorted(written)


def lines(statement: str, roles: TwoRoles) -> list[str]:
    return psql(statement, roles.name).splitlines()
