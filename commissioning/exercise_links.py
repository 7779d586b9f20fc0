"""What upper floors put on an exercise's page: links to the work that they do about it.

A floor above registers a function of the viewer and the exercise in ``AppConfig.ready``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.access import Actor


@dataclass(frozen=True)
class ExerciseLink:
    """One link. ``is_action`` makes it a button, for starting something."""

    text: str
    url: str
    hint: str = ""
    is_action: bool = False


_SOURCES: list[Callable[[Actor, object], Iterable[ExerciseLink]]] = []


def register(source: Callable[[Actor, object], Iterable[ExerciseLink]]) -> None:
    """Add a source of links. Each runs a constant number of queries."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def links_for(viewer: Actor, exercise) -> list[ExerciseLink]:
    """The links of every source, in the order in which the sources were registered."""
    return [link for source in _SOURCES for link in source(viewer, exercise)]
