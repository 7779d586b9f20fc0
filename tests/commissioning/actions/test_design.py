"""Writing lots and scales."""

import pytest

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.inputs import stamp
from commissioning.models import AwardScale, EvaluatorAssignment, ExerciseLot
from tests.commissioning.design_samples import (
    a_criterion,
    a_lot,
    an_exercise,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    return an_exercise(people)


@pytest.fixture
def priya(actor_of):
    return actor_of("priya")


def titles(exercise) -> list[tuple[int, str]]:
    return list(exercise.lots.values_list("number", "title"))


def test_lot_is_added_after_the_last(exercise, priya):
    actions.add_lot(actor=priya, exercise=exercise, title="South", winners=2)
    assert titles(exercise) == [(1, "Home care"), (2, "South")]
    assert AuditEvent.objects.get(verb="lot.added").facts == {"lot": 2}


def test_number_of_a_published_lot_is_never_given_again(people, priya):
    exercise = published(people)
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.remove_lot(actor=priya, lot=a_lot(exercise))
    actions.add_lot(actor=priya, exercise=exercise, title="South")
    assert titles(exercise) == [(2, "South")]


def test_lot_moves_with_the_people_who_score_it(exercise, people, priya):
    south = actions.add_lot(actor=priya, exercise=exercise, title="South")
    criterion = a_criterion(people, south)
    member = actions.name_member(
        actor=priya, exercise=exercise, user=people.users["evan"], duty="evaluator"
    )
    actions.assign_criteria(actor=priya, member=member, criteria=[(2, criterion.key)])
    actions.move_lot(actor=priya, lot=south, up=True)
    assert titles(exercise) == [(1, "South"), (2, "Home care")]
    assert EvaluatorAssignment.objects.get().lot_number == 1
    south.refresh_from_db()
    actions.move_lot(actor=priya, lot=south, up=True)
    assert titles(exercise) == [(1, "South"), (2, "Home care")]


def test_lots_after_a_removed_one_move_up(exercise, people, priya):
    south = actions.add_lot(actor=priya, exercise=exercise, title="South")
    first = a_lot(exercise)
    criteria = {1: a_criterion(people, first), 2: a_criterion(people, south)}
    member = actions.name_member(
        actor=priya, exercise=exercise, user=people.users["evan"], duty="evaluator"
    )
    actions.assign_criteria(
        actor=priya, member=member, criteria=[(lot, row.key) for lot, row in criteria.items()]
    )
    actions.remove_lot(actor=priya, lot=first)
    left = EvaluatorAssignment.objects.get()
    assert titles(exercise) == [(1, "South")]
    assert (left.lot_number, left.criterion_key) == (1, criteria[2].key)


def test_numbers_of_published_lots_stay(people, priya):
    exercise = published(people)
    actions.open_amendment(actor=priya, exercise=exercise)
    exercise.refresh_from_db()
    actions.add_lot(actor=priya, exercise=exercise, title="South")
    first = a_lot(exercise)
    with pytest.raises(WrongState, match="by their numbers"):
        actions.move_lot(actor=priya, lot=first, up=False)
    actions.remove_lot(actor=priya, lot=first)
    assert titles(exercise) == [(2, "South")]
    assert EvaluatorAssignment.objects.filter(lot_number=1).exists()


def test_change_on_top_of_a_colleagues_is_stale(exercise, priya):
    lot = a_lot(exercise)
    seen = stamp(lot)
    actions.change_lot(actor=priya, lot=lot, seen=seen, title="East")
    with pytest.raises(StaleSave) as stale:
        actions.change_lot(actor=priya, lot=lot, seen=seen, title="West")
    assert stale.value.current.title == "East"
    assert ExerciseLot.objects.get().title == "East"


def test_unknown_field_is_a_mistake_of_the_caller(exercise, priya):
    with pytest.raises(TypeError, match="number"):
        actions.change_lot(actor=priya, lot=a_lot(exercise), number=7)


def test_lot_that_was_removed_meanwhile_says_so(exercise, priya):
    lot = a_lot(exercise)
    actions.remove_lot(actor=priya, lot=lot)
    lot.pk = 99
    with pytest.raises(WrongState, match="removed this meanwhile"):
        actions.change_lot(actor=priya, lot=lot, title="East")


@pytest.mark.parametrize("name", ["evan", "anna", "mei"])
def test_design_is_written_by_the_lead_alone(exercise, actor_of, name):
    with pytest.raises(Refused):
        actions.add_lot(actor=actor_of(name), exercise=exercise, title="South")
    with pytest.raises(Refused):
        actions.add_ready_scale(actor=actor_of(name), exercise=exercise)


def test_ready_scale_is_added_once_and_may_be_edited(exercise, priya):
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    actions.change_scale(actor=priya, scale=scale, title="Ours", seen=stamp(scale))
    actions.add_ready_scale(actor=priya, exercise=exercise)
    scale = AwardScale.objects.get()
    assert scale.title == "Ours"
    assert [point["value"] for point in scale.points] == ["0", "1", "2", "3", "4", "5"]
    assert all(point["description"] for point in scale.points)


def test_scale_in_use_is_not_removed(exercise, people, priya):
    scale = actions.add_scale(actor=priya, exercise=exercise, title="Short", points=[])
    criterion = a_criterion(people, a_lot(exercise), scale=scale)
    with pytest.raises(WrongState, match="Choose another scale"):
        actions.remove_scale(actor=priya, scale=scale)
    actions.remove_criterion(actor=priya, criterion=criterion)
    actions.remove_scale(actor=priya, scale=scale)
    assert not AwardScale.objects.exists()
