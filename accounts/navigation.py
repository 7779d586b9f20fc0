"""The menu: each floor adds its entries; a person sees those whose doors open to them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from accounts.access import Actor, may_open


@dataclass(frozen=True)
class Entry:
    """One line of the menu. ``marks`` are those of the view's own door; ``fits`` says for whose
    work the page is, where the door is wider than that.
    """

    order: int
    text: str
    url_name: str
    marks: frozenset
    fits: Callable[[Actor], bool]


_ENTRIES: dict[str, Entry] = {}


def register(
    order: int,
    text: str,
    url_name: str,
    *marks,
    fits: Callable[[Actor], bool] = lambda viewer: True,
) -> None:
    """Add an entry; lower ``order`` comes first. Registering a name again replaces it."""
    _ENTRIES[url_name] = Entry(order, text, url_name, frozenset(marks), fits)


def menu_for(viewer: Actor, path: str) -> list[dict]:
    """The entries that open to the viewer, with the current one marked."""
    shown = []
    for entry in sorted(_ENTRIES.values(), key=lambda e: (e.order, e.text)):
        if may_open(viewer, entry.marks) and entry.fits(viewer):
            url = reverse(entry.url_name)
            current = path == url or (url != "/" and path.startswith(url))
            shown.append({"text": entry.text, "url": url, "is_current": current})
    return shown
