"""The reader as it is started: one order, one file, answers."""

from dataclasses import replace

import pytest

from accounts.file_reader import CHECKS, ReaderStopped, UnusableFile
from tests.accounts.file_reader.asking import answers, facts
from tests.providers.samples import a_pdf, a_picture, a_workbook

TABLE = {"most_rows": 5, "most_columns": 2, "most_unpacked": 10**7}


def test_each_deed_is_done_behind_the_walls(tmp_path):
    assert facts("kind", a_pdf(3), tmp_path) == {"media_type": "application/pdf", "pages": 3}
    pictures = answers("pictures", a_picture("JPEG"), tmp_path, first=1, last=1)
    assert [(one.facts, one.body[:4]) for one in pictures] == [({"page": 1}, b"\x89PNG")]
    assert facts("table", a_workbook(), tmp_path, **TABLE) == {"rows": [["month", "complaints"]]}


def test_refusal_comes_back_as_a_sentence(tmp_path):
    with pytest.raises(UnusableFile, match="The selected file is empty") as refused:
        answers("kind", b"", tmp_path)
    assert not isinstance(refused.value, ReaderStopped)


def test_deed_that_is_not_known_does_nothing(tmp_path):
    with pytest.raises(ReaderStopped):
        answers("delete", b"", tmp_path, CHECKS)


def test_memory_that_runs_out_is_said(tmp_path):
    with pytest.raises(ReaderStopped, match="too much memory"):
        # Text becomes far more than its bytes: each line is an object.
        narrow = replace(CHECKS, memory_bytes=256 * 1024**2)
        answers("kind", b"a,\n" * 6_000_000, tmp_path, narrow)
