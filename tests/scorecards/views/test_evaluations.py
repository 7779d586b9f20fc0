"""The pages of a lot, of its bids, and of scoring alone."""

import pytest

from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from commissioning.actions import declare_in_exercise
from commissioning.models import BidAnswer, Exercise, SetAsideEnvelope
from providers.models import EvidenceItem
from scorecards.enums import LotStage
from scorecards.models import BidRating, BidStanding
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

RATING = {
    "rating": "3",
    "rationale": "The answer says that a named manager answers for every step.",
    "strengths": "",
    "shortcomings": "",
    "version": "0",
}


@pytest.fixture
def visit(client, opened):
    """``visit("evan", "scoring-detail")``: the page as text; checks its status."""

    def go(who, name, *more, status=200, data=None, **headers):
        begin_session(client, opened.people.users[who])
        url = opened.url(name, *more)
        response = client.get(url) if data is None else client.post(url, data, **headers)
        assert response.status_code == status
        return response.content.decode()

    return go


@pytest.fixture
def key(opened):
    return opened.case("evan").rated[0].key


def test_detail_shows_stage_bids_and_what_is_next(opened, visit):
    text = visit("evan", "evaluation-detail")
    assert "Each evaluator scores alone" in text
    assert opened.url("scoring-detail") in text
    assert opened.url("moderation-begin") not in text
    assert opened.url("moderation-begin") in visit("carl", "evaluation-detail")


def test_history_says_that_the_system_began_the_moderation(opened, visit):
    opened.score()
    text = visit("carl", "evaluation-detail")
    assert "The system began the moderation when all ratings were locked" in text


def test_somebody_with_an_interest_finds_no_page(opened, visit, key):
    declare_in_exercise(
        actor=opened.actor("evan"),
        exercise=opened.exercise,
        provider=opened.bids[0].provider,
        has_interest=True,
        description="A brother works there.",
    )
    for page in (("evaluation-detail",), ("bid-detail", "A"), ("bid-rating-edit", key, "A")):
        visit("evan", *page, status=404)


def test_names_are_replaced_by_letters_while_hidden(opened, visit, key):
    Exercise.objects.filter(pk=opened.exercise.pk).update(names_hidden=True)
    name = str(opened.bids[0].provider)
    pages = [("evaluation-detail",), ("bid-detail", "A"), ("bid-rating-edit", key, "A")]
    for page in pages:
        assert name not in visit("evan", *page)
    assert "Only the lead reads this" in visit("evan", "bid-detail", "A")
    assert "Only the lead reads this" not in visit("priya", "bid-detail", "A")


def test_reading_a_bid_is_in_the_trail_and_shows_no_price(opened, visit):
    text = visit("carl", "bid-detail", opened.code())
    assert "Sealed until the consensus" in text
    assert AuditEvent.objects.filter(verb="bid.read", actor=opened.people.users["carl"]).exists()


def test_price_is_shown_once_opened(opened, visit):
    opened.to_signed()
    opened.open_prices()
    assert "£" in visit("carl", "bid-detail", opened.code())


def test_bid_that_is_not_there_is_not_found(visit):
    visit("carl", "bid-detail", "Z", status=404)


def test_lead_sets_standing(opened, visit):
    data = {"standing": "conditions_not_met", "ground": "Condition 1", "reason": "No policy."}
    visit("priya", "standing-edit", opened.code(), data=data, status=302)
    assert BidStanding.objects.get().standing == "conditions_not_met"
    assert "Conditions of participation not met: Condition 1" in visit("evan", "evaluation-detail")


def test_standing_that_is_refused_keeps_the_text(opened, visit):
    data = {"standing": "abnormally_low", "ground": "s.19(3)", "reason": "It is too low."}
    text = visit("priya", "standing-edit", opened.code(), data=data)
    assert "Ask the bidder first" in text
    assert "It is too low." in text


def test_only_the_lead_opens_the_standing(visit):
    visit("evan", "standing-edit", "A", status=403)


def test_who_scores_nothing_has_no_scoring_page(visit):
    visit("carl", "scoring-detail", status=404)


def test_rating_is_saved_and_goes_on(opened, visit, key):
    visit("evan", "bid-rating-edit", key, "A", data=RATING | {"next": "1"}, status=302)
    row = BidRating.objects.get()
    assert (row.rating, row.evaluator) == (3, opened.people.users["evan"])
    assert "Complete" in visit("evan", "scoring-detail")


def test_rating_is_autosaved(visit, key):
    text = visit("evan", "bid-rating-edit", key, "A", data=RATING, HTTP_X_AUTOSAVE="1")
    assert '"version": 1' in text


def test_stale_rating_keeps_both_texts(visit, key):
    visit("evan", "bid-rating-edit", key, "A", data=RATING, status=302)
    typed = RATING | {"rationale": "Typed on another page."}
    text = visit("evan", "bid-rating-edit", key, "A", data=typed, status=409)
    assert "Typed on another page." in text
    assert "a named manager answers for every step" in text
    visit("evan", "bid-rating-edit", key, "A", data=typed | {"version": "1"}, status=302)
    assert BidRating.objects.get().rationale == "Typed on another page."


def test_stale_autosave_is_a_conflict(visit, key):
    visit("evan", "bid-rating-edit", key, "A", data=RATING, status=302)
    text = visit("evan", "bid-rating-edit", key, "A", data=RATING, status=409, HTTP_X_AUTOSAVE="1")
    assert '"version": 1' in text


def test_wording_that_compares_bids_is_pointed_out_and_not_refused(opened, visit, key):
    other = str(opened.bids[1].provider)
    data = RATING | {"rationale": f"The answer is better than that of {other}."}
    visit("evan", "bid-rating-edit", key, opened.code(), data=data, status=302)
    text = visit("evan", "bid-rating-edit", key, opened.code())
    assert "About your wording" in text
    assert "is another bidder" in text


def test_advice_does_not_unmask_a_hidden_bidder(opened, visit, key):
    Exercise.objects.filter(pk=opened.exercise.pk).update(names_hidden=True)
    said = {}
    for place in (0, 1):
        name = str(opened.bids[place].provider)
        data = RATING | {"rationale": f"The answer is from {name}, page 2.", "version": "0"}
        visit("evan", "bid-rating-edit", key, opened.code(0), data=data, status=302)
        text = visit("evan", "bid-rating-edit", key, opened.code(0))
        said[place] = "This names a bidder" in text and "is another bidder" not in text
        BidRating.objects.all().delete()
    assert said == {0: True, 1: True}


def test_lock_page_lists_what_is_missing(opened, visit):
    text = visit("evan", "scoring-lock")
    assert "16 of your 16 ratings are not complete" in text
    assert "lacks a rating and a rationale" in text
    visit("evan", "scoring-lock", data={}, status=409)


def test_locking_moves_on_with_the_last_one(opened, visit):
    opened.score(lock=False)
    for name in ("evan", "edith", "elena"):
        visit(name, "scoring-lock", data={}, status=302)
    assert opened.lot.stage == LotStage.MODERATION


def test_locked_rating_is_shown_and_not_saved(opened, visit, key):
    opened.score("evan")
    assert '<form method="post" novalidate data-autosave' not in visit(
        "evan", "bid-rating-edit", key, "A"
    )
    data = RATING | {"version": "1", "rationale": "Typed too late."}
    text = visit("evan", "bid-rating-edit", key, "A", data=data, status=409)
    assert "Typed too late." in text


def test_moderation_begins_by_hand(opened, visit):
    visit("priya", "moderation-begin", data={}, status=409)
    visit("evan", "moderation-begin", status=403)


@pytest.mark.parametrize(("scored", "item"), [(False, True), (True, False)])
def test_home_asks_for_scores_until_they_are_locked(opened, client, scored, item):
    if scored:
        opened.score("evan")
    begin_session(client, opened.people.users["evan"])
    text = client.get("/").content.decode()
    assert ("Score lot 1 of Visits at home" in text) is item


def test_exercise_page_links_to_the_evaluation(opened, client):
    begin_session(client, opened.people.users["evan"])
    text = client.get(f"/exercises/{opened.exercise.reference}/").content.decode()
    assert opened.url("evaluation-detail") in text


@pytest.fixture
def evidence(opened):
    """A certificate in the library of the first bidder, to which its first answer refers."""
    item = EvidenceItem.objects.create(
        organisation=opened.bids[0].provider.organisation,
        kind="link",
        title="Certificate",
        url="https://example.org/certificate",
        received_at=timezone.now(),
        uploaded_by=opened.people.users["sam"],
    )
    BidAnswer.objects.filter(bid_lot=opened.bids[0]).first().evidence.add(item)
    return item


def test_evidence_of_a_bid_is_read_by_who_judges_it_and_the_reading_is_kept(
    opened, client, evidence
):
    page = reverse("providers:evidence-detail", args=[evidence.reference])
    for who in ("evan", "priya", "anna"):
        begin_session(client, opened.people.users[who])
        text = client.get(page).content.decode()
        assert f"Evidence of {evidence.organisation.name}" in text
        row = AuditEvent.objects.filter(verb="bid.read").order_by("pk").last()
        assert row.actor == opened.people.users[who]
        assert row.facts == {"lot": 1, "bid": opened.bids[0].label, "what": evidence.reference}
    for who in ("mei", "hana"):
        begin_session(client, opened.people.users[who])
        assert client.get(page).status_code == 404


def test_evidence_does_not_name_its_bidder_while_names_are_hidden(opened, client, evidence):
    Exercise.objects.filter(pk=opened.exercise.pk).update(names_hidden=True)
    begin_session(client, opened.people.users["evan"])
    text = client.get(reverse("providers:evidence-detail", args=[evidence.reference]))
    assert "Evidence of a bidder" in text.content.decode()
    assert evidence.organisation.name not in text.content.decode()


def test_evidence_is_shut_with_its_lot(opened, client, evidence):
    declare_in_exercise(
        actor=opened.actor("evan"),
        exercise=opened.exercise,
        provider=opened.bids[1].provider,
        has_interest=True,
        description="A brother works there.",
    )
    begin_session(client, opened.people.users["evan"])
    page = reverse("providers:evidence-detail", args=[evidence.reference])
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("lot", [0, 1])
def test_lead_reads_on_lot_and_bid_what_was_set_aside_of_it(opened, visit, lot):
    bid = opened.bids[0]
    SetAsideEnvelope.objects.create(
        submission=bid.submission,
        lot_number=lot,
        kind="quality" if lot else "participation",
        cause="unfit",
        reason="It names a lot twice.",
        at=timezone.now(),
    )
    for page in (visit("priya", "evaluation-detail"), visit("priya", "bid-detail", bid.code)):
        assert page.count("It names a lot twice.") == 1
    assert "It names a lot twice." not in visit("priya", "bid-detail", opened.code(1))
