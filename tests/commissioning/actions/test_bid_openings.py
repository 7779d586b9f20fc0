"""Opening what was sealed: two openers, after the deadline, quality before price."""

from dataclasses import replace

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions, demonstration, followers
from commissioning.actions.bid_openings import letters
from commissioning.enums import Duty, ExerciseState, SealKind
from commissioning.inputs import award_model_of
from commissioning.models import (
    BidAnswer,
    BidLot,
    BidParticipation,
    BidPrice,
    BidSubmission,
    Envelope,
    ExerciseDeclaration,
    OpeningAct,
    SetAsideEnvelope,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No floor above goes on with the opening, or holds prices back."""
    monkeypatch.setattr(followers, "_OPENED", [])
    monkeypatch.setattr(followers, "_HOLDING_PRICES", [])


def key_of(bidding, kind=SealKind.QUALITY):
    return bidding.exercise.opening_keys.get(kind=kind, is_rehearsal=False)


def act(bidding, name, kind=SealKind.QUALITY, secret=demonstration.PASSPHRASE, **more):
    return actions.act_as_opener(
        actor=bidding.actor(name), opening_key=key_of(bidding, kind), secret=secret, **more
    )


def open_both(bidding, kind=SealKind.QUALITY):
    act(bidding, "priya", kind)
    return act(bidding, "carl", kind)


def test_not_even_the_first_act_is_done_before_the_deadline(bidding):
    bidding.bid()
    with (
        bidding.after_deadline(0),
        pytest.raises(WrongState, match="before the deadline"),
    ):
        act(bidding, "priya")
    assert OpeningAct.objects.count() == 0


def test_one_opener_alone_opens_nothing(bidding):
    bidding.bid()
    with bidding.after_deadline():
        act(bidding, "priya")
        with pytest.raises(WrongState):
            act(bidding, "priya")
    assert (BidLot.objects.count(), OpeningAct.objects.count()) == (0, 1)


@pytest.mark.parametrize("name", ["evan", "adam", "mei", "sam", "oscar", "olive"])
def test_nobody_but_the_named_openers_opens(bidding, name):
    with bidding.after_deadline(), pytest.raises(Refused):
        act(bidding, name)


def test_opener_who_has_not_declared_does_not_open(bidding):
    ExerciseDeclaration.objects.filter(user=bidding.people.users["carl"]).update(
        replaced_at=bidding.exercise.published_at
    )
    with bidding.after_deadline(), pytest.raises(WrongState, match="Declare your interests"):
        act(bidding, "carl")


def test_wrong_passphrase_opens_nothing(bidding):
    with bidding.after_deadline(), pytest.raises(WrongState):
        act(bidding, "priya", secret="not the right four words")
    assert OpeningAct.objects.count() == 0


@pytest.mark.parametrize("pair", [("priya", "anna"), ("anna", "priya"), ("carl", "anna")])
def test_any_two_open_quality_and_participation_and_no_price(bidding, pair):
    bidding.bid()
    with bidding.after_deadline():
        for name in pair:
            last = act(bidding, name)
    bidding.exercise.refresh_from_db()
    assert bidding.exercise.state == ExerciseState.QUALITY_OPENED
    assert (last.envelopes_opened, SetAsideEnvelope.objects.count()) == (2, 0)
    assert (BidAnswer.objects.count(), BidParticipation.objects.count()) == (4, 1)
    assert BidPrice.objects.count() == 0
    assert Envelope.objects.filter(opened_at=None).get().kind == "price"


def test_trail_of_the_opening_does_not_say_how_many_bid(bidding):
    bidding.bid()
    with bidding.after_deadline():
        open_both(bidding)
    last = AuditEvent.objects.filter(verb="opening.acted").order_by("pk").last()
    assert last.facts.keys() == {"kind", "opener", "is_recovery", "part", "set_aside"}


def test_nothing_is_opened_twice(bidding):
    with bidding.after_deadline():
        open_both(bidding)
        with pytest.raises(WrongState, match="opened already"):
            act(bidding, "anna")


def test_price_waits_for_quality_and_for_what_holds_it(bidding):
    bidding.bid()
    with bidding.after_deadline():
        with pytest.raises(WrongState, match="after quality"):
            act(bidding, "priya", SealKind.PRICE)
        open_both(bidding)
        followers.register(holds_prices=lambda exercise: "The consensus is not signed.")
        with pytest.raises(WrongState, match="The consensus is not signed"):
            act(bidding, "priya", SealKind.PRICE)
        followers._HOLDING_PRICES.clear()
        open_both(bidding, SealKind.PRICE)
    assert str(BidPrice.objects.get().amount_gbp) == "248000"


def test_key_of_quality_opens_no_price(bidding):
    """The two kinds have keys of their own: their public halves differ."""
    keys = [bytes(key_of(bidding, kind).public_key) for kind in SealKind]
    assert keys[0] != keys[1]


def spoil(bidding, number: int, kind: str) -> None:
    """Hand in a bid that somebody then changed in the database, below its triggers."""
    bid = bidding.bid(number, hand_in=False)
    sound = actions.submit_bid(actor=bidding.actor(("sam", "hana")[number]), bid=bid)
    row = Envelope.objects.get(submission=sound, kind=kind)
    spoilt = BidSubmission.objects.create(
        bid=bid,
        number=2,
        version=sound.version,
        lots=sound.lots,
        sha256="0" * 64,
        submitted_at=sound.submitted_at,
        submitted_by=sound.submitted_by,
    )
    for one in sound.envelopes.all():
        content = bytes(one.sealed)
        if one.pk == row.pk:
            content = content[:-1] + bytes([content[-1] ^ 1])
        Envelope.objects.create(
            submission=spoilt,
            lot_number=one.lot_number,
            kind=one.kind,
            sealed=content,
            key_for_bidder=one.key_for_bidder,
            key_for_opening=one.key_for_opening,
            sha256=one.sha256,
        )


def test_damaged_envelope_is_named_and_stops_no_other_bid(bidding):
    spoil(bidding, 0, "quality")
    bidding.bid(1)
    with bidding.after_deadline():
        last = open_both(bidding)
    rows = list(SetAsideEnvelope.objects.select_related("submission"))
    assert "quality" in {row.kind for row in rows}
    assert {(row.submission.sha256, row.cause, bytes(row.content)) for row in rows} == {
        ("0" * 64, "damaged", b"")
    }
    assert last.envelopes_opened == 2
    answers = BidAnswer.objects.values_list("bid_lot__provider", flat=True)
    assert set(answers) == {bidding.provider("charity").pk}


def test_withdrawn_bid_is_not_opened_nor_one_before_it(bidding):
    bid = bidding.bid()
    actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
    actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)
    bidding.bid(1)
    with bidding.after_deadline():
        open_both(bidding)
    assert BidLot.objects.get().provider == bidding.provider("charity")


def test_later_draft_does_not_count(bidding):
    bid = bidding.bid()
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Later", "evidence": []}, is_complete=True)
    with bidding.after_deadline():
        open_both(bidding)
    assert not BidAnswer.objects.filter(text="Later").exists()
    assert BidAnswer.objects.count() == 4


@pytest.mark.parametrize(("is_handed_in", "preference"), [(True, 1), (False, None)])
def test_order_of_lots_counts_as_it_was_handed_in(bidding, is_handed_in, preference):
    bid, sam = bidding.bid(), bidding.actor("sam")
    actions.prefer_lots(actor=sam, bid=bid, order=[1])
    if is_handed_in:
        actions.submit_bid(actor=sam, bid=bid)
    with bidding.after_deadline():
        open_both(bidding)
    assert BidLot.objects.get().preference == preference


def test_order_of_lots_is_unknown_where_its_envelope_was_damaged(bidding):
    spoil(bidding, 0, "participation")
    with bidding.after_deadline():
        open_both(bidding)
    assert BidLot.objects.get().preference is None


def test_amendment_that_was_left_open_is_given_up_before_the_opening(bidding):
    bidding.bid()
    lead = bidding.actor("priya")
    actions.open_amendment(actor=lead, exercise=bidding.exercise)
    with bidding.after_deadline():
        with pytest.raises(WrongState, match="amendment was left open"):
            act(bidding, "priya")
        actions.discard_amendment(actor=lead, exercise=bidding.exercise)
        open_both(bidding)
    assert BidLot.objects.count() == 1


def add_a_lot(bidding, lead) -> None:
    """Publish a second lot like the first, with an evaluator for each of its criteria."""
    first = bidding.exercise.lots.get()
    actions.open_amendment(actor=lead, exercise=bidding.exercise)
    how = {name: getattr(first, name) for name in ("decimal_places", "rounding", "tie_breaks")}
    lot = actions.add_lot(actor=lead, exercise=bidding.exercise, title="Area 2", **how)
    actions.copy_criteria(actor=lead, lot=lot, source=first)
    rated = [
        (one.number, leaf.key)
        for one in award_model_of(bidding.exercise).lots
        for leaf in one.leaves()
        if leaf.is_rated
    ]
    evaluator = bidding.exercise.members.filter(duty=Duty.EVALUATOR).first()
    actions.assign_criteria(actor=lead, member=evaluator, criteria=rated)
    actions.publish_amendment(actor=lead, exercise=bidding.exercise, reason="Another area.")


def test_lot_that_an_amendment_took_out_stays_sealed(bidding):
    lead = bidding.actor("priya")
    add_a_lot(bidding, lead)
    offers = demonstration.OFFERS[:2]
    for offer, lots in zip(offers, ((1, 2), (2,)), strict=True):
        demonstration.bid(bidding.people, bidding.exercise, replace(offer, lots=lots))
    actions.open_amendment(actor=lead, exercise=bidding.exercise)
    actions.remove_lot(actor=lead, lot=bidding.exercise.lots.get(number=2))
    actions.publish_amendment(actor=lead, exercise=bidding.exercise, reason="Not needed.")
    with bidding.after_deadline():
        open_both(bidding)
    assert BidLot.objects.get().lot_number == 1
    assert not Envelope.objects.filter(lot_number=2, opened_at__isnull=False).exists()


def test_last_of_several_submissions_counts(bidding):
    bid = bidding.bid()
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Later", "evidence": []}, is_complete=True)
    second = actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
    with bidding.after_deadline():
        open_both(bidding)
    assert BidLot.objects.get().submission == second
    assert BidAnswer.objects.filter(text="Later").count() == 1


def test_opening_without_bids_opens_nothing_and_goes_on(bidding):
    with bidding.after_deadline():
        last = open_both(bidding)
    bidding.exercise.refresh_from_db()
    assert (last.envelopes_opened, bidding.exercise.state) == (0, ExerciseState.QUALITY_OPENED)


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_bids_are_lettered_like_columns(place, name):
    assert letters(place) == name
