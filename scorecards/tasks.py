"""The worker's part: making the PDF of a report or another document that was asked for."""

from accounts import jobs
from accounts.access import Actor
from scorecards import award_documents, reports
from scorecards.actions.award_documents import RENDER_DOCUMENT, store_award_document
from scorecards.actions.reports import RENDER, store_document
from scorecards.documents.signing import BadSigningKey
from scorecards.models import AwardDocument, Report


@jobs.worker(RENDER)
def render_report(job, progress) -> None:
    """Render and store one report. Idempotent: a report that has its document is left alone."""
    report = Report.objects.select_related("scorecard__contract__commissioner__organisation").get(
        reference=job.subject_reference
    )
    if hasattr(report, "document"):
        return
    progress(10, "Reading what the report says")
    content = reports.content_of(report)
    progress(30, "Laying out the pages")
    try:
        pdf = reports.render(content)
        progress(85, "Signing and storing")
        store_document(
            actor=Actor.system("report worker"),
            report=report,
            pdf=pdf,
            versions=[list(pair) for pair in reports.versions()],
        )
    except BadSigningKey as wrong:
        raise jobs.JobFailed(str(wrong)) from wrong


@jobs.worker(RENDER_DOCUMENT)
def render_award_document(job, progress) -> None:
    """Render and store one document of an exercise. Idempotent, as above."""
    document = AwardDocument.objects.select_related("exercise").get(reference=job.subject_reference)
    if hasattr(document, "stored"):
        return
    progress(10, "Reading what the document says")
    content = award_documents.content_of(document)
    progress(30, "Laying out the pages")
    try:
        pdf = award_documents.as_pdf(content)
        progress(85, "Signing and storing")
        store_award_document(
            actor=Actor.system("report worker"),
            document=document,
            pdf=pdf,
            versions=[list(pair) for pair in award_documents.versions()],
        )
    except BadSigningKey as wrong:
        raise jobs.JobFailed(str(wrong)) from wrong
