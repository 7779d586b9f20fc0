"""An award without competition, on its short path."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from commissioning import actions, demonstration, queries
from commissioning.enums import CarriedKind, DirectAwardState, Duty, ExerciseKind
from commissioning.models import Exercise

pytestmark = pytest.mark.django_db


@pytest.fixture
def exercise(bidding) -> Exercise:
    lead = bidding.actor("priya")
    row = actions.start_exercise(
        actor=lead,
        commissioner=queries.commissioner_of(lead),
        kind=ExerciseKind.DIRECT_AWARD,
        title="Emergency night shelter",
        regime="procurement_act_2023",
    )
    actions.name_member(
        actor=lead,
        exercise=row,
        user=bidding.people.users["anna"],
        duty=Duty.APPROVER,
        approves_up_to_gbp=50_000,
    )
    actions.add_term(
        actor=lead, exercise=row, title="Speaking up", text="A route for staff.", is_ethics=True
    )
    return row


def write(bidding, exercise, **changes):
    given = {
        "provider": bidding.provider("charity"),
        "ground": "urgency",
        "justification": "The shelter burnt down last night.",
        "how_value_was_tested": "Compared with two earlier contracts.",
        "value_gbp": Decimal("48000"),
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2027, 5, 31),
    }
    return actions.write_direct_award(
        actor=bidding.actor("priya"), exercise=exercise, **(given | changes)
    )


def declare_all(bidding, exercise, names=("priya", "anna")) -> None:
    for who in names:
        for provider in (None, *queries.bidders_of(bidding.actor(who), exercise)):
            actions.declare_in_exercise(
                actor=bidding.actor(who), exercise=exercise, provider=provider, has_interest=False
            )


def sent(bidding, exercise, **changes):
    row = write(bidding, exercise, **changes)
    declare_all(bidding, exercise)
    return actions.send_direct_award(actor=bidding.actor("priya"), direct_award=row)


def test_award_goes_to_a_contract_that_carries_its_terms(bidding, exercise):
    row = sent(bidding, exercise)
    row = actions.approve_direct_award(actor=bidding.actor("anna"), direct_award=row)
    demonstration.confirm_assessment(bidding.people, exercise)
    today = timezone.localdate()
    row = actions.record_transparency_notice(
        actor=bidding.actor("priya"), direct_award=row, number="2026/S 77", published_on=today
    )
    row = actions.enter_direct_award(
        actor=bidding.actor("priya"), direct_award=row, entered_on=today
    )
    assert row.state == DirectAwardState.ENTERED
    assert row.contract.parties.get().provider == bidding.provider("charity")
    assert row.contract.value_gbp == Decimal("48000")
    assert [held.kind for held in row.contract.carried_terms.all()] == [CarriedKind.ETHICS_TERM]
    assert [step.step for step in row.steps.all()] == ["send", "approve", "notice", "enter"]


def test_ground_of_other_rules_is_refused(bidding, exercise):
    with pytest.raises(WrongState, match="grounds of these rules"):
        write(bidding, exercise, ground="psr_a")


def test_it_is_sent_once_everybody_has_declared(bidding, exercise):
    row = write(bidding, exercise)
    with pytest.raises(WrongState, match="has not declared"):
        actions.send_direct_award(actor=bidding.actor("priya"), direct_award=row)


def test_what_was_sent_stays_as_it_is_until_it_is_returned(bidding, exercise):
    row = sent(bidding, exercise)
    with pytest.raises(WrongState, match="stays as it is"):
        write(bidding, exercise)
    actions.return_direct_award(
        actor=bidding.actor("anna"), direct_award=row, reason="Say when it burnt."
    )
    assert write(bidding, exercise).state == DirectAwardState.DRAFT


def test_approver_has_a_limit(bidding, exercise):
    row = sent(bidding, exercise, value_gbp=Decimal("50000.01"))
    with pytest.raises(Refused, match="above this approver"):
        actions.approve_direct_award(actor=bidding.actor("anna"), direct_award=row)


@pytest.mark.parametrize("who", ["priya", "evan", "mei", "oscar"])
def test_only_the_approver_approves(bidding, exercise, who):
    row = sent(bidding, exercise)
    with pytest.raises(Refused):
        actions.approve_direct_award(actor=bidding.actor(who), direct_award=row)


def test_approver_with_an_interest_does_not_approve(bidding, exercise):
    row = sent(bidding, exercise)
    actions.declare_in_exercise(
        actor=bidding.actor("anna"),
        exercise=exercise,
        provider=bidding.provider("charity"),
        has_interest=True,
        description="A trustee until last year.",
    )
    with pytest.raises(Refused, match="Declare your interests"):
        actions.approve_direct_award(actor=bidding.actor("anna"), direct_award=row)


def test_notice_needs_the_confirmed_assessment(bidding, exercise):
    row = sent(bidding, exercise)
    row = actions.approve_direct_award(actor=bidding.actor("anna"), direct_award=row)
    with pytest.raises(WrongState, match="Confirm the conflicts assessment"):
        actions.record_transparency_notice(
            actor=bidding.actor("priya"),
            direct_award=row,
            number="1",
            published_on=timezone.localdate(),
        )


def test_contract_of_tomorrow_is_refused(bidding, exercise):
    row = sent(bidding, exercise)
    with pytest.raises(WrongState, match="transparency notice first"):
        actions.enter_direct_award(
            actor=bidding.actor("priya"),
            direct_award=row,
            entered_on=timezone.localdate() + timedelta(days=1),
        )


def test_competition_is_no_direct_award(bidding):
    with pytest.raises(WrongState, match="competition"):
        write(bidding, bidding.exercise)


def test_supplier_is_known_to_declare_about(bidding, exercise):
    write(bidding, exercise)
    found = queries.bidders_of(bidding.actor("anna"), exercise)
    assert list(found) == [bidding.provider("charity")]


def test_nothing_is_decided_once_it_was_ended(bidding, exercise):
    row = write(bidding, exercise)
    declare_all(bidding, exercise)
    actions.send_direct_award(actor=bidding.actor("priya"), direct_award=row)
    actions.end_exercise(actor=bidding.actor("priya"), exercise=exercise, reason="No need.")
    with pytest.raises(WrongState, match="was ended"):
        actions.approve_direct_award(actor=bidding.actor("anna"), direct_award=row)
    with pytest.raises(WrongState, match="was ended"):
        write(bidding, exercise)
