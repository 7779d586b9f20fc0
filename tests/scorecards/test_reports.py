"""The content of a report: loaded, built, the same figures as the page."""

import json
from datetime import date
from decimal import Decimal

import pytest

from django.utils import timezone

from commissioning.models import Contract
from scorecards import inputs, reports
from scorecards.documents.signing import BadSigningKey
from scorecards.models import Report
from tests.conftest import make_signing_key
from tests.providers.samples import a_link
from tests.scorecards.samples import a_scorecard, a_value_set, again, signed_off


@pytest.fixture
def report(people, actor_of):
    row = a_scorecard(people, value_set=a_value_set())
    Contract.objects.update(starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    item = a_link(actor_of("sam"), valid_until=date(2028, 4, 1))
    signed_off(people, row, items=[item])
    return Report.objects.get()


@pytest.mark.django_db
def test_content_says_who_what_when_and_how_to_check(report):
    content = reports.content_of(report)
    assert (content.reference, content.is_draft, content.level) == (report.reference, False, "core")
    assert (content.contract.title, content.contract.commissioner, content.contract.provider) == (
        "Home care", "City of Doncaster Council", "Aldergate Care Services Ltd",
    )  # fmt: skip
    assert content.contract.value_gbp == Decimal("100000.50")
    assert [(entry.who, entry.what) for entry in content.history] == [
        ("Priya Raman", "asked the provider"),
        ("Sam Doyle", "submitted the self-assessment"),
        ("Evan Hughes", "began to rate"),
        ("Evan Hughes", "sent for approval"),
        ("Anna Kowalska", "signed off"),
    ]
    assert content.verification.url.endswith("/verify/")
    assert (content.verification.key_id, content.versions) == ("", ())


@pytest.mark.django_db
def test_content_has_every_criterion_with_rating_rationale_and_evidence(report):
    content = reports.content_of(report)
    (framework,) = content.frameworks
    assert [c.code for c in framework.criteria] == ["A1", "A2", "A4"]
    first, _, own = framework.criteria
    assert (first.narrative, first.rationale, first.found_where) == (
        "Our board looks at it.",
        "The rule is there and one record of its use was seen.",
        "Code of conduct, page 1",
    )
    (evidence,) = first.evidence
    assert (evidence.title, evidence.valid_until, evidence.sha256, evidence.url) == (
        "Annual report", date(2028, 4, 1), "", "https://www.example.org/report",
    )  # fmt: skip
    assert (own.answered_by, own.narrative, own.evidence) == ("commissioner", "", ())
    (finding,) = content.findings
    assert (finding.priority, finding.criterion_code, finding.title) == (
        "medium", "A1", "No register",
    )  # fmt: skip


@pytest.mark.django_db
def test_content_has_the_kept_figures(report):
    content = reports.content_of(report)
    (framework,) = content.outcome.frameworks
    assert f"{framework.percent:.4f}" == "66.6667"
    value = content.outcome.social_value
    (hours,) = value.themes[0].outcomes[0].measures
    assert hours.delivered_gbp == Decimal("150")
    assert f"{hours.committed_gbp:.2f}" == "451.57"
    assert content.measures.value_set_title == "Sample values"


@pytest.mark.django_db
def test_content_is_canonical_and_built_again_the_same(report):
    text = reports.content_text(report, report.requested_at)
    assert text == report.content
    assert list(json.loads(text)) == sorted(json.loads(text))


@pytest.mark.django_db
def test_figures_of_a_settled_scorecard_are_those_that_were_kept(report):
    row = again(report.scorecard)
    kept = reports.figures(row, inputs.load(row), date(2040, 1, 1))
    assert kept[0].assessed_on == timezone.localdate()
    row.stage = "rating"
    assert reports.figures(row, inputs.load(row), date(2040, 1, 1))[0].assessed_on == date(
        2040, 1, 1
    )


@pytest.mark.django_db
def test_preview_is_a_draft_that_is_not_stored(people):
    row = a_scorecard(people)
    content = reports.preview_content(row, timezone.now())
    assert (content.is_draft, content.scorecard_reference) == (True, row.reference)
    assert not Report.objects.exists()


def test_signer_is_that_of_the_settings(settings, tmp_path):
    make_signing_key()
    assert len(reports.signer().key_id) == 16
    settings.SIGNING_CERTIFICATE_FILE = tmp_path / "none.pem"
    with pytest.raises(BadSigningKey, match="cannot be read: No such file"):
        reports.signer()
