"""The DOCX of a document in words, read again by the library that people's tools resemble."""

from datetime import UTC
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from accounts.file_reader.formats import DOCX
from providers.evidence_files import kind_of
from scorecards.documents.document import document, facts, paragraph, section, table
from scorecards.documents.document_docx import MEDIA_TYPE, document_docx
from tests.scorecards.documents.document_samples import (
    MADE_AT,
    all_text,
    long_document,
    sample_document,
)
from tests.scorecards.documents.test_report import HOSTILE


def read(content):
    return Document(BytesIO(document_docx(content)))


def texts(word):
    """Every text in the order of the page, tables cell by cell."""
    return [text.text or "" for text in word.element.body.iter(qn("w:t"))]


def test_document_docx_holds_every_text():
    whole = "".join(texts(read(sample_document())))

    expected = [line for text in all_text(sample_document()) for line in text.split("\n")]
    assert [text for text in expected if text not in whole] == []
    assert "4 Mill Lane" in whole
    assert "21 November 2026" in whole


def test_document_docx_is_a_document_that_we_would_accept(tmp_path):
    file = tmp_path / "document"
    file.write_bytes(document_docx(sample_document()))
    with file.open("rb") as held:
        assert kind_of(held).media_type == DOCX == MEDIA_TYPE


@pytest.mark.parametrize("make", [sample_document, long_document])
def test_document_docx_made_again_gives_the_same_bytes(make):
    assert document_docx(make()) == document_docx(make())


def test_document_docx_parts_carry_no_date_of_their_own():
    with ZipFile(BytesIO(document_docx(sample_document()))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_document_docx_headings_are_headings():
    word = read(sample_document())

    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Head")]
    assert found == [
        ("Heading 1", "Result"),
        ("Heading 1", "Scores"),
        ("Heading 2", "Quality"),
        ("Heading 3", "Safeguarding in detail"),
        ("Heading 1", "What happens next"),
    ]
    assert [p.text for p in word.paragraphs if p.style.name == "Title"] == [
        "Brightwell Care, reablement at home, lot 1"
    ]


def test_document_docx_says_what_it_is():
    about = read(sample_document()).core_properties

    assert about.title == "Assessment summary: Brightwell Care, reablement at home, lot 1"
    assert about.author == about.last_modified_by == "Northmoor Council"
    assert about.language == "en-GB"
    assert about.created.astimezone(UTC) == about.modified.astimezone(UTC) == MADE_AT
    assert about.comments == ""


def test_document_docx_is_in_british_english_throughout():
    word = read(sample_document())

    languages = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_document_docx_uses_one_typeface():
    word = read(sample_document())
    used = {p.style.name for p in word.paragraphs}

    for name in used - {"List Bullet", "List Number", "No Spacing"}:
        fonts = word.styles[name].element.rPr.rFonts
        assert dict(fonts.attrib) == {
            qn(f"w:{script}"): "Arial" for script in ("ascii", "hAnsi", "eastAsia", "cs")
        }


def test_document_docx_tables_repeat_their_head_and_cut_no_row():
    word = read(long_document())
    about, scores = word.tables

    assert len(scores.rows) == 61
    heads = [row for row in scores.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert [cell.text for cell in heads[0].cells] == ["Criterion", "Weight", "Score", "Reason"]
    assert len(heads) == 1
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in scores.rows)
    assert not any(row._tr.trPr.find(qn("w:tblHeader")) is not None for row in about.rows)


def test_document_docx_tables_name_their_headings():
    about, _, scores = read(sample_document()).tables

    looks = [
        (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn")))
        for look in (t._tbl.tblPr.find(qn("w:tblLook")) for t in (about, scores))
    ]
    assert looks == [("0", "1"), ("1", "1")]
    assert scores._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Scores by criterion"


def test_document_docx_captions_stay_with_their_tables():
    word = read(sample_document())

    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    assert captions == ["About this document", "In short", "Scores by criterion"]
    assert word.styles["Caption"].paragraph_format.keep_with_next


def test_document_docx_tables_are_as_wide_as_the_text():
    word = read(sample_document())
    page = word.sections[0]

    for grid in word.tables:
        wide = sum(cell.width for cell in grid.rows[0].cells)
        assert wide == pytest.approx(page.page_width - page.left_margin - page.right_margin, 0.01)


def test_document_docx_numbered_lists_each_start_at_one():
    word = read(sample_document())

    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    first, second = numbers[:2], numbers[2:]
    assert len(set(first)) == len(set(second)) == 1
    assert set(first) != set(second)
    for number in set(numbers):
        made = word.part.numbering_part.element.num_having_numId(number)
        assert made.lvlOverride_lst[0].startOverride.val == 1


def test_document_docx_line_ends_are_kept_and_leads_are_bold():
    word = read(sample_document())

    (found,) = [p for p in word.paragraphs if p.text.startswith("Decisive")]
    assert found.text == "Decisive reasons. First line\nSecond line"
    assert found.runs[0].bold
    assert not found.runs[1].bold


def test_document_docx_numbers_stand_to_the_right():
    _, _, scores = read(sample_document()).tables

    assert [cell.paragraphs[0].alignment for cell in scores.rows[1].cells] == [None, 2, 2]


def test_document_docx_footer_names_the_document_and_counts_pages():
    footer = read(sample_document()).sections[0].footer.paragraphs[0]

    fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
    assert footer.text.startswith("AS-7F3KQ8M, Assessment summary, page ")
    assert fields == ["PAGE", "NUMPAGES"]


def test_document_docx_of_a_draft_says_so():
    draft = read(sample_document(is_draft=True, issued_on=None))

    assert draft.paragraphs[0].text.startswith("This is a draft.")
    assert "draft, not issued" in draft.sections[0].footer.paragraphs[0].text
    assert not any("draft" in text for text in texts(read(sample_document())))


def test_document_docx_of_what_is_signed_says_that_it_is_not_itself():
    assert any("not signed" in text for text in texts(read(sample_document())))
    assert not any("not signed" in text for text in texts(read(sample_document(verification=None))))


def test_document_docx_with_characters_that_it_cannot_hold():
    given = f"\x00\x0b{HOSTILE}\ud800"
    content = document(
        section("One", paragraph(given, lead=given), table("T", ["a"], [[given]])),
        kind="Letter",
        title=given,
        reference="LT-1",
        issued_by=given,
        made_at=MADE_AT,
    )

    word = read(content)

    assert any("<script>alert(1)</script>" in text and "😀" in text for text in texts(word))
    assert not any("\x0b" in text for text in texts(word))


def test_document_docx_of_empty_facts_has_no_empty_table():
    content = sample_document()
    content = document(section("One", facts([])), **vars(content.head))

    assert len(read(content).tables) == 1
