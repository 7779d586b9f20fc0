"""Ready sections: parts of an award model made from the criteria of a framework.

The caller reads the framework and passes plain records; what comes back is a proposal to edit.
Ethics can be placed as conditions of participation (what must exist), award criteria (how it will
work on this contract) or contract terms (what will hold and be measured).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from commissioning.award_model.ethics_texts import ETHICS_TEXTS
from commissioning.award_model.model import Condition, Criterion, SocialValueRule, Term
from commissioning.award_model.ready_scales import DEFAULT_SCALE, even_weights
from commissioning.award_model.terms import CriterionKind, SocialValueMethod

MOST_OF_A_KEY = 20


@dataclass(frozen=True)
class FrameworkCriterion:
    """A criterion of a framework. ``reference`` names framework, edition and code, as
    ``draws_on`` does.
    """

    reference: str
    code: str
    title: str
    explanation: str = ""
    good: str = ""
    evidence: tuple[str, ...] = ()


def ethics_conditions(chosen: Iterable[FrameworkCriterion]) -> tuple[Condition, ...]:
    """A condition of participation for each expectation: met or not met."""
    return tuple(_condition(row) for row in chosen)


def ethics_criterion(
    chosen: Iterable[FrameworkCriterion],
    *,
    number: str,
    weight_percent: Decimal,
    scale_code: str = DEFAULT_SCALE.code,
    key: str = "ethics",
) -> Criterion:
    """One award criterion with a sub-criterion for each expectation, weighted evenly.

    Raises ``ValueError`` where nothing is chosen.
    """
    rows = tuple(chosen)
    weights = even_weights(len(rows))
    return Criterion(
        key,
        number,
        "Ethical standards on this contract",
        CriterionKind.ETHICS,
        weight_percent,
        sub_criteria=tuple(
            _ethics_part(row, f"{number}.{index}", weight, scale_code)
            for index, (row, weight) in enumerate(zip(rows, weights, strict=True), start=1)
        ),
    )


def ethics_terms(chosen: Iterable[FrameworkCriterion]) -> tuple[Term, ...]:
    """A contract term for each expectation; those with a target are performance indicators."""
    return tuple(_term(row) for row in chosen)


def social_value_from_measures(
    codes: Iterable[str],
    *,
    number: str,
    weight_percent: Decimal,
    method: SocialValueMethod = SocialValueMethod.TARGET,
    target_gbp: Decimal | None = None,
    key: str = "social-value",
) -> Criterion:
    """One social value criterion that is computed from commitments to measures (TOMs).

    ``method`` is one of the two that compute.
    """
    return Criterion(
        key,
        number,
        "Social value commitments",
        CriterionKind.SOCIAL_VALUE,
        weight_percent,
        asks="State what you commit to for each measure over the whole term of this contract, and "
        "how you will record it. Leave a measure empty where you commit to nothing.",
        guidance="Each commitment is counted by the rule of its measure and multiplied by the unit "
        "value published with these documents. Evaluators check that the record would prove it.",
        social_value=SocialValueRule(method, target_gbp, tuple(codes)),
    )


def social_value_from_model(
    chosen: Iterable[FrameworkCriterion],
    *,
    number: str,
    weight_percent: Decimal,
    scale_code: str = DEFAULT_SCALE.code,
    key: str = "social-value",
) -> Criterion:
    """One social value criterion with a rated sub-criterion for each model award criterion.

    Raises ``ValueError`` where nothing is chosen.
    """
    rows = tuple(chosen)
    weights = even_weights(len(rows))
    return Criterion(
        key,
        number,
        "Social value of this contract",
        CriterionKind.SOCIAL_VALUE,
        weight_percent,
        sub_criteria=tuple(
            Criterion(
                _key("sv", row.code),
                f"{number}.{index}",
                row.title,
                CriterionKind.SOCIAL_VALUE,
                weight,
                asks=f"{row.explanation} State what you commit to on this contract: what, how "
                "much, by when, who does it, and how you will measure and report it.",
                guidance="Look for a commitment with a number and a date, the steps and people "
                "that lead to it, and a record that proves it. What the bidder does elsewhere "
                "earns nothing. More is earned where the people concerned helped to design it.",
                scale_code=scale_code,
                social_value=SocialValueRule(SocialValueMethod.QUALITATIVE),
                draws_on=(row.reference,),
            )
            for index, (row, weight) in enumerate(zip(rows, weights, strict=True), start=1)
        ),
    )


def _condition(row: FrameworkCriterion) -> Condition:
    known = ETHICS_TEXTS.get(row.code)
    return Condition(
        _key("c", row.code),
        row.title,
        known.condition
        if known
        else f"For the people who would work on this contract: {row.title}.",
        known.evidence if known else "; ".join(row.evidence),
        (row.reference,),
        is_ethics=True,
    )


def _ethics_part(
    row: FrameworkCriterion, number: str, weight: Decimal, scale_code: str
) -> Criterion:
    known = ETHICS_TEXTS.get(row.code)
    return Criterion(
        _key("e", row.code),
        number,
        row.title,
        CriterionKind.ETHICS,
        weight,
        asks=known.asks if known else _general_question(row),
        guidance=known.guidance if known else row.good,
        scale_code=scale_code,
        draws_on=(row.reference,),
    )


def _general_question(row: FrameworkCriterion) -> str:
    return (
        f"{row.title}: explain how this will be so on this contract, who will see to it, and how "
        "the commissioner can check it."
    )


def _term(row: FrameworkCriterion) -> Term:
    known = ETHICS_TEXTS.get(row.code)
    return Term(
        _key("t", row.code),
        row.title,
        known.term
        if known
        else f"On this contract: {row.title}. The provider shows it on request.",
        is_kpi=bool(known and known.target),
        target=known.target if known else "",
        draws_on=(row.reference,),
        is_ethics=True,
    )


def _key(prefix: str, code: str) -> str:
    return f"{prefix}-{code.casefold()}"[:MOST_OF_A_KEY]
