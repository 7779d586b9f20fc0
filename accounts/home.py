"""What a home page answers: what needs me now, what is late, what changed.

Upper apps register a function that gives the items of a viewer; this floor joins them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.access import Actor

NEEDS_ME = "needs me"
LATE = "late"
CHANGED = "changed"
MOST_ITEMS = 20


@dataclass(frozen=True)
class Item:
    """One line of the home page: a link, a date, and a few words more."""

    kind: str
    text: str
    url: str
    at: date | datetime | None = None
    hint: str = ""


_SOURCES: list[Callable[[Actor], Iterable[Item]]] = []


def register(source: Callable[[Actor], Iterable[Item]]) -> None:
    """Add a source of items. Each gives at most ``MOST_ITEMS`` a kind in constant queries."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def items_for(viewer: Actor) -> dict[str, list[Item]]:
    """The items by kind: dated ones first, oldest first; what changed newest first."""
    found = [item for source in _SOURCES for item in source(viewer)]

    def when(item: Item):
        if item.at is None:
            return "9999"
        return item.at.isoformat()

    return {
        NEEDS_ME: sorted((i for i in found if i.kind == NEEDS_ME), key=when)[:MOST_ITEMS],
        LATE: sorted((i for i in found if i.kind == LATE), key=when)[:MOST_ITEMS],
        CHANGED: sorted((i for i in found if i.kind == CHANGED), key=when, reverse=True)[
            :MOST_ITEMS
        ],
    }
