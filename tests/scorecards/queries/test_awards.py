"""Reads about awards: who is shown a lot, its facts, its documents and its letters."""

import pytest

from accounts.access import Actor
from scorecards import actions, queries
from scorecards.models import AwardDocument, LotResult
from tests.scorecards.awarding import calculated, to_released

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("priya", True), ("carl", True), ("evan", True), ("anna", True), ("adam", False),
        ("sam", False), ("mei", False), ("olive", False),
    ],
)  # fmt: skip
def test_lot_and_its_facts_are_for_the_cleared_team(calculated, who, sees):
    viewer = calculated.actor(who)
    found = queries.lot_evaluation(viewer, calculated.exercise.reference, 1)
    facts = queries.award_facts(viewer, calculated.lot)
    assert (found is not None, facts is not None) == (sees, sees)


def test_facts_name_the_winner_that_was_calculated(calculated):
    facts = queries.award_facts(calculated.actor("priya"), calculated.lot)
    (winner,) = facts.winners
    assert facts.result_of(winner).rank == 1
    assert len(facts.bids) == 4


def test_lot_without_a_result_has_no_facts(calculated):
    other = calculated.lot
    assert LotResult.objects.filter(evaluation=other).exists()
    assert queries.lot_evaluation(calculated.actor("priya"), calculated.exercise.reference, 2) is (
        None
    )


def test_letters_are_there_once_released(calculated):
    sam = calculated.actor("sam")
    assert not queries.letters(sam).exists()
    to_released(calculated)
    (letter,) = queries.letters(sam)
    assert letter.bid_lot.provider.organisation == calculated.people.organisations["firm"]
    assert not queries.letters(calculated.actor("priya")).exists()
    assert not queries.letters(Actor()).exists()


def test_documents_of_the_exercise_and_of_a_lot_are_kept_apart(calculated):
    priya = calculated.actor("priya")
    whole = actions.request_ethics_schedule(actor=priya, exercise=calculated.exercise)
    one = actions.request_evaluation_report(actor=priya, evaluation=calculated.lot)
    assert list(queries.documents_of_exercise(priya, calculated.exercise)) == [whole]
    assert list(queries.documents_of_lot(priya, calculated.lot)) == [one]


def test_summary_is_read_by_the_lead_once_worded(calculated):
    priya, bid = calculated.actor("priya"), calculated.bids[0]
    assert queries.summary_of(priya, bid) is None
    row = actions.edit_summary(
        actor=priya,
        evaluation=calculated.lot,
        bid_lot=bid,
        words={"address": "1 Market Place"},
        withheld={},
        seen_revision=0,
    )
    assert queries.summary_of(priya, bid) == row
    assert queries.summary_of(calculated.actor("mei"), bid) is None


def test_exercise_links_to_its_award_for_the_cleared_only(calculated):
    links = [
        [link.text for link in queries.award_links_on_exercise(viewer, calculated.exercise)]
        for viewer in (calculated.actor("anna"), calculated.actor("adam"))
    ]
    assert links == [["Award of lot 1", "Documents"], ["Documents"]]


def test_list_of_documents_takes_as_many_queries_for_three_as_for_one(
    calculated, django_assert_num_queries
):
    priya = calculated.actor("priya")

    def shown() -> list[str]:
        rows = queries.documents_of_exercise(priya, calculated.exercise)
        return [f"{row.exercise.procurement.buyer} {row.job.state}" for row in rows]

    actions.request_ethics_schedule(actor=priya, exercise=calculated.exercise)
    with django_assert_num_queries(1):
        assert len(shown()) == 1
    for _ in range(2):
        actions.request_ethics_schedule(actor=priya, exercise=calculated.exercise)
    with django_assert_num_queries(1):
        assert len(shown()) == 3


def test_stored_document_is_found_by_hash_and_by_its_own_reference(calculated):
    priya = calculated.actor("priya")
    row = actions.request_ethics_schedule(actor=priya, exercise=calculated.exercise)
    stored = actions.store_award_document(
        actor=Actor.system("worker"), document=row, pdf=b"%PDF-1.7 made up", versions=[]
    )
    anybody = Actor()
    assert queries.award_document_by_hash(anybody, stored.sha256.upper()) == stored
    assert queries.award_document_by_hash(anybody, stored.sha256, row.reference.lower()) == stored
    assert queries.award_document_by_hash(anybody, stored.sha256, "AD-0000-0000") is None
    assert queries.award_document_by_hash(anybody, "0" * 64) is None
    assert AwardDocument.objects.count() == 1
