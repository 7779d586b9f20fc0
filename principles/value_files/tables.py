"""From the bytes of a CSV or XLSX file to rows of text, and back to CSV."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from accounts.numbers import plain
from principles.enums import MeasureKind, ValueBasis
from principles.value_files.records import KnownMeasure, RowProblem, ValueRow

COLUMNS = ("measure", "unit", "value_gbp", "locality", "source", "date")
MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000


def read_table(content: bytes) -> tuple[list[list[str]], RowProblem | None]:
    """The cells of the first sheet as text, or the problem that kept us from reading them."""
    if len(content) > MAX_BYTES:
        return [], RowProblem(1, "file", f"is larger than {MAX_BYTES // 1024**2} MB")
    if content.startswith(b"PK\x03\x04"):
        table, cause = _xlsx(content)
    else:
        table, cause = _csv(content)
    if not cause and not table:
        cause = "is empty"
    if not cause and len(table) > MAX_ROWS + 1:
        cause = f"has more than {MAX_ROWS:,} rows"
    return table, RowProblem(1, "file", cause) if cause else None


def _csv(content: bytes) -> tuple[list[list[str]], str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], "is not UTF-8 text. In a spreadsheet, save it as 'CSV UTF-8'"
    if "\0" in text:
        return [], "is not a CSV or XLSX file"
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True)), ""
    except csv.Error as wrong:
        return [], f"is not a readable CSV file: {wrong}"


def _xlsx(content: bytes) -> tuple[list[list[str]], str]:
    from openpyxl import load_workbook  # a quarter of a second, needed for spreadsheets alone
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > 20 * MAX_BYTES:
                return [], "unpacks to more than we read"
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        table = []
        for cells in sheet.iter_rows(values_only=True, max_col=len(COLUMNS) + 4):
            table.append([_cell_text(cell) for cell in cells])
            if len(table) > MAX_ROWS + 1:
                break
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        return [], "is not a readable XLSX file"
    return table, ""


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    # A spreadsheet keeps 0.00001 as a float, whose own text has an exponent that nobody typed.
    return plain(Decimal(repr(cell))) if isinstance(cell, float) else str(cell)


def as_csv(rows: Iterable[ValueRow]) -> str:
    """The rows as a file that reads back to the same rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        value = format(row.value_gbp, "f")
        day = row.valued_on.isoformat()
        writer.writerow([row.measure, row.unit, value, row.locality, row.source, day])
    return out.getvalue()


def empty_csv(measures: Iterable[KnownMeasure]) -> str:
    """A file to fill in: a row for each measure that can have a value, with its unit."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for measure in measures:
        if measure.kind == MeasureKind.MONETISED:
            value = "1" if measure.value_basis == ValueBasis.POUND_FOR_POUND else ""
            writer.writerow([measure.code, measure.unit, value, "", "", ""])
    return out.getvalue()
