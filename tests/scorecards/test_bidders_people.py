"""The attack: somebody joins a bidder after declaring no interest, and goes on for the council.

Whoever belongs to a bidder, or did since the procurement began, scores, chairs, opens, recommends,
approves, confirms and signs nothing, for whomever they act.
"""

import inspect
from datetime import timedelta

import pytest

from accounts.access import Actor, Refused, WrongState
from accounts.models import Membership
from commissioning import actions as exercises
from commissioning import demonstration
from commissioning.actions import declare_in_exercise
from commissioning.enums import Duty
from commissioning.models import BidLot, ExerciseMember
from providers.models import Provider
from scorecards import actions, queries
from scorecards.actions import bid_ratings
from scorecards.models import BidRating, LotEvaluation
from tests.architecture.test_judging import JUDGES
from tests.commissioning.actions.test_joining import join, leave
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db
DUTIES = {"priya": Duty.LEAD, "carl": Duty.CHAIR, "evan": Duty.EVALUATOR, "anna": Duty.APPROVER}
OF_LOTS = [
    name
    for name in JUDGES["scorecards.actions"].split()
    if "evaluation" in inspect.signature(getattr(actions, name)).parameters
]


def for_council(opened, name: str) -> Actor:
    return Actor.of(opened.people.users[name], opened.people.organisations["council"])


def belong(opened, name: str, *, left: bool) -> Actor:
    """Join a bidder, and declare anew that there is nothing: the attack; or leave it again."""
    place = join(opened.people, name, "firm")
    if left:
        leave(place)
    actor = for_council(opened, name)
    firm = Provider.objects.get(organisation=place.organisation)
    for about in (None, firm):
        declare_in_exercise(
            actor=actor, exercise=opened.exercise, provider=about, has_interest=False
        )
    return actor


def call(name: str, actor: Actor, opened):
    """The action on the lot, with nothing in its other arguments: who acts is asked first."""
    action = getattr(actions, name)
    given = dict.fromkeys(inspect.signature(action).parameters)
    return action(**given | {"actor": actor, "evaluation": opened.lot})


def test_list_of_actions_on_lots_is_not_empty():
    assert len(OF_LOTS) > 15


@pytest.mark.parametrize("left", [False, True], ids=["belongs", "left since"])
@pytest.mark.parametrize("person", DUTIES)
def test_whoever_belongs_to_a_bidder_is_refused_every_action_on_the_lot(opened, person, left):
    actor = belong(opened, person, left=left)
    for name in OF_LOTS:
        with pytest.raises(Refused) as refused:
            call(name, actor, opened)
        words = str(refused.value)
        assert words.startswith(("You belong to a bidder", "Only")), (name, words)


@pytest.mark.parametrize("person", DUTIES)
def test_refusal_says_why_where_the_duty_is_held(opened, person):
    """``Only the lead …`` would be the answer to anybody: here it is the belonging."""
    before, after = set(), set()
    actor = for_council(opened, person)
    for name in OF_LOTS:
        try:
            call(name, actor, opened)
        except Refused as refused:
            if not str(refused).startswith("Only"):
                before.add(name)
        except (WrongState, AttributeError, TypeError, ValueError):
            before.add(name)
        else:
            before.add(name)
    actor = belong(opened, person, left=False)
    for name in OF_LOTS:
        with pytest.raises(Refused) as refused:
            call(name, actor, opened)
        if "You belong to a bidder" in str(refused.value):
            after.add(name)
    assert before <= after and after


def test_whoever_left_a_bidder_before_the_procurement_began_goes_on(opened):
    place = Membership.objects.create(
        user=opened.people.users["evan"], organisation=opened.people.organisations["firm"]
    )
    leave(place, opened.exercise.created_at - timedelta(seconds=1))
    opened.score("evan")
    assert BidRating.objects.filter(evaluator=opened.people.users["evan"]).locked().exists()


def test_evaluator_who_joins_a_bidder_scores_none_of_the_bids(opened):
    """The attack as it was made: both bids were scored for the council."""
    declared = belong(opened, "evan", left=False)
    key = (
        ExerciseMember.objects.get(
            exercise=opened.exercise, user=declared.user, duty=Duty.EVALUATOR
        )
        .assignments.first()
        .criterion_key
    )
    for bid in opened.bids:
        with pytest.raises(Refused, match="You belong to a bidder"):
            actions.save_bid_rating(
                actor=declared,
                evaluation=opened.lot,
                bid_lot=bid,
                criterion_key=key,
                rating=5,
                rationale="The best.",
                seen_revision=0,
            )
    assert not BidRating.objects.exists()


@pytest.mark.parametrize("left", [False, True], ids=["belongs", "left since"])
def test_bids_ratings_and_lots_are_out_of_sight(opened, left):
    opened.score()
    actor = belong(opened, "evan", left=left)
    assert not BidLot.objects.visible_to(actor).exists()
    assert not LotEvaluation.objects.visible_to(actor).exists()
    assert not BidRating.objects.visible_to(actor).exists()
    assert queries.evaluation(actor, opened.exercise.reference, 1) is None


def test_pages_of_the_lot_are_gone_for_who_joined_a_bidder(opened, client):
    belong(opened, "evan", left=False)
    begin_session(client, opened.people.users["evan"])
    for name in ("evaluation-detail", "scoring-detail", "moderation-room"):
        assert client.get(opened.url(name)).status_code in (403, 404)


def test_ratings_of_who_joined_a_bidder_count_in_nothing_and_nobody_waits_for_them(opened):
    opened.score()
    before = BidRating.objects.counted().count()
    belong(opened, "evan", left=False)
    own = BidRating.objects.filter(evaluator=opened.people.users["evan"])
    assert own.locked().exists() and not own.counted().exists()
    assert BidRating.objects.counted().count() == before - own.count()
    bids = {row.pk for row in opened.bids}
    evan = opened.people.users["evan"].pk
    assert evan not in {user for user, _, _ in bid_ratings.not_locked(opened.lot, bids)}


def test_prices_are_not_opened_by_who_joined_a_bidder(opened):
    opened.to_signed()
    carl = belong(opened, "carl", left=False)
    key = opened.exercise.opening_keys.get(kind="price", is_rehearsal=False)
    with pytest.raises(Refused, match="You belong to a bidder"):
        exercises.act_as_opener(actor=carl, opening_key=key, secret=demonstration.PASSPHRASE)


def test_result_is_not_calculated_by_who_joined_a_bidder(opened):
    opened.to_signed()
    opened.open_prices()
    priya = belong(opened, "priya", left=False)
    with pytest.raises(Refused, match="You belong to a bidder"):
        actions.calculate_result(actor=priya, exercise=opened.exercise)


def test_award_is_recommended_and_approved_by_nobody_who_joined_a_bidder(opened):
    opened.to_calculated()
    with pytest.raises(Refused, match="You belong to a bidder"):
        actions.recommend_award(
            actor=belong(opened, "priya", left=True), evaluation=opened.lot, recommendation="So."
        )
    with pytest.raises(Refused, match="You belong to a bidder"):
        actions.approve_award(actor=belong(opened, "anna", left=False), evaluation=opened.lot)


def test_interests_are_decided_by_nobody_who_joined_a_bidder(opened):
    declaration = declare_in_exercise(
        actor=opened.actor("edith"),
        exercise=opened.exercise,
        provider=opened.bids[0].provider,
        has_interest=True,
        description="My brother works there.",
    )
    priya = belong(opened, "priya", left=False)
    with pytest.raises(Refused, match="You belong to a bidder"):
        exercises.resolve_in_exercise(
            actor=priya, declaration=declaration, resolution="mitigated", note="Fine."
        )
    with pytest.raises(Refused, match="You belong to a bidder"):
        exercises.confirm_conflicts_assessment(
            actor=priya, exercise=opened.exercise, perceived="Nothing."
        )
