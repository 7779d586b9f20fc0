"""One procurement the whole way, from scoring to the contract, by the actions that people use."""

import datetime

import pytest
import time_machine

from django.core.management import call_command
from django.utils import timezone

from commissioning import demonstration as exercises
from commissioning.enums import CarriedKind
from commissioning.models import CarriedTerm, Contract
from scorecards import demonstration_awards as awards
from scorecards.actions.results import undrawn_ties
from scorecards.enums import LotStage
from scorecards.models import AwardDocument
from scorecards.scoring import replay_award_lots
from tests.conftest import make_signing_key

pytestmark = pytest.mark.django_db


def test_procurement_goes_from_scoring_to_contract(people):
    call_command("load_frameworks", verbosity=0)
    make_signing_key()
    exercise = exercises.design(people, "Visits at home")
    exercises.staff(people, exercise)
    exercises.prepare_openers(people, exercise)
    exercise = exercises.publish(people, exercise, "2026/S 000-000001")
    for offer in exercises.OFFERS:
        exercises.bid(people, exercise, offer)
    with time_machine.travel(exercise.tenders_due_at + datetime.timedelta(hours=1)) as clock:
        exercises.open_bids(people, exercise)
        exercises.declare_about_bidders(people, exercise)
        (evaluation,) = awards.evaluations(exercise)
        awards.score(people, evaluation)
        evaluation.refresh_from_db()
        assert evaluation.stage == LotStage.MODERATION
        awards.agree(people, evaluation)
        awards.sign(people, evaluation)
        awards.calculate(people, exercise)
        evaluation.refresh_from_db()
        result = evaluation.results.get()
        assert replay_award_lots(result.inputs_text) == result.outcome_text
        awards.recommend(people, evaluation)
        awards.approve(people, evaluation)
        awards.release(people, evaluation)
        assert AwardDocument.objects.filter(kind="assessment_summary").count() == 4
        clock.shift(datetime.timedelta(minutes=1))
        awards.give_notice(people, evaluation, "2026/S 000-000002")
        evaluation.refresh_from_db()
        after = evaluation.standstill_ends_on + datetime.timedelta(days=1)
        clock.move_to(datetime.datetime.combine(after, datetime.time(12), datetime.UTC))
        awards.enter(people, evaluation, timezone.localdate())
        evaluation.refresh_from_db()
    assert evaluation.stage == LotStage.ENTERED
    contract = Contract.objects.get()
    assert CarriedTerm.objects.filter(contract=contract).count() == 3


def test_each_stage_has_its_procurement_and_one_waits_for_a_draw(people):
    call_command("load_frameworks", verbosity=0)
    call_command("load_value_set", verbosity=0)
    make_signing_key()
    with time_machine.travel(timezone.now()) as clock:
        found = awards.create_exercises(people, clock.shift)
    assert [*found] == ["design", "open", *dict(awards.STAGES), "direct award"]
    stages = {
        stage: {row.stage for row in awards.evaluations(exercise)}
        for stage, exercise in found.items()
    }
    assert stages["open"] == set()
    assert stages["released"] == {LotStage.SUMMARIES_RELEASED}
    for stage in ("scoring", "moderation", "calculated", "recommended", "standstill", "entered"):
        assert stages[stage] == {LotStage(stage)}
    first, second = awards.evaluations(found["calculated"])
    assert len(undrawn_ties(first.results.get(), 1)) == 1
    assert undrawn_ties(second.results.get(), 2) == []
    (entered,) = awards.evaluations(found["entered"])
    carried = entered.contracts.get().contract.carried_terms.all()
    assert {row.kind for row in carried} == set(CarriedKind) - {CarriedKind.TERM}
