"""Files of evidence: what they are by their content, their hash, their pictures, a scan.

Nothing here trusts a file's name. Each kind is proved by opening it.
"""

import hashlib
import io
import shlex
import subprocess
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFile, UnidentifiedImageError

from providers.enums import ScanState

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
PNG = "image/png"
JPEG = "image/jpeg"

ENDINGS = {PDF: "pdf", DOCX: "docx", XLSX: "xlsx", CSV: "csv", PNG: "png", JPEG: "jpg"}
ACCEPTED = "PDF, DOCX, XLSX, CSV, PNG or JPEG"
MOST_PIXELS = 50_000_000
TOO_MANY_PIXELS = "The selected picture has more than 50 million pixels"
CONTENT_TYPES = "[Content_Types].xml"
MOST_DECLARED_BYTES = 1_000_000
PICTURE_WIDTH_PIXELS = 1400
MOST_PICTURED_PAGES = 200
SCAN_SECONDS = 60


class UnusableFile(ValueError):
    """The file cannot be kept. ``str()`` says why and what to do."""


class MalwareFound(UnusableFile):
    """The configured scanner refused the file."""


def sha256_of(chunks) -> str:
    """The SHA-256 of an iterable of bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def media_type_of(content: bytes) -> str:
    """The media type, from the content alone.

    Raises ``UnusableFile`` when it is empty, damaged, locked by a password, or of no kind that we
    accept.
    """
    if not content:
        raise UnusableFile("The selected file is empty")
    if content.startswith(b"%PDF-"):
        return _prove_pdf(content)
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _prove_image(content)
    if content.startswith(b"PK\x03\x04"):
        return _prove_office_document(content)
    return _prove_csv(content)


def _prove_pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
        if len(document) < 1:
            raise UnusableFile("The selected PDF has no pages")
    except pypdfium2.PdfiumError as wrong:
        if "password" in str(wrong).lower():
            raise UnusableFile(
                "The selected PDF is locked by a password. Upload it without one"
            ) from wrong
        raise UnusableFile("The selected PDF is damaged and cannot be opened") from wrong
    document.close()
    return PDF


def _prove_image(content: bytes) -> str:
    """Prove a picture by drawing all of it: a header alone shows nothing."""
    try:
        with _whole(), Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnusableFile(TOO_MANY_PIXELS)
            image.load()
            return {"PNG": PNG, "JPEG": JPEG}[image.format]
    except Image.DecompressionBombError as wrong:
        raise UnusableFile(TOO_MANY_PIXELS) from wrong
    except UnusableFile:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, KeyError, ValueError) as wrong:
        raise UnusableFile("The selected picture is damaged and cannot be opened") from wrong


@contextmanager
def _whole():
    """Take pictures only whole: the library that renders reports allows halves to the process."""
    allowed, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = allowed


def _prove_office_document(content: bytes) -> str:
    """Prove a document by the kind that it declares: one with macros declares another."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            declared = b""
            if CONTENT_TYPES in names:
                with archive.open(CONTENT_TYPES) as held:
                    declared = held.read(MOST_DECLARED_BYTES)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as wrong:
        raise UnusableFile("The selected document is damaged and cannot be opened") from wrong
    for kind, part in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")):
        if part in names and f'"{kind}.main+xml"'.encode() in declared:
            return kind
    if b".macroEnabled." in declared:
        raise UnusableFile("The selected document holds macros. Save it without them")
    raise UnusableFile(f"The selected file must be a {ACCEPTED}")


def _prove_csv(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    printable = "\x00" not in text and "\ufffd" not in text
    if not printable or text.lstrip().startswith("<") or not lines:
        raise UnusableFile(f"The selected file must be a {ACCEPTED}")
    if not any(mark in lines[0] for mark in ",;\t"):
        raise UnusableFile(
            f"The selected file must be a {ACCEPTED}. A CSV file has columns in its first line"
        )
    return CSV


def scan(path: Path, command: str) -> ScanState:
    """Run the configured scanner on the file. Blank command: not scanned.

    The command gets the path as its last argument; 0 says clean, 1 says malware, anything else
    that it did not work. Raises ``MalwareFound``, or ``UnusableFile`` when the scanner failed.
    """
    if not command:
        return ScanState.NOT_SCANNED
    try:
        done = subprocess.run(
            [*shlex.split(command), str(path)], capture_output=True, timeout=SCAN_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise UnusableFile("The file could not be scanned for malware. Try again later") from wrong
    if done.returncode == 0:
        return ScanState.CLEAN
    if done.returncode == 1:
        raise MalwareFound("The selected file contains malware and was not kept")
    raise UnusableFile("The file could not be scanned for malware. Try again later")


def picture_of_image(content: bytes) -> bytes:
    """The picture drawn anew as PNG, at most ``PICTURE_WIDTH_PIXELS`` wide, without metadata."""
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((PICTURE_WIDTH_PIXELS, PICTURE_WIDTH_PIXELS * 4))
        drawn = io.BytesIO()
        image.convert("RGBA" if image.mode in ("RGBA", "LA", "P") else "RGB").save(drawn, "PNG")
    return drawn.getvalue()


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def picture_of_page(content: bytes, number: int) -> bytes:
    """Page ``number`` of a PDF, from 1, as PNG. Raises ``IndexError`` where there is none."""
    document = pypdfium2.PdfDocument(content)
    try:
        if not 1 <= number <= min(len(document), MOST_PICTURED_PAGES):
            raise IndexError(f"There is no page {number}.")
        page = document[number - 1]
        scale = min(2.0, PICTURE_WIDTH_PIXELS / max(page.get_width(), 1))
        drawn = io.BytesIO()
        page.render(scale=scale).to_pil().save(drawn, "PNG")
        return drawn.getvalue()
    finally:
        document.close()
