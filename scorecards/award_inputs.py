"""From the rows of an exercise to what the arithmetic of an award takes in.

One input holds every lot, since the limit of lots per supplier joins them. It is kept as text with
the result, so that anybody can replay it.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from accounts.access import Actor
from commissioning.award_model.dates import tendering_check
from commissioning.award_model.model import AwardModel, Criterion
from commissioning.award_model.terms import SocialValueMethod
from commissioning.inputs import published_model
from commissioning.models import BidCommitment, BidLot, BidPrice, Exercise
from principles import queries as library
from scorecards.enums import LotStage, Standing
from scorecards.models import BidRating, BidStanding, Consensus, LotEvaluation
from scorecards.scoring import (
    AwardInput,
    AwardLotsInput,
    BidInput,
    CriterionPass,
    CriterionPounds,
    CriterionRating,
    Draw,
    EvaluatorRating,
    IncompleteModel,
    LotPreference,
    TenderingPeriod,
)
from scorecards.scoring import BidStanding as PlainStanding

PLAIN_STANDING = {
    Standing.ELIGIBLE: PlainStanding.ELIGIBLE,
    Standing.CONDITIONS_NOT_MET: PlainStanding.CONDITIONS_NOT_MET,
    Standing.EXCLUDED: PlainStanding.EXCLUDED,
    Standing.FAILS_REQUIREMENTS: PlainStanding.FAILS_REQUIREMENTS,
    Standing.ABNORMALLY_LOW: PlainStanding.ABNORMALLY_LOW,
    Standing.PROCEDURAL_BREACH: PlainStanding.PROCEDURAL_BREACH,
}


def bid_key(bid_lot: BidLot) -> str:
    """Names a supplier's bid, the same in every lot."""
    return f"supplier-{bid_lot.provider_id}"


def award_inputs(
    exercise: Exercise,
    *,
    draws: dict[int, tuple[tuple[str, ...], ...]] | None = None,
    with_evaluators: bool = False,
) -> AwardLotsInput:
    """What the result of an exercise rests on, as the rows stand now. A lot that was ended without
    an award has no part in it.

    ``draws`` are the recorded drawings of lots: by lot number, the keys of the bids as drawn.
    ``with_evaluators`` adds what each evaluator gave, for robustness, without who was recused. A
    constant number of queries. Raises ``IncompleteModel`` where a commitment has no value.
    """
    version = exercise.versions.order_by("number").last()
    model = published_model(version)
    evaluated = set(
        LotEvaluation.objects.filter(exercise=exercise)
        .exclude(stage=LotStage.NOT_AWARDED)
        .values_list("lot_number", flat=True)
    )
    rows = _Rows(exercise, with_evaluators)
    tendering = _tendering(exercise, version.tenders_due_at)
    lots = tuple(
        AwardInput(
            lot=lot,
            scales=model.scales,
            bids=tuple(_bid(rows, model, row) for row in rows.bids[lot.number]),
            draws=tuple(Draw(order) for order in (draws or {}).get(lot.number, ())),
            tendering=tendering,
        )
        for lot in model.lots
        if lot.number in evaluated
    )
    return AwardLotsInput(
        lots=lots,
        lots_per_supplier=model.lots_per_supplier,
        mechanism=model.lot_limit_mechanism,
        preferences=_preferences(rows),
    )


class _Rows:
    """Everything that was opened, agreed and decided, read once."""

    def __init__(self, exercise: Exercise, with_evaluators: bool):
        bids = BidLot.objects.filter(exercise=exercise).select_related("provider__organisation")
        self.bids: dict[int, list[BidLot]] = defaultdict(list)
        for row in bids.order_by("lot_number", "label"):
            self.bids[row.lot_number].append(row)
        of_exercise = {"bid_lot__exercise": exercise}
        self.prices = dict(
            BidPrice.objects.filter(**of_exercise).values_list("bid_lot", "amount_gbp")
        )
        self.standing = dict(
            BidStanding.objects.filter(**of_exercise)
            .order_by("at", "pk")
            .values_list("bid_lot", "standing")
        )
        self.agreed: dict[int, dict[str, Decimal]] = defaultdict(dict)
        for bid, key, rating in Consensus.objects.filter(**of_exercise).values_list(
            "bid_lot", "criterion_key", "rating"
        ):
            self.agreed[bid][key] = rating
        self.given: dict[int, list[BidRating]] = defaultdict(list)
        if with_evaluators:
            counted = BidRating.objects.filter(**of_exercise).counted()
            for rating in counted.select_related("evaluator").order_by("evaluator"):
                self.given[rating.bid_lot_id].append(rating)
        self.commitments: dict[tuple[int, str], list[BidCommitment]] = defaultdict(list)
        for promise in BidCommitment.objects.filter(**of_exercise).select_related("measure"):
            self.commitments[promise.bid_lot_id, promise.criterion_key].append(promise)
        self.values = (
            library.unit_values_by_measure(
                Actor.system("scoring"), exercise.value_set, exercise.locality
            )
            if exercise.value_set
            else {}
        )

    def pounds(self, bid_lot: BidLot, leaf: Criterion) -> Decimal:
        """What the bid commits to under the criterion, by the value set that was published.

        Raises ``IncompleteModel`` naming a measure without a value: left out of the sum, the
        commitment would count as nothing.
        """
        total = Decimal(0)
        for promise in self.commitments[bid_lot.pk, leaf.key]:
            unit = self.values.get(promise.measure_id)
            if unit is None:
                raise IncompleteModel(
                    f"the published value set has no value for {promise.measure.code}, which a bid "
                    f"commits to under {leaf.number} {leaf.title}"
                )
            total += promise.quantity * unit.value_gbp
        return total


def _bid(rows: _Rows, model: AwardModel, row: BidLot) -> BidInput:
    lot = model.lot(row.lot_number)
    agreed = rows.agreed[row.pk]
    leaves = [leaf for leaf in lot.leaves() if leaf.is_rated]
    return BidInput(
        key=bid_key(row),
        label=str(row.provider),
        standing=PLAIN_STANDING[Standing(rows.standing.get(row.pk, Standing.ELIGIBLE))],
        price_gbp=rows.prices.get(row.pk),
        ratings=tuple(
            CriterionRating(leaf.key, agreed[leaf.key])
            for leaf in leaves
            if leaf.key in agreed and not leaf.is_pass_fail
        ),
        social_value=tuple(
            CriterionPounds(leaf.key, rows.pounds(row, leaf))
            for leaf in lot.leaves()
            if leaf.social_value and leaf.social_value.method != SocialValueMethod.QUALITATIVE
        ),
        passes=tuple(
            CriterionPass(leaf.key, agreed[leaf.key] == 1)
            for leaf in leaves
            if leaf.key in agreed and leaf.is_pass_fail
        ),
        evaluator_ratings=tuple(
            EvaluatorRating(str(given.evaluator), given.criterion_key, given.rating)
            for given in rows.given[row.pk]
        ),
    )


def _preferences(rows: _Rows) -> tuple[LotPreference, ...]:
    wished: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for bids in rows.bids.values():
        for row in bids:
            if row.preference is not None:
                wished[bid_key(row)].append((row.preference, row.lot_number))
    return tuple(
        LotPreference(key, tuple(lot for _, lot in sorted(places)))
        for key, places in sorted(wished.items())
    )


def _tendering(exercise: Exercise, due_at) -> TenderingPeriod | None:
    """Days given and asked for; None where the day of the notice or the rule is not known."""
    if exercise.tender_notice_on is None:
        return None
    check = tendering_check(
        exercise.regime,
        published_on=exercise.tender_notice_on,
        due_on=timezone.localdate(due_at),
    )
    if check is None:
        return None
    return TenderingPeriod(days_given=check.days, minimum_days=check.minimum_days)
