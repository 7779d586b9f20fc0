"""Writes to the evidence library."""

import datetime
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from providers.enums import EvidenceKind
from providers.evidence_files import media_type_of, scan, sha256_of
from providers.models import EvidenceItem
from providers.rules import keeps_evidence_of

REFUSAL = "Only people who answer for the organisation keep its evidence."


@transaction.atomic
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

    Side effects, in order: scan (where configured), file under a random name, row, audit row. The
    file is removed again if the transaction fails. Raises ``UnusableFile`` for what cannot be
    kept; then nothing is.
    """
    require(keeps_evidence_of(actor, actor.organisation), REFUSAL)
    media_type = media_type_of(content)
    with tempfile.NamedTemporaryFile() as held:
        held.write(content)
        held.flush()
        scan_state = scan(Path(held.name), settings.SCANNER_COMMAND)
    item = EvidenceItem(
        organisation=actor.organisation,
        kind=EvidenceKind.FILE,
        title=title,
        file_name=file_name[-200:],
        media_type=media_type,
        size_bytes=len(content),
        sha256=sha256_of([content]),
        scan_state=scan_state,
        covers_from=covers_from,
        covers_to=covers_to,
        valid_until=valid_until,
        received_at=timezone.now(),
        uploaded_by=actor.user,
    )
    item.file.save("evidence", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            item.save()
            _record_added(actor, item)
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


def _record_added(actor: Actor, item: EvidenceItem) -> None:
    audit.record(
        actor=actor,
        verb="evidence.added",
        subject=item,
        facts={
            "kind": item.kind,
            "sha256": item.sha256,
            "media_type": item.media_type,
            "size_bytes": item.size_bytes,
            "scan": item.scan_state,
        },
    )
