"""What speaks against a bid by its bidder's own declaration, and whether that was decided about."""

from dataclasses import dataclass

from accounts.access import Actor
from commissioning import queries as exercises
from commissioning.award_model.exclusion import GROUND_BY_CODE
from commissioning.models import BidLot, BidParticipation
from scorecards.enums import Standing
from scorecards.models import BidStanding, LotEvaluation

# A bid that comes back from one of these was taken out for another reason.
OTHER_REASONS = frozenset(
    {Standing.FAILS_REQUIREMENTS, Standing.ABNORMALLY_LOW, Standing.PROCEDURAL_BREACH}
)


@dataclass(frozen=True)
class DeclaredAgainst:
    """The conditions that a bidder says it does not meet, and the grounds that it says apply."""

    bid_lot: BidLot
    conditions: tuple[str, ...]
    grounds: tuple[str, ...]

    @property
    def words(self) -> str:
        said = [f"it does not say that it meets “{title}”" for title in self.conditions]
        said += [f"it declares the exclusion ground “{title}”" for title in self.grounds]
        return "; ".join(said)


def undecided_declarations(viewer: Actor, evaluation: LotEvaluation) -> list[DeclaredAgainst]:
    """The bids of the lot whose declaration speaks against them and that nobody decided about.

    Decided is a bid that was taken out, and one that was recorded as assessed with the reason. A
    supplier that does not satisfy a condition of participation must be disregarded (s.19(3)(a) of
    the Procurement Act 2023), so silence is no decision. Empty for somebody who does not see the
    exercise. Four queries.
    """
    of_lot = {
        "bid_lot__exercise": evaluation.exercise,
        "bid_lot__lot_number": evaluation.lot_number,
    }
    model = exercises.model_in_force(viewer, evaluation.exercise)
    if model is None:
        return []
    titles = {condition.key: condition.title for condition in model.conditions}
    kept = BidStanding.objects.visible_to(viewer).filter(**of_lot).order_by("at", "pk")
    decided = _decided(kept.values_list("bid_lot", "standing"))
    said = BidParticipation.objects.visible_to(viewer).filter(**of_lot)
    found = (
        DeclaredAgainst(
            row.bid_lot,
            tuple(
                titles[key]
                for key, one in row.conditions.items()
                if key in titles and one["met"] is not True
            ),
            tuple(GROUND_BY_CODE[code].title for code in row.grounds),
        )
        for row in said.select_related("bid_lot").order_by("bid_lot__label")
        if row.bid_lot_id not in decided
    )
    return [one for one in found if one.conditions or one.grounds]


def _decided(rows) -> set[int]:
    """The bids that are out, or that were kept in or brought back as far as the declaration goes;
    ``rows`` are their standings in order.
    """
    last: dict[int, str] = {}
    kept_in = set()
    for bid, standing in rows:
        if standing == Standing.ELIGIBLE and last.get(bid) not in OTHER_REASONS:
            kept_in.add(bid)
        last[bid] = standing
    return kept_in | {bid for bid, standing in last.items() if standing != Standing.ELIGIBLE}
