"""Which rows of judgement exist for whom, at each stage."""

from datetime import timedelta

import pytest

from django.utils import timezone

from accounts.access import Actor
from commissioning.actions import give_engagement
from scorecards import actions
from scorecards.models import (
    AssurancePolicy,
    Finding,
    FrameworkResult,
    PrincipleResult,
    Rating,
    RatingRevision,
    Report,
    Scorecard,
    ScorecardResult,
    ScorecardStep,
    SigningKey,
)
from tests.conftest import make_signing_key
from tests.scorecards.samples import (
    a_scorecard,
    answered,
    asked,
    being_rated,
    declared,
    sent,
    signed_off,
)

EVERYBODY = ("priya", "evan", "edith", "anna", "adam", "mei", "tom", "sam", "cara", "hana",
             "oscar", "olive")  # fmt: skip


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


def seers(actor_of, rows=Scorecard) -> set[str]:
    return {name for name in EVERYBODY if rows.objects.visible_to(actor_of(name)).exists()}


@pytest.mark.django_db
def test_case_opens_to_the_manager_and_to_whom_declared(people, actor_of):
    row = answered(people, asked(people, a_scorecard(people)))
    assert seers(actor_of) == {"priya"}
    declared(people, row, "evan")
    declared(people, row, "edith", has_interest=True, description="A friend.")
    assert seers(actor_of) == {"priya", "evan"}
    waiting = {
        name
        for name in EVERYBODY
        if Scorecard.objects.awaiting_declaration_of(actor_of(name)).exists()
    }
    assert waiting == {"anna"}
    assert not Scorecard.objects.visible_to(Actor()).exists()
    assert not Scorecard.objects.awaiting_declaration_of(Actor()).exists()


@pytest.mark.django_db
def test_provider_sees_settled_scorecards_and_never_drafts_or_ratings(people, actor_of):
    row = sent(people)
    actions.request_report(actor=actor_of("priya"), scorecard=row)
    judges = {"priya", "evan", "edith", "anna"}
    for rows in (Scorecard, Rating, RatingRevision, Finding, Report, ScorecardStep):
        assert seers(actor_of, rows) == judges, rows
    row = actions.sign_off(actor=actor_of("anna"), scorecard=row)
    for rows in (Scorecard, Finding, ScorecardResult, FrameworkResult, PrincipleResult, Report):
        assert seers(actor_of, rows) == judges | {"sam", "cara"}, rows
    for rows in (Rating, RatingRevision):
        assert seers(actor_of, rows) == judges, rows
    own = Report.objects.visible_to(actor_of("sam"))
    assert [report.kind for report in own] == ["final"]
    assert Report.objects.visible_to(actor_of("priya")).count() == 2


@pytest.mark.django_db
def test_superseded_scorecard_stays_readable_to_the_provider(people, actor_of):
    first = signed_off(people)
    second = signed_off(people, a_scorecard(people, contract=first.contract))
    assert set(Scorecard.objects.visible_to(actor_of("sam"))) == {first, second}
    third = being_rated(people, a_scorecard(people, contract=first.contract))
    assert third not in Scorecard.objects.visible_to(actor_of("sam"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 0, True), (-5, 5, True), (1, 5, False), (-5, -1, False)],
)
def test_auditor_sees_what_the_engagement_gives_between_its_days(
    people, actor_of, start, end, expected
):
    named, other = a_scorecard(people), a_scorecard(people)
    today = timezone.localdate()
    give_engagement(
        actor=actor_of("adam"), assurance_body=people.organisations["auditors"],
        scope="named_contracts", contracts=[named.contract],
        starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=end),
    )  # fmt: skip
    seen = Scorecard.objects.visible_to(actor_of("oscar"))
    assert list(seen) == ([named] if expected else [])
    assert other not in seen


@pytest.mark.django_db
def test_auditor_of_everything_sees_one_commissioner_and_no_other(people, actor_of):
    own, other = a_scorecard(people), a_scorecard(people, "small_council")
    today = timezone.localdate()
    give_engagement(
        actor=actor_of("adam"), assurance_body=people.organisations["auditors"],
        scope="everything", starts_on=today, ends_on=today,
    )  # fmt: skip
    assert list(Scorecard.objects.visible_to(actor_of("oscar"))) == [own]
    assert set(Scorecard.objects.visible_to(Actor.system("worker"))) == {own, other}


@pytest.mark.django_db
def test_policies_are_for_the_signed_in_and_certificates_for_all(people, actor_of):
    a_scorecard(people)
    assert seers(actor_of, AssurancePolicy) == set(EVERYBODY)
    assert not AssurancePolicy.objects.visible_to(Actor()).exists()
    SigningKey.objects.create(key_id="0" * 16, certificate_pem="x", first_used_at=timezone.now())
    assert SigningKey.objects.visible_to(Actor()).count() == 1
