"""A lot whose result is calculated, for the tests of what follows; made once for a module."""

import pytest

from scorecards import demonstration_awards as work
from scorecards.models import LotEvaluation
from tests.conftest import make_signing_key
from tests.scorecards.evaluation_samples import once_for_a_module


@pytest.fixture(scope="module")
def calculated(django_db_setup, django_db_blocker):
    """Four bids, scored, agreed, signed, opened and calculated."""
    with once_for_a_module(django_db_blocker) as opened:
        make_signing_key()
        opened.to_calculated()
        yield opened


def to_approved(opened) -> LotEvaluation:
    work.recommend(opened.people, opened.lot)
    work.approve(opened.people, opened.lot)
    return opened.lot


def to_released(opened) -> LotEvaluation:
    work.release(opened.people, to_approved(opened))
    return opened.lot


def to_standstill(opened) -> LotEvaluation:
    to_released(opened)
    work.give_notice(opened.people, opened.lot, "2026/S 000-000078")
    return opened.lot
