"""Reads of the ground floor."""

import pytest

from accounts import actions, audit, queries
from accounts.access import Actor, Role
from accounts.enums import JobState
from accounts.models import Job, Membership, MembershipRole, Organisation

pytestmark = pytest.mark.django_db


def names(rows) -> list[str]:
    return [str(row) for row in rows]


def test_organisations_are_those_that_one_can_act_for(actor_of, people):
    Membership.objects.create(
        user=people.users["evan"], organisation=people.organisations["charity"]
    )
    assert names(queries.organisations_of(actor_of("evan"))) == [
        "City of Doncaster Council",
        "Harbour Lights Trust",
    ]


def test_organisations_of_a_stranger_are_none(people):
    assert names(queries.organisations_of(Actor())) == []


def test_people_are_those_of_the_organisation_one_acts_for(actor_of):
    assert names(queries.people_of_own_organisation(actor_of("sam"))) == [
        "Cara Nolan at Aldergate Care Services Ltd",
        "Sam Doyle at Aldergate Care Services Ltd",
    ]


def test_people_who_left_are_not_among_them(actor_of, people):
    place = Membership.objects.get(user=people.users["cara"])
    actions.end_membership(actor=actor_of("sam"), membership=place)
    assert len(queries.people_of_own_organisation(actor_of("sam"))) == 1


def test_open_invitations_are_those_of_the_own_organisation(actor_of, people):
    actions.invite_person(
        actor=actor_of("adam"),
        organisation=people.organisations["council"],
        email="nia@council.example",
        full_name="Nia",
        roles=["evaluator"],
    )
    assert [
        len(queries.open_invitations(actor_of(name))) for name in ("adam", "mei", "sam", "olive")
    ] == [1, 0, 0, 0]


def test_invitation_behind_a_wrong_secret_is_none(people):
    assert queries.invitation_behind(Actor(), "wrong") is None
    assert queries.invitation_behind(Actor(), "") is None


@pytest.mark.parametrize(
    ("email", "found"),
    [("PRIYA@demonstration.example", "priya"), ("nobody@demonstration.example", None)],
)
def test_account_is_found_whatever_the_case_of_its_address(people, email, found):
    assert queries.account_of(Actor(), email) == (people.users[found] if found else None)


def test_signatory_is_known_by_membership_or_open_invitation(actor_of, people):
    body = Organisation.objects.create(name="New Firm", acts_as_provider=True)
    priya = actor_of("priya")
    before = queries.has_signatory(priya, body)
    invitation = actions.invite_first_signatory(
        actor=priya, organisation=body, email="a@firm.example", full_name="A"
    )
    invited = queries.has_signatory(priya, body)
    invitation.state = "withdrawn"
    invitation.save()
    withdrawn = queries.has_signatory(priya, body)
    assert (before, invited, withdrawn) == (False, True, False)
    assert queries.has_signatory(priya, people.organisations["firm"]) is True


def test_addresses_are_of_those_who_hold_a_role_there_now(actor_of, people):
    found = queries.addresses_of(
        actor_of("priya"), people.organisations["firm"], Role.SIGNATORY, Role.CONTRIBUTOR
    )
    assert sorted(found) == ["cara@demonstration.example", "sam@demonstration.example"]


def test_trail_is_read_by_the_administrator_of_the_organisation(actor_of, people):
    for name in ("priya", "mei"):
        actor = actor_of(name)
        audit.record(actor=actor, verb=f"{name}.did", subject=actor.organisation)
    seen = {
        name: sorted(event.verb for event in queries.trail(actor_of(name)))
        for name in ("adam", "mei", "evan", "oscar")
    }
    assert seen == {"adam": ["priya.did"], "mei": ["mei.did"], "evan": [], "oscar": []}


def test_trail_of_the_operator_holds_no_case(actor_of, people):
    body = people.organisations["council"]
    audit.record(
        actor=Actor.system("worker"), verb="report.stored", subject=body, case="CT-2345678"
    )
    audit.record(actor=Actor.system("loader"), verb="edition.published", subject=body)
    assert [event.verb for event in queries.trail(actor_of("olive"))] == [
        "edition.published",
        "demonstration.people_created",
    ]


def test_trail_of_a_case_holds_its_events_only(actor_of, people):
    priya = actor_of("priya")
    for case in ("CT-2345678", "CT-8765432"):
        audit.record(actor=priya, verb="thing.done", subject=priya.organisation, case=case)
    assert [row.case_reference for row in queries.trail_of_case(priya, "CT-2345678")] == [
        "CT-2345678"
    ]


def test_installation_lists_tenants_and_no_reference_rows(actor_of, people):
    Organisation.objects.create(name="From a notice", acts_as_provider=True, is_reference_row=True)
    found = queries.organisations_with_people(actor_of("olive"))
    assert sorted(names(found)) == sorted(row.name for row in people.organisations.values())


def test_assurance_bodies_are_those_that_assure(actor_of):
    assert names(queries.assurance_bodies(actor_of("adam"))) == ["Fenwick Public Audit LLP"]


def test_job_counts_are_for_the_operator(actor_of, people):
    Job.objects.create(kind="k", subject_reference="RP-1", requested_at="2027-01-01T00:00:00Z")
    assert (queries.job_counts(actor_of("olive")), queries.job_counts(actor_of("adam"))) == (
        {JobState.QUEUED: 1},
        {},
    )


def test_home_of_a_signatory_asks_for_a_word_about_another(actor_of, people):
    place = Membership.objects.get(user=people.users["cara"])
    MembershipRole.objects.create(membership=place, role=Role.ADMINISTRATOR)
    actions.invite_person(
        actor=actor_of("cara"),
        organisation=people.organisations["firm"],
        email="second@firm.example",
        full_name="Sidney Second",
        roles=["signatory"],
    )
    texts = {
        name: [item.text for item in queries.home_items(actor_of(name))] for name in ("sam", "cara")
    }
    assert texts == {"sam": ["Approve Sidney Second as a signatory"], "cara": []}


def test_home_of_the_operator_tells_of_failed_jobs(actor_of):
    now = "2027-01-01T00:00:00Z"
    for _ in range(2):
        Job.objects.create(
            kind="k", subject_reference="RP-1", requested_at=now, state="failed", finished_at=now
        )
    assert [item.text for item in queries.home_items(actor_of("olive"))] == [
        "2 failed jobs to look at"
    ]
