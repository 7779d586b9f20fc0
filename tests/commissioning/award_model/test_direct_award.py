"""Grounds for an award without competition."""

import pytest

from commissioning.award_model.direct_award import (
    GROUNDS_BY_REGIME,
    OWN_RULES,
    direct_award_ground,
    direct_award_grounds,
)
from commissioning.award_model.terms import RegimeCode


def test_every_ground_has_a_code_of_its_own_and_says_what_to_show():
    rows = [row for rows in GROUNDS_BY_REGIME.values() for row in rows]
    assert len({row.code for row in rows}) == len(rows)
    assert all(row.must_show and row.basis for row in rows)


@pytest.mark.parametrize("regime", [code.value for code in RegimeCode])
def test_every_regime_offers_a_ground_that_is_found_again(regime):
    rows = direct_award_grounds(regime)
    assert [direct_award_ground(row.code) for row in rows] == list(rows)


def test_regime_without_rules_of_ours_says_so():
    assert direct_award_grounds(RegimeCode.SCOTLAND) == (OWN_RULES,)
    assert "holds no ground" in OWN_RULES.basis


def test_unknown_ground_is_not_found():
    with pytest.raises(KeyError):
        direct_award_ground("because")
