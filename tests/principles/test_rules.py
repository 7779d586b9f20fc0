from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.access import Actor, Role
from accounts.models import Organisation
from principles.enums import Level
from principles.rules import (
    RISK_QUESTIONS,
    RiskAnswers,
    is_frameworks_keeper,
    is_value_set_keeper_for,
    propose_level,
)

DEPTH = {Level.CORE: 0, Level.STANDARD: 1, Level.ENHANCED: 2}
ALL_ANSWERS = [RiskAnswers(*yeses) for yeses in product((False, True), repeat=3)]
amounts = st.decimals(0, 10**9, places=2)
answers = st.sampled_from(ALL_ANSWERS)


def yeses(count: int) -> RiskAnswers:
    return RiskAnswers(*(number < count for number in range(3)))


@pytest.mark.parametrize(
    ("value_gbp", "levels"),
    [
        (Decimal("100000"), ("core", "core", "standard", "standard")),
        (Decimal("100000.01"), ("core", "standard", "standard", "enhanced")),
        (Decimal("1000000"), ("core", "standard", "standard", "enhanced")),
        (Decimal("1000000.01"), ("standard", "standard", "enhanced", "enhanced")),
        (Decimal("5000000"), ("standard", "standard", "enhanced", "enhanced")),
        (Decimal("5000000.01"), ("standard", "enhanced", "enhanced", "enhanced")),
        (None, ("core", "standard", "standard", "enhanced")),
    ],
)
def test_level_by_value_and_number_of_risks(value_gbp, levels):
    assert tuple(propose_level(value_gbp, yeses(n)).level for n in range(4)) == levels


@given(st.none() | amounts, answers, answers)
def test_more_risk_never_lowers_the_level(value_gbp, some, more):
    if all(not getattr(some, q.name) or getattr(more, q.name) for q in RISK_QUESTIONS):
        assert (
            DEPTH[propose_level(value_gbp, some).level]
            <= DEPTH[propose_level(value_gbp, more).level]
        )


@given(amounts, amounts, answers)
def test_more_value_never_lowers_the_level(one, other, given_answers):
    low, high = sorted((one, other))
    assert (
        DEPTH[propose_level(low, given_answers).level]
        <= DEPTH[propose_level(high, given_answers).level]
    )


def test_reason_names_the_risks_and_the_value():
    proposal = propose_level(Decimal("6000000"), RiskAnswers(True, False, True))
    assert proposal.reason == (
        "Enhanced is proposed because people could be seriously harmed and the provider decides "
        "about people or holds money or sensitive data; the value is over £5,000,000."
    )


def test_reason_says_that_the_value_is_not_published():
    assert propose_level(None, RiskAnswers(False, False, False)).reason == (
        "Core is proposed because none of the three risks applies; the value is not published, "
        "so it was left out of account."
    )


def test_every_question_has_an_answer():
    assert [q.name for q in RISK_QUESTIONS] == list(RiskAnswers.__dataclass_fields__)


COUNCIL = Organisation(pk=1, acts_as_commissioner=True)
OTHER_COUNCIL = Organisation(pk=2, acts_as_commissioner=True)
FIRM = Organisation(pk=3, acts_as_provider=True)


def someone(organisation, *roles, is_operator=False):
    return Actor(object(), organisation, frozenset(roles), is_operator)


@pytest.mark.parametrize(
    ("actor", "owner", "expected"),
    [
        (someone(COUNCIL, Role.PROCUREMENT_LEAD), COUNCIL, True),
        (someone(COUNCIL, Role.ADMINISTRATOR), COUNCIL, True),
        (someone(COUNCIL, Role.EVALUATOR, Role.APPROVER), COUNCIL, False),
        (someone(COUNCIL, Role.PROCUREMENT_LEAD), OTHER_COUNCIL, False),
        (someone(COUNCIL, Role.PROCUREMENT_LEAD), None, False),
        (someone(FIRM, Role.ADMINISTRATOR), FIRM, False),
        (someone(None, is_operator=True), None, True),
        (someone(None, is_operator=True), COUNCIL, False),
        (Actor.system("loader"), None, True),
        (Actor.system("loader"), COUNCIL, True),
        (Actor(), None, False),
    ],
)
def test_is_value_set_keeper_for(actor, owner, expected):
    assert is_value_set_keeper_for(actor, owner) is expected


def test_is_frameworks_keeper_only_for_system_and_operator():
    assert is_frameworks_keeper(Actor.system("loader"))
    assert is_frameworks_keeper(someone(None, is_operator=True))
    assert not is_frameworks_keeper(someone(COUNCIL, Role.ADMINISTRATOR))
