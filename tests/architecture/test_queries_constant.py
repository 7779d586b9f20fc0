"""Every list asks the database the same number of questions for one row as for three."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from django.urls import reverse
from django.utils import timezone

from accounts import actions as people_actions
from accounts.access import Actor
from accounts.models import Organisation
from commissioning import actions as commissioning
from commissioning import queries
from commissioning.enums import EngagementScope
from commissioning.models import Bid, BidLot, BidSubmission, Exercise, OrganisationMatch
from principles.models import Edition, ValueSet
from providers.actions import add_evidence_link
from providers.models import Provider
from scorecards import actions as judgement
from scorecards.demonstration import publish_default_policy
from scorecards.enums import AwardDocumentKind
from scorecards.models import AssurancePolicy, AwardDocument
from tests.commissioning.design_samples import an_exercise, published
from tests.commissioning.samples import (
    a_contract,
    a_package,
    a_release,
    a_request,
    an_edition,
    confirmed,
)
from tests.personas import People

pytestmark = pytest.mark.django_db

LATER = timezone.localdate() + timedelta(days=30)


def actor(people: People, name: str) -> Actor:
    return Actor.of(people.users[name])


def add_person(people: People, number: int) -> None:
    """One more colleague in the council, and one more invitation."""
    invitation = people_actions.invite_person(
        actor=actor(people, "adam"),
        organisation=people.organisations["council"],
        email=f"colleague{number}@council.example",
        full_name=f"Colleague {number}",
        roles=["evaluator", "approver"],
    )
    people_actions.accept_invitation(
        actor=Actor(), invitation=invitation, full_name=f"Colleague {number}", password="pass"
    )
    people_actions.invite_person(
        actor=actor(people, "adam"),
        organisation=people.organisations["council"],
        email=f"newcomer{number}@council.example",
        full_name=f"Newcomer {number}",
        roles=["evaluator"],
    )


def add_organisation(people: People, number: int) -> None:
    people_actions.create_organisation(
        actor=actor(people, "olive"), name=f"Council {number}", acts_as_commissioner=True
    )


def add_edition(people: People, number: int) -> None:
    an_edition(f"framework-{number}")


def add_value_set(people: People, number: int) -> None:
    edition = Edition.objects.first() or an_edition()
    ValueSet.objects.create(
        owner=people.organisations["council"],
        title=f"Set {number}",
        edition=edition,
        label=str(number),
        licence="Ours.",
        in_force_from=timezone.localdate(),
        content_sha256=str(number) * 64,
        gross_of_deadweight=False,
        is_illustrative=False,
        published_at=timezone.now(),
    )


def add_request(people: People, number: int):
    """One more contract of the council with the firm, which was asked for a self-assessment."""
    contract = a_contract(people, title=f"Contract {number}")
    return a_request(people, contract)


def add_evidence(people: People, number: int) -> None:
    add_evidence_link(
        actor=actor(people, "sam"), title=f"Link {number}", url=f"https://www.example.org/{number}"
    )


def add_import(people: People, number: int) -> None:
    """One more import of the council's own notice, and one more file that waits."""
    priya, council = actor(people, "priya"), people.organisations["council"]
    for at, waits in ((number, False), (number + 100, True)):
        release = a_release(ocid=f"ocds-b5fd17-{at}", release_id=f"r{at}")
        release["buyer"]["name"] = release["parties"][0]["name"] = council.name
        upload = commissioning.stage_notices(
            actor=priya, file_name=f"{at}.json", content=a_package(release)
        )
        if not waits:
            confirmed(priya, upload)


def add_interest(people: People, number: int) -> None:
    contract = a_contract(people, title=f"Contract {number}")
    commissioning.declare_interest(
        actor=actor(people, "evan"),
        contract=contract,
        provider=contract.parties.get().provider,
        has_interest=True,
        description="My sister works there.",
    )


def add_exercise(people: People, number: int) -> None:
    an_exercise(people, title=f"Procurement {number}")


def add_exercise_with_team(people: People, number: int) -> None:
    """One more procurement, in which its evaluator and its approver have interests to declare."""
    exercise = an_exercise(people, title=f"Procurement {number}")
    for name, duty in (("evan", "evaluator"), ("anna", "approver")):
        commissioning.name_member(
            actor=actor(people, "priya"), exercise=exercise, user=people.users[name], duty=duty
        )


def add_opportunity(people: People, number: int) -> Exercise:
    """One more procurement that is open to every provider; Sam's firm is invited to it as well."""
    exercise = published(people)
    commissioning.invite_provider(
        actor=actor(people, "priya"), exercise=exercise, provider=the_firm(people)
    )
    return exercise


def the_firm(people: People) -> Provider:
    return Provider.objects.get_or_create(organisation=people.organisations["firm"])[0]


def add_draft(people: People, number: int) -> Bid:
    """One more opportunity, for which Sam has begun a bid."""
    exercise = add_opportunity(people, number)
    return commissioning.start_bid(
        actor=actor(people, "sam"), exercise=exercise, provider=the_firm(people), lots=[1]
    )


def add_bids(people: People, number: int) -> BidSubmission:
    """One more bid that is being written, and one that is handed in."""
    add_draft(people, number)
    sam, bid = actor(people, "sam"), add_draft(people, number + 100)
    contents = {
        "grounds": {"share_code": f"SHARE{number}"},
        "answer": {"text": "A rota with names.", "evidence": []},
        "price": {"amount_gbp": "240000", "note": ""},
    }
    for held in queries.draft(sam, bid)[1]:
        commissioning.save_draft_part(
            actor=sam,
            bid=bid,
            lot_number=held.part.lot_number,
            name=held.part.name,
            content=contents[held.part.kind],
            is_complete=True,
            seen_revision=held.revision,
        )
    return commissioning.submit_bid(actor=sam, bid=bid)


def add_letter(people: People, number: int) -> None:
    """One more bid of Sam's firm that was opened, with the summary that was released about it."""
    submission, now = add_bids(people, number), timezone.now()
    bid_lot = BidLot.objects.create(
        exercise=submission.bid.exercise,
        lot_number=1,
        submission=submission,
        provider=submission.bid.provider,
        label="Bid A",
        opened_at=now,
    )
    AwardDocument.objects.create(
        exercise=bid_lot.exercise,
        lot_number=1,
        bid_lot=bid_lot,
        kind=AwardDocumentKind.ASSESSMENT_SUMMARY,
        content="{}",
        requested_at=now,
        released_at=now,
    )


def add_match(people: People, number: int) -> None:
    a_contract(people, title=f"Contract {number}")
    OrganisationMatch.objects.create(
        organisation=Organisation.objects.create(
            name=f"Aldergate {number}", acts_as_provider=True, is_reference_row=True
        ),
        candidate=people.organisations["firm"],
        proposed_at=timezone.now(),
    )


def add_engagement(people: People, number: int) -> None:
    today = timezone.localdate()
    commissioning.give_engagement(
        actor=actor(people, "adam"),
        assurance_body=people.organisations["auditors"],
        scope=EngagementScope.NAMED_CONTRACTS,
        starts_on=today,
        ends_on=today + timedelta(days=number),
        contracts=[a_contract(people, title=f"Engaged {number}")],
    )


def add_scorecard(people: People, number: int) -> None:
    """One more case that waits to be rated, and one that Evan and Anna already see."""
    if not AssurancePolicy.objects.exists():
        publish_default_policy()
    edition = Edition.objects.first() or an_edition()
    priya = actor(people, "priya")
    for at, declared in ((number, True), (number + 100, False)):
        contract = a_contract(people, title=f"Case {at}")
        provider = contract.parties.get().provider
        scorecard = judgement.create_scorecard(
            actor=priya, contract=contract, provider=provider, editions=[edition], level="core"
        )
        scorecard = judgement.request_answers(actor=priya, scorecard=scorecard, due_on=LATER)
        yesterday = timezone.localdate() - timedelta(days=1)
        type(scorecard.request).objects.filter(pk=scorecard.request_id).update(due_on=yesterday)
        judgement.give_up_waiting(actor=priya, scorecard=scorecard)
        if declared:
            for name in ("evan", "anna"):
                commissioning.declare_interest(
                    actor=actor(people, name),
                    contract=contract,
                    provider=provider,
                    has_interest=False,
                )


def add_everything(people: People, number: int) -> None:
    """Something more to do for everybody."""
    for add in (
        add_person, add_evidence, add_request, add_interest, add_scorecard, add_exercise_with_team
    ):  # fmt: skip
        add(people, number)
    add_match(people, number)
    if number == 1:
        commissioning.give_engagement(
            actor=actor(people, "adam"),
            assurance_body=people.organisations["auditors"],
            scope=EngagementScope.EVERYTHING,
            starts_on=timezone.localdate(),
            ends_on=LATER,
        )


@dataclass(frozen=True)
class List:
    """A list page: who opens it, what makes it longer, and how many queries it takes."""

    url_name: str
    name: str
    add: Callable[[People, int], None]
    queries: int

    def __str__(self):
        return f"{self.url_name} of {self.name}"


LISTS = [
    List("accounts:person-list", "adam", add_person, 10),
    List("accounts:trail", "adam", add_person, 7),
    List("accounts:installation", "olive", add_organisation, 10),
    List("principles:framework-list", "cara", add_edition, 7),
    List("principles:value-set-list", "priya", add_value_set, 7),
    List("providers:self-assessment-list", "sam", add_request, 7),
    List("providers:evidence-list", "sam", add_evidence, 8),
    List("commissioning:import-list", "priya", add_import, 8),
    List("commissioning:procurement-list", "priya", add_import, 7),
    List("commissioning:exercise-list", "priya", add_exercise, 7),
    List("commissioning:contract-list", "priya", add_request, 8),
    List("commissioning:contract-list", "sam", add_request, 8),
    List("commissioning:request-list", "priya", add_request, 7),
    List("commissioning:interest-list", "priya", add_interest, 7),
    List("commissioning:opportunity-list", "sam", add_draft, 8),
    List("commissioning:bid-list", "sam", add_bids, 7),
    List("commissioning:match-list", "priya", add_match, 9),
    List("commissioning:engagement-list", "adam", add_engagement, 8),
    List("scorecards:scorecard-list", "priya", add_scorecard, 10),
    List("scorecards:scorecard-list", "evan", add_scorecard, 11),
    List("scorecards:scorecard-list", "oscar", add_everything, 13),
    List("scorecards:scorecard-csv", "priya", add_scorecard, 7),
    List("scorecards:letter-list", "sam", add_letter, 7),
    List("accounts:home", "priya", add_everything, 24),
    List("accounts:home", "evan", add_everything, 15),
    List("accounts:home", "anna", add_everything, 18),
    List("accounts:home", "adam", add_everything, 7),
    List("accounts:home", "mei", add_everything, 19),
    List("accounts:home", "sam", add_everything, 12),
    List("accounts:home", "cara", add_everything, 10),
    List("accounts:home", "hana", add_everything, 12),
    List("accounts:home", "oscar", add_everything, 9),
    List("accounts:home", "olive", add_everything, 8),
]


def read(response) -> bytes:
    """The whole answer, also where it is streamed."""
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    browse, people, django_assert_num_queries, page
):
    browser, url = browse(page.name), reverse(page.url_name)
    page.add(people, 1)
    read(browser.get(url))
    with django_assert_num_queries(page.queries):
        one = read(browser.get(url))
    page.add(people, 2)
    page.add(people, 3)
    with django_assert_num_queries(page.queries):
        three = read(browser.get(url))
    assert len(three) >= len(one)
