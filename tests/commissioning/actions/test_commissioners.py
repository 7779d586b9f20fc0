"""The profile that a new commissioner's contracts hang on."""

import pytest

from accounts.access import Actor, Refused
from accounts.actions import create_organisation
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.models import Commissioner

pytestmark = pytest.mark.django_db


def test_new_commissioner_has_its_profile_from_the_first_moment(actor_of):
    body = create_organisation(
        actor=actor_of("olive"), name="New Council", acts_as_commissioner=True
    )
    profile = Commissioner.objects.get(organisation=body)
    event = AuditEvent.objects.get(verb="commissioner.created")
    assert (event.subject_reference, event.actor) == (profile.reference, actor_of("olive").user)


@pytest.mark.parametrize("kind", ["provider", "assurer"])
def test_organisation_of_another_kind_has_no_profile_as_commissioner(kind):
    create_organisation(actor=Actor.system("test"), name="New", **{f"acts_as_{kind}": True})
    assert not Commissioner.objects.exists()


@pytest.mark.parametrize("name", ["priya", "sam", "adam"])
def test_profile_is_made_for_the_operator_and_the_system_only(people, actor_of, name):
    council = people.organisations["council"]
    with pytest.raises(Refused):
        actions.create_commissioner(actor=actor_of(name), organisation=council)
    assert not Commissioner.objects.filter(organisation=council).exists()
