"""Rows of the trail as they are hashed, read back the same."""

import json

import pytest

from accounts import actions, audit
from accounts.access import Actor
from accounts.models import AuditEvent
from accounts.trail import chain, rows

pytestmark = pytest.mark.django_db


def test_row_is_hashed_by_keys_and_codes(actor_of, people):
    priya = actor_of("priya")
    row = audit.record(
        actor=priya, verb="thing.done", subject=priya.organisation, case="CT-1", facts={"n": 1.5}
    )
    event = rows.as_event(AuditEvent.objects.get(pk=row.pk))
    assert (event.actor, event.organisation, event.verb, event.facts, event.at) == (
        priya.user.reference,
        priya.organisation.reference,
        "thing.done",
        {"n": 1.5},
        chain.moment(row.at),
    )


def test_export_holds_every_chained_row(actor_of, people):
    for number in range(3):
        audit.record(actor=actor_of("priya"), verb=f"thing.{number}", subject=None)
    actions.chain_trail(actor=Actor.system("trail"))
    lines = [json.loads(line) for line in rows.exported()]
    assert [line["event"]["verb"] for line in lines[-3:]] == ["thing.0", "thing.1", "thing.2"]
    assert [line["link"]["position"] for line in lines] == list(range(1, len(lines) + 1))
