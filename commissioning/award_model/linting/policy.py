"""What policy and law ask of the whole: ethics, social value, key performance indicators."""

from collections.abc import Iterator

from commissioning.award_model.dates import kpi_requirement
from commissioning.award_model.linting.weights import is_divided
from commissioning.award_model.model import AwardModel, Lot
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.remarks import Remark, note, shown, warning
from commissioning.award_model.rule_records import Topic
from commissioning.award_model.social_value_minimum import (
    social_value_minimum,
    social_value_share,
)
from commissioning.award_model.terms import BodyCode, CriterionKind, RegimeCode, Standing


def policy_remarks(model: AwardModel) -> Iterator[Remark]:
    """What the model leaves out that policy or law asks for."""
    yield from _regime(model)
    yield from _ethics(model)
    for lot in model.lots:
        if lot.criteria:
            yield from _social_value(model, lot)
    yield from _indicators(model)


def _regime(model: AwardModel) -> Iterator[Remark]:
    rules = rules_for(model.regime)
    if rules.regime is RegimeCode.UNKNOWN:
        yield warning("regime_unknown", "Say which procurement rules apply.", rules.scope)
    elif rules.provision(Topic.AWARD_CRITERIA) is None:
        yield note(
            "regime_not_held",
            rules.missing(Topic.AWARD_CRITERIA),
            "What is checked here is sound practice, and where it cites the Procurement Act 2023 "
            "that Act does not bind you.",
        )


def _ethics(model: AwardModel) -> Iterator[Remark]:
    if any(one.is_ethics for one in (*model.conditions, *model.terms)):
        return
    for lot in model.lots:
        if all(criterion.kind is not CriterionKind.ETHICS for criterion in lot.tree()):
            yield warning(
                "ethics_missing",
                f"Nothing in lot {lot.number} says which ethical standards the provider keeps. Add "
                "a condition of participation, an award criterion or a contract term.",
                "Standards that are neither asked for nor in the contract are not assured.",
                basis="Committee on Standards in Public Life, Ethical standards for providers of "
                "public services (2014)",
                lot=lot,
            )


def _social_value(model: AwardModel, lot: Lot) -> Iterator[Remark]:
    divides = any(is_divided(criterion) for criterion in lot.criteria)
    minimum = social_value_minimum(
        regime=model.regime,
        body_type=model.body_type,
        tender_notice_on=model.tender_notice_on,
        value_gbp=model.value_gbp,
        method_divides=divides,
    )
    if minimum.percent is None:
        if model.body_type in (BodyCode.CENTRAL, BodyCode.OTHER):
            yield note(
                "social_value_minimum_open",
                minimum.words,
                "A minimum weight for social value hangs on the body, the date and the value.",
                basis=minimum.basis,
                lot=lot,
            )
        return
    share = social_value_share(lot)
    if share < minimum.percent:
        doubt = (
            ""
            if minimum.standing is Standing.SOURCED
            else " This was not checked against the policy note itself."
        )
        yield warning(
            "social_value_under_minimum",
            f"In lot {lot.number} social value counts {shown(share)}%. {minimum.words} Raise its "
            f"weight, or record why not.{doubt}",
            "The minimum follows from the kind of body, the day of the tender notice and the "
            "value.",
            basis=minimum.basis,
            lot=lot,
        )


def _indicators(model: AwardModel) -> Iterator[Remark]:
    indicators = [term for term in model.terms if term.is_kpi]
    needed = kpi_requirement(model.regime, model.value_gbp, len(indicators))
    if needed is not None and not needed.is_met:
        yield warning(
            "kpis_too_few",
            f"Set at least {needed.minimum} key performance indicators: the contract terms have "
            f"{needed.count}. Frameworks, light touch contracts and some others are exempt.",
            "The contract is worth more than £5 million.",
            basis=needed.basis,
        )
    for term in indicators:
        if not term.target.strip():
            yield warning(
                "kpi_without_target",
                f"Give the key performance indicator {term.title or term.key} a target.",
                "Without a target nobody can say whether it was met.",
                basis=needed.basis if needed else "",
            )
