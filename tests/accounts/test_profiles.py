"""The registry of what a new organisation is known as on the floors above."""

import pytest

from accounts import actions, profiles
from accounts.access import Actor
from accounts.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def makers(monkeypatch):
    """No makers but those of the test; those of the floors above come back after it."""
    monkeypatch.setattr(profiles, "_MAKERS", [])


def add(name: str) -> Organisation:
    return actions.create_organisation(actor=Actor.system("test"), name=name, acts_as_provider=True)


def test_maker_is_asked_once_for_each_new_organisation(makers):
    made = []

    def make(actor, organisation):
        made.append((actor.label, organisation.name))

    profiles.register(make)
    profiles.register(make)
    label = Actor.system("test").label
    add("First Firm")
    add("Second Firm")
    assert made == [(label, "First Firm"), (label, "Second Firm")]


def test_organisation_is_not_added_where_its_profile_cannot_be_made(makers):
    def fail(actor, organisation):
        raise RuntimeError("The floor above could not make its profile.")

    profiles.register(fail)
    with pytest.raises(RuntimeError):
        add("First Firm")
    assert not Organisation.objects.exists()
