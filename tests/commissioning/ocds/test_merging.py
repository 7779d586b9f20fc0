"""The standard's merging, with our order of dates and our rules for lists without ids."""

import pytest

from commissioning.ocds import compile_release, effective_releases, read_file
from commissioning.ocds.forms import unread_fields
from tests.commissioning.samples import a_package, a_release


def releases(*bodies):
    return read_file("f", a_package(*bodies)).releases


def test_later_release_wins_field_by_field():
    older = a_release(
        release_id="r1",
        date="2025-06-02T10:00:00Z",
        tender={"id": "T1", "title": "Old", "status": "active"},
    )
    newer = a_release(
        release_id="r2", date="2025-06-03T10:00:00Z", tender={"id": "T1", "title": "New"}
    )
    assert compile_release(releases(newer, older))["tender"] == {
        "id": "T1",
        "title": "New",
        "status": "active",
    }


def test_order_is_by_moment_and_not_by_text():
    earlier = a_release(
        release_id="r1", date="2025-06-02T12:30:00+02:00", tender={"id": "T", "title": "earlier"}
    )
    later = a_release(
        release_id="r2", date="2025-06-02T11:00:00Z", tender={"id": "T", "title": "later"}
    )
    assert compile_release(releases(earlier, later))["tender"]["title"] == "later"


def test_null_in_a_later_release_removes_the_field():
    newer = a_release(
        release_id="r2", date="2025-06-03T10:00:00Z", tender={"id": "T1", "title": None}
    )
    assert "title" not in compile_release(releases(a_release(), newer))["tender"]


def test_criteria_without_ids_are_replaced_and_not_added_up():
    lots = [{"id": "1", "awardCriteria": {"criteria": [{"type": "price", "description": "100"}]}}]
    first = a_release(release_id="r1", tender={"id": "T", "lots": lots})
    again = a_release(
        release_id="r2", date="2025-06-03T10:00:00Z", tender={"id": "T", "lots": lots}
    )
    assert compile_release(releases(first, again))["tender"]["lots"] == lots


def test_lists_with_ids_are_merged_entry_by_entry():
    newer = a_release(
        release_id="r2", date="2025-06-03T10:00:00Z", awards=[{"id": "second", "status": "active"}]
    )
    ids = [award["id"] for award in compile_release(releases(a_release(), newer))["awards"]]
    assert ids == ["ocds-b5fd17-aa01-1", "second"]


def test_release_changed_under_the_same_id_replaces_the_known_one():
    known, changed = releases(a_release(), a_release(language="cy"))
    assert effective_releases([known, changed]) == [changed]


def test_older_copy_of_a_release_does_not_replace_a_newer_one():
    newer, older = releases(
        a_release(date="2025-06-05T00:00:00Z"), a_release(date="2025-06-01T00:00:00Z")
    )
    assert effective_releases([newer, older]) == [newer]


def test_two_entries_of_one_id_that_differ_stay_two_and_are_marked():
    awards = [{"id": "1", "title": "One"}, {"id": "1", "title": "Two"}, {"id": "1", "title": "One"}]
    found = compile_release(releases(a_release(awards=awards)))
    assert [(row["id"], row["title"]) for row in found["awards"]] == [
        ("1", "One"),
        ("1 (2)", "Two"),
    ]
    assert [(row.field, row.code, row.published) for row in unread_fields(found)] == [
        ("awards[1]/id", "id_published_twice", "1")
    ]


def test_entries_without_an_id_stay_apart_by_what_they_say():
    first = a_release(awards=[{"title": "One"}, {"title": "Two"}])
    again = a_release(release_id="r2", date="2025-06-03T10:00:00Z", awards=[{"title": "Two"}])
    found = compile_release(releases(first, again))["awards"]
    assert sorted(row["title"] for row in found) == ["One", "Two"]


def test_suppliers_are_those_that_the_newest_release_names():
    newer = a_release(release_id="r2", date="2025-06-03T10:00:00Z")
    newer["awards"][0]["suppliers"] = [{"name": "Another Firm"}]
    (award,) = compile_release(releases(a_release(), newer))["awards"]
    assert [row["name"] for row in award["suppliers"]] == ["Another Firm"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"tender": [{"id": "x"}]}, "tender"),
        ({"tender": []}, "tender"),
        ({"buyer": "Ashmere"}, "buyer"),
        ({"awards": {}}, "awards"),
        ({"parties": [1]}, "parties"),
        ({"awards": [{"id": {"a": 1}}]}, "awards[1]/id"),
        ({"tender": {"value": [{"id": "x"}]}}, "tender/value"),
    ],
)
def test_field_of_another_shape_is_named_and_changes_no_other(other, field):
    older = a_release(release_id="r1")
    alone = compile_release(releases(older))
    newer = a_release(release_id="r2", date="2025-06-03T10:00:00Z") | other
    found = compile_release(releases(older, newer))
    assert [row.field for row in unread_fields(found)] == [field]
    assert (found["tender"]["title"], found["buyer"]["name"], found["awards"][0]["value"]) == (
        alone["tender"]["title"],
        alone["buyer"]["name"],
        alone["awards"][0]["value"],
    )


def test_right_value_of_a_later_release_ends_the_gap():
    wrong = a_release(tender={"id": "T1", "value": {"amount": "12", "currency": "EUR"}})
    right = a_release(
        release_id="r2",
        date="2025-06-03T10:00:00Z",
        tender={"id": "T1", "value": {"amount": 12, "currency": "EUR"}},
    )
    found = compile_release(releases(wrong, right))
    assert (found["tender"]["value"]["amount"], list(unread_fields(found))) == (12, [])


def test_value_that_cannot_be_read_takes_the_place_of_the_earlier_one():
    """Else an amount would stand with the currency of another release."""
    right = a_release(tender={"id": "T1", "value": {"amount": 12, "currency": "GBP"}})
    wrong = a_release(
        release_id="r2",
        date="2025-06-03T10:00:00Z",
        tender={"id": "T1", "value": {"amount": "13", "currency": "EUR"}},
    )
    found = compile_release(releases(right, wrong))["tender"]["value"]
    assert ("amount" in found, found["currency"]) == (False, "EUR")
