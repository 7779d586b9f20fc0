"""Until all have locked, nobody learns what others scored: byte for byte, statement for statement.

The same pages are read while the others are idle, have saved, have locked, and have all locked but
one; each reader's pages must not differ in a byte or in a statement.
"""

import datetime
import re

import pytest
import time_machine

from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import queries as people_queries
from accounts.models import AuditEvent
from commissioning.actions import give_engagement
from commissioning.enums import EngagementScope
from scorecards import queries
from scorecards.enums import LotStage
from scorecards.models import BidRating
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

READERS = ("evan", "carl", "priya", "anna", "adam", "oscar")
# What differs from one reading to the next whoever did what: tokens of forms.
TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|kept_for)" value="[^"]*"')
# In statements: values, and the names that Django counts up for savepoints and cursors.
VALUES = re.compile(r"'[^']*'|\bs\d+_x\d+\b|_django_curs_\w+|\b[0-9a-f]{8,}\b|\b\d+\b")


def others_are_idle(opened):
    pass


def others_have_saved(opened):
    opened.score("edith", "elena", lock=False)


def one_has_locked(opened):
    opened.score("edith")


def all_others_have_locked(opened):
    opened.score("edith", "elena")


STATES = [others_have_saved, one_has_locked, all_others_have_locked]


@pytest.fixture
def pages(opened):
    key = opened.case("evan").rated[0].key
    lot = [
        ("evaluation-detail",),
        ("bid-detail", "A"),
        ("standing-edit", "A"),
        ("exclusion-edit", "A"),
        ("scoring-detail",),
        ("scoring-lock",),
        ("bid-rating-edit", key, "A"),
        ("moderation-begin",),
        ("moderation-room",),
        ("moderation-criterion", key),
        ("consensus-edit", key, "A"),
        ("moderation-changes",),
        ("record-detail",),
        ("consistency-detail",),
        ("result-detail",),
        ("result-bid", "A"),
        ("result-robustness",),
        ("award-detail",),
    ]
    return [
        reverse("accounts:home"),
        reverse("accounts:trail"),
        reverse("scorecards:scorecard-list"),
        reverse("scorecards:scorecard-csv"),
        reverse("commissioning:exercise-list"),
        reverse("commissioning:exercise-detail", args=[opened.exercise.reference]),
        *(opened.url(*page) for page in lot),
    ]


@pytest.fixture
def browsers(opened):
    """A signed-in browser for each reader; the auditor has an engagement that covers everything."""
    today = datetime.date(2026, 1, 1)
    give_engagement(
        actor=opened.actor("adam"),
        assurance_body=opened.people.organisations["auditors"],
        scope=EngagementScope.EVERYTHING,
        starts_on=today,
        ends_on=today + datetime.timedelta(days=3650),
    )
    found = {}
    for name in READERS:
        found[name] = Client()
        begin_session(found[name], opened.people.users[name])
    return found


def reading(browser, url: str) -> tuple[int, str, list[str]]:
    """Status, text and statements of a page, without what differs each time."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = browser.get(url)
    text = TOKENS.sub("", response.getvalue().decode())
    text = re.sub(r'data-since="[^"]*"', "", text)
    return response.status_code, text, [VALUES.sub("?", one["sql"]) for one in caught]


def begin_moderation(browser, opened) -> tuple[int, str]:
    response = browser.post(opened.url("moderation-begin"))
    return response.status_code, TOKENS.sub("", response.content.decode())


def read_all(opened, browsers, pages, state) -> dict:
    """Every page of every reader in one state of the others, which is undone afterwards."""
    point = transaction.savepoint()
    state(opened)
    found = {}
    for name, browser in browsers.items():
        for url in pages:
            found[name, url] = reading(browser, url)
    for name in ("carl", "priya"):
        found[name, "begins"] = begin_moderation(browsers[name], opened)
    transaction.savepoint_rollback(point)
    return found


def test_no_page_tells_what_others_have_done(opened, browsers, pages):
    now = datetime.datetime.now(datetime.UTC)
    with time_machine.travel(now, tick=False):
        read_all(opened, browsers, pages, others_are_idle)  # what is looked up once is looked up
        idle = read_all(opened, browsers, pages, others_are_idle)
        for state in STATES:
            seen = read_all(opened, browsers, pages, state)
            differ = [place for place in idle if seen[place] != idle[place]]
            assert (state.__name__, differ) == (state.__name__, [])
    statuses = {status for status, *_ in idle.values()}
    assert statuses == {200, 403, 404, 409}


def test_own_progress_is_shown_to_oneself(opened, browsers):
    url = opened.url("scoring-detail")
    before = reading(browsers["evan"], url)
    opened.score("evan", lock=False)
    assert reading(browsers["evan"], url) != before


@pytest.mark.parametrize("state", [others_are_idle, *STATES])
def test_moderation_does_not_begin_and_the_answer_is_the_same(opened, browsers, state):
    state(opened)
    assert begin_moderation(browsers["carl"], opened)[0] == 409
    assert opened.lot.stage == LotStage.SCORING


@pytest.mark.parametrize("name", READERS)
def test_ratings_of_others_are_no_rows_before_all_have_locked(opened, browsers, name):
    all_others_have_locked(opened)
    seen = BidRating.objects.visible_to(opened.actor(name))
    assert not seen.exclude(evaluator=opened.people.users[name]).exists()
    assert not queries.panel_ratings(opened.actor(name), opened.lot).exists()


def test_nobody_is_written_to_while_others_score(opened, browsers):
    mail.outbox.clear()
    all_others_have_locked(opened)
    assert mail.outbox == []


def test_trail_holds_blind_work_and_shows_it_afterwards(opened, browsers):
    adam = opened.actor("adam")
    opened.score("edith")
    browsers["carl"].get(opened.url("bid-detail", "A"))
    verbs = ["bid.read", "bid_rating.saved", "bid_ratings.locked"]
    assert set(AuditEvent.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == set(
        verbs
    )
    assert not people_queries.trail(adam).filter(verb__in=verbs).exists()
    opened.score("evan", "elena")
    assert opened.lot.stage == LotStage.MODERATION
    shown = people_queries.trail(adam).filter(verb__in=verbs)
    assert shown.count() == AuditEvent.objects.filter(verb__in=verbs).count()
    assert not opened.case("evan").is_blind


def test_ratings_of_all_are_shown_once_all_have_locked(opened, browsers):
    opened.score()
    for name in ("evan", "carl", "priya", "anna", "oscar"):
        assert queries.panel_ratings(opened.actor(name), opened.lot).count() == 48
    assert not queries.panel_ratings(opened.actor("adam"), opened.lot).exists()
