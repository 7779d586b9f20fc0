"""Predicates and proposals over facts that the caller has loaded. Nothing here queries."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from accounts.access import Actor, Role
from accounts.numbers import pounds
from principles.enums import Level

SMALL_VALUE_GBP = Decimal("100000")
LARGE_VALUE_GBP = Decimal("1000000")
# Above this, s.52 of the Procurement Act 2023 asks for at least three key performance indicators.
VERY_LARGE_VALUE_GBP = Decimal("5000000")

STANDARD_FROM_POINTS = 1
ENHANCED_FROM_POINTS = 3

VALUE_SET_ROLES = (Role.PROCUREMENT_LEAD, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class RiskQuestion:
    """A question that the contract manager answers with yes or no. ``name`` is the answer's."""

    name: str
    question: str
    hint: str
    reason: str


RISK_QUESTIONS = (
    RiskQuestion(
        "serves_people_at_risk",
        "Could people be seriously harmed if the provider behaved badly?",
        "For example children, adults at risk, people in custody or care, or people who cannot "
        "choose another service.",
        "people could be seriously harmed",
    ),
    RiskQuestion(
        "is_hard_to_replace",
        "Would it be hard to replace the provider, or to see what it does?",
        "For example there are few other providers, much of the work is subcontracted, or the "
        "service is given where you seldom look.",
        "the provider is hard to replace or to observe",
    ),
    RiskQuestion(
        "exercises_public_trust",
        "Does the provider decide about people, or hold money or sensitive data for you?",
        "For example it assesses who is eligible, enforces rules, handles public or users' money, "
        "or keeps health or criminal records.",
        "the provider decides about people or holds money or sensitive data",
    ),
)


@dataclass(frozen=True)
class RiskAnswers:
    """Yes or no to each of ``RISK_QUESTIONS``."""

    serves_people_at_risk: bool
    is_hard_to_replace: bool
    exercises_public_trust: bool


class LevelProposal(NamedTuple):
    level: Level
    reason: str


def propose_level(value_gbp: Decimal | None, answers: RiskAnswers) -> LevelProposal:
    """How deep to look at a contract, and why in words.

    ``value_gbp`` is the value over the whole term in pounds, None where it is not published.
    Each yes is one point; the value takes one off or adds one or two. Core below 1 point,
    standard with 1 or 2, enhanced from 3. More risk or more value never lowers the level.
    """
    value_points, value_reason = _value_points(value_gbp)
    yeses = [risk.reason for risk in RISK_QUESTIONS if getattr(answers, risk.name)]
    points = value_points + len(yeses)
    if points >= ENHANCED_FROM_POINTS:
        level = Level.ENHANCED
    elif points >= STANDARD_FROM_POINTS:
        level = Level.STANDARD
    else:
        level = Level.CORE
    risks = _joined(yeses) if yeses else "none of the three risks applies"
    return LevelProposal(level, f"{level.label} is proposed because {risks}; {value_reason}.")


def _value_points(value_gbp: Decimal | None) -> tuple[int, str]:
    if value_gbp is None:
        return 0, "the value is not published, so it was left out of account"
    if value_gbp > VERY_LARGE_VALUE_GBP:
        return 2, f"the value is over {pounds(VERY_LARGE_VALUE_GBP)}"
    if value_gbp > LARGE_VALUE_GBP:
        return 1, f"the value is over {pounds(LARGE_VALUE_GBP)}"
    if value_gbp > SMALL_VALUE_GBP:
        return 0, f"the value is between {pounds(SMALL_VALUE_GBP)} and {pounds(LARGE_VALUE_GBP)}"
    return -1, f"the value is {pounds(SMALL_VALUE_GBP)} or less, which asks for less"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def is_frameworks_keeper(actor: Actor) -> bool:
    """Whether the actor keeps what the whole installation shares: the system, or an operator."""
    return actor.is_system or actor.is_operator


def is_value_set_keeper_for(actor: Actor, owner) -> bool:
    """Whether the actor keeps the value sets of ``owner``; None stands for the installation.

    Only a body that commissions has value sets of its own.
    """
    if owner is None:
        return is_frameworks_keeper(actor)
    if not owner.acts_as_commissioner:
        return False
    return actor.is_system or (actor.organisation == owner and actor.has(*VALUE_SET_ROLES))
