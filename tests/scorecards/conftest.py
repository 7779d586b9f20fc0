"""Fixtures for tests of evaluations."""

import pytest

from tests.scorecards.evaluation_samples import once_for_a_module


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Four opened bids for one lot, once for the module."""
    with once_for_a_module(django_db_blocker) as found:
        yield found


@pytest.fixture
def opened(opened_once, db):
    """Four opened bids for one lot, as each test finds them."""
    opened_once.exercise.refresh_from_db()
    return opened_once
