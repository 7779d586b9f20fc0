"""Award criteria as notices publish them, and what they leave out."""

import re
from collections.abc import Sequence

from commissioning.ocds.facts import CriterionFact
from commissioning.ocds.nodes import Node

# The kind of a row that says only how criteria are chosen, in the words of the open list.
CODE = "code"
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d+)?)\s*%?$")
_OTHER_UNITS = ("(order)", "(pointsExact)")


def criteria_of(tender: Node) -> tuple[CriterionFact, ...]:
    """Return the award criteria of the tender and of its lots, each set judged for completeness on
    its own.
    """
    found = _criteria_of(tender, "")
    for lot in tender.nodes("lots"):
        found += _criteria_of(lot, lot.key("id"))
    return tuple(found)


def _criteria_of(of: Node, lot_id: str) -> list[CriterionFact]:
    """Return the criteria of a tender or lot; of a code without any, the code and its details."""
    holder, rows = of.node("awardCriteria"), []
    code, details = holder.title("code"), of.text("awardCriteriaDetails")
    if (code or details) and not holder.nodes("criteria"):
        return [CriterionFact(lot_id, code, details, CODE, "", is_incomplete=True)]
    for criterion in holder.nodes("criteria"):
        weight, description = _weight_of(criterion)
        rows.append((criterion.title("name"), description, criterion.key("type"), weight))
    shares = [_PERCENT.match(weight) for *_, weight in rows]
    total = sum(float(share.group(1)) for share in shares if share)
    adds_up = all(shares) and abs(total - 100) <= 0.01
    is_ranked = all(weight.endswith(_OTHER_UNITS) for *_, weight in rows)
    is_incomplete = not (adds_up or is_ranked)
    return [
        CriterionFact(lot_id, name, description, kind[:40], weight[:60], is_incomplete)
        for name, description, kind, weight in rows
    ]


def _weight_of(criterion: Node) -> tuple[str, str]:
    """Return (weight as written, description). Public Contracts Scotland writes the weight as the
    description.
    """
    for number in criterion.nodes("numbers"):
        amount = number.number("number")
        if amount is not None and number.key("weight"):
            unit = number.key("weight")
            if unit.startswith("percentage"):
                return f"{amount.normalize():f}%", criterion.text("description")
            if unit.startswith("decimal"):
                return f"{(amount * 100).normalize():f}%", criterion.text("description")
            return f"{amount.normalize():f} ({unit})", criterion.text("description")
    description = criterion.text("description")
    if re.match(r"^[\d\s.%–-]+$", description):
        return description, ""
    return "", description


def gaps_of(criteria: Sequence[CriterionFact]) -> set[str]:
    """Return the codes of what the criteria leave out."""
    if not criteria:
        return {"award_criteria_not_published"}
    return {"sub_criteria_not_published"} | (
        {"award_criteria_incomplete"} if any(row.is_incomplete for row in criteria) else set()
    )
