"""Award criteria: complete or not, and as a code."""

import pytest

from commissioning.ocds import CODE
from tests.commissioning.ocds.test_mapping import notice


@pytest.mark.parametrize(
    ("criteria", "incomplete"),
    [
        ([("Quality", "60"), ("Price", "40")], False),
        ([("Quality", "60%"), ("Price", "40 %")], False),
        ([("Benefit", "2"), ("Price", "95")], True),
        ([("Technical", "15-40%"), ("Price", "60-85%")], True),
        ([("Price", None)], True),
    ],
)
def test_criteria_that_do_not_add_up_are_incomplete_as_published(criteria, incomplete):
    rows = [
        {"type": "quality", "name": name, **({"description": w} if w else {})}
        for name, w in criteria
    ]
    found = notice(
        tender={"id": "T", "title": "x", "lots": [{"id": "1", "awardCriteria": {"criteria": rows}}]}
    )
    assert {criterion.is_incomplete for criterion in found.criteria} == {incomplete}
    assert ("award_criteria_incomplete" in found.gaps) is incomplete


@pytest.mark.parametrize("of_lot", [False, True])
@pytest.mark.parametrize("details", ["", "Price 40 %, quality 60 %"])
def test_criteria_that_are_a_code_are_shown_as_published(of_lot, details):
    said = {"awardCriteria": "ratedCriteria"}
    said |= {"awardCriteriaDetails": details} if details else {}
    tender = {"id": "T", "title": "x"} | ({"lots": [{"id": "1", **said}]} if of_lot else said)
    (row,) = notice(tender=tender).criteria
    assert (row.lot_id, row.name, row.description, row.criterion_type, row.is_incomplete) == (
        "1" if of_lot else "",
        "ratedCriteria",
        details,
        CODE,
        True,
    )
