"""The worker's part: making the PDF of a report that was asked for."""

from accounts import jobs
from accounts.access import Actor
from scorecards import reports
from scorecards.actions.reports import RENDER, store_document
from scorecards.documents.signing import BadSigningKey
from scorecards.models import Report


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
