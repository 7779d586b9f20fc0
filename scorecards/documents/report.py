"""A report's content to its HTML, and to the bytes of its PDF."""

from pathlib import Path

from scorecards.documents.content import ReportContent
from scorecards.documents.data import embedded_data
from scorecards.documents.layout import report_context
from scorecards.documents.pdf import Assets, render_pdf
from scorecards.documents.versions import rendering_versions
from scorecards.scoring import METHOD_VERSION

TEMPLATE = "scorecards/report/report.html"


def report_html(content: ReportContent) -> str:
    from django.template.loader import render_to_string

    return render_to_string(TEMPLATE, report_context(content))


def report_pdf(content: ReportContent, *, assets: Assets) -> bytes:
    """The same bytes for the same content under the same `versions_in_use`."""
    return render_pdf(
        report_html(content),
        assets=assets,
        title=content.title,
        language=content.language,
        author=content.contract.commissioner,
        identifier=content.identifier,
        created_at=content.created_at,
        data=embedded_data(content),
    )


def versions_in_use(assets: Assets, templates: Path) -> tuple[tuple[str, str], ...]:
    """All that the bytes depend on besides the content: recorded with each report."""
    layout = rendering_versions(assets, templates / "scorecards" / "report")
    return (("method", METHOD_VERSION), *layout)
