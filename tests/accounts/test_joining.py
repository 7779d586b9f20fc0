"""What follows when somebody joins an organisation."""

import pytest

from accounts import actions, joining
from accounts.access import Actor
from accounts.models import Invitation

pytestmark = pytest.mark.django_db


def test_followers_are_told_once_in_their_order(monkeypatch):
    monkeypatch.setattr(joining, "_FOLLOWERS", [])
    told = []

    def first(*given):
        told.append(("first", *given))

    joining.register(first)
    joining.register(first)
    joining.register(lambda *given: told.append(("second", *given)))
    joining.tell_joined("user", "organisation")
    assert told == [("first", "user", "organisation"), ("second", "user", "organisation")]


@pytest.mark.parametrize("name", ["evan", "nobody yet"])
def test_accepting_an_invitation_tells_who_joined_what(people, monkeypatch, name):
    monkeypatch.setattr(joining, "_FOLLOWERS", [])
    told = []
    joining.register(lambda user, organisation: told.append((user.email, organisation)))
    user = people.users.get(name)
    firm = people.organisations["firm"]
    email = user.email if user else "new@firm.example"
    actions.invite_person(
        actor=Actor.of(people.users["sam"]),
        organisation=firm,
        email=email,
        full_name="Somebody",
        roles=["contributor"],
    )
    assert told == []
    actions.accept_invitation(
        actor=Actor.of(user) if user else Actor(),
        invitation=Invitation.objects.get(email=email),
        full_name="Somebody",
        password="three random words",
    )
    assert told == [(email, firm)]
