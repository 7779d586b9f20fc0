"""Pages of requests, answers, interests, matches and engagements."""

from datetime import timedelta

import pytest

from django.urls import reverse
from django.utils import timezone

from commissioning import actions
from commissioning.models import (
    AuditEngagement,
    CommissionerAnswer,
    InterestDeclaration,
    OrganisationMatch,
)
from tests.commissioning.actions.test_matches import award_to
from tests.commissioning.samples import a_contract, a_request, imported
from tests.signing_in import begin_session


def url(name, *args):
    return reverse(f"commissioning:{name}", args=args)


@pytest.fixture
def row(people):
    return a_request(people, a_contract(people))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"), [("priya", 200), ("evan", 404), ("anna", 404), ("mei", 404), ("sam", 403)]
)
def test_request_page_is_there_for_who_sees_the_case(row, browse, name, status):
    assert browse(name).get(url("request-detail", row.reference)).status_code == status


@pytest.mark.django_db
def test_commissioner_answers_its_own_criteria(row, browse):
    client = browse("priya")
    page = client.get(url("request-detail", row.reference)).content.decode()
    assert "A2 For the commissioner" in page
    path = url("answer-edit", row.reference, "small-framework", "A2")
    given = {"claimed_value": "2", "narrative": "We do.", "version": "0"}
    assert client.post(path, given).url == url("request-detail", row.reference)
    stale = client.post(path, given | {"narrative": "We do more."})
    assert stale.status_code == 409
    assert "We do more." in stale.content.decode()
    assert CommissionerAnswer.objects.get().narrative == "We do."
    assert client.get(url("answer-edit", row.reference, "small-framework", "A1")).status_code == 404


@pytest.mark.django_db
def test_answer_is_saved_as_it_is_typed(row, browse):
    path = url("answer-edit", row.reference, "small-framework", "A2")
    client, headers = browse("priya"), {"X-Autosave": "1"}
    given = {"narrative": "We", "version": "0"}
    assert client.post(path, given, headers=headers).json()["version"] == 1
    conflict = client.post(path, given, headers=headers)
    assert (conflict.status_code, conflict.json()["conflict"]["version"]) == (409, 1)
    wrong = client.post(path, {"not_applicable": "on", "version": "1"}, headers=headers)
    assert wrong.status_code == 422


@pytest.mark.django_db
def test_declaring_no_interest_leads_on_to_the_case(row, browse):
    client = browse("evan")
    provider = row.provider.reference
    path = url("interest-declare", row.contract.reference, provider)
    onward = url("request-detail", row.reference)
    assert client.post(f"{path}?next={onward}", {"has_interest": "no"}).url == onward
    assert client.get(onward).status_code == 200


@pytest.mark.django_db
def test_declaring_does_not_lead_off_the_site(row, browse):
    path = url("interest-declare", row.contract.reference, row.provider.reference)
    response = browse("evan").post(f"{path}?next=https://evil.example/", {"has_interest": "no"})
    assert response.url == url("contract-detail", row.contract.reference)


@pytest.mark.django_db
def test_interest_is_decided_by_another_person(row, people, browse, client):
    path = url("interest-declare", row.contract.reference, row.provider.reference)
    browse("evan").post(path, {"has_interest": "yes", "description": "A share."})
    declaration = InterestDeclaration.objects.get()
    resolve = url("interest-resolve", declaration.pk)
    begin_session(client, people.users["anna"])
    assert "A share." in client.get(resolve).content.decode()
    client.post(resolve, {"resolution": "recused", "note": "Too close."})
    declaration.refresh_from_db()
    assert declaration.resolution == "recused"
    begin_session(client, people.users["evan"])
    response = client.post(path, {"has_interest": "no"})
    assert "Only another person can resolve it" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), [("mei", 404), ("evan", 403), ("oscar", 403)])
def test_interest_of_another_body_is_not_found(row, browse, actor_of, name, status):
    declaration = actions.declare_interest(
        actor=actor_of("evan"),
        contract=row.contract,
        provider=row.provider,
        has_interest=True,
        description="A share.",
    )
    assert browse(name).get(url("interest-resolve", declaration.pk)).status_code == status


@pytest.mark.django_db
def test_provider_that_is_no_party_is_not_declared_about(row, people, browse):
    other = a_contract(people, provider="charity").parties.get().provider
    path = url("interest-declare", row.contract.reference, other.reference)
    assert browse("evan").get(path).status_code == 404


@pytest.mark.django_db
def test_match_is_decided_on_its_page(people, browse, client):
    imported(*(award_to(f"ocds-b5fd17-aa0{n}", f"GB-CFS-1{n}", "Acme Ltd") for n in (1, 2)))
    path = url("match-decide", OrganisationMatch.objects.get().pk)
    assert browse("priya").get(path).status_code == 404
    begin_session(client, people.users["olive"])
    assert "Are they the same" in client.get(path).content.decode()
    client.post(path, {"decision": "same"})
    assert OrganisationMatch.objects.get().state == "confirmed"
    assert "decided by Olive Grant" in client.get(path).content.decode()


@pytest.mark.django_db
def test_match_of_others_too_says_who_decides(people, browse, actor_of):
    imported(*(award_to(f"ocds-b5fd17-aa0{n}", f"GB-CFS-1{n}", "Acme Ltd") for n in (1, 2)))
    match = OrganisationMatch.objects.get()
    contract = a_contract(people)
    provider = contract.parties.model.objects.get(
        contract__title="Leisure centre cleaning", provider__organisation=match.candidate
    ).provider
    contract.parties.create(provider=provider, position=1)
    path = url("match-decide", match.pk)
    client = browse("priya")
    assert "an operator of this service decides" in client.get(path).content.decode()
    assert client.post(path, {"decision": "same"}).status_code == 403


@pytest.mark.django_db
def test_engagement_is_given_and_ended(people, browse):
    client, today = browse("adam"), timezone.localdate()
    later = today + timedelta(days=30)
    given = {"assurance_body": people.organisations["auditors"].pk, "scope": "everything"}
    for name, day in (("starts_on", today), ("ends_on", later)):
        given |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    assert client.post(url("engagement-new"), given).url == url("engagement-list")
    engagement = AuditEngagement.objects.get()
    end = url("engagement-end", engagement.reference)
    assert "Fenwick Public Audit LLP" in client.get(end).content.decode()
    client.post(end)
    engagement.refresh_from_db()
    assert engagement.ended_by == people.users["adam"]
    assert "Ended" in client.get(url("engagement-list")).content.decode()


@pytest.mark.django_db
def test_engagement_of_another_body_is_not_found(people, browse, actor_of):
    a_contract(people, body="small_council")
    today = timezone.localdate()
    engagement = actions.give_engagement(
        actor=actor_of("mei"),
        assurance_body=people.organisations["auditors"],
        scope="everything",
        starts_on=today,
        ends_on=today,
    )
    assert browse("adam").get(url("engagement-end", engagement.reference)).status_code == 404
    assert browse("oscar").get(url("engagement-end", engagement.reference)).status_code == 404
