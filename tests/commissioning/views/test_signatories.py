"""Who signs, page by page: the named person, a second commissioner, the operator."""

import re

import pytest

from django.core import mail
from django.urls import reverse

from accounts.access import Actor
from accounts.actions import accept_invitation
from accounts.models import Invitation, OrganisationIdentifier, User
from commissioning import actions
from commissioning.models import Contract, FirstSignatory, SignatoryDoubt
from providers.models import Provider
from tests.commissioning.samples import imported, named_buyer
from tests.signing_in import begin_session

OFFICE = "office@brightwater.example"


def url(name, *args):
    return reverse(f"commissioning:{name}", args=args)


@pytest.fixture
def kim(people, actor_of):
    """Kim, whom the council named for a supplier of the small council."""
    small = people.organisations["small_council"]
    OrganisationIdentifier.objects.create(organisation=small, scheme="GB-LAE", value="LIT")
    release = named_buyer(small, "GB-LAE", "LIT")
    release["parties"][1]["contactPoint"] = {"email": OFFICE}
    imported(release)
    provider = Provider.objects.get()
    actions.create_contract(actor=actor_of("priya"), title="Ours", providers=[provider])
    actions.name_first_signatory(
        actor=actor_of("priya"), provider=provider, email="kim@x.example", full_name="Kim Lee"
    )
    return accept_invitation(
        actor=Actor(),
        invitation=Invitation.objects.get(),
        full_name="Kim Lee",
        password="three random words",
    )


def contract_of(people, key: str) -> Contract:
    return Contract.objects.get(commissioner__organisation=people.organisations[key])


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_named_person_is_confirmed_by_the_code(
    kim, people, client, django_capture_on_commit_callbacks
):
    begin_session(client, kim)
    text = text_of(client.get(url("signatory-own")))
    assert "o•••@brightwater.example, published by Contracts Finder" in text
    text = text_of(client.post(url("signatory-code"), {"address": "kim@x.example"}))
    assert "Select a valid choice" in text
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("signatory-code"), {"address": OFFICE})
    assert response["Location"] == url("signatory-own")
    (message,) = mail.outbox
    code = re.search(r"^[2-9A-Z]{8}$", message.body, re.MULTILINE).group()
    text = text_of(client.post(url("signatory-own"), {"code": "wrong"}))
    assert "This is not the code." in text
    response = client.post(url("signatory-own"), {"code": code}, follow=True)
    assert "It is confirmed that you sign for Brightwater Ltd" in text_of(response)
    assert client.get(url("signatory-own")).status_code == 302
    contract = contract_of(people, "small_council")
    assert client.get(url("contract-detail", contract.reference)).status_code == 200


@pytest.mark.django_db
def test_second_commissioner_confirms_on_its_contract(kim, people, client):
    provider = Provider.objects.get()
    begin_session(client, people.users["priya"])
    own = contract_of(people, "council").reference
    text = text_of(client.get(url("signatory-detail", own, provider.reference)))
    assert ("Kim Lee" in text, "Confirm that this person signs" in text) == (True, False)
    assert client.post(url("signatory-detail", own, provider.reference)).status_code == 403
    begin_session(client, people.users["mei"])
    theirs = contract_of(people, "small_council").reference
    assert "Not confirmed" in text_of(client.get(url("contract-detail", theirs)))
    assert "Kim Lee" in text_of(client.get(url("signatory-detail", theirs, provider.reference)))
    client.post(url("signatory-detail", theirs, provider.reference))
    assert FirstSignatory.objects.get().confirmed_how == "second_commissioner"
    text = text_of(client.get(url("signatory-detail", theirs, provider.reference)))
    assert ("kim@x.example" in text, "that is confirmed" in text) == (False, True)
    assert client.post(url("signatory-detail", theirs, provider.reference)).status_code == 404
    assert client.get(url("signatory-detail", own, provider.reference)).status_code == 404


@pytest.mark.django_db
def test_operator_confirms_on_the_page(kim, people, client):
    begin_session(client, people.users["olive"])
    first = FirstSignatory.objects.get()
    assert "Kim Lee for Brightwater Ltd" in text_of(client.get(url("signatory-list")))
    path = url("signatory-confirm", first.reference)
    assert "Say how you checked it" in text_of(client.post(path, {"reason": ""}))
    client.post(path, {"reason": "Rang the registered office."})
    first.refresh_from_db()
    assert first.confirmed_because == "Rang the registered office."
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("decision", ["recover", "keep"])
def test_doubt_is_said_decided_and_read(kim, people, client, decision):
    begin_session(client, people.users["mei"])
    provider, contract = Provider.objects.get(), contract_of(people, "small_council")
    path = url("signatory-doubt", contract.reference, provider.reference)
    assert "Say why this is wrong" in text_of(client.post(path, {"reason": ""}))
    given = {"reason": "We know Lee.", "known_name": "Lee Kay", "known_email": "lee@x.example"}
    client.post(path, given)
    assert "said so already" in text_of(client.post(path, given))
    doubt = SignatoryDoubt.objects.get()
    text = text_of(client.get(url("signatory-detail", contract.reference, provider.reference)))
    assert ("An operator of this service checks it" in text, path in text) == (True, False)
    begin_session(client, kim)
    assert "We know Lee." not in text_of(client.get("/"))

    begin_session(client, people.users["olive"])
    assert "the wrong person signs for Brightwater Ltd" in text_of(client.get("/"))
    path = url("doubt-decide", doubt.reference)
    text = text_of(client.get(path))
    assert all(words in text for words in ("We know Lee.", "Kim Lee", "lee@x.example"))
    wrong = text_of(client.post(path, {"decision": "recover", "reason": "Rang."}))
    assert "Enter their e-mail address" in wrong
    given = {
        "decision": decision,
        "full_name": "Lee Kay",
        "email": "lee@x.example",
        "reason": "Rang the office.",
    }
    client.post(path, given)
    assert client.get(path).status_code == 404
    doubt.refresh_from_db()
    assert doubt.outcome == {"recover": "recovered", "keep": "kept"}[decision]
    assert Actor.of(User.objects.get(pk=kim.pk)).organisation is not None or decision == "recover"
    begin_session(client, people.users["mei"])
    assert "Rang the office." in text_of(client.get("/"))


@pytest.mark.django_db
def test_named_person_is_offered_no_page_on_which_nothing_can_be_done_yet(kim, client):
    begin_session(client, kim)
    text = text_of(client.get(reverse("accounts:person-list")))
    assert ("Invite someone" in text, "Change roles" in text) == (False, False)
    assert "once somebody else confirms who signs for your organisation" in text
