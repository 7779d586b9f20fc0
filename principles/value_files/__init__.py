"""Files of unit values: read a table, check each row, list every problem. Writes nothing.

A file is CSV or XLSX with one row per value and the columns of ``COLUMNS``. It is checked against
the measures of one edition, given as ``KnownMeasure``.
"""

from principles.value_files.checks import check_file
from principles.value_files.records import (
    CheckedFile,
    KnownMeasure,
    RowProblem,
    ValueRow,
    ValueSetTerms,
    content_sha256,
)
from principles.value_files.tables import COLUMNS, MAX_BYTES, as_csv, empty_csv
from principles.value_files.terms import read_terms

__all__ = [
    "COLUMNS",
    "MAX_BYTES",
    "CheckedFile",
    "KnownMeasure",
    "RowProblem",
    "ValueRow",
    "ValueSetTerms",
    "as_csv",
    "check_file",
    "content_sha256",
    "empty_csv",
    "read_terms",
]
