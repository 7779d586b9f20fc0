"""Writes to the evidence library."""

import datetime
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit, jobs
from accounts.access import Actor, WrongState, require
from accounts.file_reader import UnusableFile
from accounts.file_reader.formats import ENDINGS
from accounts.models import Organisation
from providers import queries
from providers.actions.file_handling import HANDLE
from providers.enums import EvidenceKind, ScanState
from providers.evidence_files import MalwareFound, kind_of, scan, sha256_of
from providers.models import EvidenceItem, FileHandling
from providers.rules import keeps_evidence_of

NO_ROOM = (
    "The file could not be kept: the service has no room for it at present. Try again later, and "
    "tell the operator of this service"
)
REFUSAL = "Only people who answer for the organisation keep its evidence."


def add_evidence_file(
    *,
    actor: Actor,
    title: str,
    content: bytes,
    file_name: str,
    covers_from: datetime.date | None = None,
    covers_to: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> EvidenceItem:
    """Keep a file in the library of the actor's organisation.

    Side effects, in order: the file is proved by the reader and scanned (where configured), before
    any row is locked; then, in one transaction, file under a random name, rows, audit row, and
    the job that scans it if it still waits, and draws its pages. The file is removed again if the
    transaction fails. Raises ``UnusableFile`` for what cannot be kept; then nothing is.
    """
    require(keeps_evidence_of(actor, actor.organisation), REFUSAL)
    try:
        with tempfile.NamedTemporaryFile() as held:
            held.write(content)
            held.flush()
            kind = kind_of(held)
            scan_state = scan(Path(held.name), settings.SCANNER_COMMAND)
    except OSError as wrong:
        raise UnusableFile(NO_ROOM) from wrong
    if scan_state == ScanState.INFECTED:
        raise MalwareFound("The selected file contains malware and was not kept")
    stem = file_name.rsplit(".", 1)[0] or "evidence"
    item = EvidenceItem(
        organisation=actor.organisation,
        kind=EvidenceKind.FILE,
        title=title,
        file_name=f"{stem[:190]}.{ENDINGS[kind.media_type]}",
        media_type=kind.media_type,
        size_bytes=len(content),
        sha256=sha256_of([content]),
        covers_from=covers_from,
        covers_to=covers_to,
        valid_until=valid_until,
        received_at=timezone.now(),
        uploaded_by=actor.user,
    )
    return _keep(actor, item, content, FileHandling(scan_state=scan_state, pages=kind.pages))


@transaction.atomic
def _keep(actor: Actor, item: EvidenceItem, content: bytes, handling: FileHandling) -> EvidenceItem:
    # Of two uploads at once the second waits here, and counts the first.
    Organisation.objects.select_for_update().get(pk=item.organisation.pk)
    use = queries.evidence_use(actor)
    if not use.has_room_for(item.size_bytes):
        raise UnusableFile(use.refusal)
    try:
        item.file.save("evidence", ContentFile(content), save=False)
    except OSError as wrong:
        raise UnusableFile(NO_ROOM) from wrong
    try:
        with transaction.atomic():
            item.save()
            handling.item = item
            if handling.is_clean:
                handling.scanned_at = item.received_at
            handling.save()
            _record_added(actor, item, scan=handling.scan_state)
            if handling.scan_state == ScanState.WAITING or handling.pages:
                jobs.request(actor=actor, kind=HANDLE, subject_reference=item.reference)
    except Exception:
        item.file.storage.delete(item.file.name)
        raise
    return item


@transaction.atomic
def add_evidence_link(
    *,
    actor: Actor,
    title: str,
    url: str,
    covers_from: datetime.date | None = None,
    covers_to: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> EvidenceItem:
    """Keep a link in the library. What it leads to is not fetched: the hash is of the address."""
    require(keeps_evidence_of(actor, actor.organisation), REFUSAL)
    item = EvidenceItem.objects.create(
        organisation=actor.organisation,
        kind=EvidenceKind.LINK,
        title=title,
        url=url,
        sha256=sha256_of([url.encode()]),
        covers_from=covers_from,
        covers_to=covers_to,
        valid_until=valid_until,
        received_at=timezone.now(),
        uploaded_by=actor.user,
    )
    _record_added(actor, item)
    return item


@transaction.atomic
def change_evidence(
    *,
    actor: Actor,
    item: EvidenceItem,
    title: str,
    covers_from: datetime.date | None,
    covers_to: datetime.date | None,
    valid_until: datetime.date | None,
) -> EvidenceItem:
    """Correct the title or dates of an item that no submitted answer rests on."""
    require(keeps_evidence_of(actor, item.organisation), REFUSAL)
    item = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    if item.frozen_at:
        raise WrongState("A submitted answer rests on this evidence, so it cannot change.")
    item.title = title
    item.covers_from = covers_from
    item.covers_to = covers_to
    item.valid_until = valid_until
    item.save()
    audit.record(actor=actor, verb="evidence.changed", subject=item)
    return item


def _record_added(actor: Actor, item: EvidenceItem, scan: str = "") -> None:
    audit.record(
        actor=actor,
        verb="evidence.added",
        subject=item,
        facts={
            "kind": item.kind,
            "sha256": item.sha256,
            "media_type": item.media_type,
            "size_bytes": item.size_bytes,
            "scan": scan,
        },
    )
