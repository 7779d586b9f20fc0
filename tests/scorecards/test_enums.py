"""The words of judgement."""

from scorecards.enums import (
    OPINION_COLOURS,
    SETTLED,
    STAGE_COLOURS,
    STRENGTH_HINTS,
    OpinionWord,
    Priority,
    ReportKind,
    Stage,
    Strength,
)
from scorecards.scoring import EvidenceStrength, Opinion


def test_words_are_those_of_the_arithmetic():
    assert set(OpinionWord.values) == {opinion.value for opinion in Opinion}
    assert set(Strength.values) == {strength.value for strength in EvidenceStrength}


def test_opinions_are_the_four_standard_words_and_none_yet():
    assert OpinionWord.labels == [
        "Substantial assurance",
        "Reasonable assurance",
        "Limited assurance",
        "No assurance",
        "No opinion yet",
    ]


def test_every_member_has_its_colour_or_hint():
    assert set(STAGE_COLOURS) == set(Stage)
    assert set(OPINION_COLOURS) == set(OpinionWord)
    assert set(STRENGTH_HINTS) == set(Strength)
    assert {Stage.SIGNED_OFF, Stage.SUPERSEDED} == SETTLED
    assert (Priority.values, ReportKind.values) == (["high", "medium", "low"], ["draft", "final"])
