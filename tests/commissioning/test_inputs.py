"""From rows to the plain award model and back."""

from decimal import Decimal

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from commissioning import actions
from commissioning.actions import add_ready_scale
from commissioning.actions._model_rows import write_rows
from commissioning.award_model import text
from commissioning.award_model.terms import CriterionKind, Rounding, TieBreak
from commissioning.inputs import award_model_of, framework_code, published_model, stamp
from commissioning.models import Exercise
from tests.commissioning.design_samples import (
    a_criterion,
    a_designed_exercise,
    a_lot,
    an_exercise,
    published,
)
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


def test_model_says_what_the_rows_say(people):
    exercise = a_designed_exercise(people)
    model = award_model_of(exercise)
    lot = model.lots[0]
    quality, price = lot.criteria
    assert (model.title, model.body_type) == ("Home care", "sub_central")
    assert (lot.rounding, lot.decimal_places) == (Rounding.HALF_UP, 2)
    assert lot.tie_breaks == (TieBreak.HIGHER_QUALITY, TieBreak.DRAWN_BY_LOT)
    assert (quality.number, quality.kind, quality.scale_code) == ("1", CriterionKind.QUALITY, "0-5")
    assert (price.number, price.price.price_basis) == ("2", "Total for three years without VAT")
    assert (quality.price, price.social_value) == (None, None)
    assert model.scale("0-5").top == Decimal(5)


def test_numbers_follow_places_in_the_tree(people, actor_of):
    lot = a_lot(an_exercise(people))
    first = a_criterion(people, lot, title="A")
    second = a_criterion(people, lot, title="B")
    a_criterion(people, lot, title="B1", parent=second)
    below = a_criterion(people, lot, title="B2", parent=second)
    a_criterion(people, lot, title="B2a", parent=below)
    actions.move_criterion(actor=actor_of("priya"), criterion=first, up=False)
    model = award_model_of(lot.exercise)
    found = [(one.number, one.title) for one in model.lots[0].tree()]
    assert found == [("1", "B"), ("1.1", "B1"), ("1.2", "B2"), ("1.2.1", "B2a"), ("2", "A")]


def test_model_takes_as_many_queries_for_sixty_criteria_as_for_two(people, actor_of):
    exercise = a_designed_exercise(people)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            award_model_of(Exercise.objects.select_related("procurement__buyer").get())
        return len(queries)

    few = counted()
    for number in range(2):
        lot = actions.add_lot(actor=actor_of("priya"), exercise=exercise, title=f"Lot {number}")
        above = a_criterion(people, lot, title="Above")
        for place in range(20):
            a_criterion(people, lot, title=f"Part {place}", parent=above)
    assert (few, counted()) == (8, 8)


def test_published_model_reads_back_as_it_was_written(people):
    exercise = published(people)
    version = exercise.versions.get()
    assert published_model(version) == text.from_text(version.model_text)
    assert published_model(version) == award_model_of(exercise)


def test_rows_written_from_a_model_say_the_same(people, actor_of):
    exercise = a_designed_exercise(people)
    standards = list(an_edition().criteria.filter(is_assessable=True))
    priya = actor_of("priya")
    actions.add_ethics_conditions(actor=priya, exercise=exercise, criteria=standards)
    actions.add_ethics_terms(actor=priya, exercise=exercise, criteria=standards)
    actions.add_ethics_criterion(
        actor=priya, lot=a_lot(exercise), criteria=standards, weight_percent=Decimal(5)
    )
    model = award_model_of(exercise)
    write_rows(exercise, model)
    assert award_model_of(Exercise.objects.get(pk=exercise.pk)) == model


def test_framework_criterion_is_named_by_framework_edition_and_code():
    criterion = an_edition().criteria.get(code="A1")
    assert framework_code(criterion) == "small-framework 1 A1"


def test_stamp_changes_with_what_is_written_and_not_with_the_place(people, actor_of):
    row = a_criterion(people, a_lot(an_exercise(people)))
    before = stamp(row)
    row.position = 7
    assert stamp(row) == before
    row.title = "Other"
    assert stamp(row) != before
    row.title = "How it is run"
    row.draws_on.set(an_edition().criteria.filter(is_assessable=True)[:1])
    assert stamp(row) != before


def test_stamp_of_some_fields_stays_while_others_are_written(people):
    row = a_criterion(people, a_lot(an_exercise(people)))
    before = stamp(row, ["title", "draws_on"])
    row.asks = "What else?"
    assert stamp(row, ["draws_on", "title"]) == before
    row.title = "Other"
    assert stamp(row, ["title", "draws_on"]) != before


def test_stamp_is_the_same_whatever_the_order_of_keys(people, actor_of):
    scale = add_ready_scale(actor=actor_of("priya"), exercise=an_exercise(people))
    before = stamp(scale)
    scale.points = [dict(reversed(point.items())) for point in scale.points]
    assert stamp(scale) == before
    scale.points = scale.points[1:]
    assert stamp(scale) != before
