"""Rows that the database refuses."""

from datetime import timedelta

import pytest

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import (
    Invitation,
    Job,
    KeptText,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationIdentifier,
    User,
)

pytestmark = pytest.mark.django_db


def organisation(**changes):
    return Organisation.objects.create(**{"name": "A", "acts_as_provider": True} | changes)


def invitation(people, **changes):
    now = timezone.now()
    return Invitation.objects.create(
        **{
            "organisation": people.organisations["firm"],
            "email": "a@example.org",
            "full_name": "A",
            "state": "sent",
            "invited_at": now,
            "expires_at": now + timedelta(days=1),
        }
        | changes
    )


def job(**changes):
    return Job.objects.create(
        **{"kind": "k", "subject_reference": "RP-1", "requested_at": timezone.now()} | changes
    )


REFUSED = {
    "e-mail address in capitals": lambda people: User.objects.create(email="A@example.org"),
    "two accounts of one address": lambda people: User.objects.create(
        email="evan@demonstration.example"
    ),
    "organisation without a name": lambda people: organisation(name=""),
    "organisation whose naming has no date": lambda people: organisation(
        named_by=people.organisations["council"]
    ),
    "organisation that named its own signatory": lambda people: (
        type(people.organisations["firm"])
        .objects.filter(pk=people.organisations["firm"].pk)
        .update(named_by=people.organisations["firm"], named_at=timezone.now())
    ),
    "organisation that does nothing": lambda people: organisation(acts_as_provider=False),
    "register number of two bodies": lambda people: [
        OrganisationIdentifier.objects.create(organisation=body, scheme="GB-COH", value="1")
        for body in (people.organisations["firm"], people.organisations["charity"])
    ],
    "membership held twice": lambda people: Membership.objects.create(
        user=people.users["sam"], organisation=people.organisations["firm"]
    ),
    "membership that ended by nobody": lambda people: Membership.objects.filter(
        user=people.users["sam"]
    ).update(ended_at=timezone.now()),
    "membership ended by somebody, never": lambda people: Membership.objects.filter(
        user=people.users["sam"]
    ).update(ended_by=people.users["cara"]),
    "role held twice": lambda people: MembershipRole.objects.create(
        membership=Membership.objects.get(user=people.users["cara"]), role="contributor"
    ),
    "role that is none": lambda people: MembershipRole.objects.create(
        membership=Membership.objects.get(user=people.users["cara"]), role="king"
    ),
    "two open invitations of one address": lambda people: [invitation(people) for _ in range(2)],
    "invitation accepted by nobody": lambda people: invitation(
        people, state="accepted", accepted_at=timezone.now()
    ),
    "invitation accepted at a time, and still open": lambda people: invitation(
        people, accepted_at=timezone.now()
    ),
    "job beyond a hundred percent": lambda people: job(percent=101),
    "job that is done without an end": lambda people: job(state="done"),
    "job that is queued with an end": lambda people: job(finished_at=timezone.now()),
    "job that runs without a lease": lambda people: job(state="running", started_at=timezone.now()),
    "text kept twice for a page": lambda people: [
        KeptText.objects.create(user=people.users["sam"], path="/", kept_at=timezone.now())
        for _ in range(2)
    ],
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_impossible_row_is_refused(people, make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(people)


def test_person_may_come_back_after_a_membership_ended(people):
    Membership.objects.filter(user=people.users["sam"]).update(
        ended_at=timezone.now(), ended_by=people.users["cara"]
    )
    Membership.objects.create(user=people.users["sam"], organisation=people.organisations["firm"])
    assert Membership.objects.filter(user=people.users["sam"]).count() == 2
