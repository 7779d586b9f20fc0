"""A tenant, from the command line."""

import pytest

from django.core.management import CommandError, call_command

from accounts.models import Invitation, Organisation

pytestmark = pytest.mark.django_db

WHO = ("--administrator", "Nia Newcomer", "--email", "nia@new.example")


def test_organisation_is_added_and_its_administrator_invited(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("add_organisation", "New Council", "--kind", "commissioner", *WHO)
    body = Organisation.objects.get()
    assert (body.acts_as_commissioner, body.acts_as_provider) == (True, False)
    assert (Invitation.objects.get().roles, [mail.to for mail in mailoutbox]) == (
        ["administrator"],
        [["nia@new.example"]],
    )


@pytest.mark.parametrize("kinds", [(), ("--kind", "bakery")])
def test_organisation_of_no_known_kind_is_refused(kinds):
    with pytest.raises(CommandError):
        call_command("add_organisation", "New Council", *kinds, *WHO)
    assert not Organisation.objects.exists()
