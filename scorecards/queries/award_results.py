"""Reads about results: the figures of each bid, low prices, lessons, and the test of a model."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.access import Actor
from commissioning import queries as exercises
from commissioning.award_model.model import AwardModel, Lot
from commissioning.models import Exercise
from scorecards.award_inputs import award_inputs, bid_key
from scorecards.enums import LotStage
from scorecards.models import BidStanding, LotEvaluation, LotResult, LowTenderInquiry
from scorecards.queries.evaluations import BidLine, LotCase
from scorecards.scoring import (
    AbnormallyLowFlag,
    AwardInput,
    AwardLotsOutcome,
    AwardOutcome,
    BidInput,
    BidResult,
    RobustnessReport,
    ScoringError,
    award,
    award_lots_inputs_from_text,
    award_lots_outcome_from_text,
    made_up_bids,
    robustness,
)

# The same made-up bids each time that a model is tested, so that a change of result is the model's.
TEST_SEED = 2026


@dataclass(frozen=True)
class ResultLine:
    """One bid in a result: its price as it went in, and what people decided about it."""

    line: BidLine
    result: BidResult
    became: str
    price_gbp: Decimal | None
    flag: AbnormallyLowFlag | None
    inquiry: LowTenderInquiry | None


@dataclass(frozen=True)
class LotOutcome:
    """The result of one lot as it was kept last, within that of all lots."""

    row: LotResult
    whole: AwardLotsOutcome
    outcome: AwardOutcome
    lines: tuple[ResultLine, ...]
    set_aside: tuple[str, ...]
    is_outdated: bool

    @property
    def award_words(self) -> str:
        number = self.outcome.lot_number
        return next((row.words for row in self.whole.awards if row.lot_number == number), "")

    @property
    def ranked(self) -> tuple[ResultLine, ...]:
        """The bids with a place first, best first; then the others by name."""
        return tuple(
            sorted(
                self.lines,
                key=lambda one: (one.result.rank is None, one.result.rank or 0, one.line.name),
            )
        )

    def line(self, code: str) -> ResultLine | None:
        return next((one for one in self.lines if one.line.code == code), None)


@dataclass(frozen=True)
class ModelTest:
    """Made-up bids through one lot of a model: what came out, or in words why nothing can."""

    lot: Lot
    outcome: AwardOutcome | None
    report: RobustnessReport | None
    fault: str = ""


def results_of(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[LotResult]:
    """Every kept result of the lot, the first one first."""
    return (
        LotResult.objects.visible_to(viewer)
        .filter(evaluation=evaluation)
        .select_related("made_by", "evaluation__exercise__procurement__buyer__organisation")
        .order_by("number")
    )


def lot_outcome(viewer: Actor, case: LotCase) -> LotOutcome | None:
    """The result that stands; None before the first calculation. Three queries."""
    row = results_of(viewer, case.evaluation).last()
    if row is None:
        return None
    whole = award_lots_outcome_from_text(row.outcome_text)
    number = case.evaluation.lot_number
    outcome = next(one for one in whole.lots if one.lot_number == number)
    prices = {bid.key: bid.price_gbp for bid in _inputs_of(row).bids}
    inquiries = {one.bid_lot_id: one for one in inquiries_of(viewer, case.evaluation)}
    flags = {flag.bid: flag for flag in outcome.abnormally_low}
    return LotOutcome(
        row=row,
        whole=whole,
        outcome=outcome,
        lines=tuple(
            ResultLine(
                line=line,
                result=outcome.bid(bid_key(line.bid_lot)),
                became=whole.became_of(number, bid_key(line.bid_lot)),
                price_gbp=prices[bid_key(line.bid_lot)],
                flag=flags.get(bid_key(line.bid_lot)),
                inquiry=inquiries.get(line.bid_lot.pk),
            )
            for line in case.bids
        ),
        set_aside=tuple(one.words for one in whole.set_aside if one.lot_number == number),
        is_outdated=is_outdated(viewer, case.model, row),
    )


def _inputs_of(row: LotResult) -> AwardInput:
    """What was kept of the result's own lot."""
    lots = award_lots_inputs_from_text(row.inputs_text).lots
    return next(one for one in lots if one.lot.number == row.evaluation.lot_number)


def is_outdated(viewer: Actor, model: AwardModel, result: LotResult) -> bool:
    """Whether a bid that the result rests on was taken out, or back in, since.

    With a limit of lots per supplier every lot's result rests on the bids of all.
    """
    bids = {"bid_lot__exercise": result.evaluation.exercise}
    if model.lots_per_supplier is None:
        bids["bid_lot__lot_number"] = result.evaluation.lot_number
    changed = BidStanding.objects.visible_to(viewer).filter(**bids, at__gt=result.made_at)
    return changed.exists()


def inquiries_of(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[LowTenderInquiry]:
    return (
        LowTenderInquiry.objects.visible_to(viewer)
        .filter(bid_lot__exercise=evaluation.exercise, bid_lot__lot_number=evaluation.lot_number)
        .select_related("asked_by", "decided_by")
    )


def lesson(viewer: Actor, case: LotCase) -> tuple[RobustnessReport | None, str]:
    """Whether the winner would have changed, once the contract is entered into; else why not.

    Before that it could sway the people who decide.
    """
    if case.evaluation.stage != LotStage.ENTERED:
        return None, (
            "This is shown once the contract is entered into. Before that, it could sway people who"
            " still decide."
        )
    row = results_of(viewer, case.evaluation).last()
    number = case.evaluation.lot_number
    draws = {number: tuple(draw.order for draw in _inputs_of(row).draws)}
    try:
        inputs = award_inputs(case.evaluation.exercise, draws=draws, with_evaluators=True)
        of_lot = next(one for one in inputs.lots if one.lot.number == number)
        return robustness(of_lot, seed=case.evaluation.pk), ""
    except ScoringError as wrong:
        return None, f"It cannot be worked out: {wrong}."


def model_test(viewer: Actor, exercise: Exercise, lot_number: int | None) -> ModelTest | None:
    """Made-up bids through a lot of the model as it is written now; the first lot by default.

    For the team of the exercise; None for others and where the model has no such lot.
    """
    if not exercises.duties(viewer, exercise):
        return None
    model = exercises.model_as_written(viewer, exercise)
    lots = [lot for lot in model.lots if lot_number in (None, lot.number)] if model else []
    if not lots:
        return None
    lot = lots[0]
    try:
        bids: tuple[BidInput, ...] = made_up_bids(lot, model.scales, seed=TEST_SEED)
        inputs = AwardInput(lot=lot, scales=model.scales, bids=bids)
        return ModelTest(lot, award(inputs), robustness(inputs, seed=TEST_SEED))
    except ScoringError as wrong:
        return ModelTest(lot, None, None, str(wrong))
