"""A document to the bytes of a DOCX, for people who must edit it.

Real heading styles, lists and tables with their header row repeated on every page, so
that it reads aloud as well as it prints. It is not signed: the PDF is the document of
record. Equal content gives equal bytes under one version of python-docx.
"""

import re
from datetime import UTC
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from scorecards.documents import phrases
from scorecards.documents.document import (
    Cell,
    DocumentContent,
    DocumentHead,
    Facts,
    ItemList,
    Note,
    Paragraph,
    Section,
    Table,
)
from scorecards.documents.document_pdf import head_facts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
HEADINGS = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}  # points
TEXT_WIDTH = Mm(174)
FACT_WIDTHS = (30, 70)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TABLE_GRID = "Table Grid"


def document_docx(content: DocumentContent) -> bytes:
    """Characters that a DOCX cannot hold, such as control characters, become spaces."""
    word = Document()
    _set_page(word, content.head)
    _set_styles(word, content.head.language)
    _set_properties(word, content.head)
    _write_head(word, content.head)
    for part in content.sections:
        _write_section(word, part, 1)
    if content.head.verification:
        _write_note(word, Note(phrases.EDITABLE_COPY))
    return _saved(word)


def _write_head(word: Any, head: DocumentHead) -> None:
    if head.is_draft:
        _write_note(word, Note(phrases.DRAFT_DOCUMENT, is_warning=True))
    word.add_paragraph(_text(head.kind), style="Subtitle")
    word.add_paragraph(_text(head.title), style="Title")
    _write_facts(word, Facts(head_facts(head), "About this document"))


def _write_section(word: Any, part: Section, level: int) -> None:
    word.add_heading(_text(part.heading), level=level)
    for block in part.blocks:
        if isinstance(block, Section):
            _write_section(word, block, level + 1)
        else:
            WRITERS[type(block)](word, block)


def _write_paragraph(word: Any, block: Paragraph) -> None:
    paragraph = word.add_paragraph()
    if block.lead:
        paragraph.add_run(f"{_text(block.lead)} ").bold = True
    paragraph.add_run(_text(block.text))


def _write_list(word: Any, block: ItemList) -> None:
    style = "List Number" if block.is_numbered else "List Bullet"
    number = _new_numbering(word, style) if block.is_numbered else None
    for item in block.items:
        paragraph = word.add_paragraph(_text(item), style=style)
        if number is not None:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_numId().val = number
            numbering.get_or_add_ilvl().val = 0


def _new_numbering(word: Any, style: str) -> int:
    """A list of its own that starts at 1: without it, one list goes on where another ended."""
    numberings = word.part.numbering_part.element
    shared = word.styles[style].element.pPr.numPr.numId.val
    kind = numberings.num_having_numId(shared).abstractNumId.val
    made = numberings.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _write_note(word: Any, block: Note) -> None:
    paragraph = word.add_paragraph(style="Intense Quote" if block.is_warning else "Quote")
    paragraph.add_run(_text(block.text))


def _write_facts(word: Any, block: Facts) -> None:
    rows = [
        tuple(
            Cell(text, column == 0, False, FACT_WIDTHS[column]) for column, text in enumerate(row)
        )
        for row in block.rows
    ]
    _write_grid(word, block.caption, rows, has_head=False)


def _write_table(word: Any, block: Table) -> None:
    _write_grid(word, block.caption, [block.head, *block.body], has_head=True)


WRITERS: dict[type, Any] = {
    Paragraph: _write_paragraph,
    ItemList: _write_list,
    Facts: _write_facts,
    Table: _write_table,
    Note: _write_note,
}


def _write_grid(word: Any, caption: str, rows: list[Any], *, has_head: bool) -> None:
    """A caption above, then the table; a table without rows would be no valid DOCX."""
    if not rows:
        return
    if caption:
        word.add_paragraph(_text(caption), style="Caption")
    grid = word.add_table(rows=len(rows), cols=len(rows[0]), style=TABLE_GRID)
    grid.autofit = False
    _describe(grid, caption, has_head=has_head)
    for column, cell in zip(grid.columns, rows[0], strict=True):
        column.width = _width(cell)
    for number, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        _keep_row_whole(row, is_head=has_head and number == 0)
        for place, cell in zip(row.cells, cells, strict=True):
            _fill(place, cell)
    word.add_paragraph(style="No Spacing")  # two tables that touch would become one


def _fill(place: Any, cell: Cell) -> None:
    place.width = _width(cell)
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(_text(cell.text)).bold = cell.is_heading or None
    if cell.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _width(cell: Cell) -> int:
    return TEXT_WIDTH * cell.width // 100


def _describe(grid: Any, caption: str, *, has_head: bool) -> None:
    """Which cells are headings, and the table's name, for software that reads aloud."""
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    flags = {"val": "04A0" if has_head else "0480", "firstRow": str(int(has_head))}
    for name, value in flags.items():
        look.set(qn(f"w:{name}"), value)
    if caption:
        grid._tbl.tblPr.append(_element("w:tblCaption", val=_text(caption)))


def _keep_row_whole(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader"))


def _set_page(word: Any, head: DocumentHead) -> None:
    """A4, and a footer with what it is and the number of the page."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(20)
    draft = ", draft, not issued" if head.is_draft else ""
    footer = page.footer.paragraphs[0]
    footer.add_run(_text(f"{head.reference}, {head.kind}{draft}, page "))
    footer._p.append(_field("PAGE"))
    footer.add_run(" of ")
    footer._p.append(_field("NUMPAGES"))


def _field(code: str) -> Any:
    """What the reader's own software fills in, shown as 1 until then."""
    field = _element("w:fldSimple", instr=code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field


def _set_styles(word: Any, language: str) -> None:
    """One plain typeface, black headings, and the language for spelling and speech."""
    _set_font(word.styles["Normal"], 11)
    for name, points in HEADINGS.items():
        _set_font(word.styles[name], points, bold=True)
    _set_font(word.styles["Subtitle"], 12, italic=False)
    _set_font(word.styles["Caption"], 10, bold=True)
    _set_font(word.styles["Quote"], 11, italic=False)
    _set_font(word.styles["Intense Quote"], 11, bold=True, italic=False)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _set_font(style: Any, points: int, *, bold: bool = False, italic: bool = False) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, italic
    style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the template's theme fonts would win over a name
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_properties(word: Any, head: DocumentHead) -> None:
    properties = word.core_properties
    moment = head.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = _text(f"{head.kind}: {head.title}")[:255]
    properties.subject = _text(head.kind)
    properties.author = properties.last_modified_by = _text(head.issued_by)[:255]
    properties.identifier = head.reference
    properties.language = head.language
    properties.created = properties.modified = moment
    properties.comments = ""
    properties.revision = 1


def _saved(word: Any) -> bytes:
    """The package written anew with one date for every part, so that bytes can be compared."""
    given, made = BytesIO(), BytesIO()
    word.save(given)
    with ZipFile(given) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, date_time=ZIP_DATE)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return made.getvalue()


def _element(tag: str, **values: str) -> Any:
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _text(text: str) -> str:
    """Fit for XML, which has no place for control characters."""
    return UNWRITABLE.sub(" ", text)
