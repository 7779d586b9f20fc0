"""The trail is chained by the system, once for each row."""

import pytest

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions, audit
from accounts.access import Actor, Refused
from accounts.models import AuditEvent, AuditLink
from accounts.trail import chain, rows

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("trail")


@pytest.fixture
def five(people, actor_of):
    for number in range(5):
        audit.record(actor=actor_of("priya"), verb=f"thing.{number}", subject=None)
    return AuditEvent.objects.count()


def test_every_row_is_chained_once(five):
    assert actions.chain_trail(actor=SYSTEM) == five
    assert actions.chain_trail(actor=SYSTEM) == 0
    assert chain.first_misfit(rows.chained(), []) is None


def test_chain_goes_on_where_it_ended(five, actor_of):
    actions.chain_trail(actor=SYSTEM, most=2)
    audit.record(actor=actor_of("priya"), verb="thing.more", subject=None)
    actions.chain_trail(actor=SYSTEM)
    assert AuditLink.objects.count() == five + 1
    assert chain.first_misfit(rows.chained(), []) is None


def test_row_far_behind_is_found_by_the_run_over_all(five, monkeypatch):
    monkeypatch.setattr("accounts.actions.trail.LATE_KEYS", 0)
    last = AuditEvent.objects.order_by("-pk").first()
    link = next(chain.linked([rows.as_event(last)], position=0, previous=chain.NOTHING_BEFORE))
    AuditLink.objects.create(position=1, event=last, sha256=link.sha256)
    assert actions.chain_trail(actor=SYSTEM) == 0
    assert actions.chain_trail(actor=SYSTEM, all_rows=True) == five - 1


def test_place_is_taken_once(five):
    """Two schedulers at once make no fork."""
    actions.chain_trail(actor=SYSTEM, most=1)
    second = AuditEvent.objects.filter(link=None).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditLink.objects.create(position=1, event=second, sha256="0" * 64)


@pytest.mark.parametrize("name", ["adam", "olive"])
def test_no_person_chains_or_signs(five, actor_of, name):
    with pytest.raises(Refused):
        actions.chain_trail(actor=actor_of(name))
    with pytest.raises(Refused):
        actions.keep_head(
            actor=actor_of(name),
            head=chain.Head(1, "0" * 64, "x"),
            at=timezone.now(),
            signature=b"x",
            key_id="x",
            certificate="x",
        )
