"""The one writer of the trail."""

import pytest

from accounts import audit
from accounts.access import Actor
from accounts.models import AuditEvent


@pytest.mark.django_db
def test_record_keeps_who_what_and_on_whose_behalf(actor_of, people):
    priya, organisation = actor_of("priya"), people.organisations["firm"]
    audit.record(
        actor=priya, verb="thing.done", subject=organisation, case="CT-2345678", facts={"number": 3}
    )
    event = AuditEvent.objects.get(verb="thing.done")
    assert (
        event.actor,
        event.actor_label,
        event.organisation,
        event.subject_type,
        event.subject_reference,
        event.case_reference,
        event.facts,
    ) == (
        priya.user,
        "Priya Raman",
        priya.organisation,
        "accounts.organisation",
        organisation.reference,
        "CT-2345678",
        {"number": 3},
    )


@pytest.mark.django_db
def test_record_names_a_subject_without_reference_by_its_key(actor_of, people):
    place = people.users["evan"].memberships.get()
    event = audit.record(actor=actor_of("priya"), verb="thing.done", subject=place)
    assert event.subject_reference == str(place.pk)


@pytest.mark.django_db
def test_record_without_a_subject_names_none(people):
    event = audit.record(actor=Actor(), verb="sign_in.failed", subject=None)
    assert (event.subject_type, event.subject_reference) == ("", "")


@pytest.mark.django_db
def test_record_of_the_system_has_its_name_and_no_person(people):
    event = audit.record(
        actor=Actor.system("importer"), verb="thing.done", subject=people.users["evan"]
    )
    assert (event.actor, event.actor_label, event.organisation) == (None, "system: importer", None)


@pytest.mark.django_db
def test_record_carries_the_id_of_the_request(browse):
    answer = browse("adam").post(
        "/people/invite/",
        {"full_name": "Nia", "email": "nia@council.example", "roles": ["evaluator"]},
    )
    event = AuditEvent.objects.get(verb="invitation.made")
    assert (answer.status_code, event.request_id) == (302, answer["X-Request-ID"])


def test_record_outside_a_transaction_is_refused(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(RuntimeError, match="transaction"):
        audit.record(actor=Actor.system("test"), verb="thing.done", subject=None)
