"""What a new organisation is known as on the floors above: they say so.

A profile is made in the transaction that adds the organisation, so that either both are or neither.
Floors above register theirs in ``AppConfig.ready``.
"""

from collections.abc import Callable

_MAKERS: list[Callable] = []


def register(make: Callable) -> None:
    """Add ``make(actor, organisation)``, which makes a profile where the organisation's kind needs
    one.
    """
    if make not in _MAKERS:
        _MAKERS.append(make)


def make_profiles(actor, organisation) -> None:
    """Make every profile of an organisation that was just added."""
    for make in _MAKERS:
        make(actor, organisation)
