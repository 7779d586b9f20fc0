"""Scoring alone, locking, and what moves the lot on to moderation."""

from decimal import Decimal

import pytest

from django.db import DatabaseError, transaction

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning.actions import (
    assign_criteria,
    declare_in_exercise,
    end_exercise,
    end_member,
    name_member,
    resolve_in_exercise,
)
from commissioning.enums import Duty, SealKind
from commissioning.models import ExerciseMember
from scorecards import actions, queries
from scorecards.enums import LotStage, Standing
from scorecards.models import BidRating, LotEvaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(opened):
    return opened.case("evan").rated[0].key


@pytest.fixture
def save(opened, key):
    """Save a rating of the first bid on the first criterion; what is given replaces the rest."""

    def saved(name="evan", **changes):
        given = {
            "evaluation": opened.lot,
            "bid_lot": opened.bids[0],
            "criterion_key": key,
            "rating": Decimal(3),
            "rationale": "The answer names who plans each visit.",
            "seen_revision": 0,
        }
        return actions.save_bid_rating(actor=opened.actor(name), **(given | changes))

    return saved


def take_out(opened, bid, standing=Standing.CONDITIONS_NOT_MET):
    actions.set_standing(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        bid_lot=bid,
        standing=standing,
        ground="Condition 1",
        reason="It declared that it does not meet it.",
    )


def test_evaluation_begins_with_the_opening_of_quality(opened):
    assert opened.lot.stage == LotStage.SCORING
    assert AuditEvent.objects.filter(verb="lot.evaluation_began").count() == 1


def test_opening_of_prices_begins_nothing(opened):
    actions.begin_evaluations(
        actor=opened.actor("priya"), exercise=opened.exercise, kind=SealKind.PRICE
    )
    assert LotEvaluation.objects.filter(exercise=opened.exercise).count() == 1


def test_rating_is_saved_with_one_audit_row_without_words(opened, save):
    row = save(strengths=" Named people. ", shortcomings="")
    assert (row.rating, row.strengths, row.revision) == (3, "Named people.", 1)
    event = AuditEvent.objects.get(verb="bid_rating.saved")
    assert event.facts == {"lot": 1, "criterion": row.criterion_key, "bid": row.bid_lot.label}


def test_incomplete_rating_is_saved(save):
    assert not save(rating=None, rationale="").is_complete


def test_second_save_from_an_old_page_is_refused_with_the_row(save):
    first = save()
    with pytest.raises(StaleSave) as stale:
        save(rationale="Typed on another page.")
    assert stale.value.current == first
    assert save(seen_revision=1).version == 2


def test_rating_off_the_scale_is_refused(save):
    with pytest.raises(WrongState, match="points of the scale"):
        save(rating=Decimal("2.5"))


def test_criterion_that_nobody_rates_is_refused(opened, save):
    price = next(leaf for leaf in opened.case("evan").lot.leaves() if not leaf.is_rated)
    with pytest.raises(Refused):
        save(criterion_key=price.key)


@pytest.mark.parametrize("name", ["carl", "priya", "anna"])
def test_who_is_no_evaluator_is_refused(save, name):
    with pytest.raises(Refused):
        save(name)


def test_criterion_of_somebody_else_is_refused(opened, save, key):
    member = ExerciseMember.objects.get(user=opened.people.users["evan"], duty=Duty.EVALUATOR)
    member.assignments.filter(criterion_key=key).delete()
    with pytest.raises(Refused, match="assigned to somebody else"):
        save()


def test_evaluator_with_an_interest_is_refused(opened, save):
    declare_in_exercise(
        actor=opened.actor("evan"),
        exercise=opened.exercise,
        provider=opened.bids[0].provider,
        has_interest=True,
        description="A brother works there.",
    )
    with pytest.raises(Refused, match="Declare"):
        save()


def test_bid_that_left_the_assessment_is_refused(opened, save):
    take_out(opened, opened.bids[0])
    with pytest.raises(WrongState, match="not assessed"):
        save()


def test_lock_counts_what_is_missing(opened, save):
    save()
    with pytest.raises(WrongState, match="15 of your 16"):
        actions.lock_bid_ratings(actor=opened.actor("evan"), evaluation=opened.lot)
    assert not BidRating.objects.filter(locked_at__isnull=False).exists()


def test_lock_locks_own_ratings_only(opened):
    opened.score("edith", lock=False)
    opened.score("evan")
    locked = BidRating.objects.filter(locked_at__isnull=False)
    assert {row.evaluator.email.split(".")[0] for row in locked.select_related("evaluator")} == {
        opened.people.users["evan"].email.split(".")[0]
    }
    assert opened.lot.stage == LotStage.SCORING


def test_lock_leaves_an_incomplete_draft_of_a_bid_that_left(opened, save):
    opened.score("evan", lock=False)
    gone = opened.bids[0]
    BidRating.objects.filter(bid_lot=gone).update(rating=None, rationale="")
    take_out(opened, gone)
    actions.lock_bid_ratings(actor=opened.actor("evan"), evaluation=opened.lot)
    assert BidRating.objects.filter(locked_at=None).count() == 4
    assert BidRating.objects.filter(locked_at__isnull=False).count() == 12


def test_lock_twice_is_refused(opened):
    opened.score("evan")
    with pytest.raises(WrongState, match="already"):
        actions.lock_bid_ratings(actor=opened.actor("evan"), evaluation=opened.lot)


def test_locked_rating_is_not_saved_over(opened, save):
    opened.score("evan")
    with pytest.raises(WrongState, match="locked"):
        save(seen_revision=1)


def test_database_refuses_a_change_of_a_locked_rating(opened):
    opened.score("evan")
    with pytest.raises(DatabaseError), transaction.atomic():
        BidRating.objects.filter(locked_at__isnull=False).update(rationale="Something else.")


def test_moderation_begins_with_the_last_lock_as_the_system(opened):
    opened.score()
    assert opened.lot.stage == LotStage.MODERATION
    step = opened.lot.steps.get()
    assert (step.step, step.by, step.by_label) == ("begin_moderation", None, "system: scoring")


def test_moderation_begins_by_hand_where_the_last_one_left(opened):
    opened.score("evan", "edith")
    with pytest.raises(WrongState, match="Not everybody"):
        actions.begin_moderation(actor=opened.actor("carl"), evaluation=opened.lot)
    member = ExerciseMember.objects.get(user=opened.people.users["elena"])
    end_member(actor=opened.actor("priya"), member=member)
    actions.begin_moderation(actor=opened.actor("carl"), evaluation=opened.lot)
    assert opened.lot.stage == LotStage.MODERATION


def test_moderation_does_not_begin_without_bids(opened):
    for bid in opened.bids:
        take_out(opened, bid)
    with pytest.raises(WrongState):
        actions.begin_moderation(actor=opened.actor("carl"), evaluation=opened.lot)


def test_evaluator_does_not_begin_moderation(opened):
    with pytest.raises(Refused):
        actions.begin_moderation(actor=opened.actor("evan"), evaluation=opened.lot)


def test_reading_a_bid_is_in_the_trail(opened):
    actions.record_bid_reading(
        actor=opened.actor("carl"), evaluation=opened.lot, bid_lot=opened.bids[1], what="bid"
    )
    event = AuditEvent.objects.get(verb="bid.read")
    assert event.facts == {"lot": 1, "bid": opened.bids[1].label, "what": "bid"}
    assert event.case_reference == opened.exercise.reference


def test_reading_by_somebody_who_is_not_cleared_is_refused(opened):
    with pytest.raises(Refused):
        actions.record_bid_reading(
            actor=opened.actor("adam"), evaluation=opened.lot, bid_lot=opened.bids[1], what="bid"
        )


def recuse(opened, name):
    """The named person has an interest in the first bidder, and the lead recuses them."""
    declaration = declare_in_exercise(
        actor=opened.actor(name),
        exercise=opened.exercise,
        provider=opened.bids[0].provider,
        has_interest=True,
        description="My brother works there.",
    )
    resolve_in_exercise(
        actor=opened.actor("priya"),
        declaration=declaration,
        resolution="recused",
        note="Too close.",
    )


def member(opened, name):
    return ExerciseMember.objects.get(
        exercise=opened.exercise, user=opened.people.users[name], duty=Duty.EVALUATOR
    )


def score_what_is_assigned(opened, name):
    actor, lot = opened.actor(name), opened.lot
    for one in queries.own_scores(actor, opened.case(name)):
        actions.save_bid_rating(
            actor=actor,
            evaluation=lot,
            bid_lot=one.line.bid_lot,
            criterion_key=one.leaf.key,
            rating=Decimal(3),
            rationale="The answer names who plans each visit.",
            seen_revision=0,
        )
    actions.lock_bid_ratings(actor=actor, evaluation=lot)


def begin(opened):
    return actions.begin_moderation(actor=opened.actor("carl"), evaluation=opened.lot)


def test_nobody_waits_for_an_evaluator_who_was_recused_from_one_bidder(opened):
    opened.score("edith", "elena")
    recuse(opened, "evan")
    assert begin(opened).stage == LotStage.MODERATION


def test_last_lock_begins_moderation_without_who_was_recused(opened):
    recuse(opened, "evan")
    opened.score("edith", "elena")
    assert opened.lot.stage == LotStage.MODERATION


@pytest.mark.parametrize("locks", [True, False])
def test_moderation_waits_for_a_score_of_somebody_who_was_not_recused(opened, locks):
    for name in ("edith", "elena"):
        end_member(actor=opened.actor("priya"), member=member(opened, name))
    if locks:
        first = opened.case("evan").rated[0].key
        member(opened, "evan").assignments.filter(criterion_key=first).delete()
        score_what_is_assigned(opened, "evan")
    else:
        recuse(opened, "evan")
    with pytest.raises(WrongState, match="has scored all of its criteria"):
        begin(opened)
    assert opened.lot.stage == LotStage.SCORING


def test_somebody_named_after_the_opening_steps_in(opened):
    for name in ("edith", "elena"):
        end_member(actor=opened.actor("priya"), member=member(opened, name))
    recuse(opened, "evan")
    stepping_in = name_member(
        actor=opened.actor("priya"),
        exercise=opened.exercise,
        user=opened.people.users["elena"],
        duty=Duty.EVALUATOR,
    )
    every = [(1, leaf.key) for leaf in opened.case("priya").rated]
    assign_criteria(actor=opened.actor("priya"), member=stepping_in, criteria=every)
    opened.score("elena")
    assert opened.lot.stage == LotStage.MODERATION


def test_nothing_is_taken_from_an_evaluator_after_the_opening(opened, key):
    with pytest.raises(WrongState, match="stays with them"):
        assign_criteria(
            actor=opened.actor("priya"), member=member(opened, "evan"), criteria=[(1, key)]
        )


def test_nobody_is_given_criteria_once_the_lot_is_moderated(opened, key):
    evan = member(opened, "evan")
    evan.assignments.filter(criterion_key=key).delete()
    opened.score("edith", "elena")
    score_what_is_assigned(opened, "evan")
    every = [(1, leaf.key) for leaf in opened.case("priya").rated]
    with pytest.raises(WrongState, match="Lot 1 is not being scored"):
        assign_criteria(actor=opened.actor("priya"), member=evan, criteria=every)


def test_nothing_is_scored_or_decided_once_the_procurement_was_ended(opened, save):
    end_exercise(actor=opened.actor("priya"), exercise=opened.exercise, reason="No money.")
    with pytest.raises(WrongState, match="was ended"):
        save()
    with pytest.raises(WrongState, match="was ended"):
        actions.end_lot(actor=opened.actor("priya"), evaluation=opened.lot, reason="No money.")
    assert not BidRating.objects.exists()
