"""What a file is, by its content alone, and what it would become, before it becomes it."""

import io
import zipfile

import pytest
from PIL import ImageFile

from accounts.file_reader import UnusableFile
from accounts.file_reader.formats import CSV, DOCX, JPEG, PDF, PNG, XLSX
from accounts.file_reader.kinds import MOST_PARTS, kind
from tests.accounts.file_reader.asking import facts
from tests.providers.samples import (
    a_bomb,
    a_header_of_a_picture,
    a_locked_pdf,
    a_pdf,
    a_picture,
    a_workbook,
    an_archive,
    an_office_document,
)

OTHER_KIND = "The selected file must be a PDF, DOCX, XLSX, CSV, PNG or JPEG"
NO_COLUMNS = f"{OTHER_KIND}. A CSV file has columns in its first line"
BROKEN_PICTURE = "The selected picture is damaged and cannot be opened"
TOO_MANY = "The selected picture has more than 50 million pixels"
BROKEN_DOCUMENT = "The selected document is damaged and cannot be opened"
TOO_LARGE = "The selected document would unpack to far more than a document holds"
MACROS = "The selected document holds macros. Save it without them"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled"


def found(content: bytes) -> dict:
    ((facts, body),) = kind(content)
    assert body == b""
    return facts


def an_archive_with_a_long_directory() -> bytes:
    """Few parts, whose names take more room than any document's."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for at in range(40):
            archive.writestr(f"{at:02}{'n' * 60_000}", "")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (a_pdf(), PDF),
        (an_office_document(DOCX), DOCX),
        (an_office_document(XLSX, "xl/workbook.xml"), XLSX),
        (a_workbook(), XLSX),
        (b"month,complaints\n2026-04,4\n", CSV),
        ("\ufeffMonat;Größe\n1;2\n".encode(), CSV),
        ("name\tprice\ncaf\xe9\t\x80 2\n".encode("cp1252", errors="ignore"), CSV),
        (a_picture("PNG"), PNG),
        (a_picture("JPEG"), JPEG),
        (a_picture("MPO"), JPEG),
    ],
)
def test_kind_of_each_file_that_is_kept(content, expected, tmp_path):
    assert found(content)["media_type"] == expected
    assert facts("kind", content, tmp_path)["media_type"] == expected


def test_pages_of_a_pdf_are_counted():
    assert (found(a_pdf(1))["pages"], found(a_pdf(7))["pages"]) == (1, 7)
    assert found(a_workbook())["pages"] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The selected file is empty"),
        (b"<html><script>alert(1)</script>, x</html>", OTHER_KIND),
        (b"  \n<?xml version='1.0'?><svg onload='x,y'/>", OTHER_KIND),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04, \x00", OTHER_KIND),
        (b"\x7fELF\x02\x01\x01\x00,", OTHER_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00,", OTHER_KIND),
        (b"GIF89a,\x00\x00", OTHER_KIND),
        (b"one word in each line\nand no column\n", NO_COLUMNS),
        (b" \n \n", OTHER_KIND),
        (an_archive({"a.txt": "x"}), OTHER_KIND),
        (an_archive({"word/document.xml": "<document/>"}), OTHER_KIND),
        (an_office_document("application/x-other"), OTHER_KIND),
        (an_office_document(WITH_MACROS), MACROS),
        (an_office_document(DOCX)[:60], BROKEN_DOCUMENT),
        (a_locked_pdf(), "The selected PDF is locked by a password. Upload it without one"),
        (b"%PDF-1.7\nnothing of one", "The selected PDF is damaged and cannot be opened"),
        (a_picture("PNG")[:-30], BROKEN_PICTURE),
        (a_picture("JPEG", (300, 300))[:600], BROKEN_PICTURE),
        (b"\xff\xd8\xff\xe0 not a picture", BROKEN_PICTURE),
        (a_header_of_a_picture(8000, 7000), TOO_MANY),
        (a_header_of_a_picture(50_000, 50_000), TOO_MANY),
    ],
)
def test_anything_else_is_refused_with_the_reason(content, message):
    with pytest.raises(UnusableFile) as refused:
        found(content)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("document", lambda: a_bomb(DOCX, "word/document.xml", 400)),
        ("workbook", lambda: a_bomb(XLSX, "xl/workbook.xml", 400)),
        ("less, in next to nothing", lambda: a_bomb(XLSX, "xl/workbook.xml", 20)),
        ("parts", lambda: an_archive({f"{at}": "" for at in range(MOST_PARTS + 1)})),
        ("directory", an_archive_with_a_long_directory),
    ],
)
def test_bomb_is_refused_before_it_is_unpacked(tmp_path, name, make):
    with pytest.raises(UnusableFile) as refused:
        facts("kind", make(), tmp_path)
    assert str(refused.value) == TOO_LARGE


@pytest.mark.parametrize("sort", ["PNG", "JPEG"])
def test_half_a_picture_is_refused_where_the_process_allows_halves(monkeypatch, sort):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = a_picture(sort, (300, 300))
    with pytest.raises(UnusableFile, match="damaged"):
        found(content[: len(content) // 2])
