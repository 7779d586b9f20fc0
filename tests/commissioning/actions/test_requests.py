"""Asking a provider for a self-assessment."""

from datetime import date, timedelta

import pytest

from django.core import mail
from django.utils import timezone

from accounts.access import Actor, Refused, WrongState
from accounts.models import AuditEvent, Invitation
from commissioning import actions
from commissioning.models import AssessmentRequest
from providers.enums import SelfAssessmentState
from providers.models import Provider, SelfAssessment
from tests.commissioning.samples import a_contract, a_release, a_request, imported


@pytest.fixture
def contract(people):
    return a_contract(people)


def submitted(request) -> AssessmentRequest:
    """Mark the self-assessment as submitted, as its provider would."""
    SelfAssessment.objects.filter(pk=request.self_assessment_id).update(
        state=SelfAssessmentState.SUBMITTED
    )
    request.self_assessment.refresh_from_db()
    return request


@pytest.mark.django_db
def test_request_opens_a_self_assessment_and_tells_the_provider(
    people, contract, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        request = a_request(people, contract)
    assert (request.self_assessment.title, request.self_assessment.level) == ("Home care", "core")
    assert list(request.versions.all()) == [request.self_assessment]
    assert sorted(message.to[0] for message in mail.outbox) == [
        people.users["cara"].email,
        people.users["sam"].email,
    ]
    assert mail.outbox[0].subject == f"{people.organisations['council']} asks for a self-assessment"
    event = AuditEvent.objects.get(verb="assessment.requested")
    assert event.case_reference == contract.reference


@pytest.mark.django_db
def test_provider_without_people_gets_its_first_signatory_invited(people, contract):
    imported(a_release())
    provider = Provider.objects.get(organisation__name="Brightwater Ltd")
    contract.parties.create(provider=provider, position=1)
    with pytest.raises(WrongState, match="name its first signatory"):
        a_request(people, contract, provider=provider)
    a_request(
        people,
        contract,
        provider=provider,
        signatory_email="kim@brightwater.example",
        signatory_name="Kim Lee",
    )
    assert Invitation.objects.get().organisation == provider.organisation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"editions": []}, "Choose at least one framework."),
        ({"level": ""}, "Set the level of this contract first."),
        ({"due_on": date(2020, 1, 1)}, "The due date has passed."),
    ],
)
def test_request_that_cannot_stand_is_refused(people, contract, changes, message):
    with pytest.raises(WrongState, match=message):
        a_request(people, contract, **changes)


@pytest.mark.django_db
def test_one_request_is_open_at_a_time(people, contract, actor_of):
    first = a_request(people, contract)
    with pytest.raises(WrongState, match="asked for already"):
        a_request(people, contract)
    actions.close_request(actor=actor_of("anna"), request=first)
    assert a_request(people, contract).pk != first.pk


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "evan", "anna", "adam", "sam", "oscar", "olive"])
def test_only_the_contract_manager_asks(people, contract, actor_of, name):
    given = {"provider": contract.parties.get().provider, "due_on": timezone.localdate()}
    with pytest.raises(Refused, match="contract managers"):
        actions.request_self_assessment(
            actor=actor_of(name), contract=contract, editions=[], level="core", **given
        )


@pytest.mark.django_db
def test_provider_who_is_no_party_is_not_asked(people, contract):
    other, _ = Provider.objects.get_or_create(organisation=people.organisations["charity"])
    with pytest.raises(Refused, match="party to the contract"):
        a_request(people, contract, provider=other)


@pytest.mark.django_db
def test_returned_self_assessment_is_followed_by_its_next_version(people, contract, actor_of):
    request = submitted(a_request(people, contract))
    former, due_on = request.self_assessment, timezone.localdate() + timedelta(days=30)
    actions.return_to_provider(
        actor=actor_of("priya"), request=request, reason="Dates are missing.", due_on=due_on
    )
    request.refresh_from_db()
    assert (request.self_assessment.version_number, request.due_on) == (2, due_on)
    assert set(request.versions.all()) == {former, request.self_assessment}
    assert AuditEvent.objects.filter(verb="assessment.returned").count() == 1


@pytest.mark.django_db
def test_withdrawn_request_is_one_that_was_not_submitted(people, contract, actor_of):
    request = a_request(people, contract)
    actions.withdraw_request(actor=actor_of("priya"), request=request)
    request.refresh_from_db()
    assert request.state == "withdrawn"
    again = submitted(a_request(people, contract))
    with pytest.raises(WrongState, match="returned, not withdrawn"):
        actions.withdraw_request(actor=actor_of("priya"), request=again)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "expected"), [(8, 0), (7, 1), (1, 1), (0, 1)])
def test_reminder_goes_out_within_a_week_of_the_due_date_and_once(
    people, contract, days, expected, django_capture_on_commit_callbacks
):
    a_request(people, contract, due_on=timezone.localdate() + timedelta(days=days))
    with django_capture_on_commit_callbacks(execute=True):
        sent = [actions.remind_of_due_requests(actor=Actor.system("reminders")) for _ in range(2)]
    assert sent == [expected, 0]
    assert len(mail.outbox) == 2 * expected


@pytest.mark.django_db
def test_late_request_is_reminded_of_once_more(people, contract):
    request = a_request(people, contract)
    today = timezone.localdate()
    AssessmentRequest.objects.filter(pk=request.pk).update(
        due_on=today - timedelta(days=1), last_reminded_at=timezone.now() - timedelta(days=5)
    )
    sent = [actions.remind_of_due_requests(actor=Actor.system("reminders")) for _ in range(2)]
    assert sent == [1, 0]


@pytest.mark.django_db
def test_submitted_self_assessment_is_not_reminded_of(people, contract):
    submitted(a_request(people, contract, due_on=timezone.localdate()))
    assert actions.remind_of_due_requests(actor=Actor.system("reminders")) == 0


@pytest.mark.django_db
def test_nobody_but_the_schedule_reminds(actor_of):
    with pytest.raises(Refused):
        actions.remind_of_due_requests(actor=actor_of("priya"))
