"""The standard's merging, with our order of dates and our rules for lists without ids."""

import pytest

from commissioning.ocds import CannotMerge, compile_release, effective_releases, read_file
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


TWO_SHAPES = "The releases of this process don't fit together: the same field has two shapes."


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"tender": [{"id": "x"}]}, "“tender” should be an object."),
        ({"tender": []}, "“tender” should be an object."),
        ({"buyer": "Ashmere"}, "“buyer” should be an object."),
        ({"awards": {}}, "“awards” should be a list of objects."),
        ({"parties": [1]}, "“parties” should be a list of objects."),
        ({"awards": [{"id": {"a": 1}}]}, TWO_SHAPES),
        ({"tender": {"value": [{"id": "x"}]}}, TWO_SHAPES),
    ],
)
def test_releases_of_the_wrong_shape_cannot_be_merged(other, reason):
    newer = a_release(release_id="r2", date="2025-06-03T10:00:00Z", **other)
    with pytest.raises(CannotMerge) as caught:
        compile_release(releases(a_release(release_id="r1"), newer))
    assert str(caught.value) == reason
