"""What every document about bids rests on, read once."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from commissioning.award_model.model import AwardModel, Lot
from commissioning.inputs import published_model
from commissioning.models import BidLot, BidPrice, ModelVersion
from scorecards.award_inputs import bid_key
from scorecards.models import BidStanding, Consensus, LotEvaluation, LotResult
from scorecards.scoring import (
    AwardLotsOutcome,
    AwardOutcome,
    BidResult,
    award_lots_outcome_from_text,
)


@dataclass(frozen=True)
class AwardFacts:
    """One evaluated lot with its last result, agreed ratings and standings."""

    evaluation: LotEvaluation
    version: ModelVersion
    model: AwardModel
    lot: Lot
    result: LotResult
    outcome: AwardLotsOutcome
    of_lot: AwardOutcome
    bids: tuple[BidLot, ...]
    consensus: dict[int, dict[str, Consensus]]
    standings: dict[int, BidStanding]
    prices: dict[int, Decimal]

    @property
    def winners(self) -> tuple[BidLot, ...]:
        keys = next(
            (
                row.winners
                for row in self.outcome.awards
                if row.lot_number == self.evaluation.lot_number
            ),
            (),
        )
        by_key = {bid_key(row): row for row in self.bids}
        return tuple(by_key[key] for key in keys)

    @property
    def passed_over(self) -> dict[str, str]:
        """Why a bid does not win this lot though it is ahead in it, by the key of the bid."""
        number = self.evaluation.lot_number
        return {row.bid: row.words for row in self.outcome.set_aside if row.lot_number == number}

    @property
    def words(self) -> str:
        """What is decided about this lot, with who was passed over and by which rule."""
        if self.outcome.waiting_for_draw:
            return self.outcome.words
        if not self.passed_over:
            return self.of_lot.words
        number = self.evaluation.lot_number
        decided = [row.words for row in self.outcome.awards if row.lot_number == number]
        return " ".join([*decided, *self.passed_over.values()])

    def result_of(self, bid_lot: BidLot) -> BidResult:
        return self.of_lot.bid(bid_key(bid_lot))

    def became_of(self, bid_lot: BidLot) -> str:
        """What became of a bid, in words, once all lots are taken together."""
        return self.outcome.became_of(self.evaluation.lot_number, bid_key(bid_lot))


def load_facts(evaluation: LotEvaluation) -> AwardFacts:
    """The facts of a lot whose result was calculated. A constant number of queries.

    Raises ``LookupError`` where it was not.
    """
    result = evaluation.results.order_by("number").last()
    if result is None:
        raise LookupError("The result of this lot has not been calculated.")
    version = evaluation.exercise.versions.order_by("number").last()
    model = published_model(version)
    outcome = award_lots_outcome_from_text(result.outcome_text)
    of_lot = {
        "bid_lot__exercise": evaluation.exercise,
        "bid_lot__lot_number": evaluation.lot_number,
    }
    consensus: dict[int, dict[str, Consensus]] = defaultdict(dict)
    rows = Consensus.objects.filter(**of_lot).select_related("recorded_by")
    for row in rows.prefetch_related("moves__evaluator"):
        consensus[row.bid_lot_id][row.criterion_key] = row
    return AwardFacts(
        evaluation=evaluation,
        version=version,
        model=model,
        lot=model.lot(evaluation.lot_number),
        result=result,
        outcome=outcome,
        of_lot=next(row for row in outcome.lots if row.lot_number == evaluation.lot_number),
        bids=tuple(
            BidLot.objects.filter(exercise=evaluation.exercise, lot_number=evaluation.lot_number)
            .select_related("provider__organisation")
            .prefetch_related("provider__organisation__identifiers")
            .order_by("label")
        ),
        consensus=consensus,
        standings={
            row.bid_lot_id: row
            for row in BidStanding.objects.filter(**of_lot)
            .select_related("by", "exclusion")
            .order_by("at", "pk")
        },
        prices=dict(BidPrice.objects.filter(**of_lot).values_list("bid_lot", "amount_gbp")),
    )
