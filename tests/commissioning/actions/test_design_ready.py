"""Ready sections, and criteria that a call-off takes from its framework."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.access import StaleSave, WrongState
from commissioning import actions
from commissioning.actions.exercises import FRAMEWORK_SETTINGS
from commissioning.award_model.linter import lint
from commissioning.inputs import award_model_of, framework_code, stamp
from commissioning.models import EvaluatorAssignment, Exercise
from principles.models import Criterion, Edition, Framework, Measure
from tests.commissioning.design_samples import a_lot, an_exercise, published
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(people):
    return an_exercise(people)


@pytest.fixture
def priya(actor_of):
    return actor_of("priya")


@pytest.fixture
def standards() -> list[Criterion]:
    return list(an_edition().criteria.filter(is_assessable=True))


@pytest.fixture
def measures() -> list[Measure]:
    edition = Edition.objects.create(
        framework=Framework.objects.create(code="small-measures", title="Small measures"),
        label="1",
        in_force_from=date(2020, 1, 1),
        publisher="Us",
        licence="MIT",
        source="Ours",
        basis="own_synthesis",
        basis_note="Ours",
        content_sha256="1" * 64,
    )
    outcome = Criterion.objects.create(
        edition=edition, code="O", title="Outcome", explanation="It.", position=0,
        is_assessable=False, basis="own_synthesis",
    )  # fmt: skip
    return [
        Measure.objects.create(
            edition=edition, outcome=outcome, code=code, label="Jobs", unit="jobs",
            kind="monetised", value_basis="fixed", counting_rule="Count.", basis="own_synthesis",
            source="Ours", locator="", position=position,
        )
        for position, code in enumerate(("M1", "M2"))
    ]  # fmt: skip


def test_ethics_become_conditions_and_terms_that_say_what_they_draw_on(exercise, priya, standards):
    conditions = actions.add_ethics_conditions(actor=priya, exercise=exercise, criteria=standards)
    terms = actions.add_ethics_terms(actor=priya, exercise=exercise, criteria=standards[:1])
    assert [row.title for row in conditions] == [row.title for row in standards]
    assert all(row.is_ethics and row.text for row in [*conditions, *terms])
    assert list(terms[0].draws_on.all()) == standards[:1]
    model = award_model_of(exercise)
    assert model.conditions[0].draws_on == (framework_code(standards[0]),)
    assert not any(remark.code == "ethics_missing" for remark in lint(model))


def test_ethics_become_a_criterion_with_even_parts_on_the_ready_scale(exercise, priya, standards):
    row = actions.add_ethics_criterion(
        actor=priya, lot=a_lot(exercise), criteria=standards, weight_percent=Decimal(15)
    )
    parts = list(row.sub_criteria.all())
    assert (row.kind, row.weight_percent, row.scale) == ("ethics", Decimal(15), None)
    assert [part.weight_percent for part in parts] == [50, 50]
    assert {part.scale.code for part in parts} == {"0-5"}
    again = actions.add_ethics_criterion(
        actor=priya, lot=a_lot(exercise), criteria=standards, weight_percent=Decimal(5)
    )
    keys = [part.key for one in (row, again) for part in (one, *one.sub_criteria.all())]
    assert len(set(keys)) == 6


def test_model_criteria_become_a_rated_social_value_criterion(exercise, priya, standards):
    row = actions.add_social_value_model(
        actor=priya, lot=a_lot(exercise), criteria=standards, weight_percent=Decimal(10)
    )
    methods = {part.social_value_method for part in row.sub_criteria.all()}
    assert (row.kind, methods) == ("social_value", {"qualitative"})


def test_measures_become_a_criterion_in_pounds(exercise, priya, measures):
    row = actions.add_social_value_measures(
        actor=priya,
        lot=a_lot(exercise),
        measures=measures,
        weight_percent=Decimal(10),
        target_gbp=Decimal(5000),
    )
    assert (row.social_value_method, row.target_gbp) == ("target", Decimal(5000))
    assert set(row.measures.all()) == set(measures)


def test_nothing_chosen_adds_nothing(exercise, priya):
    lot = a_lot(exercise)
    with pytest.raises(WrongState, match="at least one expectation"):
        actions.add_ethics_conditions(actor=priya, exercise=exercise, criteria=[])
    with pytest.raises(WrongState, match="at least one measure"):
        actions.add_social_value_measures(actor=priya, lot=lot, measures=[], weight_percent=1)
    assert not lot.criteria.exists()


def test_call_off_takes_the_model_of_its_framework(people, priya):
    framework = published(people)
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    actions.take_from_framework(actor=priya, exercise=call_off, framework=framework)
    call_off = Exercise.objects.get(pk=call_off.pk)
    assert award_model_of(call_off).lots == award_model_of(framework).lots
    assert (call_off.framework_exercise, call_off.framework_reference) == (framework, "")


def test_framework_that_a_colleague_chose_meanwhile_is_not_replaced_unseen(people, priya):
    framework = published(people)
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    seen = stamp(call_off, FRAMEWORK_SETTINGS)
    actions.change_settings(actor=priya, exercise=call_off, framework_reference="RM1234")
    with pytest.raises(StaleSave):
        actions.take_from_framework(actor=priya, exercise=call_off, framework=framework, seen=seen)
    assert Exercise.objects.get(pk=call_off.pk).framework_reference == "RM1234"


def test_call_off_forgets_who_scored_what_before(people, priya):
    framework = published(people)
    before = EvaluatorAssignment.objects.count()
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    member = actions.name_member(
        actor=priya, exercise=call_off, user=people.users["evan"], duty="evaluator"
    )
    actions.assign_criteria(actor=priya, member=member, criteria=[(1, "abc")])
    actions.take_from_framework(actor=priya, exercise=call_off, framework=framework)
    assert EvaluatorAssignment.objects.count() == before


def test_criteria_are_taken_by_call_offs_from_published_frameworks_alone(people, exercise, priya):
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    with pytest.raises(WrongState, match="never published"):
        actions.take_from_framework(actor=priya, exercise=call_off, framework=exercise)
    with pytest.raises(WrongState, match="Only a call-off"):
        actions.take_from_framework(actor=priya, exercise=exercise, framework=call_off)


def test_framework_of_another_body_is_refused(people, priya):
    call_off = an_exercise(people, kind="call_off", title="First call-off")
    theirs = an_exercise(people, "mei", title="Theirs")
    with pytest.raises(WrongState, match="another body"):
        actions.take_from_framework(actor=priya, exercise=call_off, framework=theirs)
