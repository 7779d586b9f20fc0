"""The grounds of exclusion that a bidder declares on."""

from collections import Counter

from commissioning.award_model.exclusion import (
    AUTHORITY_GROUND_BY_CODE,
    AUTHORITY_GROUNDS,
    GROUND_BY_CODE,
    GROUNDS,
    NOTES,
    GroundKind,
)


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


def test_authority_decides_on_national_security_too():
    more = [ground for ground in AUTHORITY_GROUNDS if ground.code not in GROUND_BY_CODE]
    assert [(ground.code, ground.schedule) for ground in more] == [
        ("national_security", "Schedule 7")
    ]


def test_notes_belong_to_grounds():
    assert set(NOTES) <= set(AUTHORITY_GROUND_BY_CODE)
    assert "Schedule 7, paragraph 11(3)(c)" in NOTES["professional_misconduct"]


def test_schedule_follows_from_the_kind():
    assert GROUND_BY_CODE["theft_fraud"].schedule == "Schedule 6"
    assert GROUND_BY_CODE["professional_misconduct"].schedule == "Schedule 7"
