"""Whom one commissioner alone named sees and does what that commissioner asked, and nothing else.

The charity of the demonstration has cases, evidence, bids and letters of one council. Here it is
as if the other council, with one contract, had named who signs for it.
"""

import pytest

from django.utils import timezone

from accounts import actions as people_actions
from accounts import queries as people
from accounts.access import Refused
from accounts.models import Membership
from commissioning import queries as commissioning
from commissioning.rules import may_bid, may_submit_bid
from providers import queries as providers
from providers.models import EvidenceItem, Provider, SelfAssessment
from providers.rules import may_answer, may_submit
from tests.architecture.test_visibility import PARTLY_SHARED, PRIVATE, keys, label
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(world):
    """The charity, whose people nobody but the small council named."""
    charity = world.people.organisations["charity"]
    charity.named_by = world.people.organisations["small_council"]
    charity.named_at = timezone.now()
    charity.save()
    Membership.objects.filter(organisation=charity).update(started_at=timezone.now())
    yield world
    charity.named_by = charity.named_at = None


@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_unconfirmed_signatory_sees_no_row_of_others(named, model):
    hana = named.actor("hana")
    own = {
        "accounts.User": {hana.user.pk},
        "accounts.Membership": {hana.user.memberships.get().pk},
        "commissioning.Contract": {named.rows["small contract"].pk},
    }
    assert keys(model.objects.visible_to(hana)) == own.get(label(model), set())


def test_confirmed_signatory_sees_them_again(named):
    before = {
        model: keys(model.objects.visible_to(named.actor("hana")))
        for model in PRIVATE
        if label(model) not in PARTLY_SHARED
    }
    charity = named.people.organisations["charity"]
    charity.named_by = charity.named_at = None
    charity.save()
    hana = named.actor("hana")
    more = [label(m) for m, seen in before.items() if keys(m.objects.visible_to(hana)) > seen]
    assert {"providers.SelfAssessment", "providers.EvidenceItem", "commissioning.Bid"} <= set(more)
    assert {"commissioning.Exercise", "scorecards.AwardDocument"} <= set(more)


def test_unconfirmed_signatory_answers_and_submits_nothing_of_others(named):
    hana = named.actor("hana")
    theirs = SelfAssessment.objects.filter(provider__organisation=hana.organisation)
    assert theirs.count() > 1
    assert not any(may_answer(hana, row) or may_submit(hana, row) for row in theirs)
    assert not providers.own_self_assessments(hana).exists()
    assert EvidenceItem.objects.filter(organisation=hana.organisation).exists()
    assert not EvidenceItem.objects.visible_to(hana).exists()


def test_unconfirmed_signatory_bids_for_nothing(named, client):
    hana = named.actor("hana")
    provider = Provider.objects.get(organisation=hana.organisation)
    assert not may_bid(hana, provider)
    assert not may_submit_bid(hana, provider)
    assert not commissioning.offered_exercises(hana).exists()
    begin_session(client, hana.user)
    for path in ("/opportunities/", "/bids/"):
        text = client.get(path).content.decode()
        assert "once somebody else confirms who signs" in text
    reference = named.rows["charity's bid"].reference
    assert client.get(f"/bids/{reference}/").status_code == 404
    exercise = named.rows["open exercise"].reference
    assert client.get(f"/opportunities/{exercise}/").status_code == 404


def test_unconfirmed_signatory_brings_in_nobody(named):
    hana, charity = named.actor("hana"), named.people.organisations["charity"]
    with pytest.raises(Refused, match="confirmed who signs"):
        people_actions.invite_person(
            actor=hana,
            organisation=charity,
            email="second@charity.example",
            full_name="Second",
            roles=["signatory"],
        )
    place = people.people_of_own_organisation(hana).get()
    with pytest.raises(Refused, match="confirmed who signs"):
        people_actions.change_roles(actor=hana, membership=place, roles=["signatory"])


def test_unconfirmed_signatory_is_told_what_they_may_do(named, client):
    begin_session(client, named.actor("hana").user)
    assert "Get it confirmed that you sign" in client.get("/").content.decode()
