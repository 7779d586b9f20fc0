"""What a script is told about a draft."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from accounts.access import StaleSave, WrongState
from providers.forms import DeclarationForm
from providers.views import drafts


def test_is_autosave_by_its_header(rf):
    assert drafts.is_autosave(rf.post("/", headers={"X-Autosave": "1"})) is True
    assert drafts.is_autosave(rf.post("/")) is False


@pytest.mark.parametrize(("hour", "words"), [(0, "1:05am"), (11, "12:05pm"), (13, "2:05pm")])
def test_time_of_day_is_local(hour, words):
    """In July, when the United Kingdom is an hour ahead of UTC."""
    assert drafts.time_of_day(datetime(2026, 7, 1, hour, 5, tzinfo=UTC)) == words


def test_answers_in_json():
    held = SimpleNamespace(version=7)
    told = [
        (response.status_code, json.loads(response.content))
        for response in (
            drafts.saved(3, "2 of 4 rated"),
            drafts.conflict(StaleSave(held)),
            drafts.conflict(WrongState("Closed.")),
            drafts.refused(DeclarationForm({})),
        )
    ]
    assert told[0][1].pop("saved_at")
    assert told[:3] == [
        (200, {"version": 3, "progress": "2 of 4 rated"}),
        (409, {"conflict": {"reason": "Someone else saved a newer version.", "version": 7}}),
        (409, {"conflict": {"reason": "Closed.", "version": None}}),
    ]
    assert (told[3][0], list(told[3][1]["errors"])) == (422, ["accepts"])
