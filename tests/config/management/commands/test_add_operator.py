"""The first operator of an installation."""

import pytest

from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db


def test_operator_is_made_without_a_password():
    call_command("add_operator", "Olga@Service.example", "Olga Grant", verbosity=0)
    user = User.objects.get(email="olga@service.example")
    event = AuditEvent.objects.get(verb="operator.added")
    assert (user.is_operator, user.has_usable_password(), event.actor_label) == (
        True,
        False,
        "system: command line",
    )


def test_operator_with_an_account_is_refused(people):
    with pytest.raises(CommandError, match="has an account already"):
        call_command("add_operator", "EVAN@demonstration.example", "Evan")
