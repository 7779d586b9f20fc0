"""What a file is, by its content alone."""

import hashlib
import io
import stat
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageFile

from providers.evidence_files import (
    CSV,
    DOCX,
    JPEG,
    PDF,
    PNG,
    XLSX,
    MalwareFound,
    UnusableFile,
    media_type_of,
    pages_of,
    picture_of_image,
    picture_of_page,
    scan,
    sha256_of,
)
from tests.providers.samples import (
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
MACROS = "The selected document holds macros. Save it without them"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled"


def a_header_of_a_picture(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        length, check = struct.pack(">I", len(data)), struct.pack(">I", zlib.crc32(name + data))
        return length + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


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
    ],
)
def test_media_type_of_each_kind_that_is_kept(content, expected):
    assert media_type_of(content) == expected


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
        (a_header_of_a_picture(100_000, 100_000), TOO_MANY),
    ],
)
def test_media_type_of_anything_else_is_refused_with_the_reason(content, message):
    with pytest.raises(UnusableFile) as refused:
        media_type_of(content)
    assert str(refused.value) == message


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_half_a_picture_is_refused_where_the_process_allows_halves(monkeypatch, kind):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    content = a_picture(kind, (300, 300))
    with pytest.raises(UnusableFile, match="damaged"):
        media_type_of(content[: len(content) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_sha256_is_that_of_the_bytes_however_they_are_cut():
    assert sha256_of([b"one ", b"file"]) == hashlib.sha256(b"one file").hexdigest()


def a_scanner(folder, body: str):
    script = folder / "scanner"
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


FINDS_EICAR = 'test "$1" = --fast || exit 3\nif grep -q EICAR "$2"; then exit 1; fi'


def test_scan_says_clean_where_the_scanner_found_nothing(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"month,complaints")
    assert scan(file, f"{a_scanner(tmp_path, FINDS_EICAR)} --fast") == "clean"


def test_scan_refuses_malware(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"x EICAR x")
    with pytest.raises(MalwareFound, match="contains malware and was not kept"):
        scan(file, f"{a_scanner(tmp_path, FINDS_EICAR)} --fast")


@pytest.mark.parametrize("body", ["exit 2", "kill -9 $$"])
def test_scan_refuses_the_file_where_the_scanner_is_broken(tmp_path, body):
    with pytest.raises(UnusableFile, match="could not be scanned for malware") as refused:
        scan(tmp_path, a_scanner(tmp_path, body))
    assert not isinstance(refused.value, MalwareFound)


def test_scan_refuses_the_file_where_there_is_no_such_scanner(tmp_path):
    with pytest.raises(UnusableFile, match="could not be scanned for malware"):
        scan(tmp_path, str(tmp_path / "nowhere"))


def test_scan_without_a_command_says_not_scanned(tmp_path):
    assert scan(tmp_path, "") == "not_scanned"


def test_picture_of_image_is_drawn_anew_without_what_was_hidden_in_it():
    held = io.BytesIO()
    made = Image.new("RGB", (2800, 700), "navy")
    made.save(held, "JPEG", comment=b"<script>", exif=b"Exif\0\0hidden")
    drawn = picture_of_image(held.getvalue())
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size, image.info) == ("PNG", (1400, 350), {})


@pytest.mark.parametrize("mode", ["P", "LA", "L", "CMYK"])
def test_picture_of_image_draws_every_mode(mode):
    held = io.BytesIO()
    Image.new(mode, (5, 5)).save(held, "JPEG" if mode == "CMYK" else "PNG")
    assert picture_of_image(held.getvalue()).startswith(b"\x89PNG")


def test_picture_of_page_is_the_page():
    drawn = picture_of_page(a_pdf(3), 3)
    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (400, 600))


@pytest.mark.parametrize("number", [0, 3, -1])
def test_picture_of_page_that_is_not_there_raises(number):
    with pytest.raises(IndexError):
        picture_of_page(a_pdf(2), number)


def test_pages_of_a_pdf():
    assert (pages_of(a_pdf(1)), pages_of(a_pdf(7))) == (1, 7)
    with pytest.raises(pypdfium2.PdfiumError):
        pages_of(b"nothing")
