"""Who goes on when bids are opened, and who holds prices back."""

import pytest

from commissioning import followers


@pytest.fixture
def empty(monkeypatch):
    """No followers but those of the test."""
    monkeypatch.setattr(followers, "_OPENED", [])
    monkeypatch.setattr(followers, "_HOLDING_PRICES", [])
    monkeypatch.setattr(followers, "_CLOSING_SCORES", [])


def test_followers_are_told_once_in_their_order(empty):
    told = []

    def first(*given):
        told.append(("first", *given))

    followers.register(opened=first)
    followers.register(opened=first)
    followers.register(opened=lambda *given: told.append(("second", *given)))
    followers.tell_opened("actor", "exercise", "quality")
    assert told == [
        ("first", "actor", "exercise", "quality"),
        ("second", "actor", "exercise", "quality"),
    ]


def test_prices_wait_for_the_first_reason(empty):
    assert followers.why_prices_wait("exercise") == ""
    followers.register(holds_prices=lambda exercise: "")
    followers.register(holds_prices=lambda exercise: f"{exercise}: not signed.")
    followers.register(holds_prices=lambda exercise: "Another.")
    assert followers.why_prices_wait("exercise") == "exercise: not signed."


def test_scores_are_closed_by_the_first_reason(empty):
    assert followers.why_scoring_is_over("exercise", 1) == ""
    followers.register(closes_scores=lambda exercise, lot: "")
    followers.register(closes_scores=lambda exercise, lot: f"{exercise}, lot {lot}: moderated.")
    followers.register(closes_scores=lambda exercise, lot: "Another.")
    assert followers.why_scoring_is_over("exercise", 1) == "exercise, lot 1: moderated."
