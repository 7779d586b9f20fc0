"""What a criterion needs before it can be scored: question, guidance, scale, thresholds."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from commissioning.award_model.model import AwardModel, Criterion, Lot, Scale
from commissioning.award_model.remarks import (
    Remark,
    error,
    joined,
    named,
    note,
    shown,
    warning,
)
from commissioning.award_model.terms import CriterionKind, SocialValueMethod

_S23 = "Procurement Act 2023, s.23"
# (lot number, criterion key) -> how many evaluators score it.
Assigned = Mapping[tuple[int, str], int]


def leaf_remarks(model: AwardModel, evaluators_assigned: Assigned | None) -> Iterator[Remark]:
    """What is missing from criteria and from the scales that they use."""
    yield from _scales(model)
    for lot in model.lots:
        for criterion in lot.tree():
            yield from _anywhere(lot, criterion)
        for leaf in lot.leaves():
            if leaf.is_incomplete_as_published:
                yield _incomplete(lot, leaf)
            elif leaf.kind is not CriterionKind.PRICE:
                yield from _leaf(model, lot, leaf)
                if is_judged(leaf) and evaluators_assigned is not None:
                    yield from _evaluators(
                        lot, leaf, evaluators_assigned.get((lot.number, leaf.key), 0)
                    )


def is_quantitative(criterion: Criterion) -> bool:
    """Whether its score is computed from commitments in pounds."""
    rule = criterion.social_value
    return rule is not None and rule.method is not SocialValueMethod.QUALITATIVE


def is_judged(leaf: Criterion) -> bool:
    """Whether evaluators judge it: neither price nor computed social value."""
    return leaf.kind is not CriterionKind.PRICE and not is_quantitative(leaf)


def is_rated(leaf: Criterion) -> bool:
    """Whether evaluators give it a rating on a scale: judged, and not pass or fail."""
    return is_judged(leaf) and not leaf.is_pass_fail


def _incomplete(lot: Lot, leaf: Criterion) -> Remark:
    return note(
        "incomplete_as_published",
        f"{named(leaf)} is incomplete as published: the notice gives its weight and not what is "
        "below it. Add its parts, or its scale and guidance, before bids are scored here.",
        "A notice need not hold every sub-criterion. That is no fault of the authority.",
        lot=lot,
        criterion=leaf,
    )


def _scales(model: AwardModel) -> Iterator[Remark]:
    used = {
        leaf.scale_code
        for lot in model.lots
        for leaf in lot.leaves()
        if is_rated(leaf) and not leaf.is_incomplete_as_published
    }
    for scale in model.scales:
        if scale.code in used:
            yield from _scale(scale)


def _scale(scale: Scale) -> Iterator[Remark]:
    name = scale.title or scale.code
    values = [point.value for point in scale.points]
    if len(values) < 2:
        yield error(
            "scale_too_short",
            f"Give the scale {name} at least two points.",
            "A scale with one point tells no answer from another.",
            basis=_S23,
        )
    if len(set(values)) != len(values):
        yield error(
            "scale_point_repeated",
            f"Two points of the scale {name} have the same value. Give each its own.",
            "A rating must name one point.",
        )
    bare = [
        shown(point.value)
        for point in scale.points
        if not point.description.strip() or not point.label.strip()
    ]
    if bare:
        yield error(
            "scale_point_undescribed",
            f"Name and describe every point of the scale {name}: {joined(bare)} "
            f"{'is' if len(bare) == 1 else 'are'} not.",
            "Evaluators and bidders must read the same thing into a rating.",
            basis=_S23,
        )


def _anywhere(lot: Lot, criterion: Criterion) -> Iterator[Remark]:
    """What concerns any node, parents too."""
    where = {"lot": lot, "criterion": criterion}
    if criterion.social_value is not None and criterion.kind is not CriterionKind.SOCIAL_VALUE:
        yield error(
            "social_value_rule_misplaced",
            f"{named(criterion)} has a rule for social value and is no social value criterion. "
            "Take the rule out, or change the kind.",
            "The rule would never be used.",
            **where,
        )
    if criterion.word_limit is not None and criterion.word_limit < 1:
        yield error(
            "word_limit_not_positive",
            f"Give {named(criterion)} a word limit of at least 1, or none.",
            "No answer could keep to it.",
            **where,
        )
    if not criterion.sub_criteria:
        return
    if criterion.is_pass_fail:
        yield error(
            "pass_fail_with_parts",
            f"{named(criterion)} is pass or fail and has sub-criteria. Make the sub-criteria pass "
            "or fail, or give it a weight.",
            "A criterion with sub-criteria is not rated itself.",
            **where,
        )
    if criterion.minimum_rating is not None:
        yield error(
            "minimum_on_parent",
            f"{named(criterion)} has a minimum rating and sub-criteria. Give the minimum to the "
            "sub-criteria.",
            "A criterion with sub-criteria has no rating that could reach the minimum.",
            **where,
        )


def _leaf(model: AwardModel, lot: Lot, leaf: Criterion) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    if not leaf.asks.strip():
        yield error(
            "asks_missing",
            f"Say what {named(leaf)} asks of bidders.",
            "Bidders cannot answer a title.",
            basis=_S23,
            **where,
        )
    if not leaf.guidance.strip():
        yield error(
            "guidance_missing",
            f"Give {named(leaf)} guidance: what evaluators look for, and what earns more.",
            "Without it each evaluator would measure something else.",
            basis=_S23,
            **where,
        )
    if is_quantitative(leaf):
        yield from _quantitative(lot, leaf)
    elif leaf.is_pass_fail:
        yield from _pass_fail(lot, leaf)
    else:
        yield from _rated(model, lot, leaf)


def _pass_fail(lot: Lot, leaf: Criterion) -> Iterator[Remark]:
    if leaf.scale_code or leaf.minimum_rating is not None:
        yield warning(
            "scale_on_pass_fail",
            f"Take the scale and the minimum rating out of {named(leaf)}, which is pass or fail.",
            "It is passed or not passed, so neither would be used.",
            lot=lot,
            criterion=leaf,
        )


def _rated(model: AwardModel, lot: Lot, leaf: Criterion) -> Iterator[Remark]:
    scale = model.scale(leaf.scale_code) if leaf.scale_code else None
    if scale is None:
        yield error(
            "scale_missing",
            f"Choose a scale for {named(leaf)}.",
            "Bidders must know how the criterion is scored and what each score means.",
            basis=_S23,
            lot=lot,
            criterion=leaf,
        )
    elif scale.points and leaf.minimum_rating is not None:
        yield from _minimum(lot, leaf, scale, leaf.minimum_rating)


def _minimum(lot: Lot, leaf: Criterion, scale: Scale, minimum: Decimal) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    values = {point.value for point in scale.points}
    if minimum > scale.top:
        yield error(
            "minimum_above_scale",
            f"The minimum rating of {named(leaf)} is {shown(minimum)}, and its scale ends at "
            f"{shown(scale.top)}. Lower the minimum.",
            "No bid could reach it.",
            **where,
        )
    elif minimum not in values:
        points = joined([shown(value) for value in sorted(values)], "or")
        yield error(
            "minimum_not_on_scale",
            f"The minimum rating of {named(leaf)} is {shown(minimum)}, which is no point of its "
            f"scale. Choose {points}.",
            "A rating is always a point of the scale.",
            **where,
        )
    elif minimum == scale.bottom:
        yield note(
            "minimum_always_met",
            f"Every rating reaches the minimum of {named(leaf)}. Raise it, or take it out.",
            "The minimum is the lowest point of the scale.",
            **where,
        )


def _quantitative(lot: Lot, leaf: Criterion) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    rule = leaf.social_value
    if not rule.measure_codes:
        yield error(
            "measures_missing",
            f"Choose the measures that {named(leaf)} counts.",
            "Commitments in pounds are computed from measures.",
            **where,
        )
    target = rule.target_gbp
    if rule.method is SocialValueMethod.TARGET and (target is None or target <= Decimal(0)):
        yield error(
            "target_missing",
            f"State the target in pounds, above 0, that earns all the points of {named(leaf)}.",
            "The method compares commitments with a published target.",
            **where,
        )
    if rule.method is SocialValueMethod.RELATIVE and target is not None:
        yield warning(
            "target_unused",
            f"Take the target out of {named(leaf)}, or score against it.",
            "The relative method does not use it, and bidders would think it counts.",
            **where,
        )
    if leaf.minimum_rating is not None or leaf.is_pass_fail:
        yield error(
            "minimum_without_rating",
            f"{named(leaf)} is computed from pounds. Take out its minimum rating or pass mark.",
            "It gets no rating that could reach a minimum.",
            **where,
        )


def _evaluators(lot: Lot, leaf: Criterion, count: int) -> Iterator[Remark]:
    where = {"lot": lot, "criterion": leaf}
    if count == 0:
        yield warning(
            "evaluators_missing",
            f"Assign evaluators to {named(leaf)}.",
            "Nobody would score it.",
            **where,
        )
    elif count == 1:
        yield note(
            "evaluator_alone",
            f"Only one person scores {named(leaf)}. Think of a second.",
            "With one view there is nothing to moderate.",
            **where,
        )
