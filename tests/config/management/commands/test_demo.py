"""The demonstration's own command. Starting and stopping it: ``tests/journeys``."""

import sys

import pytest

from django.core.management import CommandError, call_command

from accounts.demonstration import PEOPLE
from config.management.commands.demo import SIGN_INS, commands


@pytest.mark.parametrize("installation", ["production", "test", "embedded"])
def test_demo_is_refused_elsewhere(settings, installation):
    settings.INSTALLATION = installation
    with pytest.raises(CommandError, match="INSTALLATION=demonstration"):
        call_command("demo")


def test_demo_prints_a_sign_in_for_every_role():
    told = {key for _, key in SIGN_INS}
    roles = {role for person in PEOPLE for role in person.roles}
    covered = {role for person in PEOPLE if person.key in told for role in person.roles}
    assert (covered, told - {person.key for person in PEOPLE}) == (roles, set())


def test_demo_starts_web_on_its_port_and_one_worker():
    web, worker = commands(8123)
    assert (web[:3], "127.0.0.1:8123" in web, worker[:3], "--beat" in worker) == (
        [sys.executable, "-m", "gunicorn"],
        True,
        [sys.executable, "-m", "celery"],
        True,
    )
