"""The worker's part: scanning files of evidence and drawing their pages."""

from celery import shared_task

from django.conf import settings

from accounts import jobs
from accounts.access import Actor
from accounts.file_reader import ReaderUnavailable, UnusableFile
from providers import actions, queries
from providers.actions.file_handling import HANDLE
from providers.enums import ScanState
from providers.evidence_files import (
    DRAWING_VERSION,
    MOST_PICTURED_PAGES,
    MOST_PICTURES_BYTES,
    ScannerUnavailable,
    drawn_pages,
    keep_picture,
    kind_of,
    picture_folder,
    scan,
)

WORKER = Actor.system("file worker")


@jobs.worker(HANDLE)
def handle_file(job, progress) -> None:
    """Draw the pages of one file and scan it. Idempotent: what was done is left alone.

    Pictures come first, so that a scanner that is away keeps nobody from their own.
    """
    handling = queries.file_handling(WORKER, job.subject_reference)
    if handling.drawing < DRAWING_VERSION and queries.is_pictured(WORKER, handling):
        _draw(handling, progress)
    if settings.SCANNER_COMMAND and not handling.is_settled:
        progress(90, "Scanning for malware")
        state = scan(handling.item.file.path, settings.SCANNER_COMMAND)
        if state == ScanState.WAITING:
            raise ScannerUnavailable("The malware scanner did not answer.")
        actions.settle_scan(actor=WORKER, handling=handling, state=state)


def _draw(handling, progress) -> None:
    item = handling.item
    folder = picture_folder(item.file.name)
    left = queries.evidence_use_of(WORKER, item.organisation).bytes_left
    unshown: dict[str, str] = {}
    drawn = size_bytes = 0
    with item.file.open() as held:
        pages = handling.pages
        try:
            pages = pages or kind_of(held).pages
        except ReaderUnavailable:
            raise
        except UnusableFile as wrong:
            # Kept before this was looked at: shown as one page that cannot be.
            pages, drawn, unshown = 1, 1, {"1": str(wrong)}
        else:
            last = min(pages, MOST_PICTURED_PAGES)
            for page in drawn_pages(held, pages, min(MOST_PICTURES_BYTES, left)):
                if page.reason:
                    unshown[str(page.number)] = page.reason
                else:
                    keep_picture(folder, page)
                    size_bytes += len(page.png)
                drawn = page.number
                progress(80 * drawn // last, f"Drawing page {drawn} of {last}")
    actions.keep_pictures(
        actor=WORKER,
        handling=handling,
        pages=pages,
        folder=folder,
        shown_pages=drawn,
        unshown=unshown,
        size_bytes=size_bytes,
    )


@shared_task(name="providers.look_after_files")
def look_after_files() -> int:
    """Ask for what files still lack: a scan, or pictures drawn as they are drawn today."""
    return actions.look_after_files(actor=WORKER)
