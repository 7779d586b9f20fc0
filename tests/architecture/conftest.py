"""The world that the rules are tested over."""

import pytest

from tests.architecture.world import fill


@pytest.fixture(scope="module")
def world(demonstration, django_db_blocker):
    """The demonstration with a row of everything, rolled back with it."""
    with django_db_blocker.unblock():
        return fill(demonstration)
