"""A report's content to its HTML, and to the bytes of its PDF."""

import hashlib
from pathlib import Path

from scorecards.documents.content import ReportContent
from scorecards.documents.data import embedded_data
from scorecards.documents.layout import report_context
from scorecards.documents.pdf import Assets, render_pdf
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
    import fontTools
    import pydyf
    import weasyprint
    from weasyprint.text.ffi import pango

    layout = [assets.stylesheet, *sorted((templates / "scorecards" / "report").glob("*.html"))]
    layout += sorted(assets.fonts.glob("*.woff2"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in layout)).hexdigest()
    return (
        ("method", METHOD_VERSION),
        ("layout", digest[:12]),
        ("WeasyPrint", weasyprint.__version__),
        ("pydyf", pydyf.__version__),
        ("fontTools", fontTools.version),
        ("Pango", _pango_version(pango.pango_version())),
    )


def _pango_version(number: int) -> str:
    """15012 is 1.50.12."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
