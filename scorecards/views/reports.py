"""Reports: where they stand, the page, the PDF, and checking one."""

import hashlib

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import PUBLIC, Role, door
from scorecards import actions, queries, reports
from scorecards.documents.layout import report_context
from scorecards.documents.signing import load_certificate
from scorecards.documents.verifying import verify
from scorecards.enums import ReportKind, Stage
from scorecards.forms import VerifyForm
from scorecards.rules import is_audit, may_ask_for_report
from scorecards.views.scorecards import READERS, found


@door(Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.APPROVER)
@require_POST
def report_request(request, reference):
    """Ask for a draft report."""
    scorecard = found(request, reference)
    report = actions.request_report(actor=request.actor, scorecard=scorecard)
    return redirect("scorecards:report-detail", report.reference)


def _report(request, reference):
    return get_object_or_404(queries.report_rows(request.actor), reference=reference)


@door(*READERS)
def report_detail(request, reference):
    """Queued, running with progress, ready, or failed with the reason and a retry."""
    report = _report(request, reference)
    if is_audit(request.actor):
        actions.record_opening(actor=request.actor, scorecard=report.scorecard, what="report")
    return render(
        request,
        "scorecards/report_detail.html",
        {
            "report": report,
            "document": getattr(report, "document", None),
            "may_retry": may_ask_for_report(request.actor, report.scorecard),
        },
    )


@door(*READERS)
def report_state(request, reference):
    """Where the job stands, for the script that refreshes the line."""
    job = _report(request, reference).job
    return JsonResponse(
        {
            "state": job.state,
            "label": job.get_state_display(),
            "percent": job.percent,
            "message": job.message,
        }
    )


@door(Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.APPROVER)
@require_POST
def report_retry(request, reference):
    """Try a failed report again."""
    report = _report(request, reference)
    actions.retry_report(actor=request.actor, report=report)
    messages.success(request, "The report is queued again")
    return redirect("scorecards:report-detail", reference)


@door(*READERS)
def report_page(request, reference):
    """The same content as the PDF, as a page."""
    report = _report(request, reference)
    if is_audit(request.actor):
        actions.record_opening(actor=request.actor, scorecard=report.scorecard, what="report page")
    context = report_context(reports.content_of(report))
    return render(request, "scorecards/report_page.html", {"report": report, **context})


@door(*READERS)
def report_pdf(request, reference):
    """The stored PDF."""
    report = get_object_or_404(
        queries.report_rows(request.actor).filter(document__isnull=False), reference=reference
    )
    if is_audit(request.actor):
        actions.record_opening(actor=request.actor, scorecard=report.scorecard, what="report PDF")
    return FileResponse(
        report.document.file.open(),
        as_attachment=True,
        filename=f"{report.reference}.pdf",
        content_type="application/pdf",
    )


@door(*READERS)
def report_signature(request, reference):
    """The detached CMS signature of the stored PDF."""
    report = get_object_or_404(
        queries.report_rows(request.actor).filter(document__isnull=False), reference=reference
    )
    return HttpResponse(
        bytes(report.document.signature),
        content_type="application/pkcs7-signature",
        headers={"Content-Disposition": f'attachment; filename="{report.reference}.pdf.p7s"'},
    )


@door(PUBLIC)
def certificate(request, key_id):
    """The certificate of a key that signed reports, as PEM."""
    key = get_object_or_404(queries.certificates(request.actor), key_id=key_id)
    return HttpResponse(key.certificate_pem, content_type="application/x-pem-file")


@door(PUBLIC)
def verify_report(request):
    """Genuine and current, genuine but superseded, genuine but a draft, or unknown.

    Nothing else is disclosed: not the provider, not the contract, not the opinion.
    """
    form = VerifyForm(request.POST or None, request.FILES or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        verdict = _verdict(request, form.cleaned_data)
    return render(
        request,
        "scorecards/verify.html",
        {
            "form": form,
            "verdict": verdict,
            "certificates": queries.certificates(request.actor),
        },
    )


def _verdict(request, given) -> dict:
    upload = given.get("file")
    sha256 = given["sha256"]
    if upload:
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        sha256 = digest.hexdigest()
    document = queries.document_by_hash(
        request.actor, sha256, "" if upload else given["reference"].strip()
    )
    if document is None:
        return _verdict_on_other(request, sha256, "" if upload else given["reference"].strip())
    if not _signature_holds(document):
        return {"word": "unknown", "sha256": sha256}
    report = document.report
    if report.kind == ReportKind.DRAFT:
        word = "draft"
    elif report.scorecard.stage == Stage.SUPERSEDED:
        word = "superseded"
    else:
        word = "current"
    return {"word": word, "sha256": sha256, "key_id": document.key.key_id}


def _verdict_on_other(request, sha256: str, reference: str) -> dict:
    """The same for a document of an exercise: those are not replaced by later ones."""
    stored = queries.award_document_by_hash(request.actor, sha256, reference)
    if stored is None or not _signature_holds(stored):
        return {"word": "unknown", "sha256": sha256}
    return {"word": "document", "sha256": sha256, "key_id": stored.key.key_id}


def _signature_holds(document) -> bool:
    """The bytes that are stored still carry our signature."""
    with document.file.open() as held:
        stored = held.read()
    return hashlib.sha256(stored).hexdigest() == document.sha256 and verify(
        stored, bytes(document.signature), load_certificate(document.key.certificate_pem)
    )
