"""The people of one's own organisation."""

import pytest

from accounts.models import Invitation, Membership

pytestmark = pytest.mark.django_db


def key_of(people, name) -> int:
    return Membership.objects.get(user=people.users[name]).pk


def test_invite_records_the_invitation_and_leads_back(browse):
    answer = browse("adam").post(
        "/people/invite/",
        {"full_name": "Nia", "email": "nia@council.example", "roles": ["evaluator"]},
    )
    assert (answer["Location"], Invitation.objects.get().roles) == ("/people/", ["evaluator"])


def test_invite_of_a_member_says_so_at_the_address(browse):
    answer = browse("adam").post(
        "/people/invite/",
        {"full_name": "Evan", "email": "evan@demonstration.example", "roles": ["evaluator"]},
    )
    assert answer.context["form"].errors == {
        "email": ["This person belongs to the organisation already."]
    }
    assert "<title>Error: " in answer.content.decode()


def test_roles_are_changed(browse, people):
    answer = browse("adam").post(
        f"/people/{key_of(people, 'evan')}/roles/", {"roles": ["approver"]}
    )
    held = Membership.objects.get(user=people.users["evan"]).roles.values_list("role", flat=True)
    assert (answer["Location"], list(held)) == ("/people/", ["approver"])


def test_only_administrator_is_told_why_the_role_stays(browse, people):
    answer = browse("adam").post(
        f"/people/{key_of(people, 'adam')}/roles/", {"roles": ["approver"]}
    )
    assert answer.context["form"].errors == {
        "roles": ["This is the only administrator. Make someone else one first."]
    }


def test_membership_ends_after_asking(browse, people):
    browser, path = browse("adam"), f"/people/{key_of(people, 'evan')}/end/"
    asked = browser.get(path).status_code
    still = Membership.objects.get(user=people.users["evan"]).ended_at
    browser.post(path)
    ended = Membership.objects.get(user=people.users["evan"]).ended_at
    assert (asked, still, ended is None) == (200, None, False)


def test_only_administrator_cannot_end_their_own_membership(browse, people):
    answer = browse("adam").post(f"/people/{key_of(people, 'adam')}/end/")
    assert (answer.status_code, "only administrator" in answer.content.decode()) == (409, True)


def test_list_shows_members_roles_and_open_invitations(browse):
    browser = browse("adam")
    browser.post(
        "/people/invite/",
        {"full_name": "Nia Newcomer", "email": "nia@council.example", "roles": ["evaluator"]},
    )
    text = browser.get("/people/").content.decode()
    assert [words in text for words in ("Evan Hughes", "Evaluator", "Nia Newcomer")] == [True] * 3
