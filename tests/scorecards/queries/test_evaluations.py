"""Reads about a lot, one's own scoring, advice, and what the home page asks for."""

from decimal import Decimal

import pytest

from accounts.access import Actor
from commissioning.actions import end_exercise, open_amendment, start_exercise
from commissioning.demonstration import design, prepare_openers, publish, staff
from commissioning.enums import ExerciseKind, Regime
from commissioning.models import Exercise
from scorecards import actions, queries
from scorecards.award_inputs import bid_key
from scorecards.models import BidRating

pytestmark = pytest.mark.django_db


def words_of(opened, name):
    return [item.text for item in queries.evaluation_home_items(opened.actor(name))]


def test_lot_is_found_by_who_is_cleared(opened):
    reference = opened.exercise.reference
    assert queries.evaluation(opened.actor("evan"), reference, 1) == opened.lot
    assert queries.evaluation(opened.actor("evan"), reference, 2) is None
    for name in ("adam", "mei", "sam"):
        assert queries.evaluation(opened.actor(name), reference, 1) is None


def test_case_takes_a_constant_number_of_statements(opened, django_assert_num_queries):
    actor, lot = opened.actor("evan"), opened.lot
    with django_assert_num_queries(5):
        queries.lot_case(actor, lot)


def test_bids_are_named_or_lettered(opened):
    names = sorted(line.name for line in opened.case("evan").bids)
    assert names == [str(bid.provider) for bid in opened.bids]
    Exercise.objects.filter(pk=opened.exercise.pk).update(names_hidden=True)
    assert [line.name for line in opened.case("evan").bids] == ["Bid A", "Bid B", "Bid C", "Bid D"]


def test_own_scores_go_criterion_by_criterion(opened):
    opened.score("evan", lock=False)
    scores = queries.own_scores(opened.actor("evan"), opened.case("evan"))
    assert len(scores) == 16
    assert {score.status for score in scores} == {"Complete"}
    assert queries.own_scores(opened.actor("carl"), opened.case("carl")) == []


@pytest.mark.parametrize(
    ("rating", "rationale", "status", "lacks"),
    [
        (None, "", "In progress", ("a rating", "a rationale")),
        (Decimal(3), "", "In progress", ("a rationale",)),
        (Decimal(3), "Because.", "Complete", ()),
    ],
)
def test_score_says_what_it_lacks(opened, rating, rationale, status, lacks):
    case = opened.case("evan")
    row = BidRating(rating=rating, rationale=rationale)
    score = queries.OwnScore(case.bids[0], case.rated[0], row)
    assert (score.status, score.lacks) == (status, lacks)


def test_rating_is_said_with_its_label(opened):
    case = opened.case("evan")
    leaf = case.rated[0]
    point = case.points(leaf)[-1]
    assert case.rating_words(leaf, point.value) == f"{point.value} ({point.label})"
    assert case.rating_words(leaf, None) == "Not rated"


def test_home_follows_the_lot_for_each_duty(opened):
    score = "Score lot 1 of Visits at home"
    assert (words_of(opened, "evan"), words_of(opened, "carl")) == ([score], [])
    opened.score()
    assert (words_of(opened, "evan"), words_of(opened, "carl")) == (
        [],
        ["Moderate lot 1 of Visits at home"],
    )
    opened.agree()
    opened.sign()
    assert words_of(opened, "carl") == ["Open the prices of lot 1 of Visits at home"]
    opened.open_prices()
    assert words_of(opened, "priya") == ["Calculate the result of lot 1 of Visits at home"]
    opened.calculate()
    assert words_of(opened, "priya") == ["Recommend an award for lot 1 of Visits at home"]
    assert words_of(opened, "anna") == []


def test_home_asks_for_the_draw_while_bids_are_level(opened):
    opened.to_level()
    assert words_of(opened, "priya") == ["Record the draw for lot 1 of Visits at home"]
    assert words_of(opened, "carl") == []
    actions.calculate_result(
        actor=opened.actor("priya"),
        exercise=opened.exercise,
        draw=(1, [bid_key(bid) for bid in opened.bids]),
        draw_record="On 3 March in room 2, before two witnesses.",
    )
    assert words_of(opened, "priya") == ["Recommend an award for lot 1 of Visits at home"]


def test_home_of_a_stranger_asks_for_nothing(opened):
    assert queries.evaluation_home_items(Actor()) == []
    assert words_of(opened, "mei") == []


def test_exercise_links_to_its_lots_for_who_is_cleared(opened):
    links = queries.links_on_exercise(opened.actor("evan"), opened.exercise)
    assert [link.url for link in links] == [opened.url("evaluation-detail")]
    assert queries.links_on_exercise(opened.actor("adam"), opened.exercise) == []


def test_award_without_competition_offers_no_test_of_a_model(opened):
    lead = opened.actor("priya")
    started = [
        start_exercise(
            actor=lead,
            commissioner=opened.exercise.procurement.buyer,
            kind=kind,
            title="Night shelter",
            regime=Regime.PROCUREMENT_ACT_2023,
        )
        for kind in (ExerciseKind.DIRECT_AWARD, ExerciseKind.COMPETITION)
    ]
    offered = [[link.text for link in queries.links_on_exercise(lead, row)] for row in started]
    assert offered == [[], ["Test the model"]]


def test_prices_wait_until_every_lot_is_signed(opened):
    assert queries.why_prices_wait(opened.actor("priya"), opened.exercise)
    opened.to_signed()
    assert queries.why_prices_wait(opened.actor("priya"), opened.exercise) == ""


def test_ended_lot_holds_no_price_back(opened):
    actions.end_lot(actor=opened.actor("priya"), evaluation=opened.lot, reason="No money.")
    assert queries.why_prices_wait(opened.actor("priya"), opened.exercise) == ""


def test_ended_procurement_asks_nothing_of_anybody(opened):
    evan = opened.actor("evan")
    assert [item.text for item in queries.evaluation_home_items(evan)]
    end_exercise(actor=opened.actor("priya"), exercise=opened.exercise, reason="No money.")
    assert queries.evaluation_home_items(evan) == []
    assert (opened.case("priya").leads, opened.case("carl").chairs) == (False, False)


def test_model_is_tested_while_an_amendment_is_written(opened):
    lead = opened.actor("priya")
    row = design(opened.people, "Meals at home")
    staff(opened.people, row)
    prepare_openers(opened.people, row)
    row = publish(opened.people, row, "2026/S 000-000099")
    assert queries.links_on_exercise(lead, row) == []
    row = open_amendment(actor=lead, exercise=row)
    assert [link.text for link in queries.links_on_exercise(lead, row)] == ["Test the model"]
