"""A published exercise that providers may bid for, made once for a module."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from django.core.management import call_command
from django.db import transaction

from accounts.access import Actor
from commissioning import actions, demonstration, queries
from commissioning.models import Bid, Exercise
from providers.models import Provider
from tests import personas


@dataclass(frozen=True)
class Bidding:
    """The people, and the exercise that is open to every provider."""

    people: personas.People
    exercise: Exercise

    def actor(self, name: str) -> Actor:
        return Actor.of(self.people.users[name])

    def provider(self, key: str) -> Provider:
        return Provider.objects.get(organisation=self.people.organisations[key])

    def bid(self, number: int = 0, *, hand_in: bool = True) -> Bid:
        """The whole bid of one of ``demonstration.OFFERS``."""
        offer = demonstration.OFFERS[number]
        return demonstration.bid(self.people, self.exercise, offer, hand_in=hand_in)

    def part(self, bid: Bid, kind: str, name: str = "sam") -> queries.DraftPart:
        """The first part of this kind, as the named person sees it."""
        _, parts = queries.draft(self.actor(name), bid)
        return next(row for row in parts if row.part.kind == kind)

    def save(self, bid: Bid, held: queries.DraftPart, name: str = "sam", **more):
        """Save a part as the named person: ``content``, ``is_complete``."""
        given = {"content": held.content, "is_complete": False, "seen_revision": held.revision}
        return actions.save_draft_part(
            actor=self.actor(name),
            bid=bid,
            lot_number=held.part.lot_number,
            name=held.part.name,
            **(given | more),
        )

    def after_deadline(self, seconds: int = 1):
        """The clock, this long after the deadline."""
        due = self.exercise.tenders_due_at
        return time_machine.travel(due + timedelta(seconds=seconds), tick=False)


@contextmanager
def once_for_a_module(django_db_blocker, **design):
    """Frameworks, people, providers and one published exercise, rolled back after the module.
    ``design`` is what else ``demonstration.design`` takes.
    """
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("load_frameworks", verbosity=0)
            if design.get("in_pounds"):
                call_command("load_value_set", verbosity=0)
            people = personas.create()
            for key in demonstration.SIGNATORIES:
                Provider.objects.create(organisation=people.organisations[key])
            exercise = demonstration.design(people, "Visits at home", **design)
            demonstration.staff(people, exercise)
            demonstration.prepare_openers(people, exercise)
            exercise = demonstration.publish(people, exercise, "2026/S 000-000001")
            yield Bidding(people, exercise)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def bidding(django_db_setup, django_db_blocker):
    """An exercise that is open for bids, once for the module."""
    with once_for_a_module(django_db_blocker) as found:
        yield found
