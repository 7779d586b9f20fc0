"""People join by invitation, and organisations keep somebody in charge."""

import re

import pytest

from django.utils import timezone

from accounts import actions
from accounts.access import Actor, Refused, Role, WrongState
from accounts.enums import InvitationState
from accounts.models import AuditEvent, Invitation, Membership, Organisation, User
from accounts.queries import invitation_behind

pytestmark = pytest.mark.django_db

NEWCOMER = {"email": "Newcomer@Council.example", "full_name": "Nia Newcomer"}


@pytest.fixture
def invite(actor_of, people, mailoutbox, django_capture_on_commit_callbacks):
    """``invite(roles)``: adam invites a newcomer; gives the invitation and the link's secret."""

    def do(roles=("evaluator",), name="adam", body="council", **person):
        with django_capture_on_commit_callbacks(execute=True):
            invitation = actions.invite_person(
                actor=actor_of(name),
                organisation=people.organisations[body],
                roles=list(roles),
                **NEWCOMER | person,
            )
        return invitation

    return do


def secret_of(mail) -> str:
    return re.search(r"/invitations/([^/\s]+)/", mail.body)[1]


def roles_of(user, organisation) -> set[str]:
    place = Membership.objects.current().get(user=user, organisation=organisation)
    return set(place.roles.values_list("role", flat=True))


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


# Tenants


def test_operator_opens_a_tenancy_with_its_first_administrator(actor_of, people):
    organisation = actions.open_tenancy(
        actor=actor_of("olive"), name="New Council", kinds=["commissioner"], **NEWCOMER
    )
    invitation = Invitation.objects.get(organisation=organisation)
    assert (organisation.acts_as_commissioner, invitation.roles, invitation.state) == (
        True,
        [Role.ADMINISTRATOR],
        InvitationState.SENT,
    )


@pytest.mark.parametrize("name", ["olive", "adam", "sam"])
def test_operator_is_made_by_no_person(actor_of, name):
    with pytest.raises(Refused):
        actions.add_operator(actor=actor_of(name), **NEWCOMER)


@pytest.mark.parametrize("name", ["adam", "priya", "sam"])
def test_organisation_is_added_by_operators_only(actor_of, name):
    with pytest.raises(Refused):
        actions.create_organisation(actor=actor_of(name), name="X", acts_as_provider=True)


def test_first_administrator_is_named_once(actor_of, people):
    with pytest.raises(WrongState):
        actions.invite_first_administrator(
            actor=actor_of("olive"), organisation=people.organisations["council"], **NEWCOMER
        )


# Invitations


def test_invitation_goes_to_the_address_with_a_link(invite, mailoutbox):
    invitation = invite()
    mail = mailoutbox[0]
    assert (mail.to, mail.subject) == (
        ["newcomer@council.example"],
        "You are invited to act for City of Doncaster Council",
    )
    assert invitation_behind(Actor(), secret_of(mail)) == invitation


def test_invitation_keeps_only_the_hash_of_its_secret(invite, mailoutbox):
    invitation = invite()
    invitation.refresh_from_db()
    assert secret_of(mailoutbox[0]) not in str(vars(invitation))


@pytest.mark.parametrize(
    ("name", "body"),
    [("priya", "council"), ("adam", "firm"), ("sam", "council"), ("olive", "firm")],
)
def test_invitation_is_the_administrators_own_business(invite, name, body):
    with pytest.raises(Refused):
        invite(roles=["administrator"], name=name, body=body)


def test_invitation_to_a_role_of_another_kind_of_body_is_refused(invite):
    with pytest.raises(Refused):
        invite(roles=["auditor"])


def test_invitation_of_a_member_is_refused(invite):
    with pytest.raises(WrongState, match="belongs to the organisation already"):
        invite(email="evan@demonstration.example")


def test_second_open_invitation_is_refused(invite):
    invite()
    with pytest.raises(WrongState, match="open invitation"):
        invite(email="newcomer@council.example ")


def test_accepted_invitation_makes_account_membership_and_roles(invite, people):
    invitation = invite(roles=["evaluator", "approver"])
    user = actions.accept_invitation(
        actor=Actor(), invitation=invitation, full_name="Nia N", password="three random words"
    )
    assert (user.email, user.check_password("three random words")) == (
        "newcomer@council.example",
        True,
    )
    assert roles_of(user, people.organisations["council"]) == {"evaluator", "approver"}
    assert verbs()[-2:] == ["invitation.made", "invitation.accepted"]


def test_accepted_invitation_adds_the_organisation_to_an_account(invite, actor_of, people):
    invitation = invite(email="hana@demonstration.example", roles=["evaluator"])
    user = actions.accept_invitation(actor=actor_of("hana"), invitation=invitation)
    assert (user, Membership.objects.current().filter(user=user).count()) == (
        people.users["hana"],
        2,
    )


@pytest.mark.parametrize("name", ["sam", None])
def test_invitation_to_an_account_is_for_that_person_only(invite, actor_of, name):
    invitation = invite(email="hana@demonstration.example")
    with pytest.raises(Refused):
        actions.accept_invitation(
            actor=actor_of(name) if name else Actor(), invitation=invitation, password="x"
        )


def test_invitation_works_once(invite):
    invitation = invite()
    actions.accept_invitation(actor=Actor(), invitation=invitation, full_name="N", password="p")
    with pytest.raises(WrongState):
        actions.accept_invitation(actor=Actor(), invitation=invitation)


def test_invitation_runs_out(invite):
    invitation = invite()
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(WrongState):
        actions.accept_invitation(actor=Actor(), invitation=invitation, password="p")


def test_withdrawn_invitation_has_no_link(invite, actor_of, mailoutbox):
    invitation = invite()
    actions.withdraw_invitation(actor=actor_of("adam"), invitation=invitation)
    assert invitation_behind(Actor(), secret_of(mailoutbox[0])) is None
    with pytest.raises(WrongState):
        actions.withdraw_invitation(actor=actor_of("adam"), invitation=invitation)


@pytest.mark.parametrize("name", ["priya", "mei", "sam"])
def test_invitation_is_withdrawn_by_its_own_organisation_only(invite, actor_of, name):
    invitation = invite()
    with pytest.raises(Refused):
        actions.withdraw_invitation(actor=actor_of(name), invitation=invitation)


# Signatories


@pytest.fixture
def new_firm(db):
    """A provider that is known from notices only."""
    return Organisation.objects.create(
        name="New Firm Ltd", acts_as_provider=True, is_reference_row=True
    )


def test_contract_manager_names_the_first_signatory(actor_of, new_firm):
    invitation = actions.invite_first_signatory(
        actor=actor_of("priya"), organisation=new_firm, **NEWCOMER
    )
    user = actions.accept_invitation(
        actor=Actor(), invitation=invitation, full_name="Nia", password="p"
    )
    new_firm.refresh_from_db()
    assert (roles_of(user, new_firm), new_firm.is_reference_row) == (
        {"signatory", "contributor", "administrator"},
        False,
    )


def test_whom_a_commissioner_names_is_not_confirmed(actor_of, new_firm, people):
    actions.invite_first_signatory(actor=actor_of("priya"), organisation=new_firm, **NEWCOMER)
    new_firm.refresh_from_db()
    assert new_firm.named_by == people.organisations["council"]


def test_whom_an_operator_names_is_confirmed(actor_of, new_firm):
    actions.invite_first_signatory(actor=actor_of("olive"), organisation=new_firm, **NEWCOMER)
    new_firm.refresh_from_db()
    assert (new_firm.named_by, new_firm.named_at) == (None, None)


def test_commissioner_names_nobody_for_a_body_that_commissions_too(actor_of, new_firm):
    new_firm.acts_as_commissioner = True
    new_firm.save()
    with pytest.raises(WrongState, match="Ask an operator"):
        actions.invite_first_signatory(actor=actor_of("priya"), organisation=new_firm, **NEWCOMER)
    actions.invite_first_signatory(actor=actor_of("olive"), organisation=new_firm, **NEWCOMER)


def test_person_whose_invitation_ran_out_may_be_named_again(actor_of, new_firm):
    first = actions.invite_first_signatory(
        actor=actor_of("priya"), organisation=new_firm, **NEWCOMER
    )
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    actions.invite_first_signatory(actor=actor_of("mei"), organisation=new_firm, **NEWCOMER)
    first.refresh_from_db()
    assert first.state == "withdrawn"


def test_only_an_operator_withdraws_all_invitations(actor_of, new_firm):
    invitation = actions.invite_first_signatory(
        actor=actor_of("priya"), organisation=new_firm, **NEWCOMER
    )
    with pytest.raises(Refused):
        actions.withdraw_open_invitations(actor=actor_of("priya"), organisation=new_firm)
    count = actions.withdraw_open_invitations(actor=actor_of("olive"), organisation=new_firm)
    invitation.refresh_from_db()
    assert (count, invitation.state, invitation.secret_sha256) == (1, "withdrawn", "")


def test_second_first_signatory_is_refused(actor_of, new_firm):
    actions.invite_first_signatory(actor=actor_of("priya"), organisation=new_firm, **NEWCOMER)
    with pytest.raises(Refused):
        actions.invite_first_signatory(
            actor=actor_of("mei"), organisation=new_firm, email="b@x.example", full_name="B"
        )


def test_first_signatory_of_a_firm_that_has_one_is_refused(actor_of, people):
    with pytest.raises(Refused):
        actions.invite_first_signatory(
            actor=actor_of("priya"), organisation=people.organisations["firm"], **NEWCOMER
        )


@pytest.fixture
def administered_firm(people):
    """The firm, with an administrator who is no signatory: Cara."""
    place = Membership.objects.get(user=people.users["cara"])
    place.roles.create(role=Role.ADMINISTRATOR)
    return people.organisations["firm"]


def test_further_signatory_waits_for_the_first(invite, administered_firm, mailoutbox):
    invitation = invite(roles=["signatory"], name="cara", body="firm")
    assert (invitation.state, mailoutbox) == (InvitationState.AWAITING_APPROVAL, [])


def test_further_signatory_is_let_in_by_the_first(
    invite, administered_firm, actor_of, mailoutbox, django_capture_on_commit_callbacks
):
    invitation = invite(roles=["signatory"], name="cara", body="firm")
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_signatory(actor=actor_of("sam"), invitation=invitation)
    assert invitation_behind(Actor(), secret_of(mailoutbox[0])) == invitation
    with pytest.raises(WrongState):
        actions.approve_signatory(actor=actor_of("sam"), invitation=invitation)


@pytest.mark.parametrize("name", ["cara", "hana", "priya"])
def test_further_signatory_is_let_in_by_nobody_else(invite, administered_firm, actor_of, name):
    invitation = invite(roles=["signatory"], name="cara", body="firm")
    with pytest.raises(Refused):
        actions.approve_signatory(actor=actor_of(name), invitation=invitation)


def test_waiting_invitation_cannot_be_accepted(invite, administered_firm):
    invitation = invite(roles=["signatory"], name="cara", body="firm")
    with pytest.raises(WrongState):
        actions.accept_invitation(actor=Actor(), invitation=invitation, password="p")


def test_signatory_who_administers_invites_another_at_once(invite, mailoutbox):
    invitation = invite(roles=["signatory"], name="sam", body="firm")
    assert (invitation.state, len(mailoutbox)) == (InvitationState.SENT, 1)


def test_administrator_makes_no_signatory_by_changing_roles(administered_firm, actor_of, people):
    place = Membership.objects.get(user=people.users["cara"])
    with pytest.raises(Refused):
        actions.change_roles(
            actor=actor_of("cara"), membership=place, roles=["signatory", "administrator"]
        )


# Roles and ends


def test_roles_become_those_given(actor_of, people):
    place = Membership.objects.get(user=people.users["evan"])
    actions.change_roles(
        actor=actor_of("adam"), membership=place, roles=["contract_manager", "evaluator"]
    )
    event = AuditEvent.objects.get(verb="membership.roles_changed")
    assert (roles_of(people.users["evan"], people.organisations["council"]), event.facts) == (
        {"contract_manager", "evaluator"},
        {
            "before": ["evaluator"],
            "after": ["contract_manager", "evaluator"],
            "user": people.users["evan"].reference,
        },
    )


@pytest.mark.parametrize("name", ["evan", "mei", "sam", "olive"])
def test_roles_are_changed_by_the_administrator_only(actor_of, people, name):
    place = Membership.objects.get(user=people.users["evan"])
    with pytest.raises(Refused):
        actions.change_roles(actor=actor_of(name), membership=place, roles=["approver"])


def test_only_administrator_stays_one(actor_of, people):
    place = Membership.objects.get(user=people.users["adam"])
    with pytest.raises(WrongState):
        actions.change_roles(actor=actor_of("adam"), membership=place, roles=["evaluator"])
    with pytest.raises(WrongState):
        actions.end_membership(actor=actor_of("adam"), membership=place)


def test_ended_membership_stays_on_record_and_opens_nothing(actor_of, people):
    place = Membership.objects.get(user=people.users["evan"])
    actions.end_membership(actor=actor_of("adam"), membership=place)
    place.refresh_from_db()
    assert (place.ended_by, Actor.of(people.users["evan"]).organisation) == (
        people.users["adam"],
        None,
    )
    with pytest.raises(WrongState):
        actions.end_membership(actor=actor_of("adam"), membership=place)


def test_person_who_left_can_be_invited_again(invite, actor_of, people):
    place = Membership.objects.get(user=people.users["evan"])
    actions.end_membership(actor=actor_of("adam"), membership=place)
    invitation = invite(email="evan@demonstration.example", roles=["approver"])
    actions.accept_invitation(actor=Actor.of(people.users["evan"]), invitation=invitation)
    assert roles_of(people.users["evan"], people.organisations["council"]) == {"approver"}


def test_membership_of_another_organisation_is_not_ended(actor_of, people):
    place = Membership.objects.get(user=people.users["evan"])
    with pytest.raises(Refused):
        actions.end_membership(actor=actor_of("mei"), membership=place)


def test_refused_action_writes_nothing(invite, people):
    before = (User.objects.count(), Invitation.objects.count(), AuditEvent.objects.count())
    with pytest.raises(Refused):
        invite(name="evan")
    assert (
        User.objects.count(),
        Invitation.objects.count(),
        AuditEvent.objects.count(),
    ) == before
