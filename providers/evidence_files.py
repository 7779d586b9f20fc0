"""Files of evidence: what they are by their content, their hash, their pictures, a scan.

Nothing here trusts a file's name, and nothing here parses a file: that is done by the reader, a
process that can do nothing else (``accounts.file_reader``).
"""

import hashlib
import shlex
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.file_reader import (
    CHECKS,
    DRAWING,
    ReaderStopped,
    ReaderUnavailable,
    UnusableFile,
    ask,
)
from accounts.file_reader.formats import ENDINGS, JPEG, PDF, PNG
from providers.enums import ScanState

# Kinds whose pages are shown as pictures, and the version of how they are drawn.
PICTURED = (PDF, PNG, JPEG)
DRAWING_VERSION = 1
MOST_PICTURED_PAGES = 200
MOST_PICTURES_BYTES = 64 * 1024 * 1024
MOST_DRAWING_SECONDS = 300
MOST_STOPS = 5
SCAN_SECONDS = 30

PNG_START = b"\x89PNG\r\n\x1a\n"
STOPPED = "our reader could not draw it"
TOO_MANY_STOPS = "pages before it could not be drawn"
TOO_LONG = "drawing the pages before it took too long"
TOO_MANY_BYTES = "the pictures of the pages before it take too much room"


class MalwareFound(UnusableFile):
    """The configured scanner refused the file."""


class ScannerUnavailable(Exception):
    """The configured scanner did not answer. The file waits."""


@dataclass(frozen=True)
class Kind:
    """What a file is. ``pages`` is 0 where it has none that could be shown."""

    media_type: str
    pages: int


@dataclass(frozen=True)
class DrawnPage:
    """A page as PNG, or the reason why it is not shown."""

    number: int
    png: bytes = b""
    reason: str = ""


def sha256_of(chunks) -> str:
    """The SHA-256 of an iterable of bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def kind_of(held: BinaryIO) -> Kind:
    """What the open file is, from the content alone.

    Raises ``UnusableFile`` when it is empty, damaged, locked by a password, of no kind that we
    accept, would become too large, or could not be read within the reader's limits.
    """
    for answer in ask("kind", held, queue=CHECKS, locks=settings.READER_LOCKS_DIR):
        media_type, pages = answer.facts.get("media_type"), answer.facts.get("pages")
        if media_type in tuple(ENDINGS) and isinstance(pages, int) and pages >= 0:
            return Kind(media_type, pages)
    raise ReaderStopped("The file could not be read. Save it anew and try again")


def drawn_pages(held: BinaryIO, pages: int, most_bytes: int) -> Iterator[DrawnPage]:
    """Every page that may be shown, in turn: at most ``MOST_PICTURED_PAGES``.

    A page at which the reader stops is passed over with the reason; after ``MOST_STOPS`` of them,
    or when time or bytes run out, so are all that follow. Raises ``ReaderUnavailable`` where no
    page can be drawn at present.
    """
    last = min(pages, MOST_PICTURED_PAGES)
    until = time.monotonic() + MOST_DRAWING_SECONDS
    number, stops, left = 1, 0, most_bytes
    why_over = ""
    while number <= last and not why_over:
        try:
            for page in _drawn(held, number, last):
                if len(page.png) > left:
                    why_over = TOO_MANY_BYTES
                    break
                left -= len(page.png)
                yield page
                number += 1
                if time.monotonic() > until:
                    why_over = TOO_LONG
                    break
        except ReaderUnavailable:
            raise
        except UnusableFile:
            yield DrawnPage(number, reason=STOPPED)
            number += 1
            stops += 1
            if stops == MOST_STOPS:
                why_over = TOO_MANY_STOPS
    for rest in range(number, last + 1):
        yield DrawnPage(rest, reason=why_over)


def _drawn(held: BinaryIO, first: int, last: int) -> Iterator[DrawnPage]:
    """What one reader draws, from ``first`` on. It is not believed without a look."""
    number = first
    locks = settings.READER_LOCKS_DIR
    for answer in ask("pictures", held, queue=DRAWING, locks=locks, first=first, last=last):
        reason = str(answer.facts.get("reason", ""))[:200]
        is_picture = answer.body.startswith(PNG_START)
        if number > last or answer.facts.get("page") != number or is_picture is bool(reason):
            raise ReaderStopped(STOPPED)
        yield DrawnPage(number, answer.body, reason)
        number += 1
    if number <= last:
        raise ReaderStopped(STOPPED)


def picture_folder(file_name: str) -> str:
    """Where the pictures of a stored file lie: beside it, under the version of drawing.

    Not under the hash of its content: that two organisations keep the same file is nobody's
    business, and a picture that is there at once would tell.
    """
    return f"evidence-pictures/{file_name.removeprefix('evidence/')}-{DRAWING_VERSION}"


def keep_picture(folder: str, page: DrawnPage) -> None:
    """Put the picture of a page in its place. One of an earlier attempt makes way."""
    name = f"{folder}/{page.number}.png"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(page.png))


def scan(path: Path, command: str) -> ScanState:
    """Run the configured scanner on the file. Blank command: not scanned.

    The command gets the path as its last argument; 0 says clean, 1 says malware. Where it says
    anything else, cannot be started or takes too long, the file waits.
    """
    if not command:
        return ScanState.NOT_SCANNED
    try:
        done = subprocess.run(
            [*shlex.split(command), str(path)], capture_output=True, timeout=SCAN_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ScanState.WAITING
    return {0: ScanState.CLEAN, 1: ScanState.INFECTED}.get(done.returncode, ScanState.WAITING)
