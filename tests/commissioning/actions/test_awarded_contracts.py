"""The contract of an award carries what was published and bid."""

from datetime import date
from decimal import Decimal

import pytest

from django.utils import timezone

from accounts.access import Refused
from commissioning import actions, demonstration
from commissioning.enums import CarriedKind
from commissioning.models import BidCommitment, BidLot
from principles.models import Edition, Measure
from principles.rules import RiskAnswers
from providers.models import MeasureAnswer

pytestmark = pytest.mark.django_db
CAUTIOUS = RiskAnswers(
    serves_people_at_risk=True, is_hard_to_replace=False, exercises_public_trust=False
)


@pytest.fixture
def bid_lot(bidding) -> BidLot:
    bidding.bid()
    with bidding.after_deadline():
        demonstration.open_bids(bidding.people, bidding.exercise)
    bidding.exercise.refresh_from_db()
    row = BidLot.objects.get()
    BidCommitment.objects.create(
        bid_lot=row,
        criterion_key="x",
        measure=Measure.objects.get(code="NT1"),
        quantity=Decimal("2.5"),
        note="Two apprentices.",
    )
    return row


def made(bidding, bid_lot, who: str = "priya"):
    return actions.contract_from_award(
        actor=bidding.actor(who),
        exercise=bidding.exercise,
        bid_lot=bid_lot,
        title="Visits at home",
        value_gbp=Decimal("248000"),
        entered_on=date(2026, 12, 20),
    )


def test_contract_carries_terms_kpis_and_commitments_in_their_order(bidding, bid_lot):
    rows = list(made(bidding, bid_lot).carried_terms.order_by("position"))
    assert [row.kind for row in rows] == [
        CarriedKind.ETHICS_TERM,
        CarriedKind.ETHICS_TERM,
        CarriedKind.KPI,
        CarriedKind.COMMITMENT,
    ]
    assert rows[0].draws_on.count() == 1
    assert (rows[2].target, rows[3].quantity) == ("98 in every 100 visits", Decimal("2.5"))


def test_contract_is_with_the_bidder_and_of_the_procurement(bidding, bid_lot):
    contract = made(bidding, bid_lot)
    assert contract.parties.get().provider == bidding.provider("firm")
    assert contract.procurement == bidding.exercise.procurement
    assert (contract.value_gbp, contract.awarded_on) == (Decimal("248000"), date(2026, 12, 20))


@pytest.mark.parametrize("who", ["anna", "evan", "mei", "sam"])
def test_only_the_lead_records_it(bidding, bid_lot, who):
    with pytest.raises(Refused):
        made(bidding, bid_lot, who)


def test_commitments_stand_in_the_figures_of_the_self_assessment(bidding, bid_lot):
    contract = made(bidding, bid_lot)
    priya = bidding.actor("priya")
    actions.set_level(actor=priya, contract=contract, answers=CAUTIOUS)
    request = actions.request_self_assessment(
        actor=priya,
        contract=contract,
        provider=bidding.provider("firm"),
        editions=list(Edition.objects.filter(framework__code="national-toms")),
        due_on=timezone.localdate(),
    )
    row = MeasureAnswer.objects.get(self_assessment=request.self_assessment)
    assert (row.measure.code, row.committed_quantity) == ("NT1", Decimal("2.5"))
    assert row.note == "Committed in the bid for this contract."
