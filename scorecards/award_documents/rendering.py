"""A kept document as a signed PDF, as a DOCX for people who must edit, and as a page."""

from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from scorecards import reports
from scorecards.documents.content import VerificationText
from scorecards.documents.document import DocumentContent
from scorecards.documents.document_docx import MEDIA_TYPE as DOCX_TYPE
from scorecards.documents.document_docx import document_docx
from scorecards.documents.document_pdf import document_context, document_pdf, document_versions
from scorecards.documents.document_text import document_from_text
from scorecards.models import AwardDocument

__all__ = ["DOCX_TYPE", "as_docx", "as_page", "as_pdf", "content_of", "versions"]


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """What the bytes depend on besides the content, in this process. For the worker only."""
    return document_versions(reports.assets(), reports.templates_dir())


def content_of(row: AwardDocument) -> DocumentContent:
    """The content as it was kept, with the versions and the key of its PDF once there is one."""
    content = document_from_text(row.content)
    stored = getattr(row, "stored", None)
    if stored is None:
        return content
    return _made_with(content, tuple(tuple(pair) for pair in stored.versions), stored.key.key_id)


def as_pdf(content: DocumentContent) -> bytes:
    """The PDF of this content. Raises ``BadSigningKey`` without a key that will sign it."""
    verification = content.head.verification
    key_id = (verification.key_id if verification else "") or reports.signer().key_id
    return document_pdf(_made_with(content, versions(), key_id), assets=reports.assets())


def as_docx(content: DocumentContent) -> bytes:
    return document_docx(content)


def as_page(content: DocumentContent) -> dict:
    """The context of a page that shows the same."""
    return document_context(content)


def _made_with(
    content: DocumentContent, pairs: tuple[tuple[str, str], ...], key_id: str
) -> DocumentContent:
    url = f"{settings.SITE_URL}{reverse(reports.VERIFY)}"
    head = replace(
        content.head, versions=pairs, verification=VerificationText(url=url, key_id=key_id)
    )
    return replace(content, head=head)
