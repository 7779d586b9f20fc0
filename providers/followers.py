"""Who goes on when a self-assessment is submitted or returned: upper floors say so.

A follower runs in the transaction of the step itself, so that either both happen or neither.
Floors above register theirs in ``AppConfig.ready``; lower floors' followers run first.
"""

from collections.abc import Callable

_SUBMITTED: list[Callable] = []
_RETURNED: list[Callable] = []


def register(*, submitted: Callable | None = None, returned: Callable | None = None) -> None:
    """Add followers: ``submitted(actor, self_assessment)`` and ``returned(actor, former,
    following)``.
    """
    if submitted and submitted not in _SUBMITTED:
        _SUBMITTED.append(submitted)
    if returned and returned not in _RETURNED:
        _RETURNED.append(returned)


def tell_submitted(actor, self_assessment) -> None:
    for follower in _SUBMITTED:
        follower(actor, self_assessment)


def tell_returned(actor, former, following) -> None:
    for follower in _RETURNED:
        follower(actor, former, following)
