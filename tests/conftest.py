"""Fixtures that every test may use."""

import pytest

from accounts.access import Actor
from tests import personas


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
        client.force_login(people.users[name])
        return client

    return sign_in
