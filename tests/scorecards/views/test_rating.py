"""Rating in the browser, criterion by criterion."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Actor
from accounts.kept import FIELD, token_for
from accounts.models import AuditEvent
from providers.actions import submit_self_assessment
from scorecards import actions
from scorecards.models import Finding, Rating, Scorecard
from tests.providers.samples import a_file, a_framework, a_link, a_pdf, answer, handled
from tests.scorecards.samples import (
    a_scorecard,
    again,
    asked,
    being_rated,
    declared,
    rate,
    sent,
    signed_off,
)
from tests.scorecards.views.test_lists import engage
from tests.signing_in import begin_session

TYPED = {"value": "3", "evidence_strength": "verified", "rationale": "Typed words.",
         "found_where": "Page 4", "version": "0"}  # fmt: skip
AUTOSAVE = {"X-Autosave": "1"}


def address(scorecard, code="A1", page="rating-edit"):
    return reverse(f"scorecards:{page}", args=[scorecard.reference, "sample", code])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def row(people, actor_of):
    """Being rated; the answers rest on a PDF of two pages and a link."""
    sam = actor_of("sam")
    return being_rated(people, items=[handled(a_file(sam, a_pdf(2))), a_link(sam)])


@pytest.mark.django_db
def test_page_shows_expectation_scale_claim_narrative_and_evidence(row, browse):
    text = text_of(browse("evan").get(address(row)))
    for words in (
        "A1 Title of A1", "(1 of 3)", "Good.", "Poor.", "3: Point 3", "What 3 is.",
        "Rating claimed: <strong>2</strong>", "Our board looks at it.", "Code of conduct",
        "not scanned for malware", "Page 1 of Code of conduct", "Page 2", "Annual report",
        "Asserted", "Independently verified", "0 of 3 rated", "Overall: no opinion yet",
    ):  # fmt: skip
        assert words.lower() in text.lower(), words
    assert "Not answered" in text_of(browse("evan").get(address(row, "A4")))


@pytest.mark.django_db
def test_last_times_rating_is_shown(people, browse):
    former = signed_off(people, value=1)
    row = being_rated(people, a_scorecard(people, contract=former.contract))
    text = text_of(browse("evan").get(address(row)))
    assert f"Rated 1 on scorecard {former.reference}." in text


@pytest.mark.django_db
def test_button_saves_and_goes_on_to_the_next_criterion(row, browse):
    client = browse("evan")
    assert client.post(address(row), TYPED)["Location"] == address(row, "A2")
    response = client.post(address(row, "A4"), TYPED)
    assert response["Location"] == reverse("scorecards:scorecard-detail", args=[row.reference])
    held = Rating.objects.get(criterion__code="A1")
    assert (held.value, held.evidence_strength, held.found_where, held.rationale) == (
        3, "verified", "Page 4", "Typed words.",
    )  # fmt: skip
    assert "1 of 3 rated" not in text_of(client.get(address(row)))
    assert "2 of 3 rated" in text_of(client.get(address(row)))


@pytest.mark.django_db
def test_progress_comes_back_with_each_save(row, browse):
    told = browse("evan").post(address(row), TYPED, headers=AUTOSAVE).json()
    assert told["version"] == 1
    assert told["progress"].startswith("1 of 3 rated. Sample framework: 100.0%, ")
    told = browse("evan").post(address(row), TYPED | {"version": "1"}, headers=AUTOSAVE).json()
    assert told["version"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("value", "Choose a rating"),
        ("evidence_strength", "Choose how strong the evidence is"),
        ("rationale", "Give the rationale for this rating"),
    ],
)
def test_rating_without_a_part_is_refused_with_the_message(row, browse, missing, message):
    given = TYPED | {missing: ""}
    assert message in text_of(browse("evan").post(address(row), given))
    told = browse("evan").post(address(row), given, headers=AUTOSAVE)
    assert (told.status_code, list(told.json()["errors"])) == (422, [missing])
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_newer_rating_is_shown_beside_what_was_typed(row, browse, actor_of):
    rate(actor_of("edith"), row, rationale="Edith's words.")
    client = browse("evan")
    response = client.post(address(row), TYPED)
    text = text_of(response)
    assert response.status_code == 409
    for words in ("Someone else saved a newer rating", "Edith Okafor", "Edith&#x27;s words.",
                  "Typed words."):  # fmt: skip
        assert words in text
    told = client.post(address(row), TYPED, headers=AUTOSAVE)
    assert (told.status_code, told.json()["conflict"]["version"]) == (409, 1)
    assert Rating.objects.get().rationale == "Edith's words."
    assert client.post(address(row), TYPED | {"version": "1"}).status_code == 302
    assert Rating.objects.get().rationale == "Typed words."


@pytest.mark.django_db
def test_text_is_not_lost_when_a_colleague_sent_it_for_approval(people, browse):
    row, client = sent(people), browse("edith")
    response = client.post(address(row), TYPED | {"version": "1"})
    assert response.status_code == 409
    assert "is not being rated now" in text_of(response)
    assert "Typed words." in text_of(response)
    told = client.post(address(row), TYPED, headers=AUTOSAVE)
    assert (told.status_code, told.json()["conflict"]["version"]) == (409, None)
    assert "Typed words." not in text_of(client.get(address(row)))


@pytest.mark.django_db
def test_text_typed_into_a_lapsed_session_is_kept_and_offered(row, client, people):
    typed = TYPED | {FIELD: token_for(people.users["evan"], "a session")}
    assert client.post(address(row), typed, headers=AUTOSAVE).status_code == 401
    begin_session(client, people.users["evan"])
    assert "Typed words." in text_of(client.get(address(row)))
    assert not Rating.objects.exists()


@pytest.mark.django_db
def test_not_applicable_is_agreed_with_or_not(people, browse):
    row = asked(people, a_scorecard(people))
    sam = Actor.of(people.users["sam"])
    sheet = row.request.self_assessment
    answer(sam, sheet, "A1", not_applicable=True, not_applicable_reason="We have no board.")
    answer(sam, sheet, "A2")
    submit_self_assessment(actor=sam, self_assessment=sheet)
    declared(people, row, "evan")
    row = actions.begin_rating(actor=Actor.of(people.users["evan"]), scorecard=again(row))
    client = browse("evan")
    text = text_of(client.get(address(row)))
    assert "We have no board." in text
    assert "Do you agree?" in text
    assert "Do you agree?" not in text_of(client.get(address(row, "A2")))
    asks = client.post(address(row), TYPED)
    assert "Choose whether you agree that this does not apply" in text_of(asks)
    agreed = {"not_applicable": "agree", "rationale": "It has none.", "version": "0"}
    assert client.post(address(row), agreed).status_code == 302
    held = Rating.objects.get()
    assert (held.not_applicable_agreed, held.value) == (True, None)
    client.post(address(row), TYPED | {"not_applicable": "disagree", "version": "1"})
    held.refresh_from_db()
    assert (held.not_applicable_agreed, held.value) == (False, 3)


@pytest.mark.django_db
def test_finding_is_raised_from_the_criterion_and_removed(row, browse):
    client = browse("evan")
    response = client.post(address(row), TYPED | {"finding": "1"})
    assert response["Location"] == address(row, page="finding-new")
    refused = client.post(address(row, page="finding-new"), {"title": "x"})
    assert "Choose a priority" in text_of(refused)
    given = {"title": "No register", "priority": "high", "detail": "Keep one."}
    assert client.post(address(row, page="finding-new"), given)["Location"] == address(row)
    assert "Finding: No register (high priority)" in text_of(client.get(address(row)))
    finding = Finding.objects.get()
    remove = reverse("scorecards:finding-remove", args=[row.reference, finding.reference])
    assert "No register" in text_of(client.get(remove))
    assert client.post(remove).status_code == 302
    assert not Finding.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("priya", (200, 403)), ("anna", (200, 403)), ("edith", (200, 302)), ("mei", (404, 404)),
        ("tom", (404, 404)), ("sam", (403, 403)), ("hana", (403, 403)), ("oscar", (404, 404)),
        ("adam", (403, 403)),
    ],
)  # fmt: skip
def test_rating_page_opens_to_whom_the_gates_let(row, browse, name, expected):
    client = browse(name)
    found = (client.get(address(row)).status_code, client.post(address(row), TYPED).status_code)
    assert found == expected


@pytest.mark.django_db
def test_undeclared_evaluator_sees_nothing(people, browse):
    row = asked(people, a_scorecard(people))
    Scorecard.objects.filter(pk=row.pk).update(stage="rating")
    for page in ("rating-edit", "finding-new"):
        assert browse("evan").get(address(row, page=page)).status_code == 404


@pytest.mark.django_db
def test_criterion_that_is_not_judged_leads_back(row, browse):
    detail = reverse("scorecards:scorecard-detail", args=[row.reference])
    for page in ("rating-edit", "finding-new"):
        assert browse("evan").get(address(row, "A3", page))["Location"] == detail


@pytest.mark.django_db
def test_page_asks_as_much_with_every_rating_as_with_one(row, browse, actor_of):
    client = browse("evan")

    def counted() -> int:
        client.get(address(row))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(row))
        return len(queries)

    rate(actor_of("evan"), row)
    one = counted()
    for code in ("A2", "A4"):
        rate(actor_of("evan"), row, code)
    assert (one, counted()) == (26, 26)
    assert a_framework().criteria.filter(is_assessable=True).count() == 4


@pytest.mark.django_db
def test_auditors_look_at_a_rating_is_recorded(row, browse, people, actor_of):
    engage(people, actor_of)
    assert browse("oscar").get(address(row)).status_code == 200
    event = AuditEvent.objects.get(verb="scorecard.opened")
    assert (event.case_reference, event.facts) == (
        row.contract.reference,
        {"what": "rating A1"},
    )
