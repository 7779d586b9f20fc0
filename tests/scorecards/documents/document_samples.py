"""Documents in words for tests: one with every kind of block, and one of many criteria."""

from datetime import UTC, date, datetime

from scorecards.documents.content import VerificationText
from scorecards.documents.document import (
    bullets,
    document,
    facts,
    note,
    numbered,
    paragraph,
    section,
    table,
    warning,
)

MADE_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REASON = (
    "The tender names who answers for safeguarding, how a concern reaches them within a day, "
    "and gives two dated examples. It does not say who looks at the record of concerns."
)


def sample_document(**head):
    """Every kind of block, with a subsection of a subsection."""
    given = {
        "kind": "Assessment summary",
        "title": "Brightwell Care, reablement at home, lot 1",
        "reference": "AS-7F3KQ8M",
        "issued_by": "Northmoor Council",
        "made_at": MADE_AT,
        "issued_on": date(2026, 11, 21),
        "for_whom": ("Brightwell Care", "4 Mill Lane", "Northmoor NM1 2AB"),
        "facts": (("Bid", "BD-3KQ8M7F"),),
        "verification": VerificationText(url="https://example.test/verify/", key_id="ab12"),
        "versions": (("layout", "abc"),),
    }
    return document(
        section(
            "Result",
            paragraph("Your tender came second of three."),
            paragraph("First line\nSecond line", lead="Decisive reasons."),
            facts([("Total", "78.25 of 100"), ("Rank", "2")], caption="In short"),
            warning("A warning that stands out."),
        ),
        section(
            "Scores",
            numbered(["First step", "Second step"]),
            section(
                "Quality",
                note("Scores run from 0 to 5."),
                table(
                    "Scores by criterion",
                    ["Criterion", "Weight", "Score"],
                    [["Safeguarding", "30%", "4"], ["Staffing", "70%", "3"]],
                    [60, 20, 20],
                    numbers=[1, 2],
                ),
                section("Safeguarding in detail", bullets(["A strength", "A shortcoming"])),
            ),
        ),
        section("What happens next", numbered(["Standstill ends", "The contract is signed"])),
        **(given | head),
    )


def all_text(content) -> list[str]:
    """Every text of every block, from the kept form."""
    from scorecards.documents.document_text import document_plain

    return [text for part in document_plain(content)["sections"] for text in _texts(part)]


def _texts(value) -> list[str]:
    if isinstance(value, dict):
        return [t for name, inner in value.items() if name != "block" for t in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) and value else []


def long_document(criteria: int = 60):
    """An evaluation report: a table of many criteria, then a section for each."""
    names = [f"{number}. Criterion on how the service is run" for number in range(1, criteria + 1)]
    return document(
        section(
            "All scores",
            table(
                "Scores of every criterion",
                ["Criterion", "Weight", "Score", "Reason"],
                [[name, "1.5%", "4", REASON] for name in names],
                [30, 10, 10, 50],
                numbers=[1, 2],
            ),
        ),
        section("Each criterion", *(section(name, paragraph(REASON * 2)) for name in names[:12])),
        kind="Evaluation report",
        title="Reablement at home",
        reference="ER-1",
        issued_by="Northmoor Council",
        made_at=MADE_AT,
        has_contents=True,
    )
