"""Linking, disputing and withdrawing, page by page."""

import pytest

from django.urls import reverse

from accounts.models import OrganisationIdentifier
from commissioning.models import ProcessLink, Procurement
from tests.commissioning.samples import a_contract, a_release, imported
from tests.signing_in import begin_session


def url(name, *args):
    return reverse(f"commissioning:{name}", args=args)


@pytest.mark.django_db
def test_contract_is_linked_disputed_and_unlinked(people, client):
    small = people.organisations["small_council"]
    OrganisationIdentifier.objects.create(organisation=small, scheme="GB-LAE", value="ASH")
    imported(a_release())
    process, contract = Procurement.objects.get(), a_contract(people)
    begin_session(client, people.users["priya"])
    path = url("link-new", contract.reference)
    assert "you see nothing of the other body’s records" in client.get(path).content.decode()
    given = {"ocid": process.ocid, "publisher_name": small.name, "reason": "Call-off 12."}
    assert "Say why the contract" in client.post(path, given | {"reason": ""}).content.decode()
    assert client.post(path, given)["Location"] == url("contract-detail", contract.reference)
    again = client.post(path, given).content.decode()
    assert "The contract is linked to this process already." in again
    text = client.get(url("contract-detail", contract.reference)).content.decode()
    assert "Called off under another body’s process" in text
    assert client.get(url("procurement-detail", process.reference)).status_code == 404

    link = ProcessLink.objects.get()
    begin_session(client, people.users["mei"])
    text = client.get(url("procurement-detail", process.reference)).content.decode()
    assert f"says that its contract “{contract.title}” was called off under this process" in text
    assert client.get(url("contract-detail", contract.reference)).status_code == 404
    dispute = url("link-dispute", link.reference)
    assert "Call-off 12." in client.get(dispute).content.decode()
    client.post(dispute, {"reason": "We have no such lot."})
    assert client.get(url("link-withdraw", link.reference)).status_code == 404

    begin_session(client, people.users["priya"])
    text = client.get(url("contract-detail", contract.reference)).content.decode()
    assert "We have no such lot." in text
    withdraw = url("link-withdraw", link.reference)
    assert "Withdraw the link?" in client.get(withdraw).content.decode()
    client.post(withdraw)
    text = client.get(url("contract-detail", contract.reference)).content.decode()
    assert "Called off under another body’s process" not in text


@pytest.mark.django_db
def test_provider_reads_nothing_of_a_link(people, client):
    contract = a_contract(people)
    begin_session(client, people.users["priya"])
    given = {"ocid": "ocds-h6vhtk-1", "publisher_name": "Crown", "reason": "Among ourselves."}
    client.post(url("link-new", contract.reference), given)
    begin_session(client, people.users["sam"])
    text = client.get(url("contract-detail", contract.reference)).content.decode()
    assert "Among ourselves." not in text
