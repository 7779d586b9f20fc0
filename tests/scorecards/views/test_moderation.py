"""The moderation room in the browser: side by side, recording, polling, confirming, signing."""

import json
import re

import pytest

from django.utils import timezone

from scorecards.enums import LotStage
from scorecards.models import Consensus
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, opened):
    def go(who, name, *more, status=200, data=None, query=""):
        begin_session(client, opened.people.users[who])
        url = opened.url(name, *more) + query
        response = client.get(url) if data is None else client.post(url, data)
        assert response.status_code == status
        return response.content.decode()

    return go


@pytest.fixture
def scored(opened):
    opened.score()
    return opened


@pytest.fixture
def key(opened):
    return opened.case("evan").rated[0].key


def typed(opened, **changes):
    """What the chair fills in for the first bid and criterion: (4, 3, 4) becomes 4."""
    edith = opened.people.users["edith"].pk
    return {
        "rating": "4",
        "reasons": "It names who acts.",
        f"moved_{edith}": "Read again together.",
        "version": "0",
    } | changes


def test_room_is_shut_while_anybody_scores(opened, visit, key):
    opened.score("evan", "edith")
    for page in (("moderation-room",), ("moderation-criterion", key), ("record-detail",)):
        visit("carl", *page, status=404)


def test_ratings_stand_side_by_side_and_no_rating_is_suggested(scored, visit, key):
    text = visit("carl", "consensus-edit", key, scored.code())
    for name in ("evan", "edith", "elena"):
        assert scored.people.users[name].full_name in text
    assert "Rated from 3 to 4." in text
    assert " data-writes" in text
    assert not re.search(r"<input[^>]*\schecked", text)
    assert "3.67" not in text  # the mean of 4, 3 and 4


@pytest.mark.parametrize("name", ["evan", "priya", "anna"])
def test_others_read_and_do_not_write(scored, visit, key, name):
    text = visit(name, "consensus-edit", key, scored.code())
    assert ("Record the consensus" in text, " data-writes" in text) == (False, False)
    visit(name, "consensus-edit", key, scored.code(), data=typed(scored), status=403)


def test_rating_of_who_was_recused_is_shown_and_asks_for_nothing(scored, visit, key):
    scored.recuse("edith")
    text = visit("carl", "consensus-edit", key, scored.code())
    edith = scored.people.users["edith"]
    assert f"{edith.full_name}: 3" in text
    assert "Recused; not counted" in text
    assert "All rated 4." in text
    assert f"moved_{edith.pk}" not in text
    assert "(recused; not counted)" in visit("carl", "moderation-criterion", key)
    data = typed(scored)
    del data[f"moved_{edith.pk}"]
    visit("carl", "consensus-edit", key, scored.code(), data=data, status=302)


def test_place_where_no_rating_counts_says_so(scored, visit, key):
    for name in ("evan", "edith", "elena"):
        scored.recuse(name)
    assert "No rating counts" in visit("carl", "consensus-edit", key, scored.code())


def test_scoring_is_opened_again_from_the_room(scored, visit):
    button = "Open the scoring again"
    assert button not in visit("carl", "moderation-room")
    visit("carl", "scoring-reopen", data={"reason": "They left."}, status=409)
    scored.agree()
    for name in ("evan", "edith", "elena"):
        scored.recuse(name)
    text = visit("carl", "moderation-room")
    assert button in text
    assert "Criteria without a rating that counts" in text
    assert "Put the record to the members" not in text
    text = visit("anna", "moderation-room")
    assert ("Criteria without" in text, button in text) == (True, False)
    visit("anna", "scoring-reopen", data={"reason": "They left."}, status=403)
    assert "Give the reason" in visit("priya", "scoring-reopen", data={"reason": ""})
    visit("priya", "scoring-reopen", data={"reason": "They were recused."}, status=302)
    assert scored.lot.stage == LotStage.SCORING


def test_chair_records(scored, visit, key):
    visit("carl", "consensus-edit", key, scored.code(), data=typed(scored), status=302)
    assert Consensus.objects.get().rating == 4
    assert "1 of 4 bids" in visit("carl", "moderation-room")


def test_missing_explanation_is_an_error_and_keeps_the_text(scored, visit, key):
    data = typed(scored)
    del data[f"moved_{scored.people.users['edith'].pk}"]
    text = visit("carl", "consensus-edit", key, scored.code(), data=data)
    assert "Say why it moved from what" in text
    assert "It names who acts." in text


def test_stale_record_keeps_both_texts(scored, visit, key):
    visit("carl", "consensus-edit", key, scored.code(), data=typed(scored), status=302)
    data = typed(scored, reasons="Typed on another page.")
    text = visit("carl", "consensus-edit", key, scored.code(), data=data, status=409)
    assert "Typed on another page." in text
    assert "It names who acts." in text
    assert 'name="version" value="1"' in text


def test_changes_of_others_are_told(scored, visit, key):
    since = timezone.now().isoformat()
    visit("carl", "consensus-edit", key, scored.code(), data=typed(scored), status=302)
    told = json.loads(visit("evan", "moderation-changes", query=f"?since={since}"))
    assert told["stage"] == "moderation"
    assert [one["place"] for one in told["changed"]] == [f"{key}/{scored.code()}"]
    own = json.loads(visit("carl", "moderation-changes", query=f"?since={since}"))
    assert own["changed"] == []


@pytest.mark.parametrize("since", ["", "yesterday", "2026-01-01T00:00:00"])
def test_changes_without_a_moment_are_refused(scored, visit, since):
    visit("evan", "moderation-changes", query=f"?since={since}", status=400)


def test_record_is_proposed_confirmed_and_signed(scored, visit):
    scored.agree()
    visit("carl", "record-propose", data={}, status=302)
    text = visit("evan", "record-detail")
    sha256 = text.split('name="sha256" value="')[1][:64]
    assert "Confirm the record" in text
    for name in ("evan", "edith", "elena", "carl"):
        visit(name, "record-confirm", data={"sha256": sha256}, status=302)
    assert "Sign the consensus" in visit("carl", "record-detail")
    assert "Sign the consensus" not in visit("priya", "record-detail")
    visit("carl", "record-sign", data={}, status=302)
    assert scored.lot.stage == LotStage.QUALITY_SIGNED


def test_confirming_another_record_is_refused(scored, visit):
    scored.agree()
    scored.propose()
    text = visit("evan", "record-confirm", data={"sha256": "0" * 64}, status=409)
    assert "has changed since" in text


def test_signing_too_early_says_who_is_missing(scored, visit):
    scored.agree()
    scored.propose()
    text = visit("carl", "record-sign", data={}, status=409)
    assert scored.people.users["elena"].full_name in text


def test_moderation_is_opened_again_with_a_reason(scored, visit):
    scored.agree()
    scored.propose()
    assert "Give the reason" in visit("carl", "record-reopen", data={"reason": ""})
    visit("evan", "record-reopen", data={"reason": "Why"}, status=403)
    visit("carl", "record-reopen", data={"reason": "Elena doubts a reason."}, status=302)
    assert scored.lot.stage == LotStage.MODERATION


def test_consistency_is_for_the_lead_only(scored, visit):
    text = visit("priya", "consistency-detail")
    assert "Krippendorff" in text
    assert scored.people.users["evan"].full_name in text
    for name in ("carl", "evan", "anna"):
        visit(name, "consistency-detail", status=404)


def test_consistency_says_why_not_while_evaluators_score(opened, visit):
    assert "while evaluators still score" in visit("priya", "consistency-detail")


def test_pages_of_the_room_ask_the_same_number_of_statements(
    scored, client, key, django_assert_max_num_queries
):
    begin_session(client, scored.people.users["carl"])
    scored.agree()
    for name, more in (("moderation-room", ()), ("moderation-criterion", (key,))):
        client.get(scored.url(name, *more))
        with django_assert_max_num_queries(30):
            client.get(scored.url(name, *more))
