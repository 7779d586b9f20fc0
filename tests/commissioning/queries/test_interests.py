"""What the service points out to a person, and what a missing declaration shuts."""

from datetime import timedelta

import pytest
import time_machine

from django.utils import timezone

from accounts.access import Actor
from accounts.models import Membership, OrganisationIdentifier, User
from commissioning import actions, demonstration, queries
from commissioning.models import BidLot

pytestmark = pytest.mark.django_db


def viewer(bidding, who: str, email: str = "") -> Actor:
    """The named person for their council, with an address of their own domain or the given one."""
    user = User.objects.get(pk=bidding.people.users[who].pk)
    user.email = email or f"{who}@{who}.example"
    return Actor.of(user, bidding.people.organisations["council"])


def codes(bidding, who: str, email: str = "") -> list[str]:
    rows = queries.interest_prompts(viewer(bidding, who, email), bidding.provider("firm"))
    return [row.code for row in rows]


def join(bidding, who: str, organisation: str, ended: bool = False) -> None:
    now = timezone.now()
    Membership.objects.create(
        user=bidding.people.users[who],
        organisation=bidding.people.organisations[organisation],
        ended_at=now if ended else None,
        ended_by=bidding.people.users["olive"] if ended else None,
    )


def test_nothing_is_pointed_out_to_a_stranger(bidding):
    assert codes(bidding, "evan") == []
    assert queries.interest_prompts(Actor(), bidding.provider("firm")) == []


def test_member_and_earlier_member_are_told(bidding):
    join(bidding, "evan", "firm")
    join(bidding, "edith", "firm", ended=True)
    assert (codes(bidding, "evan"), codes(bidding, "edith")) == (["member"], ["earlier_member"])


def test_same_number_is_told(bidding):
    firm, charity = (bidding.people.organisations[key] for key in ("firm", "charity"))
    OrganisationIdentifier.objects.create(organisation=firm, scheme="GB-COH", value="01234567")
    OrganisationIdentifier.objects.create(organisation=charity, scheme="GB-CHC", value="01234567")
    join(bidding, "evan", "charity", ended=True)
    assert codes(bidding, "evan") == ["same_number"]


def test_shared_mail_domain_is_told_and_a_public_one_is_not(bidding):
    assert codes(bidding, "evan", "evan@demonstration.example") == ["email_domain"]
    User.objects.filter(pk=bidding.people.users["sam"].pk).update(email="sam@gmail.com")
    assert codes(bidding, "evan", "evan@gmail.com") == []


@pytest.fixture
def opened(bidding):
    """Four bids, opened; nobody has declared about the bidders."""
    for number in range(4):
        bidding.bid(number)
    with bidding.after_deadline():
        demonstration.open_bids(bidding.people, bidding.exercise)
    bidding.exercise.refresh_from_db()
    return bidding


def seen(bidding, who: str) -> int:
    return BidLot.objects.visible_to(bidding.actor(who)).count()


def test_lot_is_shut_until_every_bidder_is_declared_about(opened):
    actor = opened.actor("evan")
    for provider in list(queries.bidders_of(actor, opened.exercise))[:-1]:
        actions.declare_in_exercise(
            actor=actor, exercise=opened.exercise, provider=provider, has_interest=False
        )
    assert seen(opened, "evan") == 0
    demonstration.declare_about_bidders(opened.people, opened.exercise, ["evan"])
    assert seen(opened, "evan") == 4


def test_undecided_interest_in_one_bidder_shuts_the_lot_and_mitigation_opens_it(opened):
    demonstration.declare_about_bidders(opened.people, opened.exercise, ["evan"])
    row = actions.declare_in_exercise(
        actor=opened.actor("evan"),
        exercise=opened.exercise,
        provider=opened.provider("firm"),
        has_interest=True,
        description="A cousin works there.",
    )
    assert seen(opened, "evan") == 0
    actions.resolve_in_exercise(
        actor=opened.actor("priya"), declaration=row, resolution="mitigated", note="Distant."
    )
    assert seen(opened, "evan") == 4


def test_recused_person_sees_nothing(opened):
    demonstration.declare_about_bidders(opened.people, opened.exercise, ["evan"])
    row = actions.declare_in_exercise(
        actor=opened.actor("evan"),
        exercise=opened.exercise,
        provider=opened.provider("firm"),
        has_interest=True,
        description="A cousin works there.",
    )
    actions.resolve_in_exercise(
        actor=opened.actor("priya"), declaration=row, resolution="recused", note="Too close."
    )
    assert seen(opened, "evan") == 0


@pytest.mark.parametrize("who", ["adam", "mei", "tom", "sam", "hana", "olive"])
def test_nobody_outside_the_team_sees_an_opened_bid(opened, who):
    assert seen(opened, who) == 0


def test_bidders_are_listed_by_name_for_the_own_body_only(opened):
    names = [str(row) for row in queries.bidders_of(opened.actor("evan"), opened.exercise)]
    assert names == sorted(names)
    assert len(names) == 4
    assert list(queries.bidders_of(opened.actor("mei"), opened.exercise)) == []
    assert list(queries.bidders_of(opened.actor("sam"), opened.exercise)) == []


def end_duties(bidding, who: str) -> None:
    for member in bidding.exercise.members.filter(user=bidding.people.users[who], ended_at=None):
        actions.end_member(actor=bidding.actor("priya"), member=member)


def test_bidders_are_listed_for_the_team_only(opened):
    end_duties(opened, "elena")
    assert list(queries.bidders_of(opened.actor("elena"), opened.exercise)) == []


def test_lead_who_is_not_clear_does_not_learn_who_bids_from_others(opened):
    demonstration.declare_about_bidders(opened.people, opened.exercise, ["evan"])
    priya = opened.actor("priya")
    about = queries.exercise_declarations(priya, opened.exercise).exclude(provider=None)
    assert about.count() == 4
    actions.declare_in_exercise(
        actor=priya,
        exercise=opened.exercise,
        provider=None,
        has_interest=True,
        description="I hold shares in one of them.",
    )
    assert about.all().count() == 0
    assert queries.exercise_declarations(priya, opened.exercise).count() > 0


def test_who_has_left_stays_in_the_assessment_and_is_not_waited_for(bidding):
    row = actions.declare_in_exercise(
        actor=bidding.actor("elena"),
        exercise=bidding.exercise,
        provider=None,
        has_interest=True,
        description="A cousin works there.",
    )
    end_duties(bidding, "elena")
    found = queries.conflicts_assessment(bidding.actor("priya"), bidding.exercise)
    name = row.user.full_name
    elena = next(person for person in found["people"] if person["name"] == name)
    assert elena["duties"][0].startswith("Evaluator until ")
    assert [said["description"] for said in elena["declarations"]] == ["A cousin works there."]
    assert name not in found["missing"] + found["undecided"]


def test_team_is_asked_again_about_bidders_once(opened):
    missing = queries.declarations_to_make(opened.actor("priya"), opened.exercise)
    assert len(missing) == 6
    assert {words for _, words in missing} == {"has not declared about every bidder yet"}


def test_assessment_is_fresh_until_the_team_changes(bidding):
    priya = bidding.actor("priya")
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        demonstration.confirm_assessment(bidding.people, bidding.exercise)
    assert queries.fresh_conflicts_assessment(priya, bidding.exercise) is not None
    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        actions.name_member(
            actor=priya,
            exercise=bidding.exercise,
            user=bidding.people.users["evan"],
            duty="quality_opener",
        )
    assert queries.fresh_conflicts_assessment(priya, bidding.exercise) is None
