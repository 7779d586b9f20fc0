import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from principles.value_files import COLUMNS, MAX_BYTES, KnownMeasure, check_file, empty_csv
from principles.value_files.tables import MAX_ROWS, read_table

MEASURES = [
    KnownMeasure("M1", "hours", "monetised", "fixed"),
    KnownMeasure("M3", "£ invested", "monetised", "pound_for_pound"),
    KnownMeasure("M4", "percent", "record_only", "none"),
]


def xlsx(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cause(content: bytes) -> str:
    _table, problem = read_table(content)
    return problem.cause


def test_spreadsheet_reads_like_csv():
    day = datetime(2026, 1, 31)
    checked = check_file(xlsx(COLUMNS, ("M1", "hours", 0.1, None, "S", day)), MEASURES)
    assert [str(row.value_gbp) for row in checked.rows] == ["0.1"]
    assert checked.rows[0].valued_on.isoformat() == "2026-01-31"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(0.00001, "0.00001"), (1e8, "100000000"), (12, "12"), ("1,250", "1250")],
)
def test_cell_of_a_spreadsheet_is_read_in_full(cell, expected):
    """A cell holds 0.00001 as a float, whose own text has an exponent that nobody typed."""
    row = ("M1", "hours", cell, None, "S", datetime(2026, 1, 31))
    checked = check_file(xlsx(COLUMNS, row), MEASURES)
    assert [str(row.value_gbp) for row in checked.rows] == [expected]


@pytest.mark.parametrize("cell", [1e300, "1e5", "１２", "1_000", "248,50"])
def test_cell_that_is_no_amount_is_named(cell):
    row = ("M1", "hours", cell, None, "S", datetime(2026, 1, 31))
    (problem,) = check_file(xlsx(COLUMNS, row), MEASURES).problems
    assert (problem.row, problem.column) == (2, "value_gbp")


def test_csv_with_a_byte_order_mark_reads():
    assert read_table("\ufeffmeasure\n".encode()) == ([["measure"]], None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "is empty"),
        (b"a" * (MAX_BYTES + 1), "is larger than 2 MB"),
        (b"\xff\xfe", "is not UTF-8 text. In a spreadsheet, save it as 'CSV UTF-8'"),
        (b"a\0b", "is not a CSV or XLSX file"),
        (b'a\n"b', "is not a readable CSV file: unexpected end of data"),
        (b"PK\x03\x04 broken", "is not a readable XLSX file"),
        (b"a\n" * (MAX_ROWS + 2), "has more than 5,000 rows"),
        (xlsx(*[["a"]] * (MAX_ROWS + 2)), "has more than 5,000 rows"),
    ],
)
def test_unreadable_file_says_why(content, expected):
    assert cause(content) == expected


def test_archive_that_is_no_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert cause(out.getvalue()) == "is not a readable XLSX file"


def test_archive_that_unpacks_to_far_more_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * (21 * MAX_BYTES))
    assert cause(out.getvalue()) == "unpacks to more than we read"


def test_empty_csv_has_a_row_for_each_measure_with_a_value():
    assert empty_csv(MEASURES).splitlines() == [
        ",".join(COLUMNS),
        "M1,hours,,,,",
        "M3,£ invested,1,,,",
    ]
