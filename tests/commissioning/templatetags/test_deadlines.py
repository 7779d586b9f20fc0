"""Deadlines in local time, and what is left."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from commissioning.templatetags.deadlines import deadline, is_near, time_left, to_the_second

NOW = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "5 March 2027, 12:00 (GMT)"),
        (datetime(2027, 7, 5, 11, 0, tzinfo=UTC), "5 July 2027, 12:00 (BST)"),
        (NOW + timedelta(seconds=7), "5 March 2027, 12:00:07 (GMT)"),
    ],
)
def test_deadline_is_in_local_time_with_its_zone(moment, words):
    assert deadline(moment) == words


def test_receipt_gives_the_second_always():
    assert to_the_second(NOW) == "5 March 2027, 12:00:00 (GMT)"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3 days and 4 hours left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(days=1, minutes=5), "1 day left"),
        (timedelta(hours=1, minutes=1), "1 hour and 1 minute left"),
        (timedelta(minutes=25, seconds=59), "25 minutes left"),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(0), "less than a minute left"),
        (timedelta(seconds=-1), "closed"),
    ],
)
def test_what_is_left_is_said_in_two_units_at_most(left, words):
    with time_machine.travel(NOW, tick=False):
        assert time_left(NOW + left) == words


@pytest.mark.parametrize(("left", "near"), [(2, True), (4, False)])
def test_deadline_is_near_in_the_last_three_days(left, near):
    with time_machine.travel(NOW, tick=False):
        assert is_near(NOW + timedelta(days=left)) is near
