"""Reads about exercises."""

import pytest

from commissioning import actions, queries
from commissioning.models import Exercise
from providers.models import Provider
from tests.commissioning.design_samples import (
    an_exercise,
    published,
    ready_to_publish,
)

pytestmark = pytest.mark.django_db


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
