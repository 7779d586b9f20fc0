"""A document in words: headings, paragraphs, lists, tables. Plain data, nothing rendered.

Letters, assessment summaries, evaluation reports and the like are built from these
blocks, kept as canonical JSON (`document_text.py`), and rendered as a signed PDF
(`document_pdf.py`) or as a DOCX for people who must edit (`document_docx.py`). The
assurance report has a content of its own (`content.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from scorecards.documents.content import VerificationText

Row = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]
DEEPEST = 3  # a section, a section in it, and one in that: headings 2 to 4 of a page
WIDTH_STEP = 5  # per cent; the stylesheet has one class for each step


class UnsoundDocument(ValueError):
    """The blocks do not fit together; the message says which and why."""


@dataclass(frozen=True)
class Paragraph:
    """`lead` stands before the text, in bold. Line ends in the text are kept."""

    name: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True)
class ItemList:
    name: ClassVar[str] = "list"
    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Names with their values: a table whose first column heads each row."""

    name: ClassVar[str] = "facts"
    rows: Pairs
    caption: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell as it is drawn."""

    text: str
    is_heading: bool
    is_number: bool
    width: int


@dataclass(frozen=True)
class Table:
    """The first column heads each row. `widths` are per cent, in steps of five.

    `numbers` are the columns, from 0, whose figures stand to the right.
    """

    name: ClassVar[str] = "table"
    caption: str
    headers: Row
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()

    @property
    def head(self) -> tuple[Cell, ...]:
        return self._cells(self.headers, is_head=True)

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(self._cells(row, is_head=False) for row in self.rows)

    def _cells(self, row: Row, *, is_head: bool) -> tuple[Cell, ...]:
        return tuple(
            Cell(text, is_head or column == 0, column in self.numbers, self.widths[column])
            for column, text in enumerate(row)
        )


@dataclass(frozen=True)
class Note:
    """Set off from the text; a warning more strongly."""

    name: ClassVar[str] = "note"
    text: str
    is_warning: bool = False


@dataclass(frozen=True)
class Section:
    name: ClassVar[str] = "section"
    heading: str
    blocks: tuple["Block", ...]


Block = Paragraph | ItemList | Facts | Table | Note | Section


@dataclass(frozen=True)
class DocumentHead:
    """What a document says of itself.

    `kind` is in words, such as "Assessment summary". `for_whom` are lines: a name, or a
    name and an address. `facts` stand under the title, after reference and date. `made_at`
    is the moment whose record this is, and becomes the file's own date. `verification` is
    there for documents that are signed; `versions` are what rendered them.
    """

    kind: str
    title: str
    reference: str
    issued_by: str
    made_at: datetime
    issued_on: date | None = None
    for_whom: tuple[str, ...] = ()
    facts: Pairs = ()
    is_draft: bool = False
    has_contents: bool = False
    verification: VerificationText | None = None
    versions: Pairs = ()
    language: str = "en-GB"


@dataclass(frozen=True)
class DocumentContent:
    head: DocumentHead
    sections: tuple[Section, ...]


def document(*sections: Section, **head: object) -> DocumentContent:
    """The whole document; `head` are the fields of DocumentHead. Raises UnsoundDocument."""
    for part in sections:
        _check_section(part, 1)
    return DocumentContent(DocumentHead(**head), sections)  # type: ignore[arg-type]


def section(heading: str, *blocks: Block | None) -> Section:
    """A heading with what stands under it; None is passed over."""
    return Section(heading, tuple(block for block in blocks if block is not None))


def paragraph(text: str, *, lead: str = "") -> Paragraph:
    return Paragraph(text, lead)


def bullets(items: Iterable[str]) -> ItemList:
    return ItemList(tuple(items))


def numbered(items: Iterable[str]) -> ItemList:
    return ItemList(tuple(items), is_numbered=True)


def facts(rows: Iterable[tuple[str, str]], *, caption: str = "") -> Facts:
    return Facts(tuple((name, value) for name, value in rows), caption)


def note(text: str) -> Note:
    return Note(text)


def warning(text: str) -> Note:
    return Note(text, is_warning=True)


def table(
    caption: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int] = (),
    *,
    numbers: Sequence[int] = (),
) -> Table:
    """A table whose first column heads each row. Raises UnsoundDocument.

    Without `widths` the columns are equally wide, the first one taking what is over.
    """
    made = Table(
        caption=caption,
        headers=tuple(headers),
        rows=tuple(tuple(row) for row in rows),
        widths=tuple(widths) or _even_widths(len(headers)),
        numbers=tuple(numbers),
    )
    _check_table(made)
    return made


def _even_widths(columns: int) -> tuple[int, ...]:
    each = 100 // max(columns, 1) // WIDTH_STEP * WIDTH_STEP
    return (100 - each * (columns - 1), *[each] * (columns - 1))


def _check_table(made: Table) -> None:
    columns = len(made.headers)
    if not columns or not all(made.headers) or not made.caption:
        raise UnsoundDocument("A table needs a caption, and a heading for every column.")
    if any(len(row) != columns for row in made.rows):
        raise UnsoundDocument(f"Every row of “{made.caption}” must have {columns} cells.")
    if (
        len(made.widths) != columns
        or sum(made.widths) != 100
        or any(width < WIDTH_STEP or width % WIDTH_STEP for width in made.widths)
    ):
        raise UnsoundDocument(
            f"The widths of “{made.caption}” must be {columns} steps of {WIDTH_STEP} per cent "
            "that sum to 100."
        )
    if any(column not in range(columns) for column in made.numbers):
        raise UnsoundDocument(f"“{made.caption}” has no such column of numbers.")


def _check_section(part: Section, depth: int) -> None:
    if depth > DEEPEST:
        raise UnsoundDocument(f"“{part.heading}” lies deeper than {DEEPEST} headings.")
    if not part.heading:
        raise UnsoundDocument("A section needs a heading.")
    for block in part.blocks:
        if isinstance(block, Section):
            _check_section(block, depth + 1)
        elif isinstance(block, Table):
            _check_table(block)
