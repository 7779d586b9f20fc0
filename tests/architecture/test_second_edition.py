"""A measure keeps its edition on its way from design to award.

A new edition of the measures, of other units and without a value, is published after each step of
an exercise: none of them changes what a bid commits to or what that counts. The illustrative values
are 3 × £10,000 + 104 × £100 + 12 × £100 = £41,600.
"""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
import time_machine

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import WrongState
from commissioning import actions as commissioning
from commissioning import demonstration as exercises
from commissioning import queries
from commissioning.actions._model_rows import write_rows
from commissioning.inputs import award_model_of, framework_code
from commissioning.models import BidCommitment, Exercise
from principles.actions import publish_editions
from principles.models import Edition, ValueSet
from principles.packs import default_paths, read_packs
from scorecards import award_inputs
from scorecards import demonstration_awards as work
from scorecards.models import LotEvaluation, LotResult
from tests import personas
from tests.principles.conftest import LOADER
from tests.scorecards.evaluation_samples import exercise_with_bids
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

FRAMEWORK = "national-toms"
POUNDS = Decimal(41600)
PROMISED = {f"{FRAMEWORK} 2019.1 {code}" for code in exercises.PROMISES}


@pytest.fixture
def shipped(db):
    call_command("load_frameworks", verbosity=0)
    call_command("load_value_set", verbosity=0)


def publish_another(number: int) -> Edition:
    """Another edition with the same codes, in force from today on or from a day before."""
    (pack,) = (pack for pack in read_packs(default_paths()) if pack.framework_code == FRAMEWORK)
    other = replace(
        pack,
        label=f"2099.{number}",
        in_force_from=timezone.localdate() - datetime.timedelta(days=number),
        content_sha256=f"{number:064}",
        measures=tuple(replace(row, label=f"{row.label}, counted anew") for row in pack.measures),
    )
    (result,) = publish_editions(actor=LOADER, packs=[other])
    assert result.edition is not None
    return result.edition


def pounds(exercise) -> list[Decimal]:
    (lot,) = award_inputs.award_inputs(exercise).lots
    return [said.pounds for bid in lot.bids for said in bid.social_value]


def page(client: Client, user, name: str, *args) -> str:
    begin_session(client, user)
    answer = client.get(reverse(f"commissioning:{name}", args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_new_edition_after_each_step_changes_no_commitment(shipped, client):
    people = personas.create()
    exercise = exercises.design(people, "Visits at home", in_pounds=True)
    publish_another(1)
    exercises.staff(people, exercise)
    exercises.prepare_openers(people, exercise)
    exercise = exercises.publish(people, exercise, "2026/S 000-000077")
    publish_another(2)
    draft = exercises.bid(people, exercise, exercises.OFFERS[0], hand_in=False)
    publish_another(3)
    sam = people.users["sam"]
    said = page(client, sam, "bid-check", draft.reference)
    assert "104" in said and "counted anew" not in said
    signatory = work.Actor.of(people.users[exercises.SIGNATORIES["firm"]])
    commissioning.submit_bid(actor=signatory, bid=draft)
    exercises.bid(people, exercise, exercises.OFFERS[1])
    publish_another(4)
    assert "counted anew" not in page(client, sam, "bid-read", draft.reference, 1)
    with time_machine.travel(exercise.tenders_due_at + datetime.timedelta(seconds=1)):
        exercises.open_bids(people, exercise)
    exercises.declare_about_bidders(people, exercise)
    exercise.refresh_from_db()
    rows = BidCommitment.objects.select_related("measure__edition__framework")
    assert {framework_code(row.measure) for row in rows} == PROMISED
    for number, step in enumerate(
        (work.score, work.agree, work.sign, lambda *_: work.calculate(people, exercise)), start=5
    ):
        publish_another(number)
        step(people, LotEvaluation.objects.get(exercise=exercise))
    publish_another(9)
    assert pounds(exercise) == [POUNDS, POUNDS]
    evaluation = LotEvaluation.objects.get(exercise=exercise)
    for step in (work.recommend, work.approve, work.release):
        step(people, evaluation)
    assert "counted anew" not in page(client, sam, "opportunity-detail", exercise.reference)


LOST = f"{FRAMEWORK} 2018.9 NT1"


def test_measure_of_no_edition_is_named_where_pages_look_it_up(shipped):
    priya = work.Actor.of(personas.create().users["priya"])
    with pytest.raises(WrongState, match=LOST):
        queries.measures_by_code(priya, [LOST, *PROMISED])


def test_measure_of_no_edition_is_named_where_a_model_is_written_anew(shipped):
    exercise = exercises.design(personas.create(), "Visits at home", in_pounds=True)
    model = award_model_of(exercise)
    (lot,) = model.lots
    counted = next(leaf for leaf in lot.criteria if leaf.social_value)
    changed = replace(counted, social_value=replace(counted.social_value, measure_codes=(LOST,)))
    criteria = tuple(changed if leaf is counted else leaf for leaf in lot.criteria)
    with pytest.raises(WrongState, match=LOST):
        write_rows(exercise, replace(model, lots=(replace(lot, criteria=criteria),)))


def test_commitment_without_a_value_stops_the_sum_and_is_named(shipped):
    people = personas.create()
    opened = exercise_with_bids(people, in_pounds=True, bidders=1)
    opened.to_signed()
    opened.open_prices()
    other = ValueSet.objects.create(
        edition=publish_another(1),
        title="Values",
        label="2099",
        licence="Ours",
        in_force_from=timezone.localdate(),
        gross_of_deadweight=True,
        content_sha256="0" * 64,
    )
    Exercise.objects.filter(pk=opened.exercise.pk).update(value_set=other)
    opened.exercise.refresh_from_db()
    with pytest.raises(WrongState, match="has no value for NT"):
        opened.calculate()
    assert not LotResult.objects.exists()
