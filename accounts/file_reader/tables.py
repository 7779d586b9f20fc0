"""The cells of the first sheet of a workbook. Runs in the reader: see ``child``."""

import io
import sys
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

# Nothing here computes with arrays; without this, a workbook would load a library that does.
sys.modules["numpy"] = None

from openpyxl import load_workbook  # noqa: E402

from accounts.file_reader.answers import UnusableFile  # noqa: E402
from accounts.file_reader.kinds import TOO_LARGE_UNPACKED, bounded_archive  # noqa: E402

TOO_LARGE = "unpacks to more than we read"
UNREADABLE = "is not a readable XLSX file"
MOST_CELL_CHARACTERS = 1000


def table(
    content: bytes, *, most_rows: int, most_columns: int, most_unpacked: int
) -> Iterator[tuple[dict, bytes]]:
    """The rows as lists of text, at most ``most_rows`` of them, cut to ``most_columns``.

    Raises ``UnusableFile`` with what is wrong with the file, as the end of a sentence.
    """
    try:
        archive = bounded_archive(content)
    except UnusableFile as wrong:
        is_large = str(wrong) == TOO_LARGE_UNPACKED
        raise UnusableFile(TOO_LARGE if is_large else UNREADABLE) from wrong
    if sum(part.file_size for part in archive.infolist()) > most_unpacked:
        raise UnusableFile(TOO_LARGE)
    rows = []
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for cells in book.worksheets[0].iter_rows(values_only=True, max_col=most_columns):
            rows.append([_text(cell) for cell in cells])
            if len(rows) >= most_rows:
                break
    except MemoryError:
        raise
    except Exception as wrong:
        # The library trips over a broken workbook in any place and with any error.
        raise UnusableFile(UNREADABLE) from wrong
    yield {"rows": rows}, b""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    # A spreadsheet keeps 0.00001 as a float, whose own text has an exponent that nobody typed.
    text = format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)
    return text[:MOST_CELL_CHARACTERS]
