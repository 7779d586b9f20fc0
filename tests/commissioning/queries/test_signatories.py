"""Who signs: what each reads."""

import pytest

from accounts.access import Actor
from commissioning import actions, queries
from providers.models import Provider
from tests.commissioning.samples import a_contract, a_release, imported


@pytest.fixture
def first(people, actor_of):
    """Kim, whom the council named for a supplier that only notices name."""
    imported(a_release())
    provider = Provider.objects.get()
    actions.create_contract(actor=actor_of("priya"), title="Ours", providers=[provider])
    return actions.name_first_signatory(
        actor=actor_of("priya"), provider=provider, email="kim@x.example", full_name="Kim"
    )


@pytest.mark.django_db
def test_first_signatories_are_read_by_operators_and_keepers_of_the_contracts(first, actor_of):
    reads = {
        name: list(queries.first_signatories(actor_of(name))) == [first]
        for name in ("priya", "olive", "evan", "anna", "adam", "mei", "sam", "oscar")
    }
    assert reads == {name: name in ("priya", "olive") for name in reads}
    assert queries.first_signatory_of(actor_of("priya"), first.provider) == first
    assert queries.first_signatory(actor_of("olive"), first.reference) == first
    assert queries.own_first_signatory(actor_of("sam")) is None
    assert list(queries.first_signatories(Actor())) == []


@pytest.mark.django_db
def test_relies_on_and_party_of_are_about_the_own_contracts(first, people, actor_of):
    priya, mei = actor_of("priya"), actor_of("mei")
    assert queries.relies_on(priya, first.provider)
    assert not queries.relies_on(mei, first.provider)
    assert not queries.relies_on(actor_of("olive"), first.provider)
    contract = a_contract(people)
    firm = contract.parties.get().provider
    assert queries.party_of(priya, contract, firm.reference) == firm
    assert queries.party_of(priya, contract, first.provider.reference) is None


@pytest.mark.django_db
def test_doubts_are_read_by_operators_and_who_raised_them(first, people, actor_of):
    doubt = actions.doubt_signatory(actor=actor_of("priya"), provider=first.provider, reason="No.")
    reads = {
        name: list(queries.signatory_doubts(actor_of(name))) == [doubt]
        for name in ("priya", "olive", "mei", "evan", "adam", "sam")
    }
    assert reads == {name: name in ("priya", "olive") for name in reads}
    assert queries.signatory_doubt(actor_of("olive"), doubt.reference) == doubt
    (item,) = queries.signatory_home_items(actor_of("olive"))
    assert item.text.endswith("says that the wrong person signs for Brightwater Ltd")
    assert queries.signatory_home_items(actor_of("priya")) == []
    actions.keep_signatory(actor=actor_of("olive"), doubt=doubt, reason="Rang them.")
    (item,) = queries.signatory_home_items(actor_of("priya"))
    assert item.text == "Who signs for Brightwater Ltd: the same person signs"


@pytest.mark.django_db
def test_contacts_are_none_without_a_public_number(first, actor_of):
    first.provider.organisation.identifiers.all().delete()
    assert queries.published_contacts(actor_of("olive"), first) == []
