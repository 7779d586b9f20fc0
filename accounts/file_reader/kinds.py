"""What a file is, by its content alone. Runs in the reader: see ``child``.

Whatever a file would become is bounded by what it declares before any of it is unpacked or drawn.
"""

import codecs
import io
import zipfile
import zlib
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageFile, JpegImagePlugin, MpoImagePlugin, PngImagePlugin  # noqa: F401

from accounts.file_reader.answers import UnusableFile
from accounts.file_reader.formats import ACCEPTED, CSV, DOCX, JPEG, PDF, PNG, XLSX

MOST_PIXELS = 50_000_000
TOO_MANY_PIXELS = "The selected picture has more than 50 million pixels"
MOST_PAGES = 5000
CONTENT_TYPES = "[Content_Types].xml"
MOST_DECLARED_BYTES = 1_000_000
MOST_DIRECTORY_BYTES = 2_000_000
MOST_PARTS = 5000
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_UNPACKED_RATIO = 200
TOO_LARGE_UNPACKED = "The selected document would unpack to far more than a document holds"
DAMAGED_DOCUMENT = "The selected document is damaged and cannot be opened"

# What these load on first use is loaded now: the reader opens no file later on.
Image.preinit()
for _name in ("cp437", "cp1252", "utf-8-sig"):
    codecs.lookup(_name)


def kind(content: bytes) -> Iterator[tuple[dict, bytes]]:
    """The media type, and how many pages a PDF has.

    Raises ``UnusableFile`` when the file is empty, damaged, locked by a password, of no kind that
    we accept, or would become too large.
    """
    if not content:
        raise UnusableFile("The selected file is empty")
    if content.startswith(b"%PDF-"):
        yield {"media_type": PDF, "pages": _pages_of_pdf(content)}, b""
    elif content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        yield {"media_type": _prove_image(content), "pages": 1}, b""
    elif content.startswith(b"PK\x03\x04"):
        yield {"media_type": _prove_office_document(content), "pages": 0}, b""
    else:
        _prove_csv(content)
        yield {"media_type": CSV, "pages": 0}, b""


def _pages_of_pdf(content: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as wrong:
        if "password" in str(wrong).lower():
            raise UnusableFile(
                "The selected PDF is locked by a password. Upload it without one"
            ) from wrong
        raise UnusableFile("The selected PDF is damaged and cannot be opened") from wrong
    if len(document) < 1:
        raise UnusableFile("The selected PDF has no pages")
    if len(document) > MOST_PAGES:
        raise UnusableFile(f"The selected PDF has more than {MOST_PAGES:,} pages. Split it")
    return len(document)


def _prove_image(content: bytes) -> str:
    """Prove a picture by drawing all of it: a header alone shows nothing."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnusableFile(TOO_MANY_PIXELS)
            image.load()
            # Telephones write several pictures into one JPEG, which is then an MPO.
            return {"PNG": PNG, "JPEG": JPEG, "MPO": JPEG}[image.format]
    except Image.DecompressionBombError as wrong:
        raise UnusableFile(TOO_MANY_PIXELS) from wrong
    except UnusableFile:
        raise
    except (OSError, SyntaxError, KeyError, ValueError, zlib.error) as wrong:
        raise UnusableFile("The selected picture is damaged and cannot be opened") from wrong


class _Frugal(io.BytesIO):
    """An archive whose directory is read in one piece: too large a piece is not read."""

    def read(self, size=-1):
        if size is not None and size > MOST_DIRECTORY_BYTES:
            raise UnusableFile(TOO_LARGE_UNPACKED)
        return super().read(size)


def bounded_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, nothing of it unpacked. Raises ``UnusableFile`` where it declares too much."""
    try:
        archive = zipfile.ZipFile(_Frugal(content))
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as wrong:
        if isinstance(wrong, UnusableFile):
            raise
        raise UnusableFile(DAMAGED_DOCUMENT) from wrong
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED_BYTES
        or unpacked > MOST_UNPACKED_RATIO * len(content)
    ):
        raise UnusableFile(TOO_LARGE_UNPACKED)
    return archive


def _prove_office_document(content: bytes) -> str:
    """Prove a document by the kind that it declares: one with macros declares another."""
    archive = bounded_archive(content)
    names = set(archive.namelist())
    declared = b""
    if CONTENT_TYPES in names:
        try:
            with archive.open(CONTENT_TYPES) as held:
                declared = held.read(MOST_DECLARED_BYTES)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as wrong:
            raise UnusableFile(DAMAGED_DOCUMENT) from wrong
    for media_type, part in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")):
        if part in names and f'"{media_type}.main+xml"'.encode() in declared:
            return media_type
    if b".macroEnabled." in declared:
        raise UnusableFile("The selected document holds macros. Save it without them")
    raise UnusableFile(f"The selected file must be a {ACCEPTED}")


def _prove_csv(content: bytes) -> None:
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
