"""What the database itself refuses."""

import pytest

from django.db import DatabaseError, transaction
from django.utils import timezone

from scorecards.models import (
    AssurancePolicy,
    Finding,
    FrameworkResult,
    PrincipleResult,
    Rating,
    RatingRevision,
    Report,
    ReportDocument,
    Scorecard,
    ScorecardResult,
    ScorecardStep,
    SigningKey,
)
from tests.conftest import make_signing_key
from tests.providers.samples import a_framework
from tests.scorecards.samples import a_scorecard, asked, being_rated, rate, signed_off


def refused(write):
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "signed_off"},
        {"stage": "signed_off", "opinion": "limited"},
        {"opinion": "limited"},
        {"assessed_on": timezone.localdate()},
        {"request": None},
    ],
)
def test_opinion_comes_with_sign_off_and_request_after_draft(people, changes):
    asked(people, a_scorecard(people))
    refused(lambda: Scorecard.objects.update(**changes))


@pytest.mark.django_db
def test_one_scorecard_of_a_pair_is_open_and_numbers_run(people):
    row = a_scorecard(people)
    row.pk, row.reference, row._state.adding = None, "", True
    refused(row.save)
    row.number = 2
    refused(row.save)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"value": None},
        {"evidence_strength": ""},
        {"rationale": ""},
        {"not_applicable_agreed": True},
        {"not_applicable_agreed": False, "value": None},
    ],
)
def test_rating_has_a_value_strength_and_rationale_unless_not_applicable(people, actor_of, changes):
    rate(actor_of("evan"), being_rated(people))
    refused(lambda: Rating.objects.update(**changes))


@pytest.mark.django_db
def test_rating_and_finding_that_cannot_be_are_refused(people, actor_of):
    row = being_rated(people)
    held = rate(actor_of("evan"), row)
    given = {"criterion": held.criterion, "scorecard": row, "rated_at": timezone.now()}
    refused(
        lambda: Rating.objects.create(value=1, rationale="x", evidence_strength="asserted", **given)
    )
    refused(
        lambda: Finding.objects.create(
            scorecard=row,
            criterion=a_framework().criteria.get(code="A1"),
            priority="urgent",
            title="x",
            detail="x",
            raised_at=timezone.now(),
        )
    )


@pytest.mark.django_db
def test_what_was_signed_off_is_frozen_by_the_database(people):
    make_signing_key()
    signed_off(people)
    report = Report.objects.get()
    key = SigningKey.objects.create(
        key_id="0" * 16, certificate_pem="x", first_used_at=timezone.now()
    )
    ReportDocument.objects.create(
        report=report, file="x", sha256="0" * 64, size_bytes=1, signature=b"x", key=key,
        versions=[], stored_at=timezone.now(),
    )  # fmt: skip
    for table, changes in (
        (AssurancePolicy, {"content": {}}),
        (ScorecardStep, {"reason": "Better."}),
        (Rating, {"rationale": "Better."}),
        (RatingRevision, {"rationale": "Better."}),
        (Finding, {"title": "Better."}),
        (ScorecardResult, {"outcome": "{}"}),
        (FrameworkResult, {"opinion": "substantial"}),
        (PrincipleResult, {"hundredths_of_percent": 10_000}),
        (Report, {"content": "{}"}),
        (ReportDocument, {"sha256": "f" * 64}),
        (SigningKey, {"certificate_pem": "y"}),
    ):
        assert table.objects.exists(), table
        refused(lambda t=table, c=changes: t.objects.update(**c))
        refused(lambda t=table: t.objects.all()._raw_delete("default"))
    refused(
        lambda: Report.objects.create(
            scorecard=report.scorecard, kind="final", content="", requested_at=timezone.now()
        )
    )
