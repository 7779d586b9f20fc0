"""The grounds of exclusion that a bidder declares on."""

from collections import Counter

from commissioning.award_model.exclusion import GROUND_BY_CODE, GROUNDS, GroundKind


def test_every_ground_has_a_code_of_its_own():
    assert len(GROUND_BY_CODE) == len(GROUNDS) == 24


def test_grounds_of_each_kind_are_as_many_as_the_platform_asks():
    assert Counter(ground.kind for ground in GROUNDS) == {
        GroundKind.CONVICTION: 8,
        GroundKind.PENALTY: 7,
        GroundKind.DISCRETIONARY: 9,
    }


def test_codes_fit_into_names_of_fields():
    assert all(ground.code.isidentifier() for ground in GROUNDS)
