"""The cells of a workbook, read behind the walls and within bounds."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from accounts.file_reader import UnusableFile
from accounts.file_reader.formats import XLSX
from tests.accounts.file_reader.asking import facts
from tests.providers.samples import a_bomb, an_archive

BOUNDS = {"most_rows": 4, "most_columns": 3, "most_unpacked": 5_000_000}


def a_sheet(*rows) -> bytes:
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def rows(content: bytes, folder) -> list[list[str]]:
    return facts("table", content, folder, **BOUNDS)["rows"]


def swapped(content: bytes, part: str, text: bytes) -> bytes:
    """The workbook with another text in one of its parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return held.getvalue()


def test_cells_are_text_whatever_they_were(tmp_path):
    content = a_sheet(("a", 0.1, None), (datetime(2026, 1, 31, 9), 7, "x" * 2000))
    assert rows(content, tmp_path) == [["a", "0.1", ""], ["2026-01-31", "7", "x" * 1000]]


def test_rows_and_columns_beyond_the_bounds_are_not_read(tmp_path):
    assert rows(a_sheet(*[range(50)] * 50), tmp_path) == [["0", "1", "2"]] * 4


def test_row_that_is_far_away_is_not_walked_to(tmp_path):
    book, held = Workbook(), io.BytesIO()
    book.active.cell(1_048_576, 16_384, "far")
    book.save(held)
    assert len(rows(held.getvalue(), tmp_path)) == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (a_bomb(XLSX, "xl/workbook.xml", 400), "unpacks to more than we read"),
        (a_bomb(XLSX, "xl/workbook.xml", 6), "unpacks to more than we read"),
        (an_archive({"a.txt": "x"}), "is not a readable XLSX file"),
        (b"PK\x03\x04 broken", "is not a readable XLSX file"),
        (
            swapped(a_sheet(("a",)), "xl/worksheets/sheet1.xml", b"<a"),
            "is not a readable XLSX file",
        ),
    ],
    ids=["bomb", "small bomb", "archive", "broken", "broken sheet"],
)
def test_workbook_that_cannot_be_read_says_why(tmp_path, content, message):
    with pytest.raises(UnusableFile) as refused:
        rows(content, tmp_path)
    assert str(refused.value) == message


def test_words_that_multiply_in_xml_are_refused(tmp_path):
    entities = "".join(
        f"<!ENTITY l{at} '{f'&l{at - 1};' * 10}'>" if at else "<!ENTITY l0 'laugh'>"
        for at in range(12)
    )
    cell = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row></sheetData>'
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    laughs = f'<!DOCTYPE a [{entities}]><worksheet xmlns="{space}">{cell}</worksheet>'.encode()
    with pytest.raises(UnusableFile, match=r"is not a readable|could not be read"):
        rows(swapped(a_sheet(("a",)), "xl/worksheets/sheet1.xml", laughs), tmp_path)
