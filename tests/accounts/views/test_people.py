"""The people of one's own organisation."""

import pytest

from accounts.models import Invitation, Membership, RoleRequest

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


def test_administrator_ends_the_sessions_of_a_colleague_after_asking(browse, people):
    browser, path = browse("adam"), f"/people/{key_of(people, 'evan')}/sessions/"
    assert browser.get(path).status_code == 200
    answer = browser.post(path, follow=True)
    assert answer.redirect_chain == [("/people/", 302)]
    assert "Evan Hughes was not signed in anywhere" in answer.content.decode()


def test_own_role_that_judges_waits_and_the_page_says_for_whom(browse, people):
    """The attack: an administrator makes themselves evaluator and scores."""
    browser = browse("adam")
    answer = browser.post(
        f"/people/{key_of(people, 'adam')}/roles/",
        {"roles": ["administrator", "evaluator"]},
        follow=True,
    )
    text = answer.content.decode()
    assert "Another administrator or an operator decides about: Evaluator" in text
    assert "Roles that wait for a second person" in text
    place = Membership.objects.get(user=people.users["adam"])
    assert [row.role for row in place.roles.all()] == ["administrator"]


@pytest.mark.parametrize(("decision", "held"), [("confirm", True), ("decline", False)])
def test_operator_decides_on_roles_that_somebody_asked_for(browse, people, decision, held):
    place = Membership.objects.get(user=people.users["adam"])
    browse("adam").post(f"/people/{place.pk}/roles/", {"roles": ["administrator", "evaluator"]})
    asked = RoleRequest.objects.get()
    browser = browse("olive")
    assert "Adam Whitfield asked for" in browser.get("/").content.decode()
    path = f"/people/role-requests/{asked.reference}/"
    assert browser.get(path).context["may_decide"]
    browser.post(path, {"decision": decision})
    assert place.roles.filter(role="evaluator").exists() is held


def test_name_that_looks_like_a_colleagues_is_taken_only_after_a_warning(browse):
    browser = browse("adam")
    typed = {
        "full_name": "Evаn Hughеs",
        "email": "evan.two@council.example",
        "roles": ["contract_manager"],
    }
    answer = browser.post("/people/invite/", typed)
    assert list(answer.context["form"].errors) == ["is_another_person"]
    assert "Evan Hughes has a name that looks the same" in answer.content.decode()
    browser.post("/people/invite/", {**typed, "is_another_person": "on"})
    assert Invitation.objects.get().email == "evan.two@council.example"


def test_name_of_the_system_is_refused_with_a_reason(browse):
    """The attack: a person named "system: importer"."""
    answer = browse("adam").post(
        "/people/invite/",
        {"full_name": "system: importer", "email": "x@council.example", "roles": ["evaluator"]},
    )
    assert answer.context["form"].errors == {
        "full_name": ["This name is kept for the system's own records. Enter another"]
    }
