"""Reads of a design: for the body that runs it and its auditors, and for nobody else."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from commissioning import actions, queries
from commissioning.inputs import framework_code
from principles import queries as library
from providers.models import Provider
from tests.commissioning.design_samples import a_criterion, a_lot, an_exercise, published
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    return an_exercise(people)


def everything(viewer, exercise) -> list:
    """What each read gives: whether there is anything."""
    return [
        queries.lots_of(viewer, exercise).exists(),
        queries.lot_numbered(viewer, exercise, 1) is not None,
        queries.criterion_keyed(viewer, exercise.lots.get(), exercise.lots.get().criteria.get().key)
        is not None,
        queries.scales_of(viewer, exercise).exists(),
        queries.scale_coded(viewer, exercise, "0-5") is not None,
        queries.conditions_of(viewer, exercise).exists(),
        queries.terms_of(viewer, exercise).exists(),
        queries.invitations_of(viewer, exercise).exists(),
        queries.exercise_of_procurement(viewer, exercise.procurement) is not None,
    ]


@pytest.mark.parametrize(
    ("name", "sees"),
    [("priya", True), ("evan", True), ("anna", True), ("adam", False), ("mei", False),
     ("sam", False), ("oscar", False), ("olive", False)],
)  # fmt: skip
def test_rows_of_a_design_are_read_by_its_own_body(people, exercise, actor_of, name, sees):
    priya = actor_of("priya")
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    a_criterion(people, a_lot(exercise), scale=scale)
    actions.add_condition(actor=priya, exercise=exercise, title="A", text="B")
    actions.add_term(actor=priya, exercise=exercise, title="A", text="B")
    firm, _ = Provider.objects.get_or_create(organisation=people.organisations["firm"])
    actions.invite_provider(actor=priya, exercise=exercise, provider=firm)
    assert everything(actor_of(name), exercise) == [sees] * 9


def test_invited_provider_does_not_see_who_else_is_invited(people, actor_of):
    exercise = published(people)
    for key in ("firm", "charity"):
        provider, _ = Provider.objects.get_or_create(organisation=people.organisations[key])
        actions.invite_provider(actor=actor_of("priya"), exercise=exercise, provider=provider)
    for name in ("sam", "hana"):
        assert not queries.invitations_of(actor_of(name), exercise).exists()


def test_keys_of_other_lots_and_exercises_find_nothing(people, exercise, actor_of):
    priya = actor_of("priya")
    key = a_criterion(people, a_lot(exercise)).key
    other = actions.add_lot(actor=priya, exercise=exercise, title="South")
    assert queries.criterion_keyed(priya, other, key) is None
    assert queries.condition_keyed(priya, exercise, "nothing") is None
    assert queries.term_keyed(priya, exercise, "nothing") is None


def test_frameworks_are_published_ones_of_the_same_body(people, actor_of):
    framework = published(people)
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    an_exercise(people, title="Not published")
    found = queries.frameworks_to_call_off(actor_of("priya"), call_off)
    assert list(found) == [framework]


def test_design_draws_on_what_providers_answer(people, actor_of):
    an_edition()
    found = queries.ethics_to_draw_on(actor_of("priya"), timezone.localdate())
    assert [row.code for row in found] == ["A1"]


def test_names_take_two_queries_at_most(people, exercise, actor_of):
    priya = actor_of("priya")
    standards = list(an_edition().criteria.filter(is_assessable=True))
    actions.add_ethics_conditions(actor=priya, exercise=exercise, criteria=standards)
    model = queries.model_as_written(priya, exercise)
    with CaptureQueriesContext(connection) as asked:
        names = queries.names_in(priya, model)
    assert names[framework_code(standards[0])] == "Small framework: For the provider"
    assert (len(names), len(asked)) == (2, 1)


def test_measures_and_social_value_come_from_the_library(people, actor_of):
    priya = actor_of("priya")
    assert list(queries.measures_to_count(priya, timezone.localdate())) == []
    assert list(queries.social_value_to_draw_on(priya)) == []
    assert library.editions_for_design(priya).count() == 0
    assert Role.PROCUREMENT_LEAD in priya.roles
