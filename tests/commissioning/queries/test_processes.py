"""Doubts whose a process is, and links to it."""

import pytest

from django.utils import timezone

from accounts.models import OrganisationIdentifier
from commissioning import actions, queries
from commissioning.models import Procurement
from tests.commissioning.samples import a_contract, a_release, imported, named_buyer

OCID = "ocds-b5fd17-aa01"


@pytest.fixture
def two_buyers(people):
    """Both councils have a process under one ocid."""
    for key, value in (("council", "ONE"), ("small_council", "TWO")):
        organisation = people.organisations[key]
        OrganisationIdentifier.objects.create(
            organisation=organisation, scheme="GB-LAE", value=value
        )
        imported(named_buyer(organisation, "GB-LAE", value, release_id=value))
    return people


def own_process(actor) -> Procurement:
    return queries.procurements(actor).get()


@pytest.mark.django_db
def test_both_are_told_that_another_body_is_named(two_buyers, actor_of):
    for name in ("priya", "mei"):
        actor = actor_of(name)
        day = queries.named_elsewhere_on(actor, own_process(actor))
        assert day == timezone.localdate(own_process(actor).released_at)
        texts = [item.text for item in queries.process_home_items(actor)]
        assert texts == ["Another body is named as buyer of Leisure centre cleaning"]
    assert queries.process_home_items(actor_of("evan")) == []


@pytest.mark.django_db
def test_process_of_one_buyer_is_not_doubted(people, actor_of):
    imported(a_release())
    row = Procurement.objects.get()
    assert queries.named_elsewhere_on(actor_of("priya"), row) is None
    by_hand = Procurement.objects.create(buyer=row.buyer, title="By hand")
    assert queries.named_elsewhere_on(actor_of("priya"), by_hand) is None


@pytest.mark.django_db
def test_link_is_read_from_both_sides_until_it_is_withdrawn(two_buyers, actor_of):
    priya, mei = actor_of("priya"), actor_of("mei")
    contract = a_contract(two_buyers)
    link = actions.state_link(
        actor=priya,
        contract=contract,
        ocid=OCID,
        publisher_name=mei.organisation.name,
        reason="Call-off.",
    )
    theirs = own_process(mei)
    assert list(queries.links_of_contract(priya, contract)) == [link]
    assert list(queries.links_to_process(mei, theirs)) == [link]
    assert list(queries.links_to_process(priya, own_process(priya))) == []
    assert queries.process_of_link(mei, link) == theirs
    assert queries.process_of_link(priya, link) is None
    assert queries.process_link(mei, link.reference) == link
    assert queries.process_home_items(mei)[0].url == f"/procurements/{theirs.reference}/"
    actions.dispute_link(actor=mei, link=link, reason="No.")
    (item, _) = queries.process_home_items(priya)
    assert item.text.endswith("disputes that your contract was called off under its process")
    actions.withdraw_link(actor=priya, link=link)
    assert queries.process_link(mei, link.reference) is None
    assert not queries.process_links(mei).standing().exists()
