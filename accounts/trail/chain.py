"""The trail as a chain: each link holds the hash of one row and of the link before it. Pure.

Somebody who owns the database can take the triggers away and write what they like. They cannot
write a row that fits the hashes which were signed and sent elsewhere before.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

FORMAT = 1
# What the first link is linked to.
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True)
class Event:
    """A row of the trail in the words that are hashed: keys and codes, no keys of the database but
    its own.
    """

    key: int
    at: str
    actor: str
    actor_label: str
    organisation: str
    verb: str
    subject_type: str
    subject_reference: str
    case_reference: str
    request_id: str
    facts: dict


@dataclass(frozen=True)
class Link:
    """The place of one row in the chain. ``position`` counts from 1 without a gap."""

    position: int
    event_key: int
    sha256: str


@dataclass(frozen=True)
class Head:
    """How far the chain went, and the hash of its last link then. This is what is signed."""

    position: int
    sha256: str
    at: str


def moment(at: datetime) -> str:
    """A moment as it is hashed: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(record: dict) -> bytes:
    """JSON with sorted keys and no spaces: the same bytes on every machine."""
    return json.dumps(
        record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def head_bytes(head: Head) -> bytes:
    """What a signature of a head is over."""
    return canonical({"format": FORMAT, **asdict(head)})


def next_hash(previous: str, event: Event) -> str:
    """The hash of the link of ``event`` after the link with the hash ``previous``."""
    return hashlib.sha256(
        canonical({"format": FORMAT, "previous": previous, "event": asdict(event)})
    ).hexdigest()


def linked(events: Iterable[Event], *, position: int, previous: str) -> Iterator[Link]:
    """The links of ``events`` after the link ``position`` with the hash ``previous``."""
    for event in events:
        position += 1
        previous = next_hash(previous, event)
        yield Link(position=position, event_key=event.key, sha256=previous)


@dataclass(frozen=True)
class Misfit:
    """The first place at which the trail is not what it was."""

    position: int
    event_key: int | None
    reason: str


def first_misfit(rows: Iterable[tuple[Link, Event | None]], heads: Iterable[Head]) -> Misfit | None:
    """The first link, in the order of the chain, that does not fit its row or its neighbours.

    ``rows`` holds every link with its row (None where the row is gone), by position; ``heads`` the
    heads whose signature was good, by position. None where all fits.
    """
    waiting = iter(heads)
    head = next(waiting, None)
    position, previous = 0, NOTHING_BEFORE
    for link, event in rows:
        position += 1
        if link.position != position:
            return Misfit(position, None, f"link {position} is missing")
        if event is None:
            return Misfit(position, link.event_key, f"row {link.event_key} is gone")
        previous = next_hash(previous, event)
        if link.sha256 != previous:
            return Misfit(
                position, event.key, f"row {event.key} is not what was chained, or is out of place"
            )
        while head is not None and head.position == position:
            if head.sha256 != previous:
                return Misfit(
                    position, event.key, f"the head signed on {head.at} names another hash"
                )
            head = next(waiting, None)
    if head is not None:
        return Misfit(
            position + 1,
            None,
            f"the chain ends after link {position}, and a head signed on {head.at} names "
            f"link {head.position}",
        )
    return None
