"""The scale that is ready to use, and even weights."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.award_model.ready_scales import DEFAULT_SCALE, even_weights


def test_default_scale_runs_from_0_to_5_and_is_described():
    assert [point.value for point in DEFAULT_SCALE.points] == [0, 1, 2, 3, 4, 5]
    assert all(len(point.description) > 60 and point.label for point in DEFAULT_SCALE.points)


@given(st.integers(1, 10_000))
def test_even_weights_sum_to_100_and_differ_by_a_hundredth_at_most(count):
    weights = even_weights(count)
    assert sum(weights) == 100
    assert len(weights) == count
    assert max(weights) - min(weights) <= Decimal("0.01")
    assert list(weights) == sorted(weights)


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_nothing_and_too_many_are_refused(count):
    with pytest.raises(ValueError):
        even_weights(count)
