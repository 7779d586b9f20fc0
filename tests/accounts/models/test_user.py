"""A person."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_account_keeps_its_address_in_lower_case():
    user = User.objects.create_user("Nia@Council.Example", "three random words", full_name="Nia")
    assert (user.email, User.objects.get_by_natural_key("NIA@council.example")) == (
        "nia@council.example",
        user,
    )


def test_account_without_password_opens_to_none():
    user = User.objects.create_user("nia@council.example", None, full_name="Nia")
    assert (user.has_usable_password(), user.check_password("")) == (False, False)


@pytest.mark.parametrize(("name", "shown"), [("Nia", "Nia"), ("", "nia@council.example")])
def test_person_is_shown_by_name_or_address(name, shown):
    assert str(User(email="nia@council.example", full_name=name)) == shown


def test_nobody_is_a_superuser(people):
    assert not hasattr(people.users["olive"], "is_superuser")
