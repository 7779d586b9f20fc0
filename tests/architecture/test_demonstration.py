"""The demonstration holds work at every stage of the process."""

import pytest

from scorecards.enums import Stage

pytestmark = pytest.mark.django_db


def test_demonstration_has_a_scorecard_at_every_stage(demonstration):
    assert {row.stage for row in demonstration.scorecards.values()} == set(Stage.values)
