"""Taking over a shared supplier by a sham contract, and how a signatory is confirmed."""

import re
from datetime import timedelta

import pytest
import time_machine

from django.core import mail
from django.utils import timezone

from accounts.access import Actor, Refused, WrongState
from accounts.actions import accept_invitation, invite_first_administrator, invite_person
from accounts.models import AuditEvent, Invitation, Membership, Organisation, OrganisationIdentifier
from commissioning import actions, queries
from commissioning.models import (
    AssessmentRequest,
    Contract,
    FirstSignatory,
    OcdsRelease,
    SignatoryDoubt,
)
from providers.models import Provider, SelfAssessment
from providers.rules import may_answer
from tests.commissioning.samples import a_request, imported, named_buyer, uploaded

OFFICE = "office@brightwater.example"


def with_contact(release: dict, address: str = OFFICE) -> dict:
    release["parties"][1]["contactPoint"] = {"email": address}
    return release


@pytest.fixture
def supplier(people):
    """A supplier with a contract of the small council, and its contact, from a public register."""
    small = people.organisations["small_council"]
    OrganisationIdentifier.objects.create(organisation=small, scheme="GB-LAE", value="LIT")
    imported(with_contact(named_buyer(small, "GB-LAE", "LIT")))
    return Provider.objects.get()


@pytest.fixture
def sham(supplier, actor_of):
    """A contract that the other council made up."""
    return actions.create_contract(actor=actor_of("priya"), title="Sham", providers=[supplier])


@pytest.fixture
def attacker(people, sham, supplier, django_capture_on_commit_callbacks):
    """Whom the other council named as the supplier's first signatory, by a request."""
    a_request(people, sham, signatory_email="mallory@evil.example", signatory_name="Mallory")
    return joined("mallory@evil.example")


def joined(address: str) -> Actor:
    invitation = Invitation.objects.get(email=address)
    user = accept_invitation(
        actor=Actor(), invitation=invitation, full_name="M", password="three random words"
    )
    return Actor.of(user)


def first() -> FirstSignatory:
    return FirstSignatory.objects.standing().get()


def again(actor: Actor) -> Actor:
    return Actor.of(actor.user)


def theirs(people) -> Contract:
    """The small council's own contract."""
    return Contract.objects.get(commissioner__organisation=people.organisations["small_council"])


@pytest.mark.django_db
def test_sham_contract_gives_sight_of_the_sham_alone(people, attacker, sham):
    real = a_request(people, theirs(people))
    assert [row.pk for row in Contract.objects.visible_to(attacker)] == [sham.pk]
    asked = AssessmentRequest.objects.visible_to(attacker)
    assert [row.contract for row in asked] == [sham]
    (own,) = SelfAssessment.objects.visible_to(attacker)
    assert may_answer(attacker, own)
    assert not may_answer(attacker, real.self_assessment)


@pytest.mark.django_db
def test_ask_of_another_commissioner_is_not_told_to_the_unconfirmed(
    people, attacker, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        a_request(people, theirs(people))
    assert mail.outbox == []


@pytest.mark.django_db
def test_unconfirmed_signatory_brings_in_nobody(attacker):
    with pytest.raises(Refused):
        invite_person(
            actor=attacker,
            organisation=attacker.organisation,
            email="x@evil.example",
            full_name="X",
            roles=["contributor"],
        )


@pytest.fixture
def code(attacker, django_capture_on_commit_callbacks):
    """The code that was sent to the published contact."""
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_confirmation_code(actor=attacker, first=first(), address=OFFICE)
    (message,) = mail.outbox
    assert message.to == [OFFICE]
    return re.search(r"^[2-9A-Z]{8}$", message.body, re.MULTILINE).group()


def sees_all(people, attacker: Actor) -> bool:
    now = again(attacker)
    return (
        now.asker is None
        and now.provides
        and Contract.objects.visible_to(now).filter(pk=theirs(people).pk).exists()
    )


@pytest.mark.django_db
def test_code_to_a_published_contact_confirms(people, attacker, code):
    assert not sees_all(people, attacker)
    typed = f"{code[:4].lower()} {code[4:]}"
    assert actions.enter_confirmation_code(actor=attacker, first=first(), code=typed)
    assert sees_all(people, attacker)
    assert (first().confirmed_how, first().confirmed_by) == ("notice_contact", attacker.user)
    with pytest.raises(WrongState, match="settled already"):
        actions.enter_confirmation_code(actor=attacker, first=first(), code=code)


@pytest.mark.django_db
def test_wrong_codes_run_out_and_stay_counted(people, attacker, code):
    wrong = "2" * 8 if code != "2" * 8 else "3" * 8
    for _ in range(5):
        assert not actions.enter_confirmation_code(actor=attacker, first=first(), code=wrong)
    with pytest.raises(WrongState, match="No code works now"):
        actions.enter_confirmation_code(actor=attacker, first=first(), code=code)
    assert AuditEvent.objects.filter(verb="signatory.code_refused").count() == 5
    assert not sees_all(people, attacker)


@pytest.mark.django_db
def test_code_runs_out_and_a_new_one_ends_the_old(attacker, code):
    late = time_machine.travel(timezone.now() + timedelta(hours=25))
    with late, pytest.raises(WrongState, match="No code works now"):
        actions.enter_confirmation_code(actor=attacker, first=first(), code=code)
    actions.send_confirmation_code(actor=attacker, first=first(), address=OFFICE)
    assert not actions.enter_confirmation_code(actor=attacker, first=first(), code=code)
    actions.send_confirmation_code(actor=attacker, first=first(), address=OFFICE)
    with pytest.raises(WrongState, match="3 codes were sent within a day"):
        actions.send_confirmation_code(actor=attacker, first=first(), address=OFFICE)


@pytest.mark.django_db
def test_contact_that_the_naming_council_brought_or_published_does_not_count(
    people, attacker, actor_of
):
    council = people.organisations["council"]
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-LAE", value="NBC")
    evil = "mallory@evil.example"
    forged = named_buyer(council, "GB-LAE", "NBC", ocid="ocds-b5fd17-forged")
    uploaded(actor_of("priya"), with_contact(forged, evil))
    published = named_buyer(council, "GB-LAE", "NBC", ocid="ocds-b5fd17-public")
    imported(with_contact(published, evil))
    assert [evil in str(row.body) for row in OcdsRelease.objects.order_by("pk")] == [
        False,
        True,
        True,
    ]
    found = [row.address for row in queries.published_contacts(attacker, first())]
    assert found == [OFFICE]
    with pytest.raises(WrongState, match="No notice that counts"):
        actions.send_confirmation_code(actor=attacker, first=first(), address=evil)


@pytest.mark.django_db
def test_contact_of_another_party_or_without_a_register_number_does_not_count(
    people, attacker, actor_of
):
    release = named_buyer(
        people.organisations["small_council"], "GB-LAE", "LIT", ocid="ocds-b5fd17-aa09"
    )
    other = {"id": "GB-COH-07654321", "name": "Brightwater Ltd", "roles": ["supplier"]}
    other["contactPoint"] = {"email": "other@evil.example"}
    release["parties"].append(other)
    release["awards"][0]["suppliers"].append({"id": other["id"], "name": other["name"]})
    imported(release)
    assert [row.address for row in queries.published_contacts(attacker, first())] == [OFFICE]


@pytest.mark.django_db
def test_operator_confirms_with_a_reason(people, attacker, actor_of):
    for name in ("priya", "mei", "sam", "adam"):
        with pytest.raises(Refused):
            actions.confirm_signatory_as_operator(actor=actor_of(name), first=first(), reason="So.")
    actions.confirm_signatory_as_operator(
        actor=actor_of("olive"), first=first(), reason="Rang the registered office."
    )
    assert sees_all(people, attacker)


@pytest.mark.django_db
def test_second_commissioner_confirms_and_the_first_one_never(people, attacker, actor_of):
    for actor in (actor_of("priya"), actor_of("tom"), actor_of("sam"), attacker, actor_of("olive")):
        with pytest.raises(Refused):
            actions.confirm_signatory_as_second(actor=actor, first=first())
    actions.confirm_signatory_as_second(actor=actor_of("mei"), first=first())
    assert sees_all(people, attacker)
    assert first().confirmed_for == people.organisations["small_council"]


@pytest.mark.django_db
def test_body_that_has_nothing_to_do_with_the_provider_confirms_nothing(people, attacker, actor_of):
    contract = theirs(people)
    contract.parties.all().delete()
    with pytest.raises(Refused):
        actions.confirm_signatory_as_second(actor=actor_of("mei"), first=first())
    with pytest.raises(Refused):
        actions.doubt_signatory(actor=actor_of("mei"), provider=first().provider, reason="No.")


@pytest.mark.django_db
def test_person_who_named_confirms_for_no_other_body(people, attacker, actor_of):
    small = people.organisations["small_council"]
    place = Membership.objects.create(user=people.users["priya"], organisation=small)
    place.roles.create(role="contract_manager")
    with pytest.raises(Refused):
        actions.confirm_signatory_as_second(
            actor=Actor.of(people.users["priya"], small), first=first()
        )


@pytest.mark.django_db
def test_provider_with_people_is_named_nobody(people, attacker, supplier, actor_of):
    with pytest.raises(Refused):
        actions.name_first_signatory(
            actor=actor_of("mei"), provider=supplier, email="x@y.example", full_name="X"
        )
    Membership.objects.get(user=attacker.user).roles.filter(role="signatory").delete()
    with pytest.raises(WrongState, match="has people here"):
        actions.name_first_signatory(
            actor=actor_of("mei"), provider=supplier, email="x@y.example", full_name="X"
        )


@pytest.mark.django_db
def test_later_commissioners_other_address_is_noted(people, attacker):
    request = a_request(people, theirs(people), signatory_email=OFFICE, signatory_name="Kim")
    event = AuditEvent.objects.get(verb="signatory.other_known")
    assert event.subject_reference == request.reference
    assert not queries.signs_for(attacker, request.provider, OFFICE)
    assert queries.signs_for(attacker, request.provider, " Mallory@evil.example ")


@pytest.mark.django_db
def test_operator_recovers_the_organisation_with_its_rows_and_trail(
    people, attacker, supplier, sham, actor_of
):
    mei, olive = actor_of("mei"), actor_of("olive")
    given = {"reason": "Kim Lee signs there.", "known_name": "Kim Lee", "known_email": OFFICE}
    doubt = actions.doubt_signatory(actor=mei, provider=supplier, **given)
    with pytest.raises(WrongState, match="said so already"):
        actions.doubt_signatory(actor=mei, provider=supplier, **given)
    other = actions.doubt_signatory(actor=actor_of("priya"), provider=supplier, reason="Odd.")
    rows, trail = SelfAssessment.objects.count(), AuditEvent.objects.count()
    with pytest.raises(Refused):
        actions.recover_organisation(
            actor=mei, doubt=doubt, email=OFFICE, full_name="Kim Lee", reason="Checked."
        )
    found = actions.recover_organisation(
        actor=olive, doubt=doubt, email=OFFICE, full_name="Kim Lee", reason="Rang them."
    )
    assert again(attacker).organisation is None
    assert Membership.objects.get(user=attacker.user).ended_by == olive.user
    assert (SelfAssessment.objects.count(), AuditEvent.objects.count() > trail) == (rows, True)
    assert {row.outcome for row in SignatoryDoubt.objects.all()} == {"recovered"}
    assert (found.confirmed_how, found.named_for) == ("operator", None)
    kim = joined(OFFICE)
    assert kim.provides
    assert set(Contract.objects.visible_to(kim)) == {sham, theirs(people)}
    assert FirstSignatory.objects.filter(ended_at=None).count() == 1
    other.refresh_from_db()
    with pytest.raises(WrongState, match="decided already"):
        actions.keep_signatory(actor=olive, doubt=other, reason="Again.")


@pytest.mark.django_db
def test_operator_keeps_who_signs_with_a_reason(people, attacker, supplier, actor_of):
    doubt = actions.doubt_signatory(actor=actor_of("mei"), provider=supplier, reason="Unsure.")
    with pytest.raises(Refused):
        actions.keep_signatory(actor=actor_of("mei"), doubt=doubt, reason="So.")
    actions.keep_signatory(actor=actor_of("olive"), doubt=doubt, reason="Rang them.")
    assert again(attacker).organisation is not None


@pytest.mark.django_db
def test_invitation_that_ran_out_lets_the_next_commissioner_name(people, sham, supplier, actor_of):
    a_request(people, sham, signatory_email="mallory@evil.example", signatory_name="Mallory")
    old = first()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        actions.name_first_signatory(
            actor=actor_of("mei"), provider=supplier, email=OFFICE, full_name="Kim"
        )
        with pytest.raises(WrongState, match="has run out"):
            joined("mallory@evil.example")
    assert Invitation.objects.get(email="mallory@evil.example").state == "withdrawn"
    supplier.organisation.refresh_from_db()
    assert supplier.organisation.named_by == people.organisations["small_council"]
    old.refresh_from_db()
    assert old.ended_at is not None


@pytest.mark.django_db
def test_operators_own_tenant_is_confirmed_and_ends_open_invitations(
    people, sham, supplier, actor_of
):
    a_request(people, sham, signatory_email="mallory@evil.example", signatory_name="Mallory")
    invite_first_administrator(
        actor=actor_of("olive"),
        organisation=supplier.organisation,
        email=OFFICE,
        full_name="Kim",
    )
    assert Organisation.objects.get(pk=supplier.organisation_id).named_by is None
    with pytest.raises(WrongState):
        joined("mallory@evil.example")
