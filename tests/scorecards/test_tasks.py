"""The worker's part: a report is made once, or fails with the reason and can be tried again."""

import hashlib
import json
from dataclasses import replace

import page
import pikepdf
import pytest

from django.core.management import call_command
from django.utils import timezone

from accounts import jobs
from accounts.access import Actor, WrongState
from accounts.models import AuditEvent, Job
from scorecards import actions, reports, tasks
from scorecards.documents.signing import load_certificate
from scorecards.documents.verifying import verify
from scorecards.models import Report, ReportDocument, SigningKey
from scorecards.scoring import replay
from tests.conftest import make_signing_key
from tests.scorecards.samples import a_scorecard, again, being_rated, rate, signed_off


@pytest.fixture(autouse=True)
def signing_key():
    make_signing_key()


def run(report: Report) -> Report:
    """What the worker does with the report's job."""
    jobs.run(report.job_id)
    return Report.objects.select_related("job").get(pk=report.pk)


@pytest.mark.django_db
def test_report_of_a_signed_off_scorecard_is_made_signed_and_stored_once(people):
    scorecard = signed_off(people)
    report = run(Report.objects.get())
    document, key = report.document, SigningKey.objects.get()
    with document.file.open() as held:
        pdf = held.read()
    assert (report.job.state, report.job.percent) == ("done", 100)
    assert (document.sha256, document.size_bytes) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert document.file.name == f"reports/{document.sha256[:2]}/{document.sha256}.pdf"
    assert verify(pdf, bytes(document.signature), load_certificate(key.certificate_pem))
    assert dict(document.versions)["WeasyPrint"].startswith("70.")
    assert AuditEvent.objects.get(verb="report.stored").facts == {
        "sha256": document.sha256,
        "key": key.key_id,
        "size_bytes": len(pdf),
    }

    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert page.validate_pdf_bytes(pdf, profile=profile).failures == []

    content = reports.content_of(report)
    assert content.verification.key_id == key.key_id
    assert reports.render(content) == pdf
    with pikepdf.open(document.file.open()) as opened:
        data = json.loads(opened.Root.AF[0].EF.F.read_bytes())
    assert data["scorecard_reference"] == scorecard.reference
    assert json.loads(replay(json.dumps(data["inputs"]))) == data["outcome"]
    assert scorecard.result.outcome == replay(scorecard.result.inputs)

    heard = []
    tasks.render_report(report.job, lambda percent, message: heard.append(percent))
    jobs.run(report.job_id)
    actions.store_document(actor=Actor.system("x"), report=report, pdf=b"other", versions=[])
    assert heard == []
    assert ReportDocument.objects.get().sha256 == document.sha256


@pytest.mark.django_db
def test_worker_that_died_in_mid_render_loses_no_report_and_makes_none_twice(people):
    signed_off(people)
    report = Report.objects.get()
    long_ago = timezone.now() - jobs.LEASE
    Job.objects.filter(pk=report.job_id).update(
        state="running", attempts=1, started_at=long_ago, lease_until=long_ago
    )
    report = run(report)
    assert (report.job.state, report.job.attempts) == ("done", 2)
    assert ReportDocument.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "The signing key cannot be read: No such file or directory"),
        ("no key", "the signing key is not an unencrypted PEM private key"),
    ],
)
def test_bad_signing_key_fails_the_report_with_the_reason_and_it_can_be_tried_again(
    people, actor_of, settings, tmp_path, content, reason
):
    good, settings.SIGNING_KEY_FILE = settings.SIGNING_KEY_FILE, tmp_path / "key.pem"
    if content:
        settings.SIGNING_KEY_FILE.write_text(content)
    scorecard = signed_off(people)
    report = run(Report.objects.get())
    assert (report.job.state, report.job.error) == ("failed", reason)
    assert (again(scorecard).stage, ReportDocument.objects.count()) == ("signed_off", 0)
    settings.SIGNING_KEY_FILE = good
    actions.retry_report(actor=actor_of("priya"), report=report)
    report = run(report)
    assert report.job.state == "done"
    with pytest.raises(WrongState, match="did not fail"):
        actions.retry_report(actor=actor_of("priya"), report=report)


@pytest.mark.django_db
def test_draft_at_any_stage_is_made_with_a_watermark(people, actor_of):
    for scorecard in (a_scorecard(people), being_rated(people, a_scorecard(people))):
        report = actions.request_report(actor=actor_of("priya"), scorecard=scorecard)
        report = run(report)
        assert (report.kind, report.job.state) == ("draft", "done")
        assert reports.content_of(report).is_draft is True


@pytest.mark.django_db
def test_content_is_that_of_the_moment_it_was_asked_for(people, actor_of):
    scorecard = being_rated(people)
    report = actions.request_report(actor=actor_of("priya"), scorecard=scorecard)
    rate(actor_of("evan"), scorecard)
    content = reports.content_of(run(report))
    assert content.outcome.frameworks[0].percent is None
    now = reports.preview_content(again(scorecard), timezone.now())
    assert now.outcome.frameworks[0].percent is not None


@pytest.mark.django_db
def test_old_key_is_kept_after_rotation_and_its_reports_render_the_same(people, settings, tmp_path):
    signed_off(people)
    first = run(Report.objects.get())
    settings.SIGNING_KEY_FILE = tmp_path / "key.pem"
    settings.SIGNING_CERTIFICATE_FILE = tmp_path / "certificate.pem"
    call_command("make_signing_key", verbosity=0, name="The next key")
    second_scorecard = signed_off(people, a_scorecard(people, contract=first.scorecard.contract))
    second = run(Report.objects.get(scorecard=second_scorecard))
    old, new = first.document.key, second.document.key
    assert old != new
    assert set(SigningKey.objects.all()) == {old, new}
    with first.document.file.open() as held:
        stored = held.read()
    assert reports.render(reports.content_of(first)) == stored
    assert verify(stored, bytes(first.document.signature), load_certificate(old.certificate_pem))
    assert not verify(
        stored, bytes(first.document.signature), load_certificate(new.certificate_pem)
    )
    assert replace(reports.content_of(second), versions=()).supersedes == (
        first.scorecard.reference
    )
