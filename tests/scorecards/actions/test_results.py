"""Standing of bids, low prices, the calculation, draws and replay."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.demonstration import OFFERS
from commissioning.models import BidLot, SetAsideEnvelope
from scorecards import actions, queries
from scorecards import demonstration_awards as work
from scorecards.actions.results import undrawn_ties
from scorecards.award_inputs import bid_key
from scorecards.enums import LotStage, Standing
from scorecards.models import BidStanding, LotResult, LowTenderInquiry
from scorecards.scoring import award_lots_outcome_from_text
from tests.scorecards.evaluation_samples import once_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand(opened):
    """Set the standing of the first bid; what is given replaces the rest."""

    def set_to(standing, name="priya", **changes):
        given = {
            "evaluation": opened.lot,
            "bid_lot": opened.bids[0],
            "ground": "Condition 1",
            "reason": "It declared that it does not meet it.",
        }
        return actions.set_standing(
            actor=opened.actor(name), standing=standing, **(given | changes)
        )

    return set_to


def outcome(opened):
    row = opened.lot.results.order_by("number").last()
    return award_lots_outcome_from_text(row.outcome_text)


def test_standing_is_set_with_ground_reason_and_trail(opened, stand):
    row = stand(Standing.CONDITIONS_NOT_MET)
    assert (row.ground, row.by) == ("Condition 1", opened.people.users["priya"])
    facts = AuditEvent.objects.get(verb="bid.standing_set").facts
    assert facts == {"lot": 1, "bid": row.bid_lot.label, "standing": "conditions_not_met"}


@pytest.mark.parametrize("name", ["evan", "carl", "anna"])
def test_only_the_lead_sets_standing(stand, name):
    with pytest.raises(Refused):
        stand(Standing.CONDITIONS_NOT_MET, name)


@pytest.mark.parametrize("missing", ["ground", "reason"])
def test_standing_without_its_words_is_refused(stand, missing):
    with pytest.raises(WrongState, match="Name the rule"):
        stand(Standing.CONDITIONS_NOT_MET, **{missing: " "})


def test_bid_of_another_lot_is_refused(opened, stand):
    elsewhere = opened.bids[0]
    elsewhere.lot_number = 2
    with pytest.raises(WrongState, match="no bid for this lot"):
        stand(Standing.CONDITIONS_NOT_MET, bid_lot=elsewhere)


def test_low_price_is_disregarded_only_after_the_bidder_was_heard(stand):
    with pytest.raises(WrongState, match="Ask the bidder first"):
        stand(Standing.ABNORMALLY_LOW)
    assert not BidStanding.objects.exists()


def score_all_but_the_first(opened):
    """Let every evaluator score, with the first bid out of the assessment."""
    for name in ("evan", "edith", "elena"):
        for bid in opened.bids[1:]:
            for leaf in opened.case(name).rated:
                actions.save_bid_rating(
                    actor=opened.actor(name),
                    evaluation=opened.lot,
                    bid_lot=bid,
                    criterion_key=leaf.key,
                    rating=Decimal(3),
                    rationale="The answer names who acts.",
                    seen_revision=0,
                )
        actions.lock_bid_ratings(actor=opened.actor(name), evaluation=opened.lot)


def test_bid_that_nobody_scored_does_not_come_back_after_scoring(opened, stand):
    stand(Standing.CONDITIONS_NOT_MET)
    score_all_but_the_first(opened)
    with pytest.raises(WrongState, match="not scored while the evaluators scored"):
        stand(Standing.ELIGIBLE)


def test_bid_comes_back_while_evaluators_score(opened, stand):
    stand(Standing.CONDITIONS_NOT_MET)
    stand(Standing.ELIGIBLE)
    assert len(opened.case("priya").assessed) == 4


def test_result_waits_for_the_prices(opened):
    opened.to_signed()
    with pytest.raises(WrongState, match="Prices must be opened first"):
        opened.calculate()


def test_result_is_kept_with_inputs_outcome_and_hash(opened):
    opened.to_calculated()
    row = opened.lot.results.get()
    assert (opened.lot.stage, row.number, row.method_version) == (LotStage.CALCULATED, 1, "1")
    assert len(outcome(opened).lots[0].bids) == 4
    facts = AuditEvent.objects.get(verb="lot.result_kept").facts
    assert (facts["sha256"], facts["drawn"]) == (row.sha256, False)


def test_result_is_calculated_again_as_a_new_row(opened, stand):
    opened.to_calculated()
    stand(Standing.CONDITIONS_NOT_MET)
    opened.calculate()
    assert [row.number for row in LotResult.objects.all()] == [1, 2]
    assert outcome(opened).lots[0].bid(bid_key(opened.bids[0])).state.is_disregarded


def test_only_the_lead_calculates(opened):
    opened.to_signed()
    opened.open_prices()
    with pytest.raises(Refused):
        actions.calculate_result(actor=opened.actor("carl"), exercise=opened.exercise)


def test_ended_lot_has_no_result(opened):
    opened.to_signed()
    opened.open_prices()
    actions.end_lot(actor=opened.actor("priya"), evaluation=opened.lot, reason="No money is left.")
    with pytest.raises(WrongState):
        opened.calculate()


def test_replay_of_a_kept_result_is_the_same(opened):
    opened.to_calculated()
    replay = actions.replay_result(actor=opened.actor("anna"), result=opened.lot.results.get())
    assert replay.is_same
    assert AuditEvent.objects.get(verb="lot.result_replayed").facts["same"] is True


def test_replay_of_a_result_that_was_tampered_with_differs(opened):
    opened.to_calculated()
    row = opened.lot.results.get()
    row.inputs_text = row.inputs_text.replace("231500", "331500")
    assert not actions.replay_result(actor=opened.actor("anna"), result=row).is_same


def test_replay_is_refused_to_who_does_not_see_the_lot(opened):
    opened.to_calculated()
    with pytest.raises(Refused):
        actions.replay_result(actor=opened.actor("adam"), result=opened.lot.results.get())


@pytest.fixture
def level(opened):
    """All bids have the same prices and ratings, so that lots have to be drawn."""
    opened.to_level()
    return [bid_key(bid) for bid in opened.bids]


def draw(opened, order, words="On 3 March in room 2, before two witnesses."):
    return actions.calculate_result(
        actor=opened.actor("priya"), exercise=opened.exercise, draw=(1, order), draw_record=words
    )


def test_draw_decides_between_level_bids_and_is_kept(opened, level):
    assert undrawn_ties(opened.lot.results.get(), 1) == [set(level)]
    order = [level[2], level[0], level[1], level[3]]
    draw(opened, order)
    assert outcome(opened).lots[0].ranking == tuple(order)
    assert opened.lot.steps.order_by("pk").last().reason.startswith("On 3 March")
    opened.calculate()
    assert outcome(opened).lots[0].ranking == tuple(order)


@pytest.mark.parametrize("places", [slice(0, 2), slice(0, 0)])
def test_draw_between_other_bids_than_the_level_ones_is_refused(opened, level, places):
    with pytest.raises(WrongState, match="still level"):
        draw(opened, level[places])


def test_draw_with_a_bid_twice_is_refused(opened, level):
    with pytest.raises(WrongState, match="one place"):
        draw(opened, [*level, level[0]])


def test_draw_without_its_record_is_refused(opened, level):
    with pytest.raises(WrongState, match="before whom"):
        draw(opened, level, " ")


def test_draw_where_nothing_is_level_is_refused(opened):
    opened.to_calculated()
    with pytest.raises(WrongState, match="still level"):
        draw(opened, [bid_key(bid) for bid in opened.bids])


@pytest.fixture
def asked(opened):
    opened.to_calculated()
    return actions.ask_about_low_price(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        bid_lot=opened.bids[0],
        question="How do you pay the wages?",
        asked_on=timezone.localdate(),
    )


def decide(opened, inquiry, **changes):
    given = {
        "answer": "It gave its rota and its wages.",
        "answered_on": timezone.localdate(),
        "can_perform": False,
        "reason": "The wages are under the legal minimum.",
    }
    return actions.decide_about_low_price(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        inquiry=inquiry,
        **(given | changes),
    )


def test_low_price_is_disregarded_after_the_inquiry(opened, asked, stand):
    decide(opened, asked)
    stand(Standing.ABNORMALLY_LOW)
    opened.calculate()
    assert outcome(opened).lots[0].bid(bid_key(opened.bids[0])).state == "abnormally_low"


def test_bidder_that_can_perform_is_not_disregarded(opened, asked, stand):
    decide(opened, asked, can_perform=True)
    with pytest.raises(WrongState, match="Ask the bidder first"):
        stand(Standing.ABNORMALLY_LOW)


def test_bidder_is_asked_once(opened, asked):
    with pytest.raises(WrongState, match="asked already"):
        actions.ask_about_low_price(
            actor=opened.actor("priya"),
            evaluation=opened.lot,
            bid_lot=opened.bids[0],
            question="Again?",
            asked_on=timezone.localdate(),
        )


def test_decision_is_taken_once(opened, asked):
    decide(opened, asked)
    with pytest.raises(WrongState, match="decided already"):
        decide(opened, asked)


def test_answer_older_than_the_question_is_refused(opened, asked):
    with pytest.raises(WrongState, match="older"):
        decide(opened, asked, answered_on=timezone.localdate() - datetime.timedelta(days=1))
    assert LowTenderInquiry.objects.get().decided_at is None


@pytest.fixture(scope="module")
def joined(django_db_setup, django_db_blocker):
    """Two lots, one for each supplier at most, calculated; lot 1 is recommended.

    Harbour Lights is first in both and wants lot 2 more, so Aldergate has lot 1.
    """
    with once_for_a_module(
        django_db_blocker,
        offers=[replace(offer, lots=(2, 1)) for offer in OFFERS[:3]],
        lots=2,
        one_lot_each_by=LotLimitMechanism.SUPPLIER_PREFERENCE,
    ) as made:
        for lot in work.evaluations(made.exercise):
            work.score(made.people, lot)
            work.agree(made.people, lot)
            work.sign(made.people, lot)
        work.calculate(made.people, made.exercise)
        work.recommend(made.people, made.lot)
        yield made


def disregard(joined, name: str) -> None:
    """Take the bid of this provider in lot 2 out of the assessment."""
    actions.set_standing(
        actor=joined.actor("priya"),
        evaluation=work.evaluations(joined.exercise)[1],
        bid_lot=BidLot.objects.get(
            exercise=joined.exercise, lot_number=2, provider__organisation__name=name
        ),
        standing=Standing.PROCEDURAL_BREACH,
        ground="Instructions, paragraph 4",
        reason="It was handed in under two names.",
    )


def winners(joined) -> list[str]:
    """Who has lot 1 and lot 2 by the last result of each."""
    names = {bid_key(row): str(row.provider) for row in BidLot.objects.filter(lot_number=1)}
    last = [lot.results.order_by("number").last() for lot in work.evaluations(joined.exercise)]
    return [
        names[award_lots_outcome_from_text(row.outcome_text).awards[place].winners[0]]
        for place, row in enumerate(last)
    ]


def numbers(joined) -> list[int]:
    return [lot.results.count() for lot in work.evaluations(joined.exercise)]


def test_lot_whose_award_is_recommended_keeps_its_result_when_another_is_calculated(joined):
    assert winners(joined) == ["Aldergate Care Services Ltd", "Harbour Lights Trust"]
    disregard(joined, "Fieldway Works CIC")
    joined.calculate()
    assert numbers(joined) == [1, 2]
    assert winners(joined) == ["Aldergate Care Services Ltd", "Harbour Lights Trust"]


def test_calculation_that_would_move_a_recommended_award_is_refused(joined):
    disregard(joined, "Harbour Lights Trust")
    with pytest.raises(WrongState, match="change who wins lot 1"):
        joined.calculate()
    with pytest.raises(WrongState, match="calculated again"):
        work.approve(joined.people, joined.lot)
    found = queries.lot_outcome(joined.actor("priya"), joined.case("priya"))
    assert (numbers(joined), found.is_outdated) == ([1, 1], True)
    actions.return_award(
        actor=joined.actor("anna"), evaluation=joined.lot, reason="A bid for lot 2 was taken out."
    )
    joined.calculate()
    assert winners(joined) == ["Harbour Lights Trust", "Aldergate Care Services Ltd"]


def test_calculation_is_refused_once_every_award_is_recommended(joined):
    work.recommend(joined.people, work.evaluations(joined.exercise)[1])
    with pytest.raises(WrongState, match="every lot is recommended"):
        joined.calculate()


def test_price_that_was_set_aside_stops_the_sum_until_its_bid_is_taken_out(opened, stand):
    """What nobody could read is no price of nought: the lead decides about the bid, on a ground."""
    opened.to_signed()
    lacking = opened.bids[0]
    opened.open_prices_at(None, "200000", "210000", "220000")
    SetAsideEnvelope.objects.create(
        submission=lacking.submission,
        lot_number=1,
        kind="price",
        cause="unfit",
        reason="The amount is not a number.",
        at=timezone.now(),
    )
    with pytest.raises(WrongState) as refused:
        opened.calculate()
    words = f"{lacking.provider} has no price"
    assert (words in str(refused.value), opened.lot.results.exists()) == (True, False)
    stand(Standing.CONDITIONS_NOT_MET, ground="Price of the tender")
    opened.calculate()
    assert bid_key(lacking) not in outcome(opened).lots[0].ranking
