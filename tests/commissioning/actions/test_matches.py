"""Deciding whether two organisations are one."""

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent, OrganisationIdentifier
from commissioning import actions
from commissioning.models import Contract, ContractParty, OrganisationMatch, Procurement
from providers.models import Provider
from tests.commissioning.samples import a_release, imported


@pytest.fixture
def twice(people):
    """Two contracts of the council with a supplier of one name at two addresses."""
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    imported(*(award_to(f"ocds-b5fd17-aa0{n}", f"GB-CFS-1{n}", "Acme Ltd") for n in (1, 2)))
    return OrganisationMatch.objects.get()


def award_to(ocid, party_id, name, **changes):
    release = a_release(ocid, **changes)
    address = {"postalCode": party_id.removeprefix("GB-CFS-")}
    release["parties"].append(
        {"id": party_id, "name": name, "roles": ["supplier"], "address": address}
    )
    release["awards"][0]["suppliers"] = [{"id": party_id, "name": name}]
    return release


@pytest.mark.django_db
def test_confirmed_match_moves_contracts_and_numbers_to_the_candidate(twice, actor_of):
    actions.confirm_match(actor=actor_of("priya"), match=twice)
    twice.refresh_from_db()
    assert (twice.state, twice.decided_by.full_name) == ("confirmed", "Priya Raman")
    kept = Provider.objects.get(organisation=twice.candidate)
    assert set(ContractParty.objects.values_list("provider", flat=True)) == {kept.pk}
    assert twice.candidate.identifiers.count() == 2
    assert twice.organisation.identifiers.count() == 0
    event = AuditEvent.objects.get(verb="organisation.merged")
    assert event.facts["parties"] == 1


@pytest.mark.django_db
def test_next_import_finds_the_merged_organisation(twice, actor_of):
    actions.confirm_match(actor=actor_of("priya"), match=twice)
    result = imported(award_to("ocds-b5fd17-aa02", "GB-CFS-12", "Acme Ltd"))
    assert result.count("unchanged") == 1
    imported(award_to("ocds-b5fd17-aa03", "GB-CFS-12", "Acme Ltd"))
    assert set(ContractParty.objects.values_list("provider__organisation", flat=True)) == {
        twice.candidate_id
    }
    assert OrganisationMatch.objects.to_decide().count() == 0


@pytest.mark.django_db
def test_rejected_match_is_not_offered_again(twice, actor_of):
    actions.reject_match(actor=actor_of("priya"), match=twice)
    imported(award_to("ocds-b5fd17-aa02", "GB-CFS-12", "Acme Ltd", release_id="r2", language="en"))
    assert OrganisationMatch.objects.get().state == "rejected"
    assert Provider.objects.filter(organisation__name="Acme Ltd").count() == 2


@pytest.mark.django_db
def test_match_is_decided_once(twice, actor_of):
    actions.reject_match(actor=actor_of("priya"), match=twice)
    with pytest.raises(WrongState, match="decided already"):
        actions.confirm_match(actor=actor_of("priya"), match=twice)


@pytest.mark.django_db
def test_match_that_concerns_another_commissioner_is_the_operators(people, actor_of, twice):
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["small_council"], scheme="GB-LAE", value="LIT"
    )
    other = award_to("ocds-b5fd17-bb01", "GB-CFS-12", "Acme Ltd")
    other["parties"][0] |= {"id": "GB-CFS-2", "identifier": {"scheme": "GB-LAE", "id": "LIT"}}
    other["buyer"]["id"] = "GB-CFS-2"
    imported(other)
    for name in ("priya", "mei"):
        with pytest.raises(Refused, match="Only an operator"):
            actions.confirm_match(actor=actor_of(name), match=twice)
    assert actions.confirm_match(actor=actor_of("olive"), match=twice).state == "confirmed"


@pytest.mark.django_db
def test_stranger_to_the_match_is_refused(twice, actor_of):
    for name in ("mei", "evan", "sam", "oscar", "adam"):
        with pytest.raises(Refused):
            actions.reject_match(actor=actor_of(name), match=twice)


@pytest.mark.django_db
def test_buyer_of_one_name_moves_with_procurements_and_contracts(people, actor_of):
    release = a_release()
    release["parties"][0] = {"id": "GB-CFS-9", "name": people.organisations["council"].name}
    release["parties"][0]["roles"] = ["buyer"]
    release["buyer"] = {"id": "GB-CFS-9"}
    imported(release)
    match = OrganisationMatch.objects.get()
    assert match.candidate == people.organisations["council"]
    actions.confirm_match(actor=actor_of("olive"), match=match)
    council = people.organisations["council"]
    assert Contract.objects.get().commissioner.organisation == council
    assert Procurement.objects.get().buyer.organisation == council


@pytest.mark.django_db
def test_supplier_named_twice_in_one_contract_becomes_one_party(people, actor_of):
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    release = award_to("ocds-b5fd17-aa01", "GB-CFS-11", "Acme Ltd")
    release["awards"][0]["suppliers"].append({"id": "GB-CFS-12", "name": "Acme Services"})
    imported(release)
    first, second = (row.provider.organisation for row in ContractParty.objects.all())
    match = OrganisationMatch.objects.create(
        organisation=second, candidate=first, proposed_at=timezone.now()
    )
    actions.confirm_match(actor=actor_of("priya"), match=match)
    party = ContractParty.objects.get()
    assert (party.is_lead, party.provider.organisation) == (True, match.candidate)


@pytest.mark.django_db
def test_organisation_with_people_is_not_emptied(twice, actor_of):
    twice.organisation.is_reference_row = False
    twice.organisation.save()
    with pytest.raises(WrongState, match="has people by now"):
        actions.confirm_match(actor=actor_of("olive"), match=twice)
