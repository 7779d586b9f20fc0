"""Exercises with evaluated lots at each stage, built through the actions that people use.

``exercise_with_bids`` is slow (keys are made and envelopes sealed): a module builds it once, and
goes on from there in each test.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import time_machine

from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from commissioning import demonstration as exercises
from commissioning.actions import declare_in_exercise, resolve_in_exercise
from commissioning.enums import ExerciseState, SealKind
from commissioning.models import BidLot, BidPrice, Exercise
from scorecards import actions, queries
from scorecards import demonstration_awards as work
from scorecards.actions.consensus import record_sha256
from scorecards.models import Consensus, LotEvaluation
from tests import personas


@dataclass
class Opened:
    """A published exercise whose bids are opened: its people and its only lot."""

    people: personas.People
    exercise: Exercise

    @property
    def lot(self) -> LotEvaluation:
        return LotEvaluation.objects.select_related(
            "exercise__procurement__buyer__organisation"
        ).get(exercise=self.exercise, lot_number=1)

    @property
    def bids(self) -> list[BidLot]:
        """By the bidders' names: labels are drawn at random, and scores go by names."""
        rows = BidLot.objects.filter(exercise=self.exercise, lot_number=1)
        return list(
            rows.select_related("provider__organisation").order_by("provider__organisation__name")
        )

    def code(self, place: int = 0) -> str:
        """How addresses name the bid at this place of ``bids``."""
        return self.bids[place].code

    def actor(self, name: str) -> Actor:
        return Actor.of(self.people.users[name])

    def case(self, name: str) -> queries.LotCase:
        return queries.lot_case(self.actor(name), self.lot)

    def url(self, name: str, *more) -> str:
        return reverse(f"scorecards:{name}", args=[self.exercise.reference, 1, *more])

    def score(self, *names: str, lock: bool = True) -> None:
        work.score(self.people, self.lot, names or exercises.EVALUATORS, lock=lock)

    def recuse(self, name: str) -> None:
        """Let the lead recuse the named person, who declares an interest in the first bidder."""
        declaration = declare_in_exercise(
            actor=self.actor(name),
            exercise=self.exercise,
            provider=self.bids[0].provider,
            has_interest=True,
            description="My brother works there.",
        )
        resolve_in_exercise(
            actor=self.actor("priya"),
            declaration=declaration,
            resolution="recused",
            note="Too close.",
        )

    def agree(self) -> None:
        work.agree(self.people, self.lot)

    def propose(self) -> str:
        """Put the record to the members; gives its hash."""
        actions.propose_record(actor=self.actor("carl"), evaluation=self.lot)
        return record_sha256(self.lot)

    def sign(self) -> None:
        work.sign(self.people, self.lot)

    def open_prices(self) -> None:
        exercises.open_bids(self.people, self.exercise, SealKind.PRICE)
        self.exercise.refresh_from_db()

    def open_prices_at(self, *amounts: str | None) -> None:
        """As if the envelopes had held these prices, in the order of ``bids``; None: no price."""
        for bid, amount in zip(self.bids, amounts, strict=True):
            if amount is None:
                continue
            BidPrice.objects.create(bid_lot=bid, amount_gbp=amount, opened_at=timezone.now())
        Exercise.objects.filter(pk=self.exercise.pk).update(state=ExerciseState.PRICES_OPENED)
        self.exercise.refresh_from_db()

    def calculate(self) -> None:
        actions.calculate_result(actor=self.actor("priya"), exercise=self.exercise)

    def to_signed(self) -> None:
        self.score()
        self.agree()
        self.sign()

    def to_level(self) -> None:
        """Calculated, with the same prices and ratings for all, so that lots have to be drawn."""
        self.score()
        self.agree()
        Consensus.objects.update(rating="4")
        self.sign()
        self.open_prices_at(*["240000"] * 4)
        self.calculate()

    def to_calculated(self) -> None:
        self.to_signed()
        self.open_prices()
        self.calculate()


def exclude(opened: Opened, name: str = "priya", **changes):
    """Exclude the supplier of the first bid; what is given replaces the rest."""
    given = {
        "evaluation": opened.lot,
        "bid_lot": opened.bids[0],
        "ground_code": "professional_misconduct",
        "about": "supplier",
        "circumstances": "likely_again",
        "circumstances_reason": "Its code was broken twice since, by the same manager.",
        "asked_on": timezone.localdate(),
        "representations": "It said that the manager is being trained.",
        "reason": "Training alone does not answer the second breach.",
    }
    return actions.exclude_supplier(actor=opened.actor(name), **(given | changes))


def exercise_with_bids(
    people: personas.People,
    *,
    names_hidden: bool = False,
    offers=exercises.OFFERS,
    bidders: int = 4,
    declare: bool = True,
    **design,
) -> Opened:
    """An exercise whose quality is opened; its team is cleared where ``declare``.

    ``design`` is what else ``exercises.design`` takes.
    """
    row = exercises.design(people, "Visits at home", names_hidden=names_hidden, **design)
    exercises.staff(people, row)
    exercises.prepare_openers(people, row)
    row = exercises.publish(people, row, "2026/S 000-000077")
    for offer in offers[:bidders]:
        exercises.bid(people, row, offer)
    with time_machine.travel(row.tenders_due_at + datetime.timedelta(seconds=1)):
        exercises.open_bids(people, row)
    if declare:
        exercises.declare_about_bidders(people, row)
    row.refresh_from_db()
    return Opened(people, row)


@contextmanager
def once_for_a_module(django_db_blocker, **options) -> Iterator[Opened]:
    """An exercise with opened bids that every test of a module begins with, rolled back after."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("load_frameworks", verbosity=0)
            yield exercise_with_bids(personas.create(), **options)
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
