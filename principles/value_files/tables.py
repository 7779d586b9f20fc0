"""From the bytes of a CSV or XLSX file to rows of text, and back to CSV."""

import csv
import io
import tempfile
from collections.abc import Iterable
from itertools import islice

from django.conf import settings

from accounts.file_reader import CHECKS, ReaderStopped, ReaderUnavailable, UnusableFile, ask
from principles.enums import MeasureKind, ValueBasis
from principles.value_files.records import KnownMeasure, RowProblem, ValueRow

COLUMNS = ("measure", "unit", "value_gbp", "locality", "source", "date")
MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MOST_COLUMNS = len(COLUMNS) + 4


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
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        # One row and one column more than is taken, so that too many are noticed, and no others.
        return [cells[:MOST_COLUMNS] for cells in islice(lines, MAX_ROWS + 2)], ""
    except csv.Error as wrong:
        return [], f"is not a readable CSV file: {wrong}"


def _xlsx(content: bytes) -> tuple[list[list[str]], str]:
    """The rows as the reader of strangers' files found them: no workbook is opened here."""
    try:
        with tempfile.TemporaryFile() as held:
            held.write(content)
            for answer in ask(
                "table",
                held,
                queue=CHECKS,
                locks=settings.READER_LOCKS_DIR,
                most_rows=MAX_ROWS + 2,
                most_columns=MOST_COLUMNS,
                most_unpacked=20 * MAX_BYTES,
            ):
                rows = answer.facts.get("rows")
                if _is_table(rows):
                    return rows, ""
    except ReaderUnavailable as wrong:
        return [], f"was not read. {wrong}"
    except ReaderStopped:
        return [], "takes too long or too much memory to read. Save it as CSV"
    except UnusableFile as wrong:
        return [], str(wrong)
    return [], "is not a readable XLSX file"


def _is_table(rows: object) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    )


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
