"""Asking for reports, and what auditors opened."""

import pytest

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from scorecards import actions
from scorecards.models import Report
from tests.conftest import make_signing_key
from tests.scorecards.samples import a_scorecard, being_rated, signed_off


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["priya", "evan", "anna"])
def test_people_of_the_case_ask_for_drafts(people, actor_of, name):
    scorecard = being_rated(people)
    report = actions.request_report(actor=actor_of(name), scorecard=scorecard)
    assert (report.kind, report.job.state, report.requested_by) == (
        "draft", "queued", actor_of(name).user,
    )  # fmt: skip
    assert report.job.organisation == people.organisations["council"]
    event = AuditEvent.objects.get(verb="report.requested")
    assert (event.case_reference, event.facts) == (
        scorecard.contract.reference,
        {"kind": "draft", "scorecard": scorecard.reference},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mei", "adam", "sam", "oscar", "olive"])
def test_nobody_else_asks_or_retries(people, actor_of, name):
    scorecard = a_scorecard(people)
    report = actions.request_report(actor=actor_of("priya"), scorecard=scorecard)
    for deed in (
        lambda: actions.request_report(actor=actor_of(name), scorecard=scorecard),
        lambda: actions.retry_report(actor=actor_of(name), report=report),
    ):
        with pytest.raises(Refused, match="people of the commissioner who work on the case"):
            deed()


@pytest.mark.django_db
def test_signed_off_scorecard_has_its_one_report(people, actor_of):
    scorecard = signed_off(people)
    with pytest.raises(WrongState, match="its report was made then"):
        actions.request_report(actor=actor_of("priya"), scorecard=scorecard)
    assert Report.objects.get().kind == "final"


@pytest.mark.django_db
def test_openings_are_recorded(people, actor_of):
    scorecard, oscar = a_scorecard(people), actor_of("oscar")
    actions.record_opening(actor=oscar, scorecard=scorecard, what="trail")
    actions.record_list_opening(actor=oscar, what="csv", rows=3, filters={"stage": "draft"})
    assert list(
        AuditEvent.objects.filter(verb__endswith=".opened", actor=oscar.user)
        .order_by("pk")
        .values_list("verb", "subject_reference", "case_reference", "facts")
    ) == [
        ("scorecard.opened", scorecard.reference, scorecard.contract.reference, {"what": "trail"}),
        (
            "scorecard_list.opened",
            oscar.organisation.reference,
            "",
            {"what": "csv", "rows": 3, "filters": {"stage": "draft"}},
        ),
    ]
