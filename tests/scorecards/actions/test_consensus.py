"""Recording the consensus, putting it to the members, confirming and signing it."""

from decimal import Decimal

import pytest

from django.db import DatabaseError, transaction

from accounts import queries as people_queries
from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning.actions import assign_criteria
from commissioning.enums import Duty
from commissioning.models import ExerciseMember
from scorecards import actions, queries
from scorecards.actions.consensus import members_to_confirm, record_sha256
from scorecards.enums import LotStage, Standing
from scorecards.models import BidRating, Consensus, ConsensusConfirmation, ConsensusMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(opened):
    return opened.case("carl").rated[0].key


@pytest.fixture
def record(opened, key):
    """Record a consensus on the first bid and criterion; what is given replaces the rest."""

    def recorded(name="carl", **changes):
        rating = changes.get("rating", Decimal(3))
        given = {
            "evaluation": opened.lot,
            "bid_lot": opened.bids[0],
            "criterion_key": key,
            "rating": rating,
            "reasons": "It names who plans and who acts.",
            "discussion": "Evan pointed to the log.",
            "higher_score": "Times for Sundays.",
            "moves": {
                row.evaluator_id: "Read again together."
                for row in BidRating.objects.filter(
                    bid_lot=opened.bids[0], criterion_key=key
                ).exclude(rating=rating)
            },
            "seen_revision": 0,
        }
        return actions.record_consensus(actor=opened.actor(name), **(given | changes))

    return recorded


def test_who_was_recused_after_scoring_is_not_waited_for(opened):
    opened.score()
    opened.agree()
    assert opened.people.users["evan"] in members_to_confirm(opened.lot)
    opened.recuse("evan")
    opened.propose()
    confirm(opened, "carl", "edith", "elena")
    assert members_to_confirm(opened.lot) == []


def confirm(opened, *names):
    sha256 = record_sha256(opened.lot)
    for name in names:
        actions.confirm_record(actor=opened.actor(name), evaluation=opened.lot, sha256=sha256)


def test_consensus_is_recorded_with_moves_revision_and_trail(opened, record):
    opened.score()
    row = record()
    moved = {move.evaluator_id for move in row.moves.all()}
    differ = BidRating.objects.filter(bid_lot=row.bid_lot, criterion_key=row.criterion_key).exclude(
        rating=3
    )
    assert moved == set(differ.values_list("evaluator", flat=True))
    assert len(moved) == 2
    kept = row.revisions.get()
    assert (kept.discussion, kept.higher_score) == (row.discussion, row.higher_score)
    assert AuditEvent.objects.get(verb="consensus.recorded").facts["moved"] == len(moved)


def test_move_without_an_explanation_is_refused_by_name(opened, record):
    opened.score()
    with pytest.raises(WrongState, match="Say why the rating moved"):
        record(moves={})
    assert not Consensus.objects.exists()


def test_nobody_explains_the_move_of_who_was_recused(opened, record):
    opened.score()
    opened.recuse("elena")
    edith, elena = (opened.people.users[name].pk for name in ("edith", "elena"))
    row = record(rating=Decimal(4), moves={edith: "Read again.", elena: "Read again."})
    assert [move.evaluator_id for move in row.moves.all()] == [edith]
    opened.recuse("edith")
    assert not record(rating=Decimal(4), moves={}, seen_revision=1).moves.exists()


def everybody_else_is_recused(opened, record):
    """Evan scores one criterion less than the others, who are recused once all is agreed."""
    first = opened.case("evan").rated[0].key
    of_evan = ExerciseMember.objects.get(
        exercise=opened.exercise, user=opened.people.users["evan"], duty=Duty.EVALUATOR
    )
    of_evan.assignments.filter(criterion_key=first).delete()
    opened.score("edith", "elena")
    actor = opened.actor("evan")
    for one in queries.own_scores(actor, opened.case("evan")):
        actions.save_bid_rating(
            actor=actor,
            evaluation=opened.lot,
            bid_lot=one.line.bid_lot,
            criterion_key=one.leaf.key,
            rating=Decimal(3),
            rationale="The answer names who plans each visit.",
            seen_revision=0,
        )
    actions.lock_bid_ratings(actor=actor, evaluation=opened.lot)
    assert opened.lot.stage == LotStage.MODERATION
    for bid in opened.bids:
        for leaf in opened.case("carl").rated:
            given = BidRating.objects.filter(bid_lot=bid, criterion_key=leaf.key)
            moves = {row.evaluator_id: "Read again." for row in given.exclude(rating=3)}
            record(bid_lot=bid, criterion_key=leaf.key, moves=moves)
    opened.recuse("edith")
    opened.recuse("elena")
    return of_evan


def reopen(opened, name="carl", reason="Edith and Elena were recused."):
    return actions.reopen_scoring(actor=opened.actor(name), evaluation=opened.lot, reason=reason)


def test_record_rests_on_a_rating_that_counts_for_every_criterion(opened, record):
    everybody_else_is_recused(opened, record)
    first = opened.case("carl").rated[0]
    with pytest.raises(WrongState, match=f"Whoever scored “{first.number} {first.title}” was"):
        opened.propose()
    assert opened.lot.stage == LotStage.MODERATION


def test_signing_refuses_a_record_whose_evaluators_were_recused_since(opened):
    opened.score()
    opened.agree()
    opened.propose()
    for name in ("evan", "edith", "elena"):
        opened.recuse(name)
    confirm(opened, "carl")
    with pytest.raises(WrongState, match="no rating of it counts"):
        actions.sign_quality(actor=opened.actor("carl"), evaluation=opened.lot)


@pytest.mark.parametrize("name", ["carl", "priya"])
def test_criterion_without_a_rating_that_counts_is_scored_by_another(opened, record, key, name):
    of_evan = everybody_else_is_recused(opened, record)
    reopen(opened, name)
    assert opened.lot.stage == LotStage.SCORING
    assert opened.lot.steps.last().reason == "Edith and Elena were recused."
    assert not queries.panel_ratings(opened.actor("evan"), opened.lot).exists()
    assert Consensus.objects.count() == 16
    every = [(1, leaf.key) for leaf in opened.case("priya").rated]
    assign_criteria(actor=opened.actor("priya"), member=of_evan, criteria=every)
    for bid, rating in zip(opened.bids, (4, 3, 3, 3), strict=True):
        actions.save_bid_rating(
            actor=opened.actor("evan"),
            evaluation=opened.lot,
            bid_lot=bid,
            criterion_key=key,
            rating=Decimal(rating),
            rationale="It names who acts.",
            seen_revision=0,
        )
    actions.lock_bid_ratings(actor=opened.actor("evan"), evaluation=opened.lot)
    assert opened.lot.stage == LotStage.MODERATION
    with pytest.raises(WrongState, match="another rating since the panel agreed"):
        opened.propose()
    record(moves={opened.people.users["evan"].pk: "Read again."}, seen_revision=1)
    opened.propose()
    assert opened.lot.stage == LotStage.CONFIRMING


def test_scoring_is_opened_again_only_where_no_rating_counts(opened):
    opened.score()
    opened.recuse("edith")
    with pytest.raises(WrongState, match="Every criterion was scored"):
        reopen(opened)
    assert opened.lot.stage == LotStage.MODERATION


def test_scoring_is_opened_again_with_a_reason_by_lead_or_chair(opened, record):
    everybody_else_is_recused(opened, record)
    with pytest.raises(WrongState, match="Give the reason"):
        reopen(opened, reason=" ")
    for name in ("evan", "anna"):
        with pytest.raises(Refused):
            reopen(opened, name)


def test_trail_does_not_show_what_was_agreed_while_somebody_scores_again(opened, record):
    everybody_else_is_recused(opened, record)
    shown = people_queries.trail(opened.actor("adam")).filter(verb="consensus.recorded")
    assert shown.exists()
    reopen(opened)
    assert not shown.all().exists()


def test_same_rating_by_all_needs_no_explanation(opened, record, key):
    opened.score(lock=False)
    BidRating.objects.filter(bid_lot=opened.bids[0], criterion_key=key).update(rating="3")
    for name in ("evan", "edith", "elena"):
        actions.lock_bid_ratings(actor=opened.actor(name), evaluation=opened.lot)
    assert not record(moves={}).moves.exists()


def test_explanations_of_who_agrees_are_not_kept(opened, record):
    opened.score()
    everybody = {opened.people.users[name].pk: "Why." for name in ("evan", "edith", "elena")}
    assert record(moves=everybody).moves.count() < 3


def test_second_record_from_an_old_page_is_refused_with_the_row(opened, record):
    opened.score()
    first = record()
    with pytest.raises(StaleSave) as stale:
        record(reasons="Typed on another page.", moves={})
    assert stale.value.current == first


def test_later_record_replaces_moves_and_keeps_the_earlier_revision(opened, record):
    opened.score()
    record()
    row = record(rating=Decimal(4), seen_revision=1)
    assert (row.version, row.revisions.count()) == (2, 2)
    assert Decimal(4) not in {move.from_rating for move in ConsensusMove.objects.all()}


@pytest.mark.parametrize("name", ["evan", "priya", "anna"])
def test_only_the_chair_records(opened, record, name):
    opened.score()
    with pytest.raises(Refused):
        record(name)


def test_consensus_waits_for_all_to_lock(opened, record):
    opened.score("evan", "edith")
    with pytest.raises(WrongState, match="each evaluator scores alone"):
        record()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"rating": Decimal(7), "moves": {}}, "points of the scale"), ({"reasons": " "}, "decisive")],
)
def test_record_without_its_parts_is_refused(opened, record, changes, words):
    opened.score()
    with pytest.raises(WrongState, match=words):
        record(**changes)


def test_record_is_not_proposed_before_all_is_agreed(opened, record):
    opened.score()
    record()
    with pytest.raises(WrongState, match="15 ratings are not agreed yet"):
        opened.propose()


def stand(opened, standing):
    actions.set_standing(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        bid_lot=opened.bids[0],
        standing=standing,
        ground="Condition 1",
        reason="A certificate was missing, and was found.",
    )


def all_but_the_first_bid(opened, record):
    """Agree on every bid but the first one, which is out of the assessment."""
    for bid in opened.bids[1:]:
        for leaf in opened.case("carl").rated:
            given = BidRating.objects.filter(bid_lot=bid, criterion_key=leaf.key)
            record(
                bid_lot=bid,
                criterion_key=leaf.key,
                moves={row.evaluator_id: "Read again." for row in given.exclude(rating=3)},
            )


def test_bid_that_left_needs_no_consensus(opened, record):
    opened.score()
    stand(opened, Standing.CONDITIONS_NOT_MET)
    all_but_the_first_bid(opened, record)
    opened.propose()
    assert opened.lot.stage == LotStage.CONFIRMING


def test_signing_refuses_a_bid_that_came_back_without_a_consensus(opened, record):
    opened.score()
    stand(opened, Standing.CONDITIONS_NOT_MET)
    all_but_the_first_bid(opened, record)
    opened.propose()
    confirm(opened, "carl", "evan", "edith", "elena")
    stand(opened, Standing.ELIGIBLE)
    with pytest.raises(WrongState, match="4 ratings are not agreed yet"):
        actions.sign_quality(actor=opened.actor("carl"), evaluation=opened.lot)


def test_members_and_chair_confirm(opened):
    opened.score()
    opened.agree()
    opened.propose()
    confirm(opened, "evan", "carl")
    assert [user.full_name for user in members_to_confirm(opened.lot)] == [
        opened.people.users[name].full_name for name in ("edith", "elena")
    ]
    confirm(opened, "evan")
    assert ConsensusConfirmation.objects.count() == 2


def test_another_hash_is_refused(opened):
    opened.score()
    opened.agree()
    opened.propose()
    with pytest.raises(WrongState, match="has changed"):
        actions.confirm_record(actor=opened.actor("evan"), evaluation=opened.lot, sha256="0" * 64)


def test_who_is_not_on_the_panel_does_not_confirm(opened):
    opened.score()
    opened.agree()
    sha256 = opened.propose()
    with pytest.raises(Refused):
        actions.confirm_record(actor=opened.actor("anna"), evaluation=opened.lot, sha256=sha256)


def test_signing_waits_for_every_member(opened):
    opened.score()
    opened.agree()
    opened.propose()
    confirm(opened, "carl", "evan", "edith")
    with pytest.raises(WrongState, match=opened.people.users["elena"].full_name):
        actions.sign_quality(actor=opened.actor("carl"), evaluation=opened.lot)


def test_reopened_and_changed_record_has_to_be_confirmed_again(opened, record):
    opened.score()
    opened.agree()
    before = opened.propose()
    confirm(opened, "carl", "evan", "edith", "elena")
    actions.reopen_moderation(
        actor=opened.actor("carl"), evaluation=opened.lot, reason="Elena doubts one reason."
    )
    row = Consensus.objects.filter(bid_lot=opened.bids[0]).order_by("criterion_key").first()
    moves = {move.evaluator_id: move.why for move in row.moves.all()}
    record(
        criterion_key=row.criterion_key,
        rating=row.rating,
        reasons="Said better.",
        moves=moves,
        seen_revision=1,
    )
    assert opened.propose() != before
    assert len(members_to_confirm(opened.lot)) == 4


def test_reopening_needs_a_reason(opened):
    opened.score()
    opened.agree()
    opened.propose()
    with pytest.raises(WrongState, match="reason"):
        actions.reopen_moderation(actor=opened.actor("carl"), evaluation=opened.lot, reason=" ")


def test_signed_consensus_is_frozen(opened):
    opened.to_signed()
    assert opened.lot.stage == LotStage.QUALITY_SIGNED
    assert not Consensus.objects.filter(frozen_at=None).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Consensus.objects.update(reasons="Something else.")
