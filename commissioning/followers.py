"""Who goes on when bids are opened, and who may hold an opening back: upper floors say so.

A follower runs in the transaction of the opening, so that either both happen or neither.
"""

from collections.abc import Callable

_OPENED: list[Callable] = []
_HOLDING_PRICES: list[Callable] = []


def register(*, opened: Callable | None = None, holds_prices: Callable | None = None) -> None:
    """Add followers: ``opened(actor, exercise, kind)``, and ``holds_prices(exercise)``, which gives
    the reason why prices may not be opened yet, or an empty text.
    """
    if opened and opened not in _OPENED:
        _OPENED.append(opened)
    if holds_prices and holds_prices not in _HOLDING_PRICES:
        _HOLDING_PRICES.append(holds_prices)


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
