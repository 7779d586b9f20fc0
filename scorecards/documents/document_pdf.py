"""A document to its HTML, and to the bytes of its PDF."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from scorecards.documents import phrases
from scorecards.documents.document import DocumentContent, DocumentHead, Pairs
from scorecards.documents.document_text import document_text
from scorecards.documents.pdf import Assets, EmbeddedData, render_pdf
from scorecards.documents.versions import rendering_versions
from scorecards.documents.wording import day_words

TEMPLATE = "scorecards/document/document.html"
STYLESHEET = "document.css"
FILE_NAME = "document.json"


def document_html(content: DocumentContent) -> str:
    from django.template.loader import render_to_string

    return render_to_string(TEMPLATE, document_context(content))


def document_context(content: DocumentContent) -> dict[str, Any]:
    """The context of the PDF's template, and of a page that shows the same."""
    return {
        "head": content.head,
        "facts": head_facts(content.head),
        "sections": tuple(
            (f"section-{number}", part) for number, part in enumerate(content.sections, 1)
        ),
        "draft_words": phrases.DRAFT_DOCUMENT,
    }


def head_facts(head: DocumentHead) -> Pairs:
    """What stands under the title."""
    return (
        ("Reference", head.reference),
        ("Issued by", head.issued_by),
        ("Issued on", day_words(head.issued_on, "not issued yet")),
        *((("For", "\n".join(head.for_whom)),) if head.for_whom else ()),
        *head.facts,
    )


def document_pdf(content: DocumentContent, *, assets: Assets) -> bytes:
    """The same bytes for the same content under the same `document_versions`.

    `assets` are those of the report: the document's own stylesheet is added to them.
    """
    head = content.head
    return render_pdf(
        document_html(content),
        assets=_with_own_styles(assets),
        title=f"{head.kind}: {head.title}",
        language=head.language,
        author=head.issued_by,
        identifier=head.reference.encode(),
        created_at=head.made_at,
        data=EmbeddedData(
            name=FILE_NAME,
            description=f"The content of {head.kind} {head.reference}",
            content=document_text(content).encode(),
        ),
    )


def document_versions(assets: Assets, templates: Path) -> Pairs:
    """All that the bytes depend on besides the content. `templates` holds those of all apps."""
    return rendering_versions(_with_own_styles(assets), templates / "scorecards" / "document")


def _with_own_styles(assets: Assets) -> Assets:
    return replace(assets, more_styles=(assets.stylesheet.with_name(STYLESHEET),))
