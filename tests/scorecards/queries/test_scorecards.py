"""Reads on the floor of judgement."""

import pytest

from django.urls import reverse

from accounts.access import Actor, Role
from accounts.models import Membership, MembershipRole
from scorecards import actions, queries
from tests.conftest import make_signing_key
from tests.providers.samples import a_provider
from tests.scorecards.samples import (
    a_scorecard,
    again,
    answered,
    asked,
    being_rated,
    declared,
    find,
    rate,
    sent,
    signed_off,
)


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


@pytest.mark.django_db
def test_case_holds_lines_with_answers_ratings_and_last_times(people, actor_of):
    former = signed_off(people, value=1)
    row = being_rated(people, a_scorecard(people, contract=former.contract))
    rate(actor_of("evan"), row, "A1", value=3)
    case = queries.case(actor_of("evan"), again(row))
    assert [
        (
            line.criterion.code,
            line.answer.claimed_value if line.answer else None,
            line.rating.value if line.rating else None,
            line.last_value,
            line.status,
            line.colour,
        )
        for line in case.lines
    ] == [
        ("A1", 2, 3, 1, "Rated", "green"),
        ("A2", 2, None, 1, "Not rated", "grey"),
        ("A4", None, None, 1, "Not rated", "grey"),
    ]
    assert (case.rated, case.progress) == (
        1,
        "1 of 3 rated. Sample framework: 100.0%, no opinion yet. Overall: no opinion yet",
    )


@pytest.mark.django_db
def test_case_of_a_draft_has_no_figures(people, actor_of):
    case = queries.case(actor_of("priya"), a_scorecard(people))
    assert case.progress == (
        "0 of 3 rated. Sample framework: –, no opinion yet. Overall: no opinion yet"
    )
    assert [line.last_rating_known for line in case.lines] == [False, False, False]


@pytest.mark.django_db
def test_agreed_not_applicable_is_a_status_of_its_own(people, actor_of):
    row = being_rated(people)
    rate(actor_of("evan"), row, not_applicable_agreed=True)
    line = queries.case(actor_of("evan"), again(row)).lines[0]
    assert (line.status, line.colour) == ("Not applicable", "blue")


@pytest.mark.django_db
def test_findings_steps_and_reports_are_those_of_the_scorecard(people, actor_of):
    row, other = sent(people), being_rated(people)
    find(actor_of("edith"), other)
    report = actions.request_report(actor=actor_of("priya"), scorecard=row)
    viewer = actor_of("anna")
    assert [finding.scorecard for finding in queries.findings(viewer, row)] == [row]
    assert [step.step for step in queries.steps(viewer, row)] == [
        "request", "receive", "begin_rating", "send",
    ]  # fmt: skip
    assert list(queries.reports_of(viewer, row)) == [report]
    assert set(queries.scorecards_of_contract(viewer, row.contract)) == {row}
    assert list(queries.findings(actor_of("mei"), row)) == []


@pytest.mark.django_db
def test_links_on_the_contract_are_what_the_viewer_sees_and_may_begin(people, actor_of):
    row = a_scorecard(people)
    url = reverse("scorecards:scorecard-detail", args=[row.reference])
    new = reverse("scorecards:scorecard-new", args=[row.contract.reference])

    def links(name):
        found = queries.links_on_contract(actor_of(name), row.contract)
        return [(link.text, link.url, link.is_action) for link in found]

    own = (f"Scorecard {row.reference}: {row.provider}", url, False)
    assert links("priya") == [own, ("New scorecard", new, True)]
    assert links("evan") == []
    assert links("mei") == []


def texts(name, actor_of) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in queries.home_items(actor_of(name))]


@pytest.mark.django_db
def test_home_says_what_each_role_has_to_do(people, actor_of):
    row = a_scorecard(people)
    assert texts("priya", actor_of) == [("needs me", "Ask the provider: Home care")]
    row = answered(people, asked(people, row))
    assert texts("priya", actor_of) == []
    waiting = [("needs me", "Declare your interests: Home care")]
    assert texts("evan", actor_of) == texts("anna", actor_of) == waiting
    item = queries.home_items(actor_of("evan"))[0]
    page = reverse(
        "commissioning:interest-declare", args=[row.contract.reference, row.provider.reference]
    )
    assert item.url.startswith(f"{page}?next=")
    declared(people, row, "evan", "anna")
    assert texts("evan", actor_of) == [("needs me", "Rate Home care")]
    row = actions.begin_rating(actor=actor_of("evan"), scorecard=row)
    rate(actor_of("evan"), row)
    row = actions.send_for_approval(actor=actor_of("evan"), scorecard=row)
    assert texts("evan", actor_of) == []
    assert texts("anna", actor_of) == [("needs me", "Approve Home care")]
    actions.sign_off(actor=actor_of("anna"), scorecard=row)
    changed = [("changed", "Signed off: Home care")]
    for name in ("priya", "evan", "anna", "sam"):
        assert texts(name, actor_of) == changed
    for name in ("hana", "mei", "olive"):
        assert texts(name, actor_of) == []
    assert queries.home_items(Actor()) == []


@pytest.mark.django_db
def test_home_does_not_ask_who_rated_to_approve(people, actor_of):
    place = Membership.objects.get(user=people.users["evan"])
    MembershipRole.objects.create(membership=place, role=Role.APPROVER)
    sent(people)
    assert texts("evan", actor_of) == []
    assert texts("anna", actor_of) == [("needs me", "Approve Home care")]


@pytest.mark.django_db
def test_document_is_found_by_its_hash_only(people):
    assert queries.document_by_hash(Actor(), "0" * 64) is None
    assert a_provider(people).reference.startswith("PR-")
