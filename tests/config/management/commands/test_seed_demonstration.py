"""Filling an empty demonstration. The whole of it: ``tests/journeys``."""

import pytest

from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db


def test_seed_leaves_what_was_entered(people, capsys):
    before = (User.objects.count(), AuditEvent.objects.count())
    call_command("seed_demonstration")
    assert "What was entered before is kept." in capsys.readouterr().out
    assert (User.objects.count(), AuditEvent.objects.count()) == before


def test_seed_is_refused_in_production(settings):
    settings.INSTALLATION = "production"
    with pytest.raises(CommandError, match="not in production"):
        call_command("seed_demonstration")
