"""The conflicts assessment as it was confirmed."""

import json

from commissioning.models import ConflictsAssessment
from scorecards.documents.document import (
    DocumentContent,
    bullets,
    document,
    paragraph,
    section,
)


def conflicts_document(assessment: ConflictsAssessment, *, reference: str) -> DocumentContent:
    """Who could influence a decision, what they declared, what was decided, what could be
    perceived (ss. 81 to 83).
    """
    content = json.loads(assessment.content)
    people = [
        section(
            person["name"],
            paragraph(", ".join(person["duties"]), lead="Duties"),
            bullets(_line(row) for row in person["declarations"]),
        )
        for person in content["people"]
    ]
    return document(
        section(
            "What this is",
            paragraph(
                "It lists everybody who can influence a decision in this procurement, the interests"
                " that they declared, and the steps that were taken. It was generated from the"
                " declarations and confirmed by the lead."
            ),
        ),
        section("People and their declarations", *people),
        section("Perceived conflicts", paragraph(content["perceived"])),
        kind="Conflicts assessment",
        title=content["title"],
        reference=reference,
        issued_by=content["buyer"],
        made_at=assessment.confirmed_at,
        issued_on=assessment.confirmed_at.date(),
        facts=(
            ("Procurement", content["exercise"]),
            ("Number", str(assessment.number)),
            ("Confirmed by", assessment.confirmed_by.full_name),
        ),
    )


def _line(row: dict) -> str:
    if not row["has_interest"]:
        return f"About {row['about']}: no interest."
    decided = f"{row['decision']}, by {row['decided_by']}" if row["decided_by"] else row["decision"]
    return f"About {row['about']}: an interest. {row['description']} {decided}. {row['steps']}"
