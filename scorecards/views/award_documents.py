"""Documents of an exercise: asking for them, reading them, and a bidder's own letters."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import COMMISSIONER_ROLES, PROVIDER_ROLES, Role, WrongState, door
from accounts.paging import page_of
from commissioning import actions as commissioning
from commissioning import queries as exercises
from commissioning.enums import Duty
from scorecards import actions, award_documents, queries
from scorecards.views.awards import the_lot

READERS = (*COMMISSIONER_ROLES, *PROVIDER_ROLES, Role.AUDITOR)


def _document(request, reference):
    row = get_object_or_404(queries.award_documents(request.actor), reference=reference)
    commissioning.record_opening(actor=request.actor, subject=row, case=row.exercise.reference)
    return row


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def document_list(request, reference):
    """The documents of an exercise as a whole, and what can be asked for."""
    exercise = exercises.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    duties = exercises.duties(request.actor, exercise)
    return render(
        request,
        "scorecards/document_list.html",
        {
            "exercise": exercise,
            "documents": queries.documents_of_exercise(request.actor, exercise),
            "may_schedule": Duty.LEAD in duties,
            "assessments": exercises.conflicts_assessments(request.actor, exercise)
            if duties & {Duty.LEAD, Duty.APPROVER}
            else [],
        },
    )


@door(Role.PROCUREMENT_LEAD)
@require_POST
def schedule_request(request, reference):
    """Ask for the ethics schedule."""
    exercise = exercises.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    row = actions.request_ethics_schedule(actor=request.actor, exercise=exercise)
    return redirect("scorecards:document-detail", row.reference)


@door(Role.PROCUREMENT_LEAD, Role.APPROVER)
@require_POST
def conflicts_request(request, reference, number):
    """Ask for a confirmed conflicts assessment as a document."""
    exercise = exercises.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    rows = exercises.conflicts_assessments(request.actor, exercise)
    row = get_object_or_404(rows, number=number)
    made = actions.request_conflicts_document(actor=request.actor, assessment=row)
    return redirect("scorecards:document-detail", made.reference)


@door(*COMMISSIONER_ROLES)
@require_POST
def evaluation_report_request(request, reference, number):
    """Ask for the evaluation report of a lot."""
    evaluation = the_lot(request, reference, number)
    try:
        row = actions.request_evaluation_report(actor=request.actor, evaluation=evaluation)
    except WrongState as wrong:
        messages.error(request, str(wrong))
        return redirect("scorecards:award-detail", reference, number)
    return redirect("scorecards:document-detail", row.reference)


@door(*READERS)
def document_detail(request, reference):
    """Queued, running with progress, ready, or failed with the reason and a retry."""
    row = _document(request, reference)
    return render(
        request,
        "scorecards/document_detail.html",
        {
            "document": row,
            "stored": getattr(row, "stored", None),
            "is_bidder": _is_bidder(request),
            "may_retry": bool(exercises.duties(request.actor, row.exercise)),
        },
    )


def _is_bidder(request) -> bool:
    return not request.actor.has(*COMMISSIONER_ROLES, Role.AUDITOR)


@door(*READERS)
def document_state(request, reference):
    """Where the job stands, for the script that refreshes the line."""
    job = get_object_or_404(queries.award_documents(request.actor), reference=reference).job
    return JsonResponse(
        {
            "state": job.state,
            "label": job.get_state_display(),
            "percent": job.percent,
            "message": job.message,
        }
    )


@door(*READERS)
def document_page(request, reference):
    """The same content as the PDF, as a page."""
    row = _document(request, reference)
    context = award_documents.as_page(award_documents.content_of(row))
    return render(request, "scorecards/document_page.html", {"document": row, **context})


@door(*READERS)
def document_pdf(request, reference):
    """The stored PDF."""
    row = _document(request, reference)
    stored = getattr(row, "stored", None)
    if stored is None:
        raise Http404
    return FileResponse(
        stored.file.open(),
        as_attachment=True,
        filename=f"{row.reference}.pdf",
        content_type="application/pdf",
    )


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def document_docx(request, reference):
    """An editable copy, unsigned."""
    row = _document(request, reference)
    return HttpResponse(
        award_documents.as_docx(award_documents.content_of(row)),
        content_type=award_documents.DOCX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{row.reference}.docx"'},
    )


@door(*READERS)
def document_signature(request, reference):
    """The detached CMS signature of the stored PDF."""
    row = get_object_or_404(
        queries.award_documents(request.actor).filter(stored__isnull=False), reference=reference
    )
    return HttpResponse(
        bytes(row.stored.signature),
        content_type="application/pkcs7-signature",
        headers={"Content-Disposition": f'attachment; filename="{row.reference}.pdf.p7s"'},
    )


@door(*COMMISSIONER_ROLES)
@require_POST
def document_retry(request, reference):
    """Try a failed document again."""
    row = get_object_or_404(queries.award_documents(request.actor), reference=reference)
    actions.retry_award_document(actor=request.actor, document=row)
    messages.success(request, "The document is queued again")
    return redirect("scorecards:document-detail", reference)


@door(*PROVIDER_ROLES)
def letter_list(request):
    """What the viewer's organisation was told about its bids."""
    page = page_of(request, queries.letters(request.actor))
    return render(request, "scorecards/letter_list.html", {"page": page})
