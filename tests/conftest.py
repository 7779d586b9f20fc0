"""Fixtures that every test may use."""

from dataclasses import dataclass

import hypothesis
import pytest

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from accounts.access import Actor
from scorecards import demonstration as work
from scorecards.models import Scorecard
from tests import personas
from tests.database_role import leave_role, take_role
from tests.signing_in import begin_session

# No test asserts how long something takes (tests/benchmarks measures it): a busy machine is slow.
hypothesis.settings.register_profile("whatever-the-machine", deadline=None)
hypothesis.settings.load_profile("whatever-the-machine")


def pytest_make_parametrize_id(val, argname):
    """Bytes are named by their argument: what they hold, such as a time, may differ per process."""
    return argname if isinstance(val, bytes) else None


@dataclass(frozen=True)
class Demonstration:
    """The rows of the demonstration."""

    people: personas.People
    scorecards: dict[str, Scorecard]

    def actor(self, name: str) -> Actor:
        return Actor.of(self.people.users[name])


def make_signing_key() -> None:
    """A signing key for the tests, where they have none yet."""
    if not settings.SIGNING_KEY_FILE.exists():
        call_command("make_signing_key", verbosity=0)


def make_demonstration() -> Demonstration:
    """The whole demonstration but for the bundled notices."""
    call_command("load_frameworks", verbosity=0)
    call_command("load_value_set", verbosity=0)
    make_signing_key()
    work.publish_default_policy()
    people = personas.create()
    return Demonstration(people, work.create_work(people))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """On PostgreSQL: under the role of the application, which owns nothing."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        take_role()
    yield
    with django_db_blocker.unblock():
        leave_role()


@pytest.fixture
def people(db):
    """The named people and organisations of ``tests.personas``, as rows."""
    return personas.create()


@pytest.fixture
def actor_of(people):
    """``actor_of("priya")``: the named person acting for their first organisation."""

    def of(name: str, organisation=None) -> Actor:
        return Actor.of(people.users[name], organisation)

    return of


@pytest.fixture
def browse(client, people):
    """``browse("priya")``: a test client signed in as the named person, with second factor."""

    def sign_in(name: str):
        begin_session(client, people.users[name])
        return client

    return sign_in


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The whole demonstration but for the bundled notices, once for the module, rolled back after.

    Each test of the module runs in a savepoint of its own inside. Gives the people and the
    scorecards by the word for where they stand.
    """
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield make_demonstration()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
