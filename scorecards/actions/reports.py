"""Asking for reports, and keeping what was made."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit, jobs
from accounts.access import Actor, WrongState, require
from scorecards import reports
from scorecards.actions.steps import is_of_provider, lock
from scorecards.documents.signing import sha256_of
from scorecards.enums import ReportKind
from scorecards.models import Report, ReportDocument, Scorecard, SigningKey
from scorecards.rules import is_settled, may_ask_for_report

RENDER = "scorecards.render_report"


@transaction.atomic
def request_report(*, actor: Actor, scorecard: Scorecard) -> Report:
    """Ask for a draft report, watermarked, of a scorecard that is not signed off.

    Side effects, in order: report with its content as of now, job, audit row; the worker is told
    after the commit.
    """
    require(
        may_ask_for_report(actor, scorecard) and not is_of_provider(actor, scorecard),
        "Only people of the commissioner who work on the case ask for its report.",
    )
    if is_settled(lock(scorecard)):
        raise WrongState("This scorecard is signed off, and its report was made then.")
    return _request(actor, scorecard, ReportKind.DRAFT)


def request_final_report(*, actor: Actor, scorecard: Scorecard) -> Report:
    """Ask for the report of a scorecard at its sign-off, in that transaction."""
    return _request(actor, scorecard, ReportKind.FINAL)


def _request(actor: Actor, scorecard: Scorecard, kind: str) -> Report:
    now = timezone.now()
    report = Report.objects.create(
        scorecard=scorecard,
        kind=kind,
        content="",
        requested_at=now,
        requested_by=actor.user,
    )
    report.content = reports.content_text(report, now)
    report.job = jobs.request(
        actor=actor,
        kind=RENDER,
        subject_reference=report.reference,
        organisation=scorecard.contract.commissioner.organisation,
    )
    report.save(update_fields=["content", "job"])
    audit.record(
        actor=actor,
        verb="report.requested",
        subject=report,
        case=scorecard.contract.reference,
        facts={"kind": kind, "scorecard": scorecard.reference},
    )
    return report


@transaction.atomic
def retry_report(*, actor: Actor, report: Report) -> None:
    """Try again to make a report whose job failed."""
    require(
        may_ask_for_report(actor, report.scorecard) and not is_of_provider(actor, report.scorecard),
        "Only people of the commissioner who work on the case ask for its report.",
    )
    if not jobs.retry(actor=actor, job=report.job):
        raise WrongState("This report did not fail, or is being made again already.")
    audit.record(
        actor=actor, verb="report.retried", subject=report, case=report.scorecard.contract.reference
    )


@transaction.atomic
def store_document(*, actor: Actor, report: Report, pdf: bytes, versions: list) -> ReportDocument:
    """Sign and keep the finished PDF, once. A second call gives what the first one kept.

    Side effects, in order: certificate row (first use of a key), file named by its hash, document
    row, audit row. Raises ``BadSigningKey`` when the key cannot sign.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    held = ReportDocument.objects.filter(report=report).first()
    if held is not None:
        return held
    signer = reports.signer()
    key, _ = SigningKey.objects.get_or_create(
        key_id=signer.key_id,
        defaults={"certificate_pem": signer.certificate_pem, "first_used_at": timezone.now()},
    )
    document = ReportDocument(
        report=report,
        sha256=sha256_of(pdf),
        size_bytes=len(pdf),
        signature=reports.sign(pdf, signer),
        key=key,
        versions=versions,
        stored_at=timezone.now(),
    )
    document.file.save("report", ContentFile(pdf), save=False)
    document.save()
    audit.record(
        actor=actor,
        verb="report.stored",
        subject=report,
        case=report.scorecard.contract.reference,
        facts={"sha256": document.sha256, "key": key.key_id, "size_bytes": document.size_bytes},
    )
    return document


@transaction.atomic
def record_opening(*, actor: Actor, scorecard: Scorecard, what: str) -> None:
    """Put into the trail what an auditor opened: ``what`` is a page's code word."""
    audit.record(
        actor=actor,
        verb="scorecard.opened",
        subject=scorecard,
        case=scorecard.contract.reference,
        facts={"what": what},
    )


@transaction.atomic
def record_list_opening(*, actor: Actor, what: str, rows: int, filters: dict) -> None:
    """Put into the trail that an auditor opened or exported a list, with its filters."""
    audit.record(
        actor=actor,
        verb="scorecard_list.opened",
        subject=actor.organisation,
        facts={"what": what, "rows": rows, "filters": filters},
    )
