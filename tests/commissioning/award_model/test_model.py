"""Walking an award model."""

from decimal import Decimal

import pytest

from tests.commissioning.award_model.models import LOT, MODEL, QUALITY


def test_leaves_are_what_is_scored_in_reading_order():
    assert [leaf.key for leaf in LOT.leaves()] == ["q1", "q2", "p", "s", "e"]
    assert [leaf.key for leaf in QUALITY.leaves()] == ["q1", "q2"]


def test_tree_has_parents_first():
    assert [one.key for one in LOT.tree()] == ["q", "q1", "q2", "p", "s", "e"]


def test_scale_and_lot_are_found_by_name():
    scale = MODEL.scale("0-5")
    assert (scale.bottom, scale.top) == (Decimal(0), Decimal(5))
    assert MODEL.scale("gone") is None
    assert MODEL.lot(1) is LOT
    with pytest.raises(KeyError):
        MODEL.lot(2)
