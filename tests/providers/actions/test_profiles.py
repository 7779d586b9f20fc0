"""The profile that a new provider bids with."""

import pytest

from accounts.access import Actor, Refused
from accounts.actions import create_organisation
from accounts.models import AuditEvent
from providers import actions
from providers.models import Provider

pytestmark = pytest.mark.django_db


def test_new_provider_has_its_profile_from_the_first_moment(actor_of):
    firm = create_organisation(actor=actor_of("olive"), name="New Firm", acts_as_provider=True)
    profile = Provider.objects.get(organisation=firm)
    event = AuditEvent.objects.get(verb="provider.created")
    assert (event.subject_reference, event.actor) == (profile.reference, actor_of("olive").user)


@pytest.mark.parametrize("kind", ["commissioner", "assurer"])
def test_organisation_of_another_kind_has_no_profile_as_provider(kind):
    create_organisation(actor=Actor.system("test"), name="New", **{f"acts_as_{kind}": True})
    assert not Provider.objects.exists()


@pytest.mark.parametrize("name", ["priya", "sam", "adam"])
def test_profile_is_made_for_the_operator_and_the_system_only(people, actor_of, name):
    firm = people.organisations["firm"]
    with pytest.raises(Refused):
        actions.create_provider(actor=actor_of(name), organisation=firm)
    assert not Provider.objects.filter(organisation=firm).exists()
