"""Which duties one person may hold."""

from decimal import Decimal

import pytest

from commissioning import sealing
from commissioning.award_model.duties import (
    FEWEST_OPENERS,
    clashes,
    combining,
    may_approve,
    pairs,
)
from commissioning.award_model.terms import DutyCode
from commissioning.enums import Duty

LEAD, EVALUATOR, CHAIR, QUALITY, PRICE, APPROVER = DutyCode
OPENS = {QUALITY, PRICE}


def test_duties_are_those_of_the_rows():
    assert [duty.value for duty in DutyCode] == Duty.values
    assert FEWEST_OPENERS == sealing.FEWEST_OPENERS


@pytest.mark.parametrize("chair_scores", [True, False])
def test_every_pair_is_decided_with_words_either_way_round(chair_scores):
    found = pairs(chair_scores=chair_scores)
    assert len(found) == 15
    for pair in found:
        assert pair.verdict.words.startswith("Yes" if pair.verdict.may else "No")
        assert combining(pair.second, pair.first, chair_scores=chair_scores) == pair.verdict


@pytest.mark.parametrize(
    ("duties", "chair_scores", "expected"),
    [
        ({LEAD, EVALUATOR, *OPENS}, False, []),
        ({CHAIR, EVALUATOR}, True, []),
        ({CHAIR, EVALUATOR}, False, [(EVALUATOR, CHAIR)]),
        ({APPROVER, EVALUATOR}, True, [(EVALUATOR, APPROVER)]),
        ({APPROVER, CHAIR, LEAD}, True, [(LEAD, APPROVER), (CHAIR, APPROVER)]),
        ({APPROVER, *OPENS}, False, []),
        (set(), False, []),
    ],
)
def test_clashes_are_the_pairs_that_may_not_be_held(duties, chair_scores, expected):
    found = clashes(duties, chair_scores=chair_scores)
    assert [(pair.first, pair.second) for pair in found] == expected


def test_three_people_can_run_a_small_procurement():
    """The arrangement of ``docs/procurement-rules.md``; it is published that the chair scores."""
    team = {
        "lead": {LEAD, EVALUATOR, *OPENS},
        "chair": {CHAIR, EVALUATOR, *OPENS},
        "approver": {APPROVER, *OPENS},
    }
    assert all(clashes(duties, chair_scores=True) == () for duties in team.values())
    assert may_approve(team["approver"], has_scored=False, value_gbp=None, limit_gbp=None).may


@pytest.mark.parametrize(
    ("duties", "has_scored", "value", "limit", "may"),
    [
        ({APPROVER}, False, "100000", None, True),
        ({APPROVER, QUALITY}, False, "100000", 100000, True),
        ({APPROVER}, False, "100000.01", 100000, False),
        ({APPROVER}, False, None, 100000, False),
        ({APPROVER}, False, None, None, True),
        ({APPROVER}, True, "1", None, False),
        ({APPROVER, LEAD}, False, "1", None, False),
        ({APPROVER, CHAIR}, False, "1", None, False),
        ({APPROVER, EVALUATOR}, False, "1", None, False),
        ({LEAD}, False, "1", None, False),
    ],
)
def test_approver_never_scored_and_keeps_to_a_limit(duties, has_scored, value, limit, may):
    verdict = may_approve(
        duties,
        has_scored=has_scored,
        value_gbp=Decimal(value) if value else None,
        limit_gbp=limit,
    )
    assert verdict.may is may
    assert bool(verdict.words) is not may
