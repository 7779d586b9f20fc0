"""The documents of an exercise: rows in, plain documents out. Nothing is decided here.

``rendering`` turns a document's kept text into a signed PDF or a DOCX.
"""

from scorecards.award_documents.conflicts import conflicts_document
from scorecards.award_documents.evaluation_report import evaluation_report_document
from scorecards.award_documents.facts import AwardFacts, load_facts
from scorecards.award_documents.rendering import (
    DOCX_TYPE,
    as_docx,
    as_page,
    as_pdf,
    content_of,
    versions,
)
from scorecards.award_documents.schedule import schedule_document
from scorecards.award_documents.summaries import (
    SummaryTexts,
    default_texts,
    disregarded_document,
    missing_of,
    summary_document,
)

__all__ = [
    "DOCX_TYPE",
    "AwardFacts",
    "SummaryTexts",
    "as_docx",
    "as_page",
    "as_pdf",
    "conflicts_document",
    "content_of",
    "default_texts",
    "disregarded_document",
    "evaluation_report_document",
    "load_facts",
    "missing_of",
    "schedule_document",
    "summary_document",
    "versions",
]
