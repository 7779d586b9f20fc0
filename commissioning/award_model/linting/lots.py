"""How a lot is decided: rounding, ties, thresholds, winners, limits per supplier."""

from collections.abc import Iterator
from decimal import Decimal

from commissioning.award_model.linting.weights import is_divided
from commissioning.award_model.model import AwardModel, Lot
from commissioning.award_model.remarks import Remark, error, note, shown, warning
from commissioning.award_model.terms import CriterionKind, TieBreak

HUNDRED = Decimal(100)
MOST_DECIMAL_PLACES = 6
_S23 = "Procurement Act 2023, s.23"
_KIND_OF_STEP = {
    TieBreak.LOWER_PRICE: CriterionKind.PRICE,
    TieBreak.HIGHER_QUALITY: CriterionKind.QUALITY,
    TieBreak.HIGHER_SOCIAL_VALUE: CriterionKind.SOCIAL_VALUE,
    TieBreak.HIGHER_ETHICS: CriterionKind.ETHICS,
}


def lot_remarks(model: AwardModel) -> Iterator[Remark]:
    """What is not fully stated about how the lots are decided."""
    for lot in model.lots:
        yield from _rounding(lot)
        yield from _ties(lot)
        yield from _threshold(lot)
        if lot.winners < 1:
            yield error(
                "no_winner",
                f"Say how many suppliers lot {lot.number} goes to: one or more.",
                "A lot without a winner is not awarded.",
                lot=lot,
            )
    yield from _limit(model)


def _rounding(lot: Lot) -> Iterator[Remark]:
    if lot.decimal_places is None:
        yield error(
            "decimal_places_missing",
            f"Say to how many decimal places scores of lot {lot.number} are rounded.",
            "The last decimal can decide who wins.",
            basis=_S23,
            lot=lot,
        )
    elif not 0 <= lot.decimal_places <= MOST_DECIMAL_PLACES:
        yield error(
            "decimal_places_out_of_range",
            f"Round the scores of lot {lot.number} to 0 to {MOST_DECIMAL_PLACES} decimal places.",
            "More would pretend to a precision that ratings do not have.",
            lot=lot,
        )
    if lot.rounding is None:
        yield error(
            "rounding_missing",
            f"Say how scores of lot {lot.number} are rounded.",
            "The last decimal can decide who wins.",
            basis=_S23,
            lot=lot,
        )


def _ties(lot: Lot) -> Iterator[Remark]:
    steps = lot.tie_breaks
    if not steps:
        yield error(
            "tie_break_missing",
            f"Say what decides lot {lot.number} if two bids score the same.",
            "A tie that is broken by a rule made afterwards is open to challenge.",
            basis=_S23,
            lot=lot,
        )
        return
    if TieBreak.DRAWN_BY_LOT not in steps:
        yield error(
            "tie_break_not_conclusive",
            f"End the tie-break of lot {lot.number} with a draw by lot.",
            "Two bids can be equal in every other step.",
            basis=_S23,
            lot=lot,
        )
    elif steps.index(TieBreak.DRAWN_BY_LOT) != len(steps) - 1:
        yield error(
            "tie_break_after_draw",
            f"In lot {lot.number}, move the draw by lot to the end of the tie-break.",
            "A draw always decides, so what follows it is never looked at.",
            lot=lot,
        )
    for step in sorted({step for step in steps if steps.count(step) > 1}):
        yield warning(
            "tie_break_repeated",
            f"In lot {lot.number} the step “{step.words}” stands twice. Take one out.",
            "The second time it can decide nothing.",
            lot=lot,
        )
    kinds = {criterion.kind for criterion in lot.leaves()}
    for step in dict.fromkeys(steps):
        if step in _KIND_OF_STEP and _KIND_OF_STEP[step] not in kinds:
            yield warning(
                "tie_break_without_criterion",
                f"In lot {lot.number} no criterion is of the kind that “{step.words}” looks at. "
                "Take the step out.",
                "All bids are equal there.",
                lot=lot,
            )


def _threshold(lot: Lot) -> Iterator[Remark]:
    minimum = lot.minimum_total_percent
    if minimum is None:
        return
    if minimum > HUNDRED:
        yield error(
            "minimum_total_out_of_reach",
            f"The minimum total of lot {lot.number} is {shown(minimum)} per cent. Lower it to 100 "
            "or less.",
            "No bid could reach it.",
            lot=lot,
        )
    elif any(is_divided(criterion) for criterion in lot.criteria):
        yield warning(
            "minimum_total_beside_division",
            f"Take the minimum total out of lot {lot.number}, and state only the minimum quality "
            "of the price method.",
            "Where price and quality are divided the total is that of quality alone, and two "
            "minimums for it are easily misread.",
            lot=lot,
        )
    elif minimum <= 0:
        yield note(
            "minimum_total_always_met",
            f"Every bid reaches the minimum total of lot {lot.number}. Raise it, or take it out.",
            "No total is below 0.",
            lot=lot,
        )


def _limit(model: AwardModel) -> Iterator[Remark]:
    limit = model.lots_per_supplier
    if limit is None:
        if model.lot_limit_mechanism is not None:
            yield warning(
                "lot_limit_missing",
                "Say how many lots one supplier may win, or take out how lots are given out.",
                "Without a limit the mechanism is never used.",
            )
        return
    if limit < 1:
        yield error(
            "lot_limit_not_positive",
            "Let one supplier win at least one lot, or set no limit.",
            "Nobody could win.",
        )
        return
    if model.lot_limit_mechanism is None:
        yield error(
            "lot_limit_without_mechanism",
            "Say by which objective rule lots are given out where a supplier wins more than "
            f"{limit}.",
            "Choosing afterwards which lots a supplier keeps would not be objective.",
            basis=_S23,
        )
    if limit >= len(model.lots):
        yield note(
            "lot_limit_without_effect",
            f"A limit of {limit} for {len(model.lots)} "
            f"{'lot' if len(model.lots) == 1 else 'lots'} changes nothing.",
            "No supplier can win more lots than there are.",
        )
