"""What the trail does not show yet, because it would tell what must stay unseen for now.

A floor above registers a function that gives a condition over the trail's rows. The rows are there
from the moment of the change; they are shown once the condition does not hold any more.
"""

from collections.abc import Callable

from django.db.models import Q

_SOURCES: list[Callable[[], Q]] = []


def register(source: Callable[[], Q]) -> None:
    """Add a condition. It must not depend on what the withheld rows say."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def withheld() -> Q:
    """The rows that are not shown now: none where nothing is registered."""
    joined = Q(pk__in=[])
    for source in _SOURCES:
        joined |= source()
    return joined
