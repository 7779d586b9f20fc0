"""What becomes of a file of evidence after it was kept: its scan and its pictures."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts import audit, jobs
from accounts.access import Actor
from providers import queries
from providers.enums import ScanState
from providers.evidence_files import DRAWING_VERSION
from providers.models import FileHandling

# The kind of the job that scans and draws one file.
HANDLE = "providers.handle_file"
MOST_AT_ONCE = 200


@transaction.atomic
def settle_scan(*, actor: Actor, handling: FileHandling, state: ScanState) -> None:
    """Keep what the scanner said of a file that waited, clean or infected, once."""
    changed = (
        FileHandling.objects.filter(pk=handling.pk)
        .exclude(scan_state__in=[ScanState.CLEAN, ScanState.INFECTED])
        .update(scan_state=state, scanned_at=timezone.now())
    )
    if changed:
        audit.record(
            actor=_of_owner(actor, handling),
            verb="evidence.scanned",
            subject=handling.item,
            facts={"scan": state, "sha256": handling.item.sha256},
        )


@transaction.atomic
def keep_pictures(
    *,
    actor: Actor,
    handling: FileHandling,
    pages: int,
    folder: str,
    shown_pages: int,
    unshown: dict[str, str],
    size_bytes: int,
) -> None:
    """Say that the pictures in ``folder`` are complete, once for each version of drawing."""
    changed = FileHandling.objects.filter(pk=handling.pk, drawing__lt=DRAWING_VERSION).update(
        pages=pages,
        drawing=DRAWING_VERSION,
        folder=folder,
        shown_pages=shown_pages,
        unshown=unshown,
        pictures_bytes=size_bytes,
    )
    if changed:
        audit.record(
            actor=_of_owner(actor, handling),
            verb="evidence.drawn",
            subject=handling.item,
            facts={"pages": shown_pages, "not_shown": len(unshown), "drawing": DRAWING_VERSION},
        )


@transaction.atomic
def look_after_files(*, actor: Actor) -> int:
    """Ask for the scan and the pictures that files still lack. Returns for how many.

    None is asked for twice within an hour, and at most ``MOST_AT_ONCE`` at a time.
    """
    waiting = list(queries.files_to_handle(actor, HANDLE)[:MOST_AT_ONCE])
    for handling in waiting:
        jobs.request(
            actor=_of_owner(actor, handling),
            kind=HANDLE,
            subject_reference=handling.item.reference,
        )
    return len(waiting)


def _of_owner(actor: Actor, handling: FileHandling) -> Actor:
    """The system on behalf of who keeps the file: nobody else's trail tells that there is one."""
    return replace(actor, organisation=handling.item.organisation)
