"""The attack: content that no form lets through, sealed into an envelope all the same.

Each kind of it sets its own envelope aside, with the reason and its bytes, and stops no other.
"""

import json
from copy import deepcopy
from functools import cache

import pytest

from django.db import OperationalError
from django.urls import reverse

from accounts.access import WrongState
from commissioning import actions, demonstration, followers, queries, sealed_rows, sealing
from commissioning.actions import bid_openings
from commissioning.enums import EnvelopeKind, ExerciseState, SealKind
from commissioning.inputs import published_model
from commissioning.models import (
    BidAnswer,
    BidCommitment,
    BidLot,
    BidParticipation,
    BidPrice,
    BidSubmission,
    Envelope,
    OpeningKey,
    SetAsideEnvelope,
)
from tests.commissioning.actions.test_bid_openings import open_both
from tests.commissioning.conftest import once_for_a_module
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db
ROWS = {
    EnvelopeKind.PARTICIPATION: BidParticipation,
    EnvelopeKind.QUALITY: BidAnswer,
    EnvelopeKind.PRICE: BidPrice,
}


@pytest.fixture(scope="module")
def bidding(django_db_setup, django_db_blocker):
    """An exercise whose social value is counted in pounds, so that bids hold commitments."""
    with once_for_a_module(django_db_blocker, in_pounds=True) as found:
        yield found


# Stretching a passphrase takes half a second: the same four keys are asked for in every test.
unlocked_once = cache(sealing.unlock)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No floor above goes on with the opening, or holds prices back."""
    monkeypatch.setattr(followers, "_OPENED", [])
    monkeypatch.setattr(followers, "_HOLDING_PRICES", [])
    monkeypatch.setattr(sealing, "unlock", unlocked_once)


def put(place, value):
    """A change of sound content: ``value`` in the place, whose last step names it."""

    def change(content):
        at = content
        for step in place[:-1]:
            at = at[_key(at, step)]
        at[_key(at, place[-1])] = value
        return content

    return change


def drop(*place):
    def change(content):
        at = content
        for step in place[:-1]:
            at = at[_key(at, step)]
        del at[_key(at, place[-1])]
        return content

    return change


def _key(at, step):
    """``FIRST`` stands for whatever key is there first: keys of criteria are random."""
    return next(iter(at)) if step == FIRST else step


FIRST = object()
TEXTS = {
    "null": "a\0b",
    "half a character": "a\ud800b",
    "ten megabytes": "x" * 10_000_000,
    "number": 7,
    "nothing": None,
    "list": ["a"],
    "mapping": {},
}
NUMBERS = [
    "1e400", "1e-400", "1e5", "NaN", "Infinity", "-1", "0x1", "１２３", "1_000", "9" * 400,
    "0." + "1" * 30, "248,50", "1" * 5000, 12, 12.5, 1e300, True, None, [], {}, "1\0", "\ud800",
]  # fmt: skip
WHOLES = {"list": [], "text": "words", "number": 1, "nothing": None, "truth": True}

PARTICIPATION = {
    "lots of others": put(["lots"], [1, 2]),
    "lots no list": put(["lots"], 1),
    "lots as texts": put(["lots"], ["1"]),
    "lots as truths": put(["lots"], [True]),
    "lot twice": put(["lots"], [1, 1]),
    "huge lot": put(["lots"], [10**40]),
    "preference for another lot": put(["preferences"], [10**30]),
    "preferences no list": put(["preferences"], {}),
    "no lots": drop("lots"),
    "no grounds": drop("grounds"),
    "no conditions": drop("conditions"),
    "something more": put(["more"], 1),
    "grounds a list": put(["grounds"], []),
    "share code that is none": put(["grounds", "share_code"], "x" * 60 + "!"),
    "share code too long": put(["grounds", "share_code"], "x" * 100),
    "unknown ground": put(["grounds", "answers", "unknown"], "no"),
    "ground neither yes nor no": put(["grounds", "answers", FIRST], "maybe"),
    "ground of another type": put(["grounds", "answers", FIRST], ["yes"]),
    "unknown condition": put(["conditions", "unknown"], {"met": True, "words": "x"}),
    "condition missing": drop("conditions", FIRST),
    "condition a text": put(["conditions", FIRST], "yes"),
    "condition neither yes nor no": put(["conditions", FIRST, "met"], "yes"),
    "condition without words": drop("conditions", FIRST, "words"),
} | {f"words: {name}": put(["conditions", FIRST, "words"], text) for name, text in TEXTS.items()}

QUALITY = (
    {
        "no answers": drop("answers"),
        "no commitments": drop("commitments"),
        "answers a list": put(["answers"], []),
        "commitments a list": put(["commitments"], []),
        "answer missing": drop("answers", FIRST),
        "unknown criterion": put(["answers", "unknown"], {"text": "x"}),
        "answer a text": put(["answers", FIRST], "x"),
        "answer without text": drop("answers", FIRST, "text"),
        "evidence no list": put(["answers", FIRST, "evidence"], "EV-2345678"),
        "evidence of others": put(["answers", FIRST, "evidence"], ["EV-2222222"]),
        "evidence too long": put(["answers", FIRST, "evidence"], ["E" * 400]),
        "evidence of another type": put(["answers", FIRST, "evidence"], [{}]),
        "evidence twice": put(["answers", FIRST, "evidence"], ["EV-2222222"] * 2),
        "evidence without end": put(["answers", FIRST, "evidence"], ["EV-2222222"] * 5000),
        "commitments to an unknown criterion": put(["commitments", "unknown"], {}),
        "commitments missing": drop("commitments", FIRST),
        "unknown measure": put(["commitments", FIRST, "ZZ99"], {"quantity": "1", "note": ""}),
        "commitment a text": put(["commitments", FIRST, FIRST], "12"),
        "quantity missing": drop("commitments", FIRST, FIRST, "quantity"),
        "note no text": put(["commitments", FIRST, FIRST, "note"], 1),
        "note with a null": put(["commitments", FIRST, FIRST, "note"], "\0"),
    }
    | {f"answer: {name}": put(["answers", FIRST, "text"], text) for name, text in TEXTS.items()}
    | {
        f"quantity: {str(number)[:12]!r} {at}": put(
            ["commitments", FIRST, FIRST, "quantity"], number
        )
        for at, number in enumerate(NUMBERS)
    }
)

PRICE = (
    {
        "no prices": drop("prices"),
        "prices a list": put(["prices"], []),
        "price missing": drop("prices", FIRST),
        "price of an unknown criterion": put(["prices", "unknown"], {"amount_gbp": "1"}),
        "price a text": put(["prices", FIRST], "248000"),
        "amount missing": drop("prices", FIRST, "amount_gbp"),
        "amount empty": put(["prices", FIRST, "amount_gbp"], ""),
        "amount nought": put(["prices", FIRST, "amount_gbp"], "0"),
        "thirds of a penny": put(["prices", FIRST, "amount_gbp"], "1.333"),
        "note with a null": put(["prices", FIRST, "note"], "\0"),
    }
    | {f"note: {name}": put(["prices", FIRST, "note"], text) for name, text in TEXTS.items()}
    | {
        f"amount: {str(number)[:12]!r} {at}": put(["prices", FIRST, "amount_gbp"], number)
        for at, number in enumerate(NUMBERS)
    }
)
RAW = {
    "no JSON": b"these are words",
    "empty": b"",
    "no UTF-8": b"\xff\xfe{}",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep mappings": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "NaN": b'{"prices": NaN}',
    "huge number": b'{"prices": 1e400}',
    "endless number": b'{"prices": ' + b"9" * 100_000 + b"}",
    "name twice": b'{"prices": {}, "prices": {}}',
    "cut off": b'{"prices": {"a',
} | {f"whole: {name}": json.dumps(value).encode() for name, value in WHOLES.items()}
CASES = [
    *((EnvelopeKind.PARTICIPATION, name, change) for name, change in (PARTICIPATION | RAW).items()),
    *((EnvelopeKind.QUALITY, name, change) for name, change in (QUALITY | RAW).items()),
    *((EnvelopeKind.PRICE, name, change) for name, change in (PRICE | RAW).items()),
]


def smuggle(bidding, kind: EnvelopeKind, change) -> BidSubmission:
    """Hand in a bid whose envelope of this kind holds something else: sealed as the service seals,
    with the right keys, past every form and check.
    """
    bid = bidding.bid(0, hand_in=False)
    sound = actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
    contents = deepcopy(sealed_rows.read_submission(sound))
    second = BidSubmission.objects.create(
        bid=bid,
        number=2,
        version=sound.version,
        lots=sound.lots,
        sha256="1" * 64,
        submitted_at=sound.submitted_at,
        submitted_by=sound.submitted_by,
    )
    keys = {
        row.kind: bytes(row.public_key)
        for row in OpeningKey.objects.filter(exercise=bid.exercise, is_rehearsal=False)
    }
    for (lot, name), content in contents.items():
        plain = sealed_rows.as_bytes(content)
        if name == kind:
            plain = change if isinstance(change, bytes) else json.dumps(change(content)).encode()
        sealed = sealing.seal_envelope(
            plain,
            sealed_rows.envelope_context(bid, 2, lot, name),
            bidder_key=sealed_rows.bidder_key(bid),
            opening_public_key=keys["price" if name == EnvelopeKind.PRICE else "quality"],
        )
        Envelope.objects.create(
            submission=second,
            lot_number=lot,
            kind=name,
            sealed=sealed.ciphertext,
            key_for_bidder=sealed.wrapped_for_bidder,
            key_for_opening=sealed.sealed_for_opening,
            sha256=sealed.sha256,
        )
    return second


def open_all(bidding):
    with bidding.after_deadline():
        open_both(bidding)
        open_both(bidding, SealKind.PRICE)
    bidding.exercise.refresh_from_db()


def rows_of(submission: BidSubmission) -> dict[str, int]:
    """How many rows of each kind were written of a bid."""
    return {
        kind: model.objects.filter(bid_lot__submission=submission).count()
        for kind, model in ROWS.items()
    }


@pytest.mark.parametrize(
    ("kind", "change"),
    [(kind, change) for kind, _, change in CASES],
    ids=[f"{kind.value}: {name}" for kind, name, _ in CASES],
)
def test_bad_content_sets_its_own_envelope_aside_and_stops_nothing_else(bidding, kind, change):
    bad = smuggle(bidding, kind, change)
    bidding.bid(1)
    good = BidSubmission.objects.exclude(bid=bad.bid).get()
    open_all(bidding)
    assert bidding.exercise.state == ExerciseState.PRICES_OPENED
    assert rows_of(good) == {"participation": 1, "quality": 3, "price": 1}
    assert rows_of(bad) == {"participation": 1, "quality": 3, "price": 1} | {kind.value: 0}
    assert BidLot.objects.filter(submission=bad).count() == 1
    row = SetAsideEnvelope.objects.get()
    lot = 0 if kind == EnvelopeKind.PARTICIPATION else 1
    assert (row.submission, row.kind, row.lot_number) == (bad, kind, lot)
    assert row.cause == "unfit" and row.reason.endswith(".")
    assert bytes(row.content) == kept_of(bad, row)
    assert bad.envelopes.get(kind=kind).opened_at == row.at


def kept_of(submission, row) -> bytes:
    """What the bidder's own key reads in the envelope: the sealed bytes are as they were."""
    envelope = submission.envelopes.get(kind=row.kind, lot_number=row.lot_number)
    return sealing.read_as_bidder(
        sealed_rows.as_sealed(envelope),
        sealed_rows.envelope_context(submission.bid, submission.number, row.lot_number, row.kind),
        bidder_key=sealed_rows.bidder_key(submission.bid),
    )


def test_commitments_of_a_set_aside_envelope_leave_no_rows(bidding):
    """Answers were written before the quantity was looked at: all of it is rolled back."""
    bad = smuggle(bidding, EnvelopeKind.QUALITY, QUALITY["evidence of others"])
    open_all(bidding)
    assert not BidAnswer.objects.filter(bid_lot__submission=bad).exists()
    assert not BidCommitment.objects.filter(bid_lot__submission=bad).exists()


@pytest.mark.parametrize("error", [ValueError("x"), TypeError("x"), KeyError("x")])
def test_whatever_else_goes_wrong_with_an_envelope_sets_that_one_aside(bidding, monkeypatch, error):
    """As if a check were missing: the rows of the first bid cannot be written."""
    bidding.bid(0)
    bidding.bid(1)
    first = BidSubmission.objects.order_by("pk").first()
    sound = bid_openings.write_opened

    def failing(submission, *given):
        sound(submission, *given)
        if submission == first:
            raise error

    monkeypatch.setattr(bid_openings, "write_opened", failing)
    with bidding.after_deadline():
        last = open_both(bidding)
    assert set(rows_of(first).values()) == {0}
    assert BidAnswer.objects.count() == 3
    assert last.envelopes_opened == 2
    assert set(SetAsideEnvelope.objects.values_list("reason", flat=True)) == {
        "The service could not take in what it holds."
    }


def test_database_that_does_not_answer_opens_nothing_and_can_be_tried_again(bidding, monkeypatch):
    bidding.bid(0)

    def failing(*given):
        raise OperationalError("The server closed the connection.")

    with monkeypatch.context() as patched, bidding.after_deadline():
        patched.setattr(bid_openings, "write_opened", failing)
        with pytest.raises(OperationalError):
            open_both(bidding)
    assert (SetAsideEnvelope.objects.count(), BidLot.objects.count()) == (0, 0)
    with bidding.after_deadline():
        actions.act_as_opener(
            actor=bidding.actor("carl"),
            opening_key=bidding.exercise.opening_keys.get(kind="quality", is_rehearsal=False),
            secret=demonstration.PASSPHRASE,
        )
    assert BidAnswer.objects.count() == 3


@pytest.mark.parametrize("typed", ["1e400", "1e-400", "NaN", "１２３", "1_000", "248,50"])
def test_original_attack_through_the_form_is_refused_with_a_message(bidding, client, typed):
    bid = bidding.bid(0, hand_in=False)
    begin_session(client, bidding.people.users["sam"])
    held = bidding.part(bid, "price")
    url = reverse("commissioning:bid-part", args=[bid.reference, 1, held.part.name])
    given = {"amount_gbp": typed, "version": held.revision, "seen_version": 1, "complete": "1"}
    page = client.post(url, given)
    assert "The price must be an amount in pounds and pence" in page.content.decode()
    after = bidding.part(bid, "price")
    assert not after.is_complete
    with pytest.raises(WrongState):
        actions.submit_bid(actor=bidding.actor("sam"), bid=bid)


@pytest.mark.parametrize("typed", ["1e400", "1e-400", "１２"])
def test_draft_that_was_saved_with_such_a_number_before_is_not_handed_in(bidding, typed):
    """A draft of an earlier version of this service, marked as complete when that was let pass."""
    bid = bidding.bid(0, hand_in=False)
    held = bidding.part(bid, "price")
    sealed = sealed_rows.sealed_draft(bid, 1, held.part.name, {"amount_gbp": typed, "note": ""})
    bid.draft_parts.filter(lot_number=1, part=held.part.name).update(sealed=sealed)
    with pytest.raises(WrongState, match="Complete these parts first"):
        actions.submit_bid(actor=bidding.actor("sam"), bid=bid)


def test_what_the_service_seals_itself_always_passes_its_own_check(bidding):
    bidding.bid(0)
    bidding.bid(1)
    open_all(bidding)
    assert not SetAsideEnvelope.objects.exists()


def test_bidder_and_the_cleared_lead_read_what_was_set_aside_and_nobody_else(bidding, client):
    bad = smuggle(bidding, EnvelopeKind.PRICE, PRICE["amount: '1e400' 0"])
    bidding.bid(1)
    open_all(bidding)
    demonstration.declare_about_bidders(bidding.people, bidding.exercise)
    reason = SetAsideEnvelope.objects.get().reason
    assert "1e400" in reason
    own = reverse("commissioning:bid-detail", args=[bad.bid.reference])
    openers = reverse("commissioning:exercise-openers", args=[bidding.exercise.reference])
    for name, url in (("sam", own), ("priya", openers)):
        begin_session(client, bidding.people.users[name])
        assert "1e400" in client.get(url).content.decode()
    for name in ("hana", "adam", "mei", "olive", "oscar"):
        seen = SetAsideEnvelope.objects.visible_to(bidding.actor(name))
        assert not seen.exists(), name


def test_member_who_is_not_clear_of_every_bidder_reads_nothing_of_it(bidding, client):
    smuggle(bidding, EnvelopeKind.PRICE, PRICE["amount: '1e400' 0"])
    open_all(bidding)
    assert not SetAsideEnvelope.objects.visible_to(bidding.actor("priya")).exists()
    begin_session(client, bidding.people.users["priya"])
    openers = reverse("commissioning:exercise-openers", args=[bidding.exercise.reference])
    assert "Set aside" not in client.get(openers).content.decode()


def test_bidder_is_told_where_it_cannot_read_what_it_handed_in(bidding, client):
    bad = smuggle(bidding, EnvelopeKind.QUALITY, QUALITY["answers a list"])
    begin_session(client, bidding.people.users["sam"])
    page = client.get(reverse("commissioning:bid-read", args=[bad.bid.reference, 2]))
    assert page.status_code == 409
    assert "cannot be read here" in page.content.decode()
    assert client.get(reverse("commissioning:bid-list")).status_code == 200
    assert queries.answers_to_reuse(bidding.actor("sam"), bad.bid) == []


def test_check_at_the_handing_in_refuses_what_would_be_set_aside(bidding, monkeypatch):
    """A part that the form once let through is not sealed any more."""
    bid = bidding.bid(0, hand_in=False)
    sound = sealed_rows.envelope_contents

    def spoilt(*given):
        contents = sound(*given)
        contents[1, EnvelopeKind.QUALITY]["answers"]["unknown"] = {"text": "x"}
        return contents

    monkeypatch.setattr(sealed_rows, "envelope_contents", spoilt)
    with pytest.raises(WrongState, match="cannot be handed in as it is"):
        actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
    assert not BidSubmission.objects.exists()


def test_answers_are_checked_by_the_version_under_which_they_were_handed_in(bidding):
    """What an amendment added is asked of no bid that was handed in before."""
    bidding.bid(0)
    submission = BidSubmission.objects.get()
    model = published_model(submission.version)
    assert set(sealed_rows.read_submission(submission)) == {
        (0, "participation"),
        *((lot.number, kind) for lot in model.lots for kind in ("quality", "price")),
    }
