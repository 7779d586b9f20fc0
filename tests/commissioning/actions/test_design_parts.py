"""Writing conditions of participation and contract terms."""

import pytest

from django.db import IntegrityError, transaction

from accounts.access import Refused, StaleSave
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.inputs import stamp
from tests.commissioning.design_samples import an_exercise
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    return an_exercise(people)


@pytest.fixture
def priya(actor_of):
    return actor_of("priya")


def test_condition_is_added_changed_moved_and_removed(exercise, priya):
    standards = list(an_edition().criteria.filter(is_assessable=True))
    first = actions.add_condition(
        actor=priya, exercise=exercise, title="Insurance", text="It is insured.", draws_on=standards
    )
    second = actions.add_condition(actor=priya, exercise=exercise, title="Staff", text="Checked.")
    assert set(first.draws_on.all()) == set(standards)
    seen = stamp(second)
    actions.move_condition(actor=priya, condition=second, up=True)
    actions.change_condition(
        actor=priya, condition=second, seen=seen, evidence="Certificates", is_ethics=True
    )
    titles = list(exercise.conditions.values_list("title", "evidence", "is_ethics"))
    assert titles == [("Staff", "Certificates", True), ("Insurance", "", False)]
    with pytest.raises(StaleSave):
        actions.change_condition(actor=priya, condition=second, seen=seen, title="Mine")
    actions.remove_condition(actor=priya, condition=second)
    assert exercise.conditions.get() == first


def test_term_is_added_changed_moved_and_removed(exercise, priya):
    first = actions.add_term(actor=priya, exercise=exercise, title="Pay", text="A living wage.")
    second = actions.add_term(
        actor=priya, exercise=exercise, title="Time", text="On time.", is_kpi=True, target="95%"
    )
    seen = stamp(second)
    actions.move_term(actor=priya, term=second, up=True)
    actions.change_term(actor=priya, term=second, seen=seen, target="97%")
    assert list(exercise.terms.values_list("title", "target")) == [("Time", "97%"), ("Pay", "")]
    with pytest.raises(StaleSave):
        actions.change_term(actor=priya, term=second, seen=seen, target="98%")
    actions.remove_term(actor=priya, term=second)
    assert exercise.terms.get() == first


def test_indicator_without_target_is_refused_by_the_database(exercise, priya):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_term(actor=priya, exercise=exercise, title="Time", text="T", is_kpi=True)


def test_others_of_the_body_write_nothing(exercise, priya, actor_of):
    term = actions.add_term(actor=priya, exercise=exercise, title="Pay", text="A living wage.")
    with pytest.raises(Refused):
        actions.remove_term(actor=actor_of("anna"), term=term)
    with pytest.raises(Refused):
        actions.add_condition(actor=actor_of("evan"), exercise=exercise, title="A", text="B")


def test_trail_holds_keys_and_field_names_alone(exercise, priya):
    row = actions.add_condition(actor=priya, exercise=exercise, title="Insurance", text="Insured.")
    actions.change_condition(actor=priya, condition=row, text="A secret")
    event = AuditEvent.objects.get(verb="condition.changed")
    assert event.facts == {"condition": row.key, "fields": ["text"]}
