"""Letting an assurance body read."""

from datetime import date, timedelta

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning import actions
from commissioning.models import Contract
from tests.commissioning.samples import a_contract


def give(actor, people, **changes):
    today = timezone.localdate()
    given = {
        "assurance_body": people.organisations["auditors"],
        "scope": "everything",
        "starts_on": today,
        "ends_on": today + timedelta(days=30),
    }
    return actions.give_engagement(actor=actor, **given | changes)


@pytest.mark.django_db
def test_engagement_of_everything_gives_sight_of_that_commissioner_alone(people, actor_of):
    own, other = a_contract(people), a_contract(people, body="small_council")
    assert list(Contract.objects.visible_to(actor_of("oscar"))) == []
    give(actor_of("adam"), people)
    assert list(Contract.objects.visible_to(actor_of("oscar"))) == [own]
    assert other.pk != own.pk
    assert AuditEvent.objects.filter(verb="engagement.given").count() == 1


@pytest.mark.django_db
def test_engagement_of_named_contracts_gives_sight_of_those_alone(people, actor_of):
    named, _ = a_contract(people, title="Named"), a_contract(people, title="Other")
    give(actor_of("adam"), people, scope="named_contracts", contracts=[named])
    assert list(Contract.objects.visible_to(actor_of("oscar"))) == [named]


@pytest.mark.django_db
@pytest.mark.parametrize(("from_days", "to_days", "sees"), [(0, 0, 1), (1, 5, 0), (-5, -1, 0)])
def test_engagement_counts_from_its_first_day_to_its_last(
    people, actor_of, from_days, to_days, sees
):
    a_contract(people)
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(from_days), "ends_on": today + timedelta(to_days)}
    give(actor_of("adam"), people, **days)
    assert Contract.objects.visible_to(actor_of("oscar")).count() == sees


@pytest.mark.django_db
def test_ended_engagement_gives_sight_of_nothing(people, actor_of):
    a_contract(people)
    engagement = give(actor_of("adam"), people)
    actions.end_engagement(actor=actor_of("adam"), engagement=engagement)
    assert Contract.objects.visible_to(actor_of("oscar")).count() == 0
    with pytest.raises(WrongState, match="ended already"):
        actions.end_engagement(actor=actor_of("adam"), engagement=engagement)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["priya", "anna", "oscar", "sam", "olive"])
def test_only_the_administrator_gives_and_ends(people, actor_of, name):
    engagement = give(actor_of("adam"), people)
    with pytest.raises(Refused):
        give(actor_of(name), people)
    with pytest.raises(Refused):
        actions.end_engagement(actor=actor_of(name), engagement=engagement)


@pytest.mark.django_db
def test_contract_of_another_commissioner_cannot_be_named(people, actor_of):
    other = a_contract(people, body="small_council")
    with pytest.raises(Refused, match="own contracts"):
        give(actor_of("adam"), people, scope="named_contracts", contracts=[other])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scope": "named_contracts"}, "Name at least one contract."),
        ({"ends_on": date(2020, 1, 1)}, "would end before it starts"),
    ],
)
def test_engagement_that_cannot_stand_is_refused(people, actor_of, changes, message):
    with pytest.raises(WrongState, match=message):
        give(actor_of("adam"), people, **changes)


@pytest.mark.django_db
def test_only_assurance_bodies_are_engaged(people, actor_of):
    with pytest.raises(Refused, match="no assurance body"):
        give(actor_of("adam"), people, assurance_body=people.organisations["firm"])
