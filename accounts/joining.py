"""What follows when somebody joins an organisation: upper floors say so.

A follower runs in the transaction of the joining, so that either both happen or neither. Floors
above register theirs in ``AppConfig.ready``.
"""

from collections.abc import Callable

_FOLLOWERS: list[Callable] = []


def register(follow: Callable) -> None:
    """Add ``follow(user, organisation)``."""
    if follow not in _FOLLOWERS:
        _FOLLOWERS.append(follow)


def tell_joined(user, organisation) -> None:
    for follow in _FOLLOWERS:
        follow(user, organisation)
