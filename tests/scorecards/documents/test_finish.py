"""The end of a stream is plain, whatever its last byte."""

import pydyf
import pytest

from scorecards.documents.finish import finish


@pytest.mark.parametrize("made_before", [True, False], ids=["held", "made while written"])
@pytest.mark.parametrize(
    ("content", "end"),
    [(b"abc\r", b"abc\r\r\nendstream"), (b"abc", b"abc\nendstream"), (b"a\n", b"a\n\nendstream")],
)
def test_finish_sets_off_a_carriage_return(content, end, made_before):
    pdf, stream = pydyf.PDF(), pydyf.Stream([content])
    if made_before:
        pdf.add_object(stream)
    finish(None, pdf)
    if not made_before:
        pdf.add_object(stream)

    assert stream.data.endswith(end)
    assert f"/Length {len(content)}".encode() in stream.data


def test_finish_leaves_one_entry_for_each_associated_file():
    pdf = pydyf.PDF()
    pdf.catalog["AF"] = pydyf.Array([b"7 0 R", b"9 0 R", b"7 0 R"])

    finish(None, pdf)

    assert list(pdf.catalog["AF"]) == [b"7 0 R", b"9 0 R"]
