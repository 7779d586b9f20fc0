"""Writing the tree of award criteria."""

from decimal import Decimal

import pytest

from django.db.models import F

from accounts.access import StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.inputs import stamp
from commissioning.models import AwardCriterion, EvaluatorAssignment
from tests.commissioning.design_samples import a_criterion, a_lot, an_exercise
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    return an_exercise(people)


@pytest.fixture
def lot(exercise):
    return a_lot(exercise)


@pytest.fixture
def priya(actor_of):
    return actor_of("priya")


def tree(lot) -> list[tuple[str, str | None]]:
    above = F("parent__position").asc(nulls_first=True)
    rows = lot.criteria.select_related("parent").order_by(above, "position")
    return [(row.title, row.parent.title if row.parent else None) for row in rows]


def test_criteria_stand_in_the_order_in_which_they_were_added(people, lot):
    first = a_criterion(people, lot, title="A")
    a_criterion(people, lot, title="B")
    a_criterion(people, lot, title="A1", parent=first)
    assert tree(lot) == [("A", None), ("B", None), ("A1", "A")]
    assert len(set(lot.criteria.values_list("key", flat=True))) == 3


def test_criterion_with_parts_is_no_longer_rated_itself(people, lot, exercise, priya):
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    given = {"scale": scale, "minimum_rating": Decimal(2), "word_limit": 500}
    above = a_criterion(people, lot, **given)
    member = actions.name_member(
        actor=priya, exercise=exercise, user=people.users["evan"], duty="evaluator"
    )
    actions.assign_criteria(actor=priya, member=member, criteria=[(1, above.key)])
    a_criterion(people, lot, parent=above, title="Part", **given)
    above.refresh_from_db()
    assert (above.scale, above.minimum_rating, above.word_limit) == (None, None, None)
    assert above.weight_percent == Decimal(60)
    assert not EvaluatorAssignment.objects.exists()


def test_criterion_below_one_of_another_lot_is_refused(people, exercise, lot, priya):
    other = actions.add_lot(actor=priya, exercise=exercise, title="South")
    with pytest.raises(WrongState, match="another lot"):
        a_criterion(people, other, parent=a_criterion(people, lot))


def test_price_keeps_the_inputs_of_its_method_alone(people, lot, priya):
    price = a_criterion(
        people,
        lot,
        kind="price",
        price_method="ceiling_floor",
        price_basis="In all",
        ceiling_gbp=Decimal(9),
        floor_gbp=Decimal(5),
        midpoint_percent=Decimal(50),
    )
    assert (price.ceiling_gbp, price.floor_gbp, price.midpoint_percent) == (9, 5, None)
    actions.change_criterion(actor=priya, criterion=price, price_method="price_per_quality_point")
    price.refresh_from_db()
    assert (price.ceiling_gbp, price.weight_percent, price.price_basis) == (None, None, "In all")


def test_another_kind_leaves_nothing_of_the_former_one(people, lot, exercise, priya):
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    row = a_criterion(people, lot, kind="price", price_method="relative", price_basis="In all")
    actions.change_criterion(actor=priya, criterion=row, kind="quality", scale=scale)
    row.refresh_from_db()
    assert (row.price_method, row.price_basis, row.scale) == ("", "", scale)
    actions.change_criterion(actor=priya, criterion=row, kind="price", price_method="linear")
    row.refresh_from_db()
    assert (row.scale, row.price_method) == (None, "linear")


def test_social_value_is_rated_unless_it_is_counted_in_pounds(people, lot, exercise, priya):
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    row = a_criterion(people, lot, kind="social_value", scale=scale, target_gbp=Decimal(5))
    assert (row.social_value_method, row.scale, row.target_gbp) == ("qualitative", scale, None)
    actions.change_criterion(
        actor=priya, criterion=row, social_value_method="target", target_gbp=Decimal(5)
    )
    row.refresh_from_db()
    assert (row.scale, row.target_gbp) == (None, Decimal(5))


def test_pass_or_fail_carries_no_weight_and_no_scale(people, lot, exercise, priya):
    scale = actions.add_ready_scale(actor=priya, exercise=exercise)
    row = a_criterion(people, lot, scale=scale, is_pass_fail=True)
    assert (row.weight_percent, row.scale, row.is_pass_fail) == (None, None, True)


def test_what_it_draws_on_is_kept_and_left_alone_where_not_named(people, lot, priya):
    standards = list(an_edition().criteria.filter(is_assessable=True))
    row = a_criterion(people, lot, draws_on=standards)
    actions.change_criterion(actor=priya, criterion=row, title="Other")
    assert set(row.draws_on.all()) == set(standards)
    actions.change_criterion(actor=priya, criterion=row, draws_on=standards[:1])
    assert list(row.draws_on.all()) == standards[:1]


def test_change_on_top_of_a_colleagues_is_stale(people, lot, priya):
    row = a_criterion(people, lot)
    seen = stamp(row)
    actions.change_criterion(actor=priya, criterion=row, seen=seen, title="Theirs")
    with pytest.raises(StaleSave) as stale:
        actions.change_criterion(actor=priya, criterion=row, seen=seen, title="Mine")
    assert stale.value.current.title == "Theirs"


def test_moving_is_no_change_for_a_colleague(people, lot, priya):
    row = a_criterion(people, lot, title="A")
    a_criterion(people, lot, title="B")
    seen = stamp(row)
    actions.move_criterion(actor=priya, criterion=row, up=False)
    assert tree(lot) == [("B", None), ("A", None)]
    actions.change_criterion(actor=priya, criterion=row, seen=seen, title="A2")
    actions.move_criterion(actor=priya, criterion=row, up=False)
    assert tree(lot) == [("B", None), ("A2", None)]


def test_removed_criterion_goes_with_everything_below_it(people, lot, exercise, priya):
    above = a_criterion(people, lot, title="A")
    part = a_criterion(people, lot, title="A1", parent=above)
    below = a_criterion(people, lot, title="A1a", parent=part)
    kept = a_criterion(people, lot, title="B")
    member = actions.name_member(
        actor=priya, exercise=exercise, user=people.users["evan"], duty="evaluator"
    )
    actions.assign_criteria(actor=priya, member=member, criteria=[(1, below.key), (1, kept.key)])
    actions.remove_criterion(actor=priya, criterion=above)
    assert tree(lot) == [("B", None)]
    assert EvaluatorAssignment.objects.get().criterion_key == kept.key


def test_tree_is_copied_whole_under_new_keys(people, lot, exercise, priya):
    standards = list(an_edition().criteria.filter(is_assessable=True))
    above = a_criterion(people, lot, title="A")
    a_criterion(people, lot, title="A1", parent=above, draws_on=standards)
    other = actions.add_lot(actor=priya, exercise=exercise, title="South")
    actions.copy_criteria(actor=priya, lot=other, source=lot)
    assert tree(other) == [("A", None), ("A1", "A")]
    assert set(other.criteria.get(title="A1").draws_on.all()) == set(standards)
    assert AwardCriterion.objects.values("key").distinct().count() == 4
    with pytest.raises(WrongState, match="criteria already"):
        actions.copy_criteria(actor=priya, lot=other, source=lot)
    with pytest.raises(WrongState, match="another lot"):
        actions.copy_criteria(actor=priya, lot=lot, source=lot)


def test_trail_names_fields_and_never_what_was_written(people, lot, priya):
    row = a_criterion(people, lot)
    actions.change_criterion(actor=priya, criterion=row, asks="A secret question", title="T")
    event = AuditEvent.objects.get(verb="criterion.changed")
    assert event.facts == {"lot": 1, "criterion": row.key, "fields": ["asks", "title"]}
