"""The trail withholds what an upper floor says must stay unseen for now."""

import pytest

from django.db import transaction
from django.db.models import Q

from accounts import audit, queries, withheld
from accounts.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(monkeypatch):
    """A registry of the test's own."""
    monkeypatch.setattr(withheld, "_SOURCES", [])
    return withheld


def written(actor, verb: str) -> AuditEvent:
    with transaction.atomic():
        return audit.record(actor=actor, verb=verb, subject=actor.organisation)


def test_nothing_is_withheld_where_nothing_is_registered(sources, actor_of):
    event = written(actor_of("adam"), "thing.done")
    assert event in queries.trail(actor_of("adam"))


def test_registered_condition_withholds_its_rows_only(sources, actor_of):
    hidden, shown = (written(actor_of("adam"), verb) for verb in ("secret.done", "thing.done"))
    sources.register(lambda: Q(verb="secret.done"))
    trail = queries.trail(actor_of("adam"))
    assert (hidden in trail, shown in trail) == (False, True)


def test_source_is_registered_once(sources):
    def source():
        return Q(verb="secret.done")

    sources.register(source)
    sources.register(source)
    assert [source] == withheld._SOURCES
