"""Who goes on when bids are opened, and who may hold an opening back: upper floors say so.

A follower runs in the transaction of the opening, so that either both happen or neither.
"""

from collections.abc import Callable

_OPENED: list[Callable] = []
_HOLDING_PRICES: list[Callable] = []
_CLOSING_SCORES: list[Callable] = []


def register(
    *,
    opened: Callable | None = None,
    holds_prices: Callable | None = None,
    closes_scores: Callable | None = None,
) -> None:
    """Add followers: ``opened(actor, exercise, kind)``, ``holds_prices(exercise)``, which gives the
    reason why prices may not be opened yet, or an empty text, and ``closes_scores(exercise,
    lot_number)``, which gives the reason why the lot is scored by nobody any more.
    """
    if opened and opened not in _OPENED:
        _OPENED.append(opened)
    if holds_prices and holds_prices not in _HOLDING_PRICES:
        _HOLDING_PRICES.append(holds_prices)
    if closes_scores and closes_scores not in _CLOSING_SCORES:
        _CLOSING_SCORES.append(closes_scores)


def tell_opened(actor, exercise, kind: str) -> None:
    for follower in _OPENED:
        follower(actor, exercise, kind)


def why_prices_wait(exercise) -> str:
    """The first reason why prices may not be opened yet; empty where there is none."""
    for holder in _HOLDING_PRICES:
        reason = holder(exercise)
        if reason:
            return reason
    return ""


def why_scoring_is_over(exercise, lot_number: int) -> str:
    """The first reason why no more of this lot can be given to an evaluator; empty without one."""
    for closer in _CLOSING_SCORES:
        reason = closer(exercise, lot_number)
        if reason:
            return reason
    return ""
