"""Pages of contracts and procurements."""

from datetime import date
from decimal import Decimal

import pytest

from django.urls import reverse

from accounts.models import OrganisationIdentifier
from commissioning import actions, ocds
from commissioning.models import Contract, HandCorrection, Procurement
from principles.rules import RiskAnswers
from tests.commissioning.samples import PUBLIC_CONTRACTS_SCOTLAND, a_contract, a_release, imported


def url(name, *args):
    return reverse(f"commissioning:{name}", args=args)


@pytest.fixture
def contract(people):
    return a_contract(
        people,
        value_gbp=Decimal("50000"),
        currency="GBP",
        starts_on=date(2025, 1, 1),
        gaps=["end_date_not_published"],
    )


def page_of(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_contract_page_shows_gaps_and_what_is_not_published(contract, browse):
    text = page_of(browse("priya"), url("contract-detail", contract.reference))
    assert "The date on which the contract ends was not published." in text
    assert "£50,000" in text
    assert "not published" in text
    assert "Declare your interests" in text or "declare your interests" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"),
    [("priya", 200), ("evan", 200), ("sam", 200), ("mei", 404), ("hana", 404), ("oscar", 404)],
)
def test_contract_page_is_there_for_the_parties_alone(contract, browse, name, status):
    path = url("contract-detail", contract.reference)
    assert browse(name).get(path).status_code == status


@pytest.mark.django_db
def test_provider_sees_its_contract_without_the_commissioners_buttons(contract, browse):
    text = page_of(browse("sam"), url("contract-detail", contract.reference))
    assert "Correct<" not in text
    assert "Set the level" not in text


@pytest.mark.django_db
def test_provider_does_not_read_why_the_commissioner_decided(contract, actor_of, browse):
    priya = actor_of("priya")
    actions.set_level(
        actor=priya,
        contract=contract,
        answers=RiskAnswers(True, True, True),
        level="core",
        reason="A word among ourselves.",
    )
    actions.correct_contract(
        actor=priya, contract=contract, field="title", value="New", reason="Ours.", seen="Home care"
    )
    path = url("contract-detail", contract.reference)
    own, providers = (page_of(browse(name), path) for name in ("priya", "sam"))
    for words in ("A word among ourselves.", "Ours.", "Corrected by hand", "seriously harmed"):
        assert (words in own, words in providers) == (True, False)


@pytest.mark.django_db
def test_correction_shows_both_values(contract, browse):
    client = browse("priya")
    path = url("contract-correct", contract.reference, "value_gbp")
    assert 'value="50000"' in page_of(client, path)
    client.post(path, {"value": "61000.50", "seen": "50000", "reason": "The signed contract."})
    text = page_of(client, url("contract-detail", contract.reference))
    assert "£61,000.50" in text
    assert "Published: £50,000" in text
    correction = HandCorrection.objects.get()
    withdraw = url("correction-withdraw", contract.reference, correction.pk)
    assert "as published" in page_of(client, withdraw)
    client.post(withdraw)
    assert Contract.objects.get().value_gbp == Decimal("50000")


@pytest.mark.django_db
def test_correction_meets_a_colleagues_and_keeps_the_typed_text(contract, browse):
    path = url("contract-correct", contract.reference, "title")
    given = {"value": "Mine", "seen": "Not what it was", "reason": "Because."}
    response = browse("priya").post(path, given)
    text = response.content.decode()
    assert response.status_code == 409
    assert "A colleague changed this meanwhile" in text
    assert "Home care" in text
    assert 'value="Mine"' in text
    assert browse("priya").post(path, given | {"seen": "Home care"}).status_code == 302


@pytest.mark.django_db
def test_field_that_is_not_correctable_is_not_found(contract, browse):
    assert (
        browse("priya").get(url("contract-correct", contract.reference, "gaps")).status_code == 404
    )


@pytest.mark.django_db
def test_level_is_proposed_then_set(contract, browse):
    client, path = browse("priya"), url("contract-level", contract.reference)
    given = {
        "serves_people_at_risk": "yes",
        "is_hard_to_replace": "yes",
        "exercises_public_trust": "yes",
    }
    response = client.post(path, given | {"propose": "1"})
    assert "Standard is proposed because" in response.content.decode()
    assert Contract.objects.get().assurance_level == ""
    response = client.post(path, given | {"level": "core"})
    assert "needs a reason" in response.content.decode()
    client.post(path, given | {"level": "core", "reason": "It ends next month."})
    assert Contract.objects.get().assurance_level == "core"
    text = page_of(client, url("contract-detail", contract.reference))
    assert "It ends next month." in text


@pytest.mark.django_db
def test_contract_is_added_by_hand_with_a_provider_that_was_looked_for(contract, people, browse):
    client, path = browse("priya"), url("contract-new")
    provider = contract.parties.get().provider
    assert provider.organisation.name in page_of(client, f"{path}?find=alder")
    response = client.post(path, {"title": "Day centre", "providers": [provider.pk]})
    made = Contract.objects.get(title="Day centre")
    assert response.url == url("contract-detail", made.reference)
    assert made.parties.get().provider == provider


@pytest.mark.django_db
def test_contract_by_hand_without_provider_says_so(people, browse):
    response = browse("priya").post(url("contract-new"), {"title": "Day centre"})
    assert "Choose a provider, or enter a new one" in response.content.decode()


@pytest.mark.django_db
def test_list_is_filtered_and_paged(people, browse):
    for number in range(30):
        a_contract(people, title=f"Contract {number:02}")
    client = browse("priya")
    assert "30 in all" in page_of(client, url("contract-list"))
    assert "Contract 29" in page_of(client, f"{url('contract-list')}?sort=-title")
    text = page_of(client, f"{url('contract-list')}?words=contract+07")
    assert ("Contract 07" in text, "Contract 08" in text) == (True, False)


@pytest.mark.django_db
def test_procurement_page_marks_criteria_as_incomplete_as_published(people, browse):
    body = PUBLIC_CONTRACTS_SCOTLAND.read_bytes()
    file = ocds.read_file("pcs", body)
    release = next(r.body for r in file.releases if r.ocid == "ocds-r6ebe6-0000581730")
    imported(release)
    procurement = Procurement.objects.get()
    procurement.buyer.organisation = people.organisations["council"]
    procurement.buyer.save()
    text = page_of(browse("priya"), url("procurement-detail", procurement.reference))
    assert "Scottish procurement rules" in text
    assert "Several buyers were published" in text
    assert "Lots" in text


@pytest.mark.django_db
def test_procurement_page_of_another_council_is_not_found(people, browse):
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    imported(a_release())
    procurement = Procurement.objects.get()
    path = url("procurement-detail", procurement.reference)
    assert "Leisure centre cleaning" in page_of(browse("priya"), path)
    assert browse("mei").get(path).status_code == 404
