"""Nothing of the commissioner's side, of operators or of auditors tells whether anybody bids.

The same world is made twice in one database: what there is before anybody bids, and with four
providers who draft and hand in. Every page is read in both, byte for byte, with its statements.
"""

import re
from datetime import timedelta

import pytest
import time_machine

from django.apps import apps
from django.core import mail
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts import kept
from accounts.access import Actor
from commissioning import actions
from commissioning.models import (
    Bid,
    BidDraftPart,
    BidPartHolder,
    BidSubmission,
    Envelope,
)
from tests.architecture.test_signatures import PATTERNS
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

# Lead, evaluator, chair, approver and administrator of the buyer, the lead of another body, an
# auditor of everything that the buyer does, and the operator.
WATCHERS = ("priya", "evan", "carl", "anna", "adam", "mei", "oscar", "olive")
SEALED = (Bid, BidDraftPart, BidPartHolder, BidSubmission, Envelope)
MARKER = "Marmalade"
PRICE = "731313"
# What a page draws anew for each request.
DRAWN = re.compile(r'name="(csrfmiddlewaretoken|kept_for)" value="[^"]*"')
# What differs in statements by the browser's session, whoever bids.
SESSION = re.compile(r"django_session|usersessions_")
# Values, and the names that Django counts up for savepoints and, on PostgreSQL, for cursors.
VARYING = re.compile(r"""'[^']*'|SAVEPOINT .*|_django_curs_\w+""")


def signed_in(bidding) -> dict[str, Client]:
    """A client for each person who must not be able to tell, signed in by the clock as it is."""
    found = {}
    for name in WATCHERS:
        found[name] = Client()
        begin_session(found[name], bidding.people.users[name])
    return found


def addresses(exercise) -> list[str]:
    """Every address without arguments, and every one about the exercise or its procurement."""
    key, reference = exercise.opening_keys.first().pk, exercise.reference
    choices = [[reference], [reference, "quality"], [reference, key], [reference, "general"]]
    choices += [[exercise.procurement.reference]]
    found = set()
    for name, _ in PATTERNS:
        if name == "account_logout":
            continue
        for arguments in ([], *choices):
            try:
                path = reverse(name, args=arguments)
            except NoReverseMatch:
                continue
            if not arguments or path.startswith(("/exercises/", "/procurements/")):
                found.add(path)
    return sorted(found)


def looked_at(browser, path: str) -> tuple:
    """Status, where it leads, the bytes without what is drawn anew, and the statements."""
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
    content = b"".join(answer) if answer.streaming else answer.content
    statements = [
        VARYING.sub("?", row["sql"]) for row in captured if not SESSION.search(row["sql"])
    ]
    text = DRAWN.sub("", content.decode("utf-8", "replace"))
    return answer.status_code, answer.get("Location", ""), text, statements


def everything(watchers, exercise) -> dict:
    """What all of them get at every address. What a reading leaves in the trail is taken back."""
    point = transaction.savepoint()
    found = {
        (name, path): looked_at(browser, path)
        for name, browser in watchers.items()
        for path in addresses(exercise)
    }
    transaction.savepoint_rollback(point)
    return found


def bid_with_all(bidding) -> None:
    """Four bids: two handed in, one handed in and withdrawn, one a draft with a holder."""
    for number in range(4):
        bid = bidding.bid(number, hand_in=number < 3)
        signatory = ("sam", "hana", "nina", "otto")[number]
        if number == 2:
            actions.withdraw_bid(actor=bidding.actor(signatory), bid=bid)
        held = bidding.part(bid, "answer", signatory)
        actions.hold_part(
            actor=bidding.actor(signatory),
            bid=bid,
            lot_number=held.part.lot_number,
            name=held.part.name,
            user=bidding.people.users[signatory],
        )


def test_pages_of_an_exercise_are_among_those_that_are_read(bidding):
    paths = addresses(bidding.exercise)
    own = [path for path in paths if bidding.exercise.reference in path]
    assert (len(own) > 20, len(paths) > 60, len(get_resolver().url_patterns) > 0) == (True,) * 3


def differences(bidding) -> list:
    """The pages that are not the same before and after four providers bid, at one moment."""
    watchers = signed_in(bidding)
    for browser in watchers.values():
        browser.get("/")
    before = everything(watchers, bidding.exercise)
    with time_machine.travel(bidding.exercise.published_at + timedelta(seconds=1), tick=False):
        bid_with_all(bidding)
    after = everything(watchers, bidding.exercise)
    assert {answer[0] for answer in before.values()} >= {200, 302, 403, 404}
    return [key for key in before if before[key] != after[key]]


def test_no_page_and_no_statement_tells_before_the_deadline_whether_anybody_bids(bidding):
    with time_machine.travel(timezone.now(), tick=False):
        assert differences(bidding) == []


def test_no_page_and_no_statement_tells_after_the_deadline_until_two_opened(bidding):
    with bidding.after_deadline():
        assert differences(bidding) == []


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model.__name__)
def test_nobody_but_the_bidder_sees_rows_of_a_bid(bidding, model):
    bid_with_all(bidding)
    others = [bidding.actor(name) for name in (*WATCHERS, "edith", "elena", "tom", "ruth")]
    others += [Actor(), Actor.system("worker")]
    assert model.objects.exists()
    assert [list(model.objects.visible_to(viewer)) for viewer in others] == [[]] * len(others)


@pytest.mark.parametrize(("name", "other"), [("sam", "hana"), ("hana", "sam")])
def test_bidder_sees_its_own_bid_alone(bidding, name, other):
    bid_with_all(bidding)
    own, theirs = (
        set(Bid.objects.visible_to(bidding.actor(one)).values_list("pk", flat=True))
        for one in (name, other)
    )
    assert (len(own), len(theirs), own & theirs) == (1, 1, set())


def test_no_mail_about_a_bid_goes_to_anybody_but_its_signatories(
    bidding, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bid_with_all(bidding)
    addressed = sorted({address for one in mail.outbox for address in one.recipients()})
    signatories = sorted(bidding.people.users[name].email for name in ("sam", "hana", "nina"))
    assert addressed == signatories
    assert {len(one.recipients()) for one in mail.outbox} == {1}


def test_trail_of_others_holds_nothing_of_a_bid(bidding):
    trail = apps.get_model("accounts.AuditEvent")
    bid_with_all(bidding)
    assert trail.objects.filter(verb="bid.submitted").count() == 3
    for name in WATCHERS:
        seen = trail.objects.visible_to(bidding.actor(name))
        assert seen.filter(verb__startswith="bid.").count() == 0
        assert seen.filter(organisation__acts_as_provider=True).count() == 0


def test_trail_of_the_exercise_names_no_bidder(bidding):
    """By subject and by case: whoever reads the trail of an exercise reads who bids nowhere."""
    trail = apps.get_model("accounts.AuditEvent")
    bid_with_all(bidding)
    actions.ask_question(
        actor=bidding.actor("sam"),
        exercise=bidding.exercise,
        provider=bidding.provider("firm"),
        question="May visits be made in the evening?",
    )
    reference = bidding.exercise.reference
    of_exercise = trail.objects.filter(case_reference=reference) | trail.objects.filter(
        subject_reference=reference
    )
    assert of_exercise.filter(organisation__acts_as_provider=True).count() == 0
    assert of_exercise.count() > 0


def test_asked_question_is_the_same_whoever_asks(bidding):
    """What the buyer reads of a question is its words and date, never who asked."""
    seen, browser = [], signed_in(bidding)["priya"]
    with time_machine.travel(timezone.now() + timedelta(seconds=1), tick=False):
        for name, key in (("sam", "firm"), ("hana", "charity")):
            row = actions.ask_question(
                actor=bidding.actor(name),
                exercise=bidding.exercise,
                provider=bidding.provider(key),
                question="May visits be made in the evening?",
            )
            path = reverse(
                "commissioning:exercise-clarifications", args=[bidding.exercise.reference]
            )
            seen.append(looked_at(browser, path)[2])
            row.delete()
    assert seen[0] == seen[1]
    assert "May visits be made in the evening?" in seen[0]


def dump() -> dict[str, str]:
    """Every text and every blob of every table, as the database has it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells = []
            for row in cursor.fetchall():
                cells += [
                    bytes(cell).decode("latin-1")
                    if isinstance(cell, bytes | memoryview)
                    else str(cell)
                    for cell in row
                ]
            found[table] = "\n".join(cells)
    return found


def test_no_word_and_no_price_of_a_bid_is_in_the_clear_in_any_table(bidding):
    bid = bidding.bid(hand_in=False)
    for kind, content in (
        ("answer", {"text": f"{MARKER} every morning", "evidence": []}),
        ("price", {"amount_gbp": PRICE, "note": MARKER}),
        ("condition", {"met": True, "words": MARKER}),
    ):
        held = bidding.part(bid, kind)
        bidding.save(bid, held, content=content, is_complete=True)
    actions.submit_bid(actor=bidding.actor("sam"), bid=bid)
    tables = dump()
    assert "commissioning_envelope" in tables
    assert [name for name, text in tables.items() if MARKER in text or PRICE in text] == []


def test_what_a_bidder_typed_into_an_ended_session_is_not_in_the_clear(bidding, client):
    bid = bidding.bid(hand_in=False)
    held = bidding.part(bid, "answer")
    path = reverse(
        "commissioning:bid-part", args=[bid.reference, held.part.lot_number, held.part.name]
    )
    answer = client.post(
        path, {kept.FIELD: kept.token_for(bidding.people.users["sam"], "a session"), "text": MARKER}
    )
    assert answer.status_code == 302
    assert [name for name, text in dump().items() if MARKER in text] == []
    begin_session(client, bidding.people.users["sam"])
    assert client.get(path).context["form"].initial["text"] == MARKER
