"""Whether every stored file is what its row says: its bytes, and the signature over them."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptography import x509

from django.db import models

from providers.models import EvidenceItem
from scorecards.documents.signing import BadSigningKey, key_id_of, load_certificate
from scorecards.documents.verifying import verify
from scorecards.models import ReportDocument, StoredAwardDocument


@dataclass(frozen=True)
class Kind:
    """Rows of one kind that have a file."""

    words: str
    rows: Callable[[], models.QuerySet]
    reference: Callable[[models.Model], str]
    is_signed: bool


KINDS = (
    Kind(
        "report",
        lambda: ReportDocument.objects.select_related("report", "key").order_by("pk"),
        lambda row: row.report.reference,
        is_signed=True,
    ),
    Kind(
        "document of an award",
        lambda: StoredAwardDocument.objects.select_related("document", "key").order_by("pk"),
        lambda row: row.document.reference,
        is_signed=True,
    ),
    Kind(
        "file of evidence",
        lambda: EvidenceItem.objects.exclude(file="").order_by("pk"),
        lambda row: row.reference,
        is_signed=False,
    ),
)


@dataclass(frozen=True)
class Checked:
    """How many rows of each kind fit, up to the first that does not."""

    counts: dict[str, int]
    misfit: str | None


def check(trusted: Iterable[x509.Certificate] = ()) -> Checked:
    """Read every stored file and compare it with its row.

    ``trusted`` are certificates that the person who checks brings: a document signed with another
    is then a misfit. Without any, the certificates kept in the database are taken as they are.
    """
    known = {key_id_of(certificate) for certificate in trusted}
    counts = {kind.words: 0 for kind in KINDS}
    for kind in KINDS:
        for row in kind.rows().iterator(chunk_size=100):
            reason = _misfit(row, kind.is_signed, known)
            if reason:
                return Checked(counts, f"The {kind.words} {kind.reference(row)}: {reason}.")
            counts[kind.words] += 1
    return Checked(counts, None)


def _misfit(row, is_signed: bool, known: set[str]) -> str | None:
    try:
        with row.file.open("rb") as stored:
            content = stored.read()
    except OSError as wrong:
        return f"its file {row.file.name} cannot be read ({wrong.strerror})"
    except ValueError as wrong:
        return f"its file {row.file.name} cannot be read ({wrong})"
    if hashlib.sha256(content).hexdigest() != row.sha256 or len(content) != row.size_bytes:
        return f"its file {row.file.name} holds other bytes than were stored"
    if not is_signed:
        return None
    try:
        certificate = load_certificate(row.key.certificate_pem)
    except BadSigningKey:
        return f"the certificate of its key {row.key.key_id} is none"
    if key_id_of(certificate) != row.key.key_id:
        return f"the certificate of its key {row.key.key_id} is another"
    if known and row.key.key_id not in known:
        return f"it is signed with the key {row.key.key_id}, which is not trusted here"
    if not verify(content, bytes(row.signature), certificate):
        return "its signature does not belong to it"
    return None
