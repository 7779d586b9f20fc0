"""The present code of the demonstration's authenticator."""

import pytest
from allauth.mfa.models import Authenticator

from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_code_is_the_one_that_the_demonstration_takes(people, capsys):
    call_command("demo_code")
    factor = Authenticator.objects.get(user=people.users["anna"], type="totp").wrap()
    assert factor.validate_code(capsys.readouterr().out.strip()) is True


@pytest.mark.parametrize("installation", ["production"])
def test_code_is_not_told_in_production(settings, installation):
    settings.INSTALLATION = installation
    with pytest.raises(CommandError):
        call_command("demo_code")
