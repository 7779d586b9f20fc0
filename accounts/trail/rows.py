"""Between the rows of the trail and its chain."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from accounts.models import AuditEvent, AuditHead, AuditLink
from accounts.trail import chain

CHUNK = 2000


def as_event(row: AuditEvent) -> chain.Event:
    """The row in the words that are hashed."""
    return chain.Event(
        key=row.pk,
        at=chain.moment(row.at),
        actor=row.actor.reference if row.actor_id else "",
        actor_label=row.actor_label,
        organisation=row.organisation.reference if row.organisation_id else "",
        verb=row.verb,
        subject_type=row.subject_type,
        subject_reference=row.subject_reference,
        case_reference=row.case_reference,
        request_id=row.request_id,
        facts=row.facts,
    )


def as_head(row: AuditHead) -> chain.Head:
    return chain.Head(position=row.position, sha256=row.sha256, at=chain.moment(row.at))


def chained() -> Iterator[tuple[chain.Link, chain.Event | None]]:
    """Every link with its row, by position. Reads ``CHUNK`` rows at a time."""
    position = 0
    while True:
        links = list(AuditLink.objects.filter(position__gt=position).order_by("position")[:CHUNK])
        if not links:
            return
        keys = [link.event_id for link in links]
        events = AuditEvent.objects.select_related("actor", "organisation").in_bulk(keys)
        for link in links:
            row = events.get(link.event_id)
            yield (
                chain.Link(link.position, link.event_id, link.sha256),
                as_event(row) if row else None,
            )
        position = links[-1].position


def exported() -> Iterator[str]:
    """The chain as lines of JSON: every link with its row, then every signed head."""
    for link, event in chained():
        yield _line({"link": asdict(link), "event": asdict(event) if event else None})
    for row in AuditHead.objects.order_by("position", "pk"):
        yield _line(
            {
                "head": asdict(as_head(row)),
                "signature": bytes(row.signature).hex(),
                "certificate": row.certificate_pem,
            }
        )


def _line(record: dict) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False)
