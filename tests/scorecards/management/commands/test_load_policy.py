"""The command that publishes the default policy."""

import pytest

from django.core.management import call_command

from scorecards.models import AssurancePolicy


@pytest.mark.django_db
def test_load_policy_publishes_once(capsys):
    for _ in range(2):
        call_command("load_policy")
    policy = AssurancePolicy.objects.get()
    assert capsys.readouterr().out == f"In force: {policy.label}\n" * 2
