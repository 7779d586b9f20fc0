"""Writing a bid, handing it in, taking it back."""

from datetime import timedelta

import pytest
import time_machine

from django.core import mail
from django.db import DatabaseError, transaction

from accounts.access import Actor, Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from commissioning import actions, queries, sealed_rows
from commissioning.enums import EnvelopeKind
from commissioning.models import Bid, BidDraftPart, BidSubmission, Envelope, ModelVersion
from providers.actions import add_evidence_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid(bidding):
    return actions.start_bid(
        actor=bidding.actor("cara"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        lots=[1],
    )


def submit(bidding, bid, name="sam"):
    return actions.submit_bid(actor=bidding.actor(name), bid=bid)


def test_bid_is_started_once_and_again_changes_its_lots(bidding, bid):
    again = actions.start_bid(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        lots=[1],
    )
    assert (again, Bid.objects.count()) == (bid, 1)
    verbs = AuditEvent.objects.filter(case_reference=bid.reference).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["bid.started", "bid.lots_changed"]


@pytest.mark.parametrize("lots", [[], [9], [1, 9]])
def test_bid_for_a_lot_that_is_not_offered_is_refused(bidding, lots):
    with pytest.raises(WrongState, match="at least one of the lots"):
        actions.start_bid(
            actor=bidding.actor("sam"),
            exercise=bidding.exercise,
            provider=bidding.provider("firm"),
            lots=lots,
        )


@pytest.mark.parametrize("name", ["hana", "priya", "olive", "oscar"])
def test_nobody_bids_for_another_provider(bidding, name):
    with pytest.raises(Refused):
        actions.start_bid(
            actor=bidding.actor(name),
            exercise=bidding.exercise,
            provider=bidding.provider("firm"),
            lots=[1],
        )


def test_bid_where_only_others_are_invited_is_refused(bidding):
    type(bidding.exercise).objects.filter(pk=bidding.exercise.pk).update(is_open=False)
    with pytest.raises(Refused, match="offered"):
        bidding.bid()


def test_part_is_saved_sealed_and_counted(bidding, bid):
    held = bidding.part(bid, "answer")
    row = bidding.save(bid, held, content={"text": "Marmalade", "evidence": []})
    assert (row.revision, b"Marmalade" in bytes(row.sealed)) == (1, False)
    assert bidding.part(bid, "answer").content["text"] == "Marmalade"


def test_part_that_a_colleague_saved_since_is_not_overwritten(bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, "cara", content={"text": "Hers", "evidence": []})
    with pytest.raises(StaleSave) as stale:
        bidding.save(bid, held, content={"text": "His", "evidence": []})
    assert stale.value.current.content["text"] == "Hers"
    assert stale.value.current.updated_by == bidding.people.users["cara"]


def test_part_that_lacks_something_is_not_taken_as_complete(bidding, bid):
    held = bidding.part(bid, "price")
    with pytest.raises(WrongState, match="Enter your price"):
        bidding.save(bid, held, content={"amount_gbp": ""}, is_complete=True)


@pytest.mark.parametrize("name", ["answer-nothing", "price", ""])
def test_part_that_the_bid_does_not_have_is_refused(bidding, bid, name):
    with pytest.raises(WrongState, match="no such part"):
        actions.save_draft_part(
            actor=bidding.actor("sam"),
            bid=bid,
            lot_number=1,
            name=name,
            content={},
            is_complete=False,
            seen_revision=0,
        )


def test_trail_of_a_save_holds_no_word_of_it(bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Marmalade", "evidence": []})
    row = AuditEvent.objects.get(verb="bid.part_saved")
    assert row.organisation == bidding.people.organisations["firm"]
    assert "Marmalade" not in str(row.facts)


def test_part_is_held_by_a_colleague_and_by_nobody_else(bidding, bid):
    held = bidding.part(bid, "answer")
    given = {"bid": bid, "lot_number": 1, "name": held.part.name, "actor": bidding.actor("cara")}
    actions.hold_part(user=bidding.people.users["sam"], **given)
    assert bidding.part(bid, "answer").holder == bidding.people.users["sam"]
    with pytest.raises(Refused):
        actions.hold_part(user=bidding.people.users["hana"], **given)
    actions.hold_part(user=None, **given)
    assert bidding.part(bid, "answer").holder is None


def test_part_that_is_not_there_is_held_by_nobody(bidding, bid):
    with pytest.raises(WrongState, match="no such part"):
        actions.hold_part(
            actor=bidding.actor("sam"), bid=bid, lot_number=1, name="other", user=None
        )


def test_order_of_lots_names_each_once(bidding, bid):
    assert actions.prefer_lots(actor=bidding.actor("sam"), bid=bid, order=[1]).lot_preferences == [
        1
    ]
    with pytest.raises(WrongState, match="one place"):
        actions.prefer_lots(actor=bidding.actor("sam"), bid=bid, order=[1, 1])


def test_only_a_signatory_hands_in_and_withdraws(bidding, bid):
    bidding.bid(hand_in=False)
    with pytest.raises(Refused):
        submit(bidding, bid, "cara")
    submit(bidding, bid)
    with pytest.raises(Refused):
        actions.withdraw_bid(actor=bidding.actor("cara"), bid=bid)


def test_bid_with_gaps_is_refused_and_names_them(bidding, bid):
    with pytest.raises(WrongState, match="Exclusion grounds"):
        submit(bidding, bid)
    assert BidSubmission.objects.count() == 0


def test_part_marked_complete_that_an_amendment_made_too_long_stops_the_handing_in(bidding):
    bid = bidding.bid(hand_in=False)
    version = ModelVersion.objects.get(exercise=bidding.exercise)
    shorter = version.model_text.replace('"word_limit":500', '"word_limit":5')
    assert shorter != version.model_text
    ModelVersion.objects.create(
        exercise=bidding.exercise,
        number=2,
        model_text=shorter,
        reason="Shorter answers.",
        tenders_due_at=version.tenders_due_at,
        made_at=version.made_at,
        made_by=version.made_by,
    )
    assert bidding.part(bid, "answer").status == "Look again"
    with pytest.raises(WrongState, match="Planning of visits"):
        submit(bidding, bid)


def test_envelopes_of_participation_quality_and_price_are_apart(bidding):
    bid = bidding.bid()
    kinds = Envelope.objects.filter(submission__bid=bid).order_by("lot_number", "kind")
    assert list(kinds.values_list("lot_number", "kind")) == [
        (0, EnvelopeKind.PARTICIPATION),
        (1, EnvelopeKind.PRICE),
        (1, EnvelopeKind.QUALITY),
    ]
    contents = sealed_rows.read_submission(BidSubmission.objects.get())
    assert "248000" in str(contents[1, EnvelopeKind.PRICE])
    assert "248000" not in str(contents[1, EnvelopeKind.QUALITY])


def test_handing_in_again_counts_up_and_changes_the_hash(bidding):
    bid = bidding.bid()
    first = BidSubmission.objects.get()
    second = submit(bidding, bid)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert queries.standing_submission(bidding.actor("sam"), bid) == second


def test_withdrawn_bid_does_not_let_an_earlier_one_come_back(bidding):
    bid = bidding.bid()
    submit(bidding, bid)
    row = actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)
    assert (row.number, row.withdrawn_by) == (2, bidding.people.users["sam"])
    assert queries.standing_submission(bidding.actor("sam"), bid) is None
    with pytest.raises(WrongState, match="Nothing is handed in"):
        actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)


def test_receipt_goes_to_the_signatories_of_the_bidder_alone(
    bidding, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bid = bidding.bid()
    row = BidSubmission.objects.get()
    (sent,) = mail.outbox
    assert sent.recipients() == [bidding.people.users["sam"].email]
    assert sent.subject == f"Receipt for your bid {bid.reference}"
    assert (row.sha256 in sent.body, f"{row.submitted_at:%H:%M:%S} (" in sent.body) == (True, True)
    assert ("248000" in sent.body, "Each visit" in sent.body) == (False, False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid)
    assert mail.outbox[1].subject == f"Your bid {bid.reference} was withdrawn"
    assert mail.outbox[1].recipients() == [bidding.people.users["sam"].email]


def test_evidence_is_frozen_when_it_is_handed_in(bidding, bid):
    item = add_evidence_link(
        actor=bidding.actor("sam"), title="Policy", url="https://www.example.org/"
    )
    bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    content = held.content | {"evidence": [item.reference]}
    bidding.save(bid, held, content=content, is_complete=True)
    item.refresh_from_db()
    assert item.frozen_at is None
    submit(bidding, bid)
    item.refresh_from_db()
    assert item.frozen_at is not None


@pytest.mark.parametrize(("seconds", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_deadline_holds_to_the_second(bidding, bid, seconds, is_taken):
    bidding.bid(hand_in=False)
    with bidding.after_deadline(seconds):
        if is_taken:
            assert submit(bidding, bid).number == 1
        else:
            with pytest.raises(WrongState, match="The deadline for tenders has passed"):
                submit(bidding, bid)
    assert BidSubmission.objects.exists() is is_taken


DEEDS = {
    "start": lambda bidding, bid: actions.start_bid(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        lots=[1],
    ),
    "order": lambda bidding, bid: actions.prefer_lots(
        actor=bidding.actor("sam"), bid=bid, order=[1]
    ),
    "save": lambda bidding, bid: bidding.save(bid, bidding.part(bid, "answer")),
    "withdraw": lambda bidding, bid: actions.withdraw_bid(actor=bidding.actor("sam"), bid=bid),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_of_a_bid_changes_after_the_deadline(bidding, deed):
    bid = bidding.bid()
    with bidding.after_deadline(), pytest.raises(WrongState, match="The deadline"):
        DEEDS[deed](bidding, bid)


def test_deadline_that_an_amendment_moved_counts(bidding, bid):
    bidding.bid(hand_in=False)
    version = ModelVersion.objects.get(exercise=bidding.exercise)
    ModelVersion.objects.create(
        exercise=bidding.exercise,
        number=2,
        model_text=version.model_text,
        reason="More time.",
        tenders_due_at=version.tenders_due_at + timedelta(days=1),
        made_at=version.made_at,
        made_by=version.made_by,
    )
    with bidding.after_deadline():
        assert submit(bidding, bid).version.number == 2


@pytest.mark.parametrize("table", ["commissioning_bidsubmission", "commissioning_envelope"])
def test_what_was_handed_in_cannot_be_deleted_or_changed(bidding, table):
    bidding.bid()
    model = {"commissioning_bidsubmission": BidSubmission, "commissioning_envelope": Envelope}[
        table
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(sha256="0" * 64)


def test_lots_that_are_left_out_keep_what_was_written(bidding, bid):
    held = bidding.part(bid, "answer")
    bidding.save(bid, held, content={"text": "Kept", "evidence": []})
    Bid.objects.filter(pk=bid.pk).update(lots=[])
    bid.refresh_from_db()
    assert [row.part.lot_number for row in queries.draft(bidding.actor("sam"), bid)[1]] == [0, 0]
    assert BidDraftPart.objects.filter(bid=bid).count() == 1


def test_system_writes_no_bid(bidding, bid):
    with pytest.raises(Refused), time_machine.travel(bid.created_at):
        actions.submit_bid(actor=Actor.system("worker"), bid=bid)
