"""Results in the browser: the sum, low prices, draws, replay, lessons, testing a model."""

from datetime import timedelta

import pytest

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from commissioning import demonstration
from commissioning.actions import give_engagement
from commissioning.models import AwardCriterion
from scorecards import queries
from scorecards.award_inputs import bid_key
from scorecards.models import LotEvaluation, LotResult, LowTenderInquiry
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, opened):
    def go(who, name, *more, status=200, data=None):
        begin_session(client, opened.people.users[who])
        url = opened.url(name, *more)
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response.content.decode()

    return go


def test_page_says_why_there_is_no_result(opened, visit):
    assert "consensus on quality is signed for every lot" in visit("priya", "result-detail")
    opened.to_signed()
    assert "prices have to be opened first" in visit("priya", "result-detail")
    visit("priya", "result-bid", opened.code(), status=404)
    visit("priya", "result-replay", data={}, status=404)


def test_lead_calculates_and_every_step_is_shown(opened, visit):
    opened.to_signed()
    opened.open_prices()
    visit("carl", "result-calculate", data={}, status=403)
    visit("priya", "result-calculate", data={}, status=302)
    text = visit("anna", "result-detail")
    assert "Recommended for award" in text
    assert text.count("every step of the sum") == 4
    assert "£231,500" in text
    steps = visit("anna", "result-bid", opened.code())
    assert "Planning of visits" in steps
    assert " = " in steps


def test_calculating_too_early_says_why(opened, visit):
    text = visit("priya", "result-calculate", data={}, status=409)
    assert "Prices must be opened first" in text


def test_changed_standing_is_pointed_out(opened, visit):
    opened.to_calculated()
    data = {"standing": "conditions_not_met", "ground": "Condition 1", "reason": "No policy."}
    visit("priya", "standing-edit", opened.code(), data=data, status=302)
    assert "Calculate the result again" in visit("priya", "result-detail")


def test_replay_shows_both_hashes_and_is_audited(opened, visit):
    opened.to_calculated()
    text = visit("anna", "result-replay", data={})
    assert "The same result" in text
    assert text.count(LotResult.objects.get().sha256) == 2
    assert AuditEvent.objects.filter(verb="lot.result_replayed").exists()


def test_replay_is_open_to_an_auditor_with_an_engagement(opened, visit):
    opened.to_calculated()
    visit("oscar", "result-replay", data={}, status=404)
    today = timezone.localdate()
    give_engagement(
        actor=opened.actor("adam"),
        assurance_body=opened.people.organisations["auditors"],
        scope="everything",
        starts_on=today,
        ends_on=today,
    )
    assert "Calculate it again" in visit("oscar", "result-detail")
    assert "The same result" in visit("oscar", "result-replay", data={})
    assert AuditEvent.objects.filter(
        verb="lot.result_replayed", actor=opened.people.users["oscar"]
    ).exists()


def test_lesson_waits_for_the_contract(opened, visit):
    opened.to_calculated()
    assert "once the contract is entered into" in visit("priya", "result-robustness")
    LotEvaluation.objects.filter(pk=opened.lot.pk).update(stage="entered")
    assert "sets of weights" in visit("priya", "result-robustness")


def test_price_that_is_not_low_has_no_inquiry(opened, visit):
    opened.to_calculated()
    visit("priya", "low-price", opened.code(), status=404)


def test_draw_where_nothing_is_level_is_not_found(opened, visit):
    opened.to_calculated()
    visit("priya", "result-draw", status=404)
    visit("carl", "result-draw", status=403)


def test_draw_between_level_bids_is_recorded_and_decides(opened, visit):
    opened.to_level()
    address = opened.url("result-draw")
    assert address in visit("priya", "result-detail")
    assert address not in visit("anna", "result-detail")
    assert address in visit("priya", "evaluation-detail")
    assert address not in visit("carl", "evaluation-detail")
    form = visit("priya", "result-draw")
    assert "When, where and before whom were lots drawn?" in form
    keys = [bid_key(bid) for bid in opened.bids]
    assert all(f"Place of {bid.provider} in the draw" in form for bid in opened.bids)
    places = dict(zip(keys, (3, 1, 2, 4), strict=True))
    assert "before whom lots were drawn" in visit("priya", "result-draw", data=places)
    twice = places | {keys[0]: 1, "draw_record": "Today."}
    assert "Give each bid a place of its own" in visit("priya", "result-draw", data=twice)
    assert LotResult.objects.count() == 1
    words = "On 3 March at noon, in room 2, before Ann Lee and Bo Day."
    visit("priya", "result-draw", data=places | {"draw_record": words}, status=302)
    found = queries.lot_outcome(opened.actor("priya"), opened.case("priya"))
    assert found.outcome.ranking == (keys[1], keys[2], keys[0], keys[3])
    assert words in visit("anna", "evaluation-detail")
    visit("priya", "result-draw", status=404)


@pytest.fixture
def low(opened):
    """A result in which the first bid's price is far below the others'."""
    opened.to_signed()
    opened.open_prices_at("100000", "240000", "250000", "260000")
    opened.calculate()
    return opened.code()


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def question():
    return {"question": "How do you pay the wages?", **day("asked_on", timezone.localdate())}


def decision(on):
    return {
        "answer": "It sent its rota.",
        "can_perform": "no",
        "reason": "The wages are under the legal minimum.",
        **day("answered_on", on),
    }


def test_low_price_is_flagged_asked_about_and_decided(opened, low, visit):
    assert "below the mean of the other bids" in visit("priya", "result-detail")
    form = visit("priya", "low-price", low)
    assert "below the mean of the other bids" in form
    assert "Enter the question" in visit("priya", "low-price", low, data={"question": ""})
    assert "has not been asked yet" in visit("anna", "low-price", low)
    assert not LowTenderInquiry.objects.exists()
    visit("priya", "low-price", low, data=question(), status=302)
    assert question()["question"] in visit("anna", "low-price", low)
    assert "Choose whether it can perform" in visit("priya", "low-price", low, data={"answer": ""})
    visit("priya", "low-price", low, data=decision(timezone.localdate()), status=302)
    text = visit("priya", "low-price", low)
    assert "It could not show that it can perform." in text
    assert "under the legal minimum" in text
    assert opened.url("standing-edit", low) in text
    assert opened.url("standing-edit", low) not in visit("anna", "low-price", low)


def test_answer_about_a_low_price_is_not_older_than_the_question(low, visit):
    visit("priya", "low-price", low, data=question(), status=302)
    yesterday = timezone.localdate() - timedelta(days=1)
    text = visit("priya", "low-price", low, data=decision(yesterday))
    assert "older than the question" in text
    assert LowTenderInquiry.objects.get().decided_at is None


@pytest.fixture
def designed(people):
    call_command("load_frameworks", verbosity=0)
    return demonstration.design(people, "Visits at home")


def test_model_is_tested_before_publication(designed, browse):
    url = reverse("scorecards:model-test", args=[designed.reference])
    text = browse("priya").get(url).content.decode()
    assert "Six made-up bids" in text
    assert "Strong and dear" in text
    assert "price is scored by another method" in text
    assert "sets of weights" in text
    assert url in browse("priya").get(f"/exercises/{designed.reference}/").content.decode()


def test_model_that_cannot_be_calculated_says_why(designed, browse):
    AwardCriterion.objects.filter(kind="price").update(price_method="")
    url = reverse("scorecards:model-test", args=[designed.reference])
    assert "cannot be calculated yet" in browse("priya").get(url).content.decode()


@pytest.mark.parametrize("query", ["?lot=7", ""])
def test_model_is_not_tested_by_others_or_for_a_lot_that_is_not_there(designed, browse, query):
    url = reverse("scorecards:model-test", args=[designed.reference])
    who = "priya" if query else "evan"
    assert browse(who).get(f"{url}{query}").status_code == 404
