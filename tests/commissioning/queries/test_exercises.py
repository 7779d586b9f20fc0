"""Reads about exercises, and what stands in the way of publication."""

from datetime import timedelta

import pytest

from django.utils import timezone

from commissioning import actions, queries
from commissioning.models import Exercise
from providers.models import Provider
from tests.commissioning.design_samples import (
    a_criterion,
    a_designed_exercise,
    a_lot,
    an_exercise,
    published,
    ready_to_publish,
)

pytestmark = pytest.mark.django_db


def words(viewer, exercise, page: str) -> list[str]:
    return [row.words for row in queries.blockers(viewer, exercise) if row.page == page]


def test_body_sees_its_own_exercises_and_no_others(people, actor_of):
    own, theirs = an_exercise(people), an_exercise(people, "mei", title="Theirs")
    assert list(queries.exercises(actor_of("evan"))) == [own]
    assert queries.exercise(actor_of("evan"), theirs.reference) is None
    assert queries.exercise(actor_of("tom"), theirs.reference) == theirs
    assert list(queries.exercises(actor_of("adam"))) == []


def test_provider_is_offered_what_is_published_and_never_reads_the_design(people, actor_of):
    exercise = ready_to_publish(people)
    sam = actor_of("sam")
    assert list(queries.offered_exercises(sam)) == []
    actions.publish_exercise(actor=actor_of("priya"), exercise=exercise)
    assert list(queries.offered_exercises(sam)) == [exercise]
    assert queries.model_in_force(sam, exercise).title == "Home care"
    assert queries.model_as_written(sam, exercise) is None
    assert queries.remarks_on(sam, exercise) == ()


def test_exercise_for_the_invited_is_offered_to_them_alone(people, actor_of):
    exercise = published(people)
    Exercise.objects.filter(pk=exercise.pk).update(is_open=False)
    firm, _ = Provider.objects.get_or_create(organisation=people.organisations["firm"])
    actions.invite_provider(actor=actor_of("priya"), exercise=exercise, provider=firm)
    assert list(queries.offered_exercises(actor_of("sam"))) == [exercise]
    assert list(queries.offered_exercises(actor_of("hana"))) == []


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


def test_duties_are_the_viewers_own(people, actor_of):
    exercise = ready_to_publish(people)
    assert "lead" in queries.duties(actor_of("priya"), exercise)
    assert queries.duties(actor_of("evan"), exercise) == {"evaluator"}
    assert queries.duties(actor_of("sam"), exercise) == frozenset()


def test_versions_and_steps_are_in_their_order(people, actor_of):
    exercise = published(people)
    priya = actor_of("priya")
    assert [row.number for row in queries.versions(priya, exercise)] == [1]
    assert [row.step for row in queries.steps_of(priya, exercise)] == ["publish"]
    assert list(queries.steps_of(actor_of("sam"), exercise)) == []
    assert [row.number for row in queries.versions(actor_of("sam"), exercise)] == [1]


def test_people_to_name_are_those_of_the_body_with_a_role_in_it(people, actor_of):
    found = queries.people_to_name(actor_of("priya"), an_exercise(people))
    names = {user.full_name for user in found}
    assert {"Priya Raman", "Evan Hughes", "Anna Kowalska"} <= names
    assert not names & {"Adam Whitfield", "Sam Doyle", "Mei Lin"}
