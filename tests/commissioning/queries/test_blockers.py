"""What stands in the way of publication."""

from datetime import timedelta
from decimal import Decimal

import pytest

from django.core.management import call_command
from django.utils import timezone

from commissioning import actions, queries
from commissioning.queries.blockers import amendment_blockers
from principles.models import Measure, ValueSet
from tests.commissioning.actions.test_publication import a_value_set
from tests.commissioning.design_samples import (
    a_criterion,
    a_designed_exercise,
    a_lot,
    an_exercise,
    ready_to_publish,
)

pytestmark = pytest.mark.django_db


def words(viewer, exercise, page: str) -> list[str]:
    return [row.words for row in queries.blockers(viewer, exercise) if row.page == page]


def test_ready_exercise_has_nothing_in_its_way(people, actor_of):
    assert queries.blockers(actor_of("priya"), ready_to_publish(people)) == []


def test_settings_that_are_missing_block(people, actor_of):
    priya = actor_of("priya")
    exercise = an_exercise(people, kind="call_off")
    found = words(priya, exercise, "settings")
    assert "Enter when tenders are due." in found
    assert "Say under which framework agreement this is a call-off." in found
    exercise.tenders_due_at = timezone.now() - timedelta(days=1)
    assert "The day on which tenders are due has passed." in words(priya, exercise, "settings")


def test_errors_of_the_linter_block_and_warnings_do_not(people, actor_of):
    exercise = a_designed_exercise(people)
    priya = actor_of("priya")
    assert words(priya, exercise, "remarks") == []
    assert any(remark.severity == "warning" for remark in queries.remarks_on(priya, exercise))
    actions.change_lot(actor=priya, lot=a_lot(exercise), rounding="")
    assert words(priya, exercise, "remarks") == ["Say how scores of lot 1 are rounded."]


def test_criterion_that_nobody_scores_blocks(people, actor_of):
    exercise = ready_to_publish(people)
    priya = actor_of("priya")
    lot = a_lot(exercise)
    a_criterion(people, lot, title="New", weight_percent=1)
    assert "Assign an evaluator to lot 1, criterion 3 New." in words(priya, exercise, "team")


def test_approver_whose_limit_is_too_low_blocks(people, actor_of):
    exercise = ready_to_publish(people)
    priya = actor_of("priya")
    exercise.members.filter(duty="approver").update(approves_up_to_gbp=1000)
    found = words(priya, exercise, "team")
    assert found == ["No approver may approve an award of this value."]


def test_commitments_need_a_value_for_each_measure(people, actor_of):
    call_command("load_frameworks", verbosity=0)
    call_command("load_value_set", verbosity=0)
    exercise, priya = a_designed_exercise(people), actor_of("priya")
    illustrative = ValueSet.objects.get()
    actions.add_social_value_measures(
        actor=priya,
        lot=a_lot(exercise),
        measures=Measure.objects.filter(edition=illustrative.edition, code__in=["NT1", "NT10"]),
        weight_percent=Decimal(1),
        target_gbp=Decimal(1000),
    )
    exercise.refresh_from_db()
    assert words(priya, exercise, "settings")[-1] == (
        "Choose the value set by which commitments are scored."
    )
    exercise.value_set = illustrative
    assert "value" not in " ".join(words(priya, exercise, "settings"))
    exercise.value_set = a_value_set("Without values")
    lacking = [row.words for row in amendment_blockers(priya, exercise) if row.page == "settings"]
    assert [said.partition(" has no value for ")[2] for said in lacking] == [
        f"national-toms 2019.1 {code}. Choose a value set that has one, or take the measure out."
        for code in ("NT1", "NT10")
    ]
