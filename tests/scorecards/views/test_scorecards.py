"""A scorecard's pages, from draft to sign-off."""

from datetime import timedelta

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from accounts.models import AuditEvent
from commissioning.actions import set_level
from commissioning.models import Contract, ContractParty
from principles.rules import RiskAnswers
from scorecards import actions
from scorecards.models import Report, Scorecard
from tests.commissioning.samples import a_contract
from tests.conftest import make_signing_key
from tests.providers.samples import a_framework, a_provider
from tests.scorecards.samples import (
    a_scorecard,
    again,
    answered,
    asked,
    being_rated,
    declared,
    made_late,
    rate,
    sent,
)
from tests.scorecards.views.test_lists import engage
from tests.signing_in import begin_session

BUTTONS = {
    "scorecard-request": "Ask the provider",
    "scorecard-begin": "Begin to rate",
    "rating-edit": "Rate from the first criterion",
    "scorecard-send": "Send for approval",
    "scorecard-sign-off": "Sign off or return",
    "scorecard-return-answers": "Return the self-assessment",
    "scorecard-give-up": "Go on without an answer",
    "answer": "Answer for the commissioner",
    "report": "Make a draft report",
}


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


def address(row, page="detail"):
    return reverse(f"scorecards:scorecard-{page}", args=[row.reference])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def buttons(client, row) -> set[str]:
    text = text_of(client.get(address(row)))
    return {name for name, words in BUTTONS.items() if f"{words}<" in text or f"{words} <" in text}


@pytest.mark.django_db
def test_buttons_are_what_the_manager_may_do_at_each_stage(people, browse, actor_of):
    client = browse("priya")
    row = a_scorecard(people)
    found = {"draft": buttons(client, row)}
    row = asked(people, row, days=0)
    found["requested"] = buttons(client, row)
    row = made_late(row)
    found["late"] = buttons(client, row)
    row = answered(people, row)
    found["submitted"] = buttons(client, row)
    declared(people, row, "evan", "anna")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    found["rating"] = buttons(client, row)
    rate(actor_of("evan"), row)
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    found["sent"] = buttons(client, row)
    row = actions.sign_off(actor=actor_of("anna"), scorecard=row)
    found["signed off"] = buttons(client, row)
    assert found == {
        "draft": {"scorecard-request", "report"},
        "requested": {"answer", "report"},
        "late": {"answer", "report", "scorecard-give-up"},
        "submitted": {"answer", "report", "scorecard-return-answers"},
        "rating": {"answer", "report", "scorecard-return-answers"},
        "sent": {"report"},
        "signed off": set(),
    }


@pytest.mark.django_db
def test_answers_that_never_came_are_not_offered_for_return(people, browse, actor_of):
    row = made_late(asked(people, a_scorecard(people)))
    row = actions.give_up_waiting(actor=actor_of("priya"), scorecard=row)
    declared(people, row, "evan")
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    assert buttons(browse("priya"), row) == {"answer", "report"}
    assert "Not answered" in text_of(browse("evan").get(address(row)))


@pytest.mark.django_db
def test_buttons_of_judges_follow_the_stage(people, browse):
    row = answered(people, asked(people, a_scorecard(people)))
    declared(people, row, "evan", "anna")
    assert buttons(browse("evan"), row) == {"scorecard-begin", "report"}
    assert buttons(browse("anna"), row) == {"report"}
    browse("evan").post(address(row, "begin"))
    assert buttons(browse("evan"), row) == {"rating-edit", "scorecard-send", "report"}


@pytest.mark.django_db
def test_scorecard_is_begun_and_the_provider_asked_on_the_pages(people, browse):
    a_scorecard(people)
    contract = a_contract(people, title="Respite care")
    client = browse("priya")
    page = reverse("scorecards:scorecard-new", args=[contract.reference])
    form = client.get(page).context["form"]
    assert list(form.fields["provider"].queryset) == [contract.parties.get().provider]
    given = {"provider": contract.parties.get().provider.pk, "editions": [a_framework().pk]}
    assert "Choose at least one framework" in text_of(client.post(page, {"locality": ""}))
    assert "Set the level of assurance" in text_of(client.post(page, given))
    set_level(
        actor=Actor.of(people.users["priya"]),
        contract=contract,
        answers=RiskAnswers(True, True, True),
    )
    response = client.post(page, given)
    row = Scorecard.objects.get(contract=contract)
    assert response["Location"] == address(row)
    assert "is open already" in text_of(client.post(page, given))
    past = timezone.localdate() - timedelta(days=1)
    day = {f"due_on_{part}": getattr(past, part) for part in ("day", "month", "year")}
    assert "The due date must be today or later" in text_of(
        client.post(address(row, "request"), day)
    )
    soon = timezone.localdate() + timedelta(days=9)
    day = {f"due_on_{part}": getattr(soon, part) for part in ("day", "month", "year")}
    assert client.post(address(row, "request"), day)["Location"] == address(row)
    assert again(row).request.due_on == soon


@pytest.mark.django_db
def test_pages_of_return_and_of_going_on(people, browse):
    row, client = answered(people, asked(people, a_scorecard(people))), browse("priya")
    soon = timezone.localdate() + timedelta(days=9)
    day = {f"due_on_{part}": getattr(soon, part) for part in ("day", "month", "year")}
    assert "Give the reason" in text_of(client.post(address(row, "return-answers"), day))
    response = client.post(address(row, "return-answers"), day | {"reason": "Last year's."})
    assert (response["Location"], again(row).stage) == (address(row), "requested")
    assert client.post(address(row, "give-up")).status_code == 409
    made_late(again(row))
    assert client.get(address(row, "give-up")).status_code == 200
    assert client.post(address(row, "give-up")).status_code == 302
    assert again(row).stage == "not_answered"


@pytest.mark.django_db
def test_pages_of_sending_returning_and_signing_off(people, browse, actor_of):
    row = being_rated(people)
    assert browse("evan").post(address(row, "send")).status_code == 409
    rate(actor_of("evan"), row)
    text = text_of(browse("evan").get(address(row, "send")))
    assert "Criteria without a rating count as gaps, never as zero." in text
    assert "A2 Title of A2" in text
    browse("evan").post(address(row, "send"))
    client = browse("anna")
    assert "Overall management opinion: <strong>no opinion yet" in text_of(
        client.get(address(row, "sign-off"))
    ).replace("No opinion", "no opinion")
    assert "Give the reason" in text_of(client.post(address(row, "return-rating"), {"reason": ""}))
    client.post(address(row, "return-rating"), {"reason": "Rate the rest."})
    assert again(row).stage == "rating"
    assert "Rate the rest." in text_of(browse("evan").get(address(row, "trail")))
    assert browse("anna").post(address(row, "sign-off")).status_code == 409
    browse("evan").post(address(row, "send"))
    assert browse("anna").post(address(row, "sign-off"))["Location"] == address(row)
    assert again(row).stage == "signed_off"
    assert Report.objects.get().kind == "final"


@pytest.mark.django_db
def test_deeds_are_refused_to_those_whose_duties_are_apart(people, browse):
    row = sent(people)
    assert browse("evan").post(address(row, "sign-off")).status_code == 403
    assert browse("priya").post(address(row, "sign-off")).status_code == 403
    assert browse("anna").post(address(row, "send")).status_code == 403
    assert browse("ruth").post(address(row, "sign-off")).status_code == 404
    assert again(row).stage == "sent_for_approval"


@pytest.mark.django_db
def test_provider_sees_the_settled_scorecard_without_single_ratings(people, browse, actor_of):
    row = sent(people)
    assert browse("sam").get(address(row)).status_code == 404
    actions.sign_off(actor=actor_of("anna"), scorecard=row)
    text = text_of(browse("sam").get(address(row)))
    for words in ("Reasonable assurance", "management opinion", "No register", "Final report"):
        assert words.lower() in text.lower(), words
    for words in ("Evan Hughes", "rated 2", "History and audit trail", "Make a draft report"):
        assert words not in text, words
    assert browse("sam").get(address(row, "trail")).status_code == 403
    assert browse("hana").get(address(row)).status_code == 404


@pytest.mark.django_db
def test_scorecard_page_asks_as_much_with_every_rating_as_with_one(people, browse, actor_of):
    row, client = being_rated(people), browse("evan")

    def counted() -> int:
        client.get(address(row))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(row))
        return len(queries)

    rate(actor_of("evan"), row)
    one = counted()
    for code in ("A2", "A4"):
        rate(actor_of("evan"), row, code)
    assert (one, counted()) == (25, 25)


@pytest.mark.django_db
def test_history_and_trail_stand_on_one_page_and_auditors_are_recorded(people, browse, actor_of):
    row = sent(people)
    engage(people, actor_of)
    client = browse("oscar")
    text = text_of(client.get(address(row, "trail")))
    for words in ("Evan Hughes: rating to sent for approval", "rating.saved", "interest.declared",
                  "scorecard.created", "Sam Doyle"):  # fmt: skip
        assert words in text, words
    client.get(address(row))
    assert list(
        AuditEvent.objects.filter(verb="scorecard.opened")
        .order_by("pk")
        .values_list("actor_label", "case_reference", "facts")
    ) == [
        ("Oscar Fenwick", row.contract.reference, {"what": "trail"}),
        ("Oscar Fenwick", row.contract.reference, {"what": "scorecard"}),
    ]
    assert "scorecard.opened" in text_of(client.get(address(row, "trail")))


@pytest.mark.django_db
def test_trail_leaves_out_another_providers_case_that_is_closed_to_the_viewer(
    people, browse, actor_of
):
    row = being_rated(people)
    contract = Contract.objects.get()
    ContractParty.objects.create(
        contract=contract, provider=a_provider(people, "charity"), position=2
    )
    other = actions.create_scorecard(
        actor=actor_of("priya"), contract=contract, provider=a_provider(people, "charity"),
        editions=[a_framework()], level="core",
    )  # fmt: skip
    other = answered(people, asked(people, other))
    declared(people, other, "edith")
    other = actions.begin_rating(actor=actor_of("edith"), scorecard=other)
    rate(actor_of("edith"), other, value=0)
    report = actions.request_report(actor=actor_of("edith"), scorecard=other)
    hidden = {other.reference, other.request.reference, report.reference}

    def named(name) -> set[str]:
        events = browse(name).get(address(row, "trail")).context["page"]
        return {event.subject_reference for event in events} & {row.reference, *hidden}

    assert named("evan") == {row.reference}
    assert named("edith") == {row.reference, *hidden}
    assert named("priya") == {row.reference, *hidden}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "leads_to_doubt"),
    [("", False), ("sam@demonstration.example", False), ("kim@firm.example", True)],
)
def test_commissioner_that_knows_somebody_else_is_told_that_they_do_not_sign(
    people, client, email, leads_to_doubt
):
    card = a_scorecard(people)
    begin_session(client, people.users["priya"])
    day = timezone.localdate() + timedelta(days=9)
    given = {f"due_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    response = client.post(address(card, "request"), given | {"signatory_email": email})
    doubt = reverse(
        "commissioning:signatory-doubt", args=[card.contract.reference, card.provider.reference]
    )
    assert response["Location"] == (doubt if leads_to_doubt else address(card))
    assert again(card).stage == "requested"
    if leads_to_doubt:
        text = text_of(client.get(doubt))
        assert f"Somebody else than {email} signs for {card.provider} here" in text
