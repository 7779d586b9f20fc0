"""Blocks that do not fit together are refused when they are built."""

import pytest

from scorecards.documents.document import (
    Paragraph,
    UnsoundDocument,
    document,
    paragraph,
    section,
    table,
)
from tests.scorecards.documents.document_samples import MADE_AT

HEAD = {
    "kind": "Letter",
    "title": "About your tender",
    "reference": "LT-1",
    "issued_by": "Northmoor Council",
    "made_at": MADE_AT,
}


def nested(depth):
    made = section("The deepest", paragraph("Text"))
    for _ in range(depth - 1):
        made = section("Around it", made)
    return made


def test_document_holds_its_head_and_sections():
    made = document(section("One"), section("Two"), **HEAD)

    assert made.head.title == "About your tender"
    assert [part.heading for part in made.sections] == ["One", "Two"]


def test_section_passes_over_what_is_not_there():
    assert section("One", None, paragraph("Text"), None).blocks == (Paragraph("Text"),)


def test_document_of_three_levels():
    assert document(nested(3), **HEAD).sections


def test_document_that_goes_too_deep():
    with pytest.raises(UnsoundDocument, match="The deepest"):
        document(nested(4), **HEAD)


def test_document_with_a_section_without_heading():
    with pytest.raises(UnsoundDocument, match="needs a heading"):
        document(section("One", section("")), **HEAD)


def test_table_without_widths_is_even_and_fills_the_page():
    assert table("Scores", ["a", "b", "c"], []).widths == (40, 30, 30)
    assert table("Scores", ["a"], []).widths == (100,)
    assert sum(table("Scores", list("abcdefg"), []).widths) == 100


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("", ["a"], []), "caption"),
        (("Scores", [], []), "heading for every column"),
        (("Scores", ["a", ""], []), "heading for every column"),
        (("Scores", ["a", "b"], [["1"]]), "must have 2 cells"),
        (("Scores", ["a", "b"], [], [50, 45]), "sum to 100"),
        (("Scores", ["a", "b"], [], [100]), "sum to 100"),
        (("Scores", ["a", "b"], [], [52, 48]), "steps of 5"),
        (("Scores", ["a", "b"], [], [100, 0]), "steps of 5"),
    ],
)
def test_table_that_does_not_fit(given, message):
    with pytest.raises(UnsoundDocument, match=message):
        table(*given)


def test_table_with_a_column_of_numbers_that_is_not_there():
    with pytest.raises(UnsoundDocument, match="no such column"):
        table("Scores", ["a"], [], numbers=[1])


def test_table_cells_know_what_they_are():
    made = table("Scores", ["Criterion", "Score"], [["Staffing", "4"]], [70, 30], numbers=[1])

    (row,) = made.body
    assert [cell.is_heading for cell in made.head] == [True, True]
    assert [cell.is_heading for cell in row] == [True, False]
    assert [cell.is_number for cell in row] == [False, True]
    assert [cell.width for cell in row] == [70, 30]
