"""The named people."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts import demonstration
from accounts.access import Actor
from accounts.models import Membership, Organisation, User

pytestmark = pytest.mark.django_db


def counted():
    models = (User, Organisation, Membership, EmailAddress, Authenticator)
    return [model.objects.count() for model in models]


def test_people_are_made_once(people):
    before = counted()
    assert (demonstration.create().users == people.users, counted()) == (True, before)


def test_second_factor_is_there_for_those_who_need_it(people):
    with_factor = {
        key
        for key, user in people.users.items()
        if Authenticator.objects.filter(user=user, type="totp").exists()
    }
    needing = {key for key, user in people.users.items() if Actor.of(user).needs_second_factor}
    openers = {person.key for person in demonstration.PEOPLE if person.is_opener}
    assert needing == {"priya", "anna", "adam", "mei", "tom", "ruth", "olive"}
    assert (with_factor, openers) == (needing | openers, {"carl"})


def test_every_person_signs_in_with_the_published_password(people):
    assert all(user.check_password(demonstration.PASSWORD) for user in people.users.values())


def test_body_known_from_notices_becomes_a_tenant():
    known = Organisation.objects.create(
        name="City of Doncaster Council", acts_as_provider=True, is_reference_row=True
    )
    people = demonstration.create()
    known.refresh_from_db()
    assert (people.organisations["council"], known.is_reference_row) == (known, False)
    assert (known.acts_as_commissioner, known.acts_as_provider) == (True, True)
