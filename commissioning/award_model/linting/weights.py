"""Weights: at every level of every lot they sum to 100."""

from collections.abc import Iterator
from decimal import Decimal, localcontext

from commissioning.award_model.model import AwardModel, Criterion, Lot
from commissioning.award_model.remarks import Remark, error, named, note, shown
from commissioning.award_model.terms import CriterionKind

HUNDRED = Decimal(100)
_S23 = "Procurement Act 2023, s.23"
_SUM_WHY = "Only then does each weight say what the criterion counts."


def weight_remarks(model: AwardModel) -> Iterator[Remark]:
    """Weights that are missing, wrong, misplaced, or do not sum to 100."""
    for lot in model.lots:
        if lot.criteria:
            yield from _level(lot, None, lot.criteria)
        for parent in lot.tree():
            if parent.sub_criteria:
                yield from _level(lot, parent, parent.sub_criteria)


def is_divided(criterion: Criterion) -> bool:
    """Whether this is a price that is divided by quality, or the other way round."""
    rule = criterion.price
    return (
        criterion.kind is CriterionKind.PRICE
        and rule is not None
        and rule.method is not None
        and rule.method.ranks_by_ratio
    )


def _level(lot: Lot, parent: Criterion | None, siblings: tuple[Criterion, ...]) -> Iterator[Remark]:
    weighted = []
    for criterion in siblings:
        if criterion.is_pass_fail or is_divided(criterion):
            yield from _without_weight(lot, criterion)
        else:
            yield from _with_weight(lot, criterion)
            weighted.append(criterion)
    with localcontext(prec=100):
        total = sum((one.weight_percent or Decimal(0) for one in weighted), Decimal(0))
        over = total - HUNDRED
    if over:
        yield _sum_remark(lot, parent, total, over)


def _sum_remark(lot: Lot, parent: Criterion | None, total: Decimal, over: Decimal) -> Remark:
    level = f"under {named(parent)}" if parent else "at the top level"
    change = f"{shown(over)} too many" if over > 0 else f"{shown(-over)} missing"
    words = f"In lot {lot.number} the weights {level} sum to {shown(total)}: {change}."
    if parent is not None and parent.is_incomplete_as_published:
        return note(
            "incomplete_as_published",
            f"{words} The notice does not give them all: incomplete as published.",
            "A notice need not hold every sub-criterion.",
            lot=lot,
            criterion=parent,
        )
    return error(
        "weights_do_not_sum",
        f"{words} Change them so that they sum to 100.",
        _SUM_WHY,
        basis=_S23,
        lot=lot,
        criterion=parent,
    )


def _with_weight(lot: Lot, criterion: Criterion) -> Iterator[Remark]:
    weight = criterion.weight_percent
    if weight is None:
        yield error(
            "weight_missing",
            f"Give {named(criterion)} a weight, or make it pass or fail.",
            "Bidders must know how much each criterion counts.",
            basis=_S23,
            lot=lot,
            criterion=criterion,
        )
    elif weight <= 0:
        yield error(
            "weight_not_positive",
            f"{named(criterion)} has the weight {shown(weight)}. Give it more than 0, or take it "
            "out.",
            "A criterion that counts nothing decides nothing.",
            basis=_S23,
            lot=lot,
            criterion=criterion,
        )


def _without_weight(lot: Lot, criterion: Criterion) -> Iterator[Remark]:
    if criterion.weight_percent is None:
        return
    if criterion.is_pass_fail:
        yield error(
            "weight_on_pass_fail",
            f"{named(criterion)} is pass or fail and has a weight. Take one of them away.",
            "What is passed or failed adds no points.",
            lot=lot,
            criterion=criterion,
        )
    else:
        yield error(
            "weight_on_divided_price",
            f"Take the weight off {named(criterion)}. The method divides price and quality, and "
            "the other weights sum to 100.",
            "With this method price counts by division and has no share of the points.",
            lot=lot,
            criterion=criterion,
        )
