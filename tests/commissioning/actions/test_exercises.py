"""Starting, setting up and ending an exercise."""

from decimal import Decimal

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent, OrganisationIdentifier
from commissioning import actions
from commissioning.actions.exercises import kind_of, new_key, weight_of
from commissioning.enums import Duty
from commissioning.models import Commissioner, Exercise, ExerciseMember, ExerciseStep, Procurement
from tests.commissioning.design_samples import a_body, an_exercise, published
from tests.commissioning.samples import a_release, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def procurement(people):
    """A notice of the council with two lots and criteria, imported."""
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    release = a_release()
    net_and_gross = {"amount": 50000, "amountGross": 60000, "currency": "GBP"}
    release["tender"]["lots"] = [
        {"id": "1", "title": "North", "value": net_and_gross},
        {"id": "3", "title": "East", "value": {"amount": 30000, "currency": "GBP"}},
        {"id": "2", "title": "South", "value": {"amount": 70000, "currency": "EUR"}},
    ]
    imported(release)
    return Procurement.objects.get()


def test_exercise_by_hand_has_one_lot_and_its_starter_leads_it(people):
    exercise = an_exercise(people, value_gbp=Decimal(90000), description="Visits at home.")
    lot = exercise.lots.get()
    member = ExerciseMember.objects.get(exercise=exercise)
    assert (exercise.state, exercise.subject_matter) == ("design", "Visits at home.")
    assert (lot.number, lot.title, lot.value_gbp) == (1, "Home care", Decimal(90000))
    assert (member.user, member.duty) == (people.users["priya"], Duty.LEAD)
    assert exercise.procurement.ocid is None
    event = AuditEvent.objects.get(verb="exercise.started")
    assert event.facts["kind"] == "competition"


def test_first_exercise_of_a_body_makes_its_profile(people, actor_of):
    exercise = actions.start_exercise(
        actor=actor_of("mei"), commissioner=None, kind="competition", title="Ditches"
    )
    assert exercise.procurement.buyer.organisation == people.organisations["small_council"]


@pytest.mark.parametrize("name", ["tom", "sam"])
def test_first_exercise_is_refused_to_who_leads_no_procurement(people, actor_of, name):
    with pytest.raises(Refused):
        actions.start_exercise(
            actor=actor_of(name), commissioner=None, kind="competition", title="Ditches"
        )
    assert not Commissioner.objects.filter(organisation=actor_of(name).organisation).exists()


def test_exercise_from_a_notice_takes_its_lots_over(people, actor_of, procurement):
    exercise = actions.start_exercise(
        actor=actor_of("priya"),
        commissioner=procurement.buyer,
        procurement=procurement,
        kind="competition",
    )
    found = list(exercise.lots.values_list("number", "title", "value_gbp"))
    assert found == [(1, "North", Decimal(60000)), (2, "East", None), (3, "South", None)]
    assert exercise.regime == procurement.regime


def test_criteria_of_a_notice_are_incomplete_as_published(people, actor_of, procurement):
    procurement.criteria.create(name="Cost", criterion_type="cost", weight="40", position=0)
    procurement.criteria.create(name="Quality", weight="15-60", position=1)
    exercise = actions.start_exercise(
        actor=actor_of("priya"),
        commissioner=procurement.buyer,
        procurement=procurement,
        kind="competition",
    )
    lot = exercise.lots.first()
    found = list(lot.criteria.values_list("kind", "weight_percent", "is_incomplete_as_published"))
    assert found == [("price", Decimal(40), True), ("quality", None, True)]


def test_procurement_is_started_once(people, actor_of, procurement):
    given = {
        "actor": actor_of("priya"),
        "commissioner": procurement.buyer,
        "procurement": procurement,
        "kind": "competition",
    }
    actions.start_exercise(**given)
    with pytest.raises(WrongState, match="started here already"):
        actions.start_exercise(**given)


@pytest.mark.parametrize("name", ["evan", "anna", "mei", "sam"])
def test_exercise_is_started_by_a_procurement_lead_of_the_body_alone(people, actor_of, name):
    with pytest.raises(Refused):
        actions.start_exercise(
            actor=actor_of(name), commissioner=a_body(people), kind="competition", title="X"
        )
    assert not Exercise.objects.exists()


def test_exercise_by_hand_needs_a_title(people):
    with pytest.raises(WrongState, match="title"):
        an_exercise(people, title="  ")


def test_direct_award_has_no_lots(people):
    assert not an_exercise(people, kind="direct_award").lots.exists()


@pytest.mark.parametrize(
    ("criterion_type", "name", "kind"),
    [
        ("price", "Whatever", "price"),
        ("", "Whole-life cost", "price"),
        ("quality", "Social value", "social_value"),
        ("", "Ethical conduct", "ethics"),
        ("quality", "Staffing", "quality"),
        ("", "Costly things apart", "quality"),
    ],
)
def test_kind_follows_from_the_words_of_the_notice(criterion_type, name, kind):
    assert kind_of(criterion_type, name) == kind


@pytest.mark.parametrize(
    ("published_weight", "weight"),
    [
        ("40", Decimal(40)),
        (" 12.5 % ", Decimal("12.5")),
        ("15-40%", None),
        ("high", None),
        ("", None),
    ],
)
def test_weight_is_taken_where_it_is_one_number(published_weight, weight):
    assert weight_of(published_weight) == weight


def test_keys_differ():
    assert len({new_key() for _ in range(200)}) == 200


def test_settings_are_changed_by_the_lead_alone(people, actor_of):
    exercise = an_exercise(people)
    actions.change_settings(actor=actor_of("priya"), exercise=exercise, chair_scores=True)
    assert Exercise.objects.get().chair_scores
    with pytest.raises(Refused):
        actions.change_settings(actor=actor_of("evan"), exercise=exercise, chair_scores=False)
    with pytest.raises(TypeError):
        actions.change_settings(actor=actor_of("priya"), exercise=exercise, state="published")


def test_settings_stay_once_published(people, actor_of):
    exercise = published(people)
    with pytest.raises(WrongState, match="Open an amendment"):
        actions.change_settings(actor=actor_of("priya"), exercise=exercise, chair_scores=True)


def test_end_needs_a_reason_and_leaves_a_step(people, actor_of):
    exercise = an_exercise(people)
    with pytest.raises(WrongState, match="reason"):
        actions.end_exercise(actor=actor_of("priya"), exercise=exercise, reason=" ")
    actions.end_exercise(actor=actor_of("priya"), exercise=exercise, reason="The need is gone.")
    step = ExerciseStep.objects.get()
    assert (step.from_state, step.to_state, step.reason) == ("design", "ended", "The need is gone.")
    assert Exercise.objects.get().state == "ended"
    with pytest.raises(WrongState):
        actions.end_exercise(actor=actor_of("priya"), exercise=exercise, reason="Again.")


def test_end_closes_an_open_amendment(people, actor_of):
    exercise = published(people)
    actions.open_amendment(actor=actor_of("priya"), exercise=exercise)
    actions.end_exercise(actor=actor_of("priya"), exercise=exercise, reason="The need is gone.")
    assert Exercise.objects.get().amendment_opened_at is None


def test_exercise_is_refused_to_others_of_the_body(people, actor_of):
    exercise = an_exercise(people)
    with pytest.raises(Refused):
        actions.end_exercise(actor=actor_of("anna"), exercise=exercise, reason="I say so.")
    assert Exercise.objects.get().created_at <= timezone.now()
