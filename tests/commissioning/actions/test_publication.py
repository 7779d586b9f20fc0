"""Publishing, amending, inviting."""

from datetime import date, timedelta

import pytest

from django.core import mail
from django.utils import timezone

from accounts.access import Refused, WrongState
from commissioning import actions, queries
from commissioning.award_model import text
from commissioning.inputs import award_model_of
from commissioning.models import (
    AwardCriterion,
    BidInvitation,
    Exercise,
    ExerciseNotice,
    ExerciseStep,
    ModelVersion,
    OpeningKey,
)
from principles.models import Edition, ValueSet
from providers.models import Provider
from tests.commissioning.design_samples import (
    a_criterion,
    a_designed_exercise,
    a_lot,
    an_exercise,
    published,
    ready_to_publish,
)
from tests.commissioning.samples import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(actor_of):
    return actor_of("priya")


@pytest.fixture
def firm(people):
    provider, _ = Provider.objects.get_or_create(organisation=people.organisations["firm"])
    return provider


def pages(blockers) -> set[str]:
    return {blocker.page for blocker in blockers}


def test_new_exercise_is_blocked_on_every_page(people, priya):
    found = pages(queries.blockers(priya, an_exercise(people)))
    assert found == {"remarks", "settings", "team", "openers", "interests", "conflicts"}


def test_publication_names_the_first_thing_in_the_way(people, priya):
    exercise = a_designed_exercise(people)
    with pytest.raises(WrongState, match="evaluator"):
        actions.publish_exercise(actor=priya, exercise=exercise)
    assert Exercise.objects.get().state == "design"


def test_publication_freezes_the_model_and_makes_the_keys(people, priya):
    exercise = ready_to_publish(people)
    written = award_model_of(exercise)
    assert queries.blockers(priya, exercise) == []
    version = actions.publish_exercise(
        actor=priya,
        exercise=exercise,
        notice_code="UK4",
        notice_number="2026/S 000-000001",
        notice_published_on=timezone.localdate(),
    )
    exercise = Exercise.objects.get(pk=exercise.pk)
    frozen = text.from_text(version.model_text)
    assert (version.number, frozen.lots, exercise.state) == (1, written.lots, "published")
    assert exercise.tender_notice_on == timezone.localdate()
    assert ExerciseNotice.objects.get().number == "2026/S 000-000001"
    assert set(OpeningKey.objects.values_list("kind", flat=True)) == {"quality", "price"}
    assert ExerciseStep.objects.get().to_state == "published"


def test_published_model_is_written_only_in_an_amendment(people, priya):
    exercise = published(people)
    lot = a_lot(exercise)
    with pytest.raises(WrongState, match="Open an amendment"):
        actions.change_lot(actor=priya, lot=lot, title="East")
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.change_lot(actor=priya, lot=lot, title="East")
    assert queries.model_in_force(priya, exercise).lots[0].title == "Home care"


def test_amendment_is_numbered_with_its_changes_and_reason(people, priya):
    exercise = published(people)
    actions.open_amendment(actor=priya, exercise=exercise)
    with pytest.raises(WrongState, match="Nothing was changed"):
        actions.publish_amendment(actor=priya, exercise=exercise, reason="Just so.")
    lot = a_lot(exercise)
    actions.change_lot(actor=priya, lot=lot, title="East")
    with pytest.raises(WrongState, match="why"):
        actions.publish_amendment(actor=priya, exercise=exercise, reason=" ")
    due = exercise.tenders_due_at + timedelta(days=7)
    actions.change_settings(actor=priya, exercise=exercise, tenders_due_at=due)
    version = actions.publish_amendment(actor=priya, exercise=exercise, reason="A wrong name.")
    assert (version.number, version.reason) == (2, "A wrong name.")
    assert "Lot 1: the title is now “East” (was “Home care”)." in version.changes
    assert version.changes[-1].startswith("Tenders are now due on")
    assert ModelVersion.objects.get(number=1).changes == []


def test_amendment_with_an_error_is_not_published(people, priya):
    exercise = published(people)
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.change_lot(actor=priya, lot=a_lot(exercise), tie_breaks=[])
    with pytest.raises(WrongState, match="if two bids score the same"):
        actions.publish_amendment(actor=priya, exercise=exercise, reason="A wrong name.")


def amended(priya, exercise, **settings) -> Exercise:
    actions.open_amendment(actor=priya, exercise=exercise)
    return actions.change_settings(actor=priya, exercise=exercise, **settings)


@pytest.mark.parametrize(("days", "words"), [(9, "until"), (None, "until tenders are due")])
def test_other_day_for_questions_is_told(people, priya, days, words):
    exercise = ready_to_publish(people)
    first = timezone.now() + timedelta(days=5)
    actions.change_settings(actor=priya, exercise=exercise, questions_due_at=first)
    actions.publish_exercise(actor=priya, exercise=exercise)
    due = timezone.now() + timedelta(days=days) if days else None
    amended(priya, exercise, questions_due_at=due)
    version = actions.publish_amendment(actor=priya, exercise=exercise, reason="More time.")
    assert version.questions_due_at == due
    assert len(version.changes) == 1
    assert version.changes[0].startswith(f"Questions are now taken {words}")


RUNS = {"contract_starts_on": date(2028, 4, 1), "contract_ends_on": date(2031, 3, 31)}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            {"contract_starts_on": date(2028, 5, 1)},
            "The contract now runs from 1 May 2028 to 31 March 2031.",
        ),
        (
            {"contract_ends_on": None},
            "The contract now starts on 1 April 2028; its end is not set.",
        ),
        (
            {"contract_starts_on": None},
            "The contract now ends on 31 March 2031; its start is not set.",
        ),
        (dict.fromkeys(RUNS), "When the contract runs is no longer set."),
    ],
)
def test_other_days_of_the_contract_are_told(people, priya, days, words):
    exercise = ready_to_publish(people)
    actions.change_settings(actor=priya, exercise=exercise, **RUNS)
    actions.publish_exercise(actor=priya, exercise=exercise)
    exercise = amended(priya, exercise, **days)
    assert queries.changes_as_written(priya, exercise) == [words]
    version = actions.publish_amendment(actor=priya, exercise=exercise, reason="It moved.")
    assert version.changes == [words]
    assert {name: getattr(version, name) for name in RUNS} == RUNS | days


def test_what_an_amendment_will_change_is_for_its_own_body(people, priya, actor_of):
    exercise = published(people)
    amended(priya, exercise, **RUNS)
    for name in ("mei", "sam"):
        assert queries.changes_as_written(actor_of(name), exercise) == []
    assert queries.changes_as_written(priya, an_exercise(people)) == []


def test_who_may_bid_stays_as_it_was_published(people, priya):
    exercise = published(people)
    with pytest.raises(WrongState, match="stay as they were published"):
        amended(priya, exercise, is_open=False)
    assert Exercise.objects.get(pk=exercise.pk).is_open


def a_value_set(label: str) -> ValueSet:
    edition = Edition.objects.first() or an_edition()
    return ValueSet.objects.create(
        edition=edition,
        title="Values",
        label=label,
        licence="Ours",
        in_force_from=timezone.localdate(),
        gross_of_deadweight=True,
        content_sha256="0" * 64,
    )


def test_values_of_commitments_stay_as_they_were_published(people, priya):
    exercise = published(people)
    before = a_value_set("First")
    amended(priya, exercise, value_set=before, locality="")
    with pytest.raises(WrongState, match="stay as they were published"):
        actions.change_settings(actor=priya, exercise=exercise, value_set=a_value_set("Second"))
    with pytest.raises(WrongState, match="stay as they were published"):
        actions.change_settings(actor=priya, exercise=exercise, locality="Leeds")
    assert Exercise.objects.get(pk=exercise.pk).value_set == before


def add_scored(people, priya, exercise) -> AwardCriterion:
    """An open amendment with one more criterion to rate, which takes half of the other's weight."""
    actions.open_amendment(actor=priya, exercise=exercise)
    lot = a_lot(exercise)
    first = lot.criteria.get(kind="quality")
    actions.change_criterion(actor=priya, criterion=first, weight_percent=30)
    return a_criterion(
        people,
        lot,
        title="Missed visits",
        weight_percent=30,
        asks="Say what is done on this contract within 24 hours of a missed visit.",
        guidance="Who acts, and in how many hours.",
        scale=first.scale,
    )


def test_amendment_waits_for_somebody_who_scores_what_it_adds(people, priya):
    exercise = published(people)
    added = add_scored(people, priya, exercise)
    with pytest.raises(WrongState, match="Assign an evaluator to lot 1, criterion"):
        actions.publish_amendment(actor=priya, exercise=exercise, reason="It was left out.")
    member = exercise.members.get(duty="evaluator")
    given = list(member.assignments.values_list("lot_number", "criterion_key"))
    actions.assign_criteria(actor=priya, member=member, criteria=[*given, (1, added.key)])
    actions.publish_amendment(actor=priya, exercise=exercise, reason="It was left out.")
    assert member.assignments.count() == 2


def test_discarded_criterion_is_assigned_to_nobody(people, priya):
    exercise = published(people)
    added = add_scored(people, priya, exercise)
    member = exercise.members.get(duty="evaluator")
    given = list(member.assignments.values_list("lot_number", "criterion_key"))
    actions.assign_criteria(actor=priya, member=member, criteria=[*given, (1, added.key)])
    actions.discard_amendment(actor=priya, exercise=exercise)
    assert list(member.assignments.values_list("lot_number", "criterion_key")) == given


def take_out_criterion(priya, exercise, criterion) -> None:
    actions.remove_criterion(actor=priya, criterion=criterion)


def take_out_lot(priya, exercise, criterion) -> None:
    actions.remove_lot(actor=priya, lot=criterion.lot)


def split(priya, exercise, criterion) -> None:
    actions.add_criterion(
        actor=priya, lot=criterion.lot, parent=criterion, kind="quality", title="A part of it"
    )


@pytest.mark.parametrize("change", [take_out_criterion, take_out_lot, split])
@pytest.mark.parametrize("saves_the_page", [False, True])
def test_discarded_amendment_leaves_everybody_scoring_what_they_did(
    people, priya, change, saves_the_page
):
    exercise = published(people)
    member = exercise.members.get(duty="evaluator")
    given = list(member.assignments.values_list("lot_number", "criterion_key"))
    actions.open_amendment(actor=priya, exercise=exercise)
    change(priya, exercise, a_lot(exercise).criteria.get(kind="quality"))
    if saves_the_page:
        actions.assign_criteria(actor=priya, member=member, criteria=[])
    actions.discard_amendment(actor=priya, exercise=exercise)
    assert list(member.assignments.values_list("lot_number", "criterion_key")) == given
    assert given


def test_criterion_that_a_published_amendment_took_out_is_scored_by_nobody(people, priya):
    exercise = published(people)
    member = exercise.members.get(duty="evaluator")
    taken_out = a_lot(exercise).criteria.get(kind="quality")
    added = add_scored(people, priya, exercise)
    actions.remove_criterion(actor=priya, criterion=taken_out)
    actions.change_criterion(actor=priya, criterion=added, weight_percent=60)
    actions.assign_criteria(actor=priya, member=member, criteria=[(1, added.key)])
    assert member.assignments.count() == 2
    actions.publish_amendment(actor=priya, exercise=exercise, reason="Another question.")
    assert list(member.assignments.values_list("criterion_key", flat=True)) == [added.key]


def test_criterion_that_stays_may_be_given_to_another_in_an_amendment(people, priya):
    exercise = published(people)
    member = exercise.members.get(duty="evaluator")
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.assign_criteria(actor=priya, member=member, criteria=[])
    assert not member.assignments.exists()


def test_chair_who_scores_is_named_once_that_is_published(people, priya):
    exercise = published(people)
    amended(priya, exercise, chair_scores=True)
    both = {"actor": priya, "exercise": exercise, "user": people.users["edith"]}
    with pytest.raises(WrongState, match="published with the award criteria"):
        actions.name_member(**both, duty="evaluator")
    actions.publish_amendment(actor=priya, exercise=exercise, reason="Too few of us.")
    actions.name_member(**both, duty="evaluator")
    amended(priya, exercise, chair_scores=False)
    with pytest.raises(WrongState, match="The chair scores only where"):
        actions.publish_amendment(actor=priya, exercise=exercise, reason="Enough of us.")


def test_discarded_amendment_leaves_what_is_in_force(people, priya):
    exercise = published(people)
    before = award_model_of(exercise)
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.remove_lot(actor=priya, lot=a_lot(exercise))
    actions.discard_amendment(actor=priya, exercise=exercise)
    exercise = Exercise.objects.get(pk=exercise.pk)
    assert award_model_of(exercise).lots == before.lots
    assert exercise.amendment_opened_at is None
    with pytest.raises(WrongState, match="No amendment is open"):
        actions.discard_amendment(actor=priya, exercise=exercise)


def test_discarded_amendment_moves_no_day_and_changes_no_rules(people, priya):
    exercise = ready_to_publish(people)
    actions.change_settings(actor=priya, exercise=exercise, **RUNS)
    actions.publish_exercise(actor=priya, exercise=exercise)
    amended(
        priya,
        exercise,
        regime="below_threshold",
        contract_starts_on=date(2029, 1, 1),
        contract_ends_on=None,
    )
    actions.discard_amendment(actor=priya, exercise=exercise)
    exercise = Exercise.objects.get(pk=exercise.pk)
    assert {name: getattr(exercise, name) for name in RUNS} == RUNS
    assert exercise.regime == "procurement_act_2023"


def test_nothing_is_amended_after_the_deadline(people, priya):
    exercise = published(people)
    Exercise.objects.filter(pk=exercise.pk).update(tenders_due_at=timezone.now())
    exercise.refresh_from_db()
    with pytest.raises(WrongState, match="due already"):
        actions.open_amendment(actor=priya, exercise=exercise)


@pytest.mark.parametrize("name", ["evan", "anna", "mei"])
def test_only_the_lead_publishes_and_invites(people, actor_of, firm, name):
    exercise = an_exercise(people)
    actor = actor_of(name)
    with pytest.raises(Refused):
        actions.publish_exercise(actor=actor, exercise=exercise)
    with pytest.raises(Refused):
        actions.open_amendment(actor=actor, exercise=exercise)
    with pytest.raises(Refused):
        actions.invite_provider(actor=actor, exercise=exercise, provider=firm)


def test_invited_provider_is_told_on_publication_and_not_before(
    people, priya, firm, django_capture_on_commit_callbacks
):
    exercise = ready_to_publish(people)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_provider(actor=priya, exercise=exercise, provider=firm)
        actions.invite_provider(actor=priya, exercise=exercise, provider=firm)
    assert (BidInvitation.objects.count(), mail.outbox) == (1, [])
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_exercise(actor=priya, exercise=exercise)
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"sam@demonstration.example", "cara@demonstration.example"}
    assert "City of Doncaster Council invites you to bid" in mail.outbox[0].subject
    assert "Home care" in mail.outbox[0].body


def test_provider_invited_while_an_amendment_is_drafted_reads_the_deadline_in_force(
    people, priya, firm, django_capture_on_commit_callbacks
):
    exercise = published(people)
    in_force = f"{timezone.localtime(exercise.tenders_due_at):%-d %B %Y}"
    drafted = exercise.tenders_due_at + timedelta(days=9)
    exercise = amended(priya, exercise, tenders_due_at=drafted)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_provider(actor=priya, exercise=exercise, provider=firm)
    assert in_force in mail.outbox[0].body
    assert f"{timezone.localtime(drafted):%-d %B %Y}" not in mail.outbox[0].body


def test_mail_about_an_amendment_names_changes_and_nobody(
    people, priya, firm, django_capture_on_commit_callbacks
):
    exercise = published(people)
    actions.invite_provider(actor=priya, exercise=exercise, provider=firm)
    actions.open_amendment(actor=priya, exercise=exercise)
    actions.change_lot(actor=priya, lot=a_lot(exercise), title="East")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_amendment(actor=priya, exercise=exercise, reason="A wrong name.")
    body = mail.outbox[0].body
    assert "the title is now “East”" in body
    assert "A wrong name." in body
    assert "Aldergate" not in body
    assert "Priya" not in body


def test_body_does_not_invite_itself(people, priya):
    own, _ = Provider.objects.get_or_create(organisation=people.organisations["council"])
    with pytest.raises(WrongState, match="invite itself"):
        actions.invite_provider(actor=priya, exercise=an_exercise(people), provider=own)


def test_direct_award_is_not_opened_to_bidders(people, priya):
    with pytest.raises(WrongState, match="without competition"):
        actions.publish_exercise(actor=priya, exercise=an_exercise(people, kind="direct_award"))
