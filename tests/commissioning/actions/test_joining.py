"""Somebody joins an organisation after declaring: they are asked again, and nothing tells why."""

from datetime import timedelta

import pytest

from django.utils import timezone

from accounts import actions as people_actions
from accounts.access import Actor, Refused, WrongState
from accounts.models import AuditEvent, Invitation, Membership
from commissioning import actions, demonstration, followers, queries
from commissioning.models import BidLot, ExerciseDeclaration, InterestDeclaration, OpeningAct
from tests.commissioning.actions.test_bid_openings import act, open_both
from tests.commissioning.samples import a_contract

pytestmark = pytest.mark.django_db
ADMINISTRATORS = {"firm": "sam", "charity": "hana", "council": "adam"}


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No floor above goes on with the opening, or holds prices back."""
    monkeypatch.setattr(followers, "_OPENED", [])
    monkeypatch.setattr(followers, "_HOLDING_PRICES", [])


def join(people, name: str, body: str) -> Membership:
    """Be invited by the organisation's administrator, and accept: as people do it."""
    user, organisation = people.users[name], people.organisations[body]
    role = "evaluator" if body == "council" else "contributor"
    people_actions.invite_person(
        actor=Actor.of(people.users[ADMINISTRATORS[body]]),
        organisation=organisation,
        email=user.email,
        full_name=user.full_name,
        roles=[role],
    )
    invitation = Invitation.objects.get(email=user.email, state="sent")
    people_actions.accept_invitation(actor=Actor.of(user), invitation=invitation)
    return Membership.objects.get(user=user, organisation=organisation, ended_at=None)


def leave(place: Membership, ended_at=None) -> None:
    Membership.objects.filter(pk=place.pk).update(
        ended_at=ended_at or timezone.now(), ended_by=place.user
    )


def for_council(bidding, name: str) -> Actor:
    """The person as they act for the council, also where they belong to a bidder too."""
    return Actor.of(bidding.people.users[name], bidding.people.organisations["council"])


def standing(bidding, name: str) -> list:
    rows = ExerciseDeclaration.objects.current().filter(user=bidding.people.users[name])
    return sorted(str(row.provider) if row.provider else "" for row in rows)


def test_opener_who_joined_a_bidder_opens_nothing_whatever_they_declare_anew(bidding):
    bidding.bid(0)
    join(bidding.people, "carl", "firm")
    carl = for_council(bidding, "carl")
    key = bidding.exercise.opening_keys.get(kind="quality", is_rehearsal=False)
    given = {"actor": carl, "opening_key": key, "secret": demonstration.PASSPHRASE}
    with bidding.after_deadline():
        with pytest.raises(WrongState, match="Declare your interests"):
            actions.act_as_opener(**given)
        actions.declare_in_exercise(
            actor=carl, exercise=bidding.exercise, provider=None, has_interest=False
        )
        with pytest.raises(Refused, match="You belong to a bidder"):
            actions.act_as_opener(**given)
        assert not OpeningAct.objects.exists()
        act(bidding, "priya")
        act(bidding, "anna")
    assert BidLot.objects.count() == 1


@pytest.mark.parametrize(("days", "refused"), [(1, False), (-1, True)])
def test_opener_who_left_a_bidder_is_refused_where_that_was_since_the_beginning(
    bidding, days, refused
):
    bidding.bid(0)
    place = Membership.objects.create(
        user=bidding.people.users["carl"], organisation=bidding.people.organisations["firm"]
    )
    leave(place, bidding.exercise.created_at - timedelta(days=days))
    with bidding.after_deadline():
        if refused:
            with pytest.raises(Refused, match="You belong to a bidder"):
                act(bidding, "carl")
        else:
            act(bidding, "carl")


def test_person_of_a_firm_that_does_not_bid_opens_once_they_declared_anew(bidding):
    bidding.bid(0)
    join(bidding.people, "carl", "charity")
    carl = for_council(bidding, "carl")
    actions.declare_in_exercise(
        actor=carl, exercise=bidding.exercise, provider=None, has_interest=False
    )
    with bidding.after_deadline():
        actions.act_as_opener(
            actor=carl,
            opening_key=bidding.exercise.opening_keys.get(kind="quality", is_rehearsal=False),
            secret=demonstration.PASSPHRASE,
        )


def test_before_the_deadline_an_opener_is_told_the_same_whoever_bids(bidding):
    """The refusal names the deadline, also to who belongs to a bidder: it tells of no bid."""
    bidding.bid(0)
    Membership.objects.create(
        user=bidding.people.users["carl"], organisation=bidding.people.organisations["firm"]
    )
    carl = for_council(bidding, "carl")
    with pytest.raises(WrongState, match="before the deadline"):
        actions.act_as_opener(
            actor=carl,
            opening_key=bidding.exercise.opening_keys.get(kind="quality", is_rehearsal=False),
            secret=demonstration.PASSPHRASE,
        )
    assert not queries.belongs_to_bidder(carl, bidding.exercise)


@pytest.mark.parametrize("body", ["firm", "charity"])
def test_who_joins_a_provider_declares_anew_and_nothing_tells_whether_it_bids(bidding, body):
    """The firm bids and the charity does not: rows, trail and tasks are the same."""
    bidding.bid(0)
    join(bidding.people, "evan", body)
    assert standing(bidding, "evan") == []
    lead = bidding.actor("priya")
    assert queries.declarations_to_make(lead, bidding.exercise) == [
        ("Evan Hughes", "has not declared yet")
    ]
    rows = AuditEvent.objects.filter(verb="interests.asked_again")
    assert [(row.case_reference, row.facts) for row in rows] == [
        (bidding.exercise.reference, {"user": bidding.people.users["evan"].pk})
    ]
    for name in ("adam", "sam", "hana"):
        assert not AuditEvent.objects.visible_to(bidding.actor(name)).filter(pk__in=rows).exists()


def opened(bidding) -> None:
    bidding.bid(0)
    bidding.bid(1)
    with bidding.after_deadline():
        open_both(bidding)
    demonstration.declare_about_bidders(bidding.people, bidding.exercise)


def test_joining_a_bidder_shuts_the_lot_and_a_mitigation_does_not_open_it(bidding):
    opened(bidding)
    evan = for_council(bidding, "evan")
    assert BidLot.objects.visible_to(evan).count() == 2
    join(bidding.people, "evan", "firm")
    assert not BidLot.objects.visible_to(evan).exists()
    firm, charity = (bidding.provider(key) for key in ("firm", "charity"))
    assert standing(bidding, "evan") == [str(charity)]
    for about in (None, firm):
        declaration = actions.declare_in_exercise(
            actor=evan,
            exercise=bidding.exercise,
            provider=about,
            has_interest=True,
            description="I work there now.",
        )
        actions.resolve_in_exercise(
            actor=bidding.actor("priya"),
            declaration=declaration,
            resolution="mitigated",
            note="Said to be minor.",
        )
    assert "member" in declaration.prompts
    assert not BidLot.objects.visible_to(evan).exists()


def test_who_joined_and_left_again_stays_shut_out(bidding):
    opened(bidding)
    leave(join(bidding.people, "evan", "firm"))
    evan = for_council(bidding, "evan")
    for about in (None, bidding.provider("firm")):
        actions.declare_in_exercise(
            actor=evan, exercise=bidding.exercise, provider=about, has_interest=False
        )
    assert not BidLot.objects.visible_to(evan).exists()


@pytest.mark.parametrize("resolution", ["", "mitigated", "recused"])
def test_interest_that_was_declared_is_not_taken_back_by_way_of_joining(bidding, resolution):
    evan = bidding.actor("evan")
    declaration = actions.declare_in_exercise(
        actor=evan,
        exercise=bidding.exercise,
        provider=None,
        has_interest=True,
        description="My sister works for a bidder.",
    )
    if resolution:
        actions.resolve_in_exercise(
            actor=bidding.actor("priya"), declaration=declaration, resolution=resolution, note="So."
        )
    join(bidding.people, "evan", "charity")
    declaration.refresh_from_db()
    assert (declaration.replaced_at is None) is (resolution != "mitigated")
    with pytest.raises(WrongState, match="You declared an interest"):
        actions.declare_in_exercise(
            actor=for_council(bidding, "evan"),
            exercise=bidding.exercise,
            provider=None,
            has_interest=False,
        )


def test_joining_makes_the_confirmed_conflicts_assessment_old(bidding):
    lead = bidding.actor("priya")
    actions.confirm_conflicts_assessment(
        actor=lead, exercise=bidding.exercise, perceived="Nothing could, since none is near."
    )
    assert queries.fresh_conflicts_assessment(lead, bidding.exercise) is not None
    join(bidding.people, "evan", "charity")
    assert queries.fresh_conflicts_assessment(lead, bidding.exercise) is None


@pytest.mark.parametrize("body", ["firm", "charity", "council"])
def test_cases_are_asked_again_on_the_side_that_was_joined(people, body):
    """Evan cleared himself for a case of the firm; joining the charity changes nothing of it."""
    contract = a_contract(people)
    provider = contract.parties.get().provider
    evan = Actor.of(people.users["evan"])
    actions.declare_interest(actor=evan, contract=contract, provider=provider, has_interest=False)
    if body == "council":
        leave(Membership.objects.get(user=evan.user))
    join(people, "evan", body)
    rows = InterestDeclaration.objects.current().filter(user=evan.user)
    assert rows.exists() is (body == "charity")


def test_case_interest_that_was_mitigated_is_declared_and_decided_again(people):
    contract = a_contract(people)
    provider = contract.parties.get().provider
    evan = Actor.of(people.users["evan"])
    given = {"actor": evan, "contract": contract, "provider": provider}
    declaration = actions.declare_interest(**given, has_interest=True, description="A cousin.")
    actions.resolve_interest(
        actor=Actor.of(people.users["priya"]),
        declaration=declaration,
        resolution="mitigated",
        note="So.",
    )
    join(people, "evan", "firm")
    given["actor"] = Actor.of(evan.user, people.organisations["council"])
    with pytest.raises(WrongState, match="You declared an interest"):
        actions.declare_interest(**given, has_interest=False)
    actions.declare_interest(**given, has_interest=True, description="I work there.")


def test_only_the_service_itself_asks_again(people):
    with pytest.raises(Refused):
        actions.ask_interests_again(
            actor=Actor.of(people.users["adam"]),
            user=people.users["evan"],
            organisation=people.organisations["firm"],
        )
