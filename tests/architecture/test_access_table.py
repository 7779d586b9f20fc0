"""The table of the three gates: every address × every person → what they get.

``access-pages.txt`` says what a GET of each address gives; ``access-deeds.txt`` what a POST gives
that does the deed: the buttons that ask for nothing more. A dash stands for no row in the address.
The people are those of the demonstration:

- anyone: not signed in
- priya: contract manager and procurement lead of the council; evan: evaluator; anna: approver;
  adam: administrator. Evan and Anna declared no interest in the cases "rating", "sent", "signed
  off" and "superseded", and nothing yet in the others
- mei, tom and ruth: all the people of another, small council
- sam: signatory and administrator of the firm that is judged; cara: its contributor
- hana: signatory and administrator of the charity, another provider
- oscar: auditor with an engagement that covers everything of the first council
- olive: operator of the installation

200 opens; 302 leads elsewhere (somebody not signed in: to sign-in; allauth's pages: to enter the
password again); 403 is the door's or the deed's refusal; 404 is that of sight; 405 is a page that
takes no GET; 409 is an allowed deed on a row in the wrong state.
"""

import copy
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.demonstration import PEOPLE
from tests.architecture.addresses import arguments
from tests.architecture.test_signatures import PATTERNS
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
ADDRESS, CELLS = 41, 60
ANYONE = "anyone"
# The other evaluators of the council stand where the first stands, one of them as chair of a
# moderation; two more providers stand where the charity stands.
LIKE_ANOTHER = {"edith", "elena", "carl", "nina", "otto"}


def read(name: str) -> tuple[list[str], list[tuple[str, str, dict[str, int]]]]:
    """The names of the columns, and (address, row, status by person) of every line."""
    head, *lines = (HERE / name).read_text().splitlines()
    people = head.split()[2:]
    rows = []
    for line in lines:
        address, of, cells = line[:ADDRESS].strip(), line[ADDRESS:CELLS].strip(), line[CELLS:]
        rows.append(
            (address, of, dict(zip(people, (int(cell) for cell in cells.split()), strict=True)))
        )
    return people, rows


PEOPLE_OF_PAGES, PAGE_ROWS = read("access-pages.txt")
PEOPLE_OF_DEEDS, DEED_ROWS = read("access-deeds.txt")


@pytest.fixture(scope="module")
def browsers(world, django_db_blocker):
    """A signed-in test client for each person."""
    with django_db_blocker.unblock():
        found = {ANYONE: Client()}
        for name in PEOPLE_OF_PAGES[1:]:
            found[name] = Client()
            begin_session(found[name], world.people.users[name])
        return found


def statuses(world, browsers, method: str, address: str, of: str) -> dict[str, int]:
    """What each person gets, each in a savepoint of its own that is rolled back."""
    url = reverse(address, args=arguments(world, address, of))
    found = {}
    for name, browser in browsers.items():
        cookies = copy.copy(browser.cookies)
        point = transaction.savepoint()
        found[name] = getattr(browser, method)(url).status_code
        transaction.savepoint_rollback(point)
        browser.cookies = cookies
    return found


def named(rows) -> list[str]:
    return [f"{address} of {of}" if of != "-" else address for address, of, _ in rows]


@pytest.mark.parametrize(("address", "of", "expected"), PAGE_ROWS, ids=named(PAGE_ROWS))
def test_page_opens_to_whom_it_should(world, browsers, address, of, expected):
    assert statuses(world, browsers, "get", address, of) == expected


@pytest.mark.parametrize(("address", "of", "expected"), DEED_ROWS, ids=named(DEED_ROWS))
def test_deed_is_done_by_whom_it_should(world, browsers, address, of, expected):
    assert statuses(world, browsers, "post", address, of) == expected


def test_every_address_stands_in_the_table():
    assert sorted({address for address, _, _ in PAGE_ROWS}) == sorted(name for name, _ in PATTERNS)


def test_every_person_stands_in_the_table():
    people = {ANYONE} | {person.key for person in PEOPLE} - LIKE_ANOTHER
    assert (set(PEOPLE_OF_PAGES), PEOPLE_OF_DEEDS) == (people, PEOPLE_OF_PAGES)


@pytest.mark.parametrize("name", ["anna", "olive"])
def test_page_without_second_factor_leads_to_setting_it_up(client, people, name):
    Authenticator.objects.filter(user=people.users[name]).delete()
    begin_session(client, people.users[name])
    assert client.get(reverse("accounts:home"))["Location"] == reverse("mfa_activate_totp")


def test_account_without_second_factor_opens(client, people):
    Authenticator.objects.filter(user=people.users["anna"]).delete()
    begin_session(client, people.users["anna"])
    assert client.get(reverse("accounts:account")).status_code == 200
