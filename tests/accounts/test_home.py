"""What needs me, what is late, what changed."""

import datetime

import pytest

from accounts import home
from accounts.access import Actor


@pytest.fixture
def source():
    """Register the items of a test, and take them back."""
    registered = []

    def register(*items):
        def give(viewer):
            return items

        home.register(give)
        registered.append(give)

    yield register
    for give in registered:
        home._SOURCES.remove(give)


def item(kind, text, day=None):
    return home.Item(kind, text, "/", datetime.date(2027, 1, day) if day else None)


def texts(kind):
    return [one.text for one in home.items_for(Actor())[kind]]


def test_needs_come_oldest_first_and_undated_last(source):
    source(
        item(home.NEEDS_ME, "none"),
        item(home.NEEDS_ME, "later", 9),
        item(home.NEEDS_ME, "first", 2),
    )
    assert texts(home.NEEDS_ME) == ["first", "later", "none"]


def test_changes_come_newest_first(source):
    source(item(home.CHANGED, "older", 2), item(home.CHANGED, "newer", 9))
    assert texts(home.CHANGED) == ["newer", "older"]


def test_items_of_all_floors_are_joined_by_kind(source):
    source(item(home.LATE, "of one", 3))
    source(item(home.LATE, "of another", 1), item(home.NEEDS_ME, "other kind"))
    assert texts(home.LATE) == ["of another", "of one"]


def test_each_kind_shows_twenty_at_most(source):
    source(*(item(home.LATE, str(number), 1) for number in range(30)))
    assert len(texts(home.LATE)) == home.MOST_ITEMS


def test_source_registered_twice_gives_its_items_once(source):
    def give(viewer):
        return [item(home.LATE, "once", 1)]

    home.register(give)
    home.register(give)
    try:
        assert texts(home.LATE) == ["once"]
    finally:
        home._SOURCES.remove(give)
