"""What documents and pages say of a lot where a limit per supplier joins it with another."""

import pytest

from django.core.management import call_command
from django.urls import reverse

from accounts.access import WrongState
from scorecards import actions
from scorecards import demonstration_awards as work
from scorecards.actions.results import undrawn_ties
from scorecards.award_documents import load_facts
from scorecards.award_documents.summaries import default_texts
from tests.scorecards.evaluation_samples import exercise_with_bids
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

FIRM, ENTERPRISE = "Aldergate Care Services Ltd", "Fieldway Works"


@pytest.fixture
def waiting(people):
    """Two lots of which a supplier may win one; lots have to be drawn in the first."""
    for command in ("load_frameworks", "load_value_set"):
        call_command(command, verbosity=0)
    opened = exercise_with_bids(people, offers=work.LEVEL_OFFERS, **work.LIMITED)
    for step in (work.score, work.agree, work.sign):
        for lot in work.evaluations(opened.exercise):
            step(people, lot)
    work.calculate(people, opened.exercise)
    return opened


@pytest.fixture
def drawn(waiting):
    """The firm is drawn first, and keeps the lot that it wants most."""
    (tied,) = undrawn_ties(waiting.lot.results.get(), 1)
    firm, charity = sorted(tied, key=lambda key: FIRM not in label_of(waiting, key))
    actions.calculate_result(
        actor=waiting.actor("priya"),
        exercise=waiting.exercise,
        draw=(1, [firm, charity]),
        draw_record="On 3 March at noon, before two witnesses.",
    )
    return waiting


def label_of(opened, key: str) -> str:
    return load_facts(opened.lot).of_lot.bid(key).label


def facts_of(opened, number: int):
    return load_facts(work.evaluations(opened.exercise)[number - 1])


def became(about) -> dict[str, str]:
    return {str(bid.provider): about.became_of(bid) for bid in about.bids}


def page(opened, client, who: str, name: str, number: int = 2) -> str:
    begin_session(client, opened.people.users[who])
    response = client.get(reverse(f"scorecards:{name}", args=[opened.exercise.reference, number]))
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_is_said_to_be_decided_in_any_lot_before_the_draw(waiting, client):
    about = facts_of(waiting, 2)
    assert about.winners == ()
    assert about.words == "Nothing is decided until the ties in lot 1 are parted."
    assert set(became(about).values()) == {"assessed, not decided before lots are drawn"}
    text = page(waiting, client, "priya", "award-detail")
    assert ("Recommend the award" in text, "drawing lots first" in text) == (False, True)
    with pytest.raises(WrongState, match="ties in lot 1 are parted"):
        work.recommend(waiting.people, about.evaluation)


def test_bid_that_was_passed_over_is_told_why_and_not_that_it_is_recommended(drawn, client):
    first, second = facts_of(drawn, 1), facts_of(drawn, 2)
    assert [str(row.provider) for row in first.winners] == [FIRM]
    (winner,) = second.winners
    assert ENTERPRISE in str(winner.provider)
    passed_over = next(row for row in second.bids if str(row.provider) == FIRM)
    why = f"{FIRM} is passed over in lot 2: it has lot 1, and a supplier may win 1."
    said = default_texts(second, passed_over)["overall"]
    assert (why in said, "recommended" in said) == (True, False)
    assert second.words.startswith(f"Lot 2: {winner.provider}. {why}")
    assert became(second) == {
        FIRM: "assessed, passed over because its supplier has as many lots as it may win",
        str(winner.provider): "recommended for award",
    }
    for name in ("result-detail", "award-detail"):
        text = page(drawn, client, "priya", name)
        assert (why in text, text.count("Recommended for award")) == (True, 1)
    work.recommend(drawn.people, second.evaluation)
    assert f"Lot 2: {winner.provider}." in page(drawn, client, "anna", "award-approve")
