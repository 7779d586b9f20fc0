"""The form of each field: what is in another is put aside, named, and changes nothing else."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from commissioning.ocds import (
    NotMappable,
    buyers_of,
    compile_release,
    effective_releases,
    map_notice,
    read_file,
)
from commissioning.ocds.forms import in_form, unread_fields
from tests.commissioning.samples import (
    CONTRACTS_FINDER,
    FIND_A_TENDER,
    PUBLIC_CONTRACTS_SCOTLAND,
    a_release,
)

BEYOND = 10**29
LONG = "x" * 100_000
MUTATIONS = [None, 7, BEYOND, "", LONG, [], [1, "a"], {}, {"id": 1}]
# Without these a release is refused, or is another release, or another process.
NEEDED = {"ocid", "date"}


@pytest.mark.parametrize(
    ("tender", "field", "code", "published"),
    [
        ({"title": 7}, "tender/title", "field_in_another_form", "7"),
        ({"lots": {}}, "tender/lots", "field_in_another_form", "{}"),
        ({"lots": [1, {"id": "a"}]}, "tender/lots", "field_in_another_form", "1"),
        ({"lots": [{"id": 1.5}]}, "tender/lots[0]/id", "field_in_another_form", "1.5"),
        ({"aboveThreshold": "yes"}, "tender/aboveThreshold", "field_in_another_form", "yes"),
        ({"value": 12}, "tender/value", "field_in_another_form", "12"),
        ({"value": {"amount": "12"}}, "tender/value/amount", "field_in_another_form", "12"),
        ({"value": {"amount": True}}, "tender/value/amount", "field_in_another_form", "true"),
        ({"value": {"amount": BEYOND}}, "tender/value/amount", "number_unusable", str(BEYOND)),
        ({"value": {"amount": 10**15}}, "tender/value/amount", "number_unusable", str(10**15)),
        (
            {"value": {"amount": Decimal("1e-30")}},
            "tender/value/amount",
            "number_unusable",
            "1E-30",
        ),
        ({"status": ["a\n b"]}, "tender/status", "field_in_another_form", '["a\\n b"]'),
        ({"description": {"en": LONG}}, "tender/description", "field_in_another_form", None),
    ],
)
def test_value_in_another_form_is_named_as_published(tender, field, code, published):
    (found,) = unread_fields(in_form({"tender": tender}))
    assert (found.field, found.code) == (field, code)
    assert len(found.published) == 200 if published is None else found.published == published


def test_null_is_no_gap():
    assert list(unread_fields(in_form({"tender": None, "buyer": {"name": None}}))) == []


def test_entries_in_form_are_kept_beside_one_that_is_not():
    found = in_form({"tender": {"lots": [1, {"id": "a"}, None]}})
    assert [lot["id"] for lot in found["tender"]["lots"]] == ["a"]


def test_ids_that_differ_only_past_the_longest_stay_two():
    found = in_form({"awards": [{"id": LONG + "a"}, {"id": LONG + "b"}]})
    assert len({row["id"] for row in found["awards"]}) == 2


def places(value, path=()) -> Iterator[tuple]:
    """Return the path to each value of a release."""
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in rows:
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))


def shape_of(path: tuple) -> tuple:
    return tuple("#" if isinstance(key, int) else key for key in path)


@cache
def fields_of_real_notices() -> dict[tuple, tuple[dict, tuple]]:
    """Each field that a bundled release has, with one release and the path to it there."""
    found: dict[tuple, tuple[dict, tuple]] = {}
    for file in (CONTRACTS_FINDER, PUBLIC_CONTRACTS_SCOTLAND, FIND_A_TENDER):
        for release in json.loads(file.read_bytes())["releases"]:
            for path in places(release):
                if path[0] not in NEEDED:
                    found.setdefault(shape_of(path), (release, path))
    return found


def mutated(release: dict, path: tuple, value) -> dict:
    copied = copy.deepcopy(release)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copied


def facts(*releases: dict):
    """Return what is read of releases of one process, or the reason why nothing is."""
    file = read_file("f", json.dumps(list(releases)).encode())
    assert file.refused == ()
    try:
        for release in file.releases:
            buyers_of(release)
        compiled = compile_release(file.releases)
        return map_notice(file.releases[0].ocid, compiled, effective_releases(file.releases))
    except NotMappable as error:
        assert "names no buyer" in str(error)
        return None


# What of a notice's facts may differ where a field below this part of a release is changed. What
# one field says may be read from another in its absence (a title of the award's), within one part.
OF_PARTS = {
    "buyer": {"buyer", "regime", "regime_reason"},
    "tender": {
        "title", "description", "regime", "regime_reason", "method", "method_details", "status",
        "value", "published_on", "tenders_due_on", "lots", "criteria", "notice_url", "buyer",
    },
    "awards": {"contracts", "regime", "regime_reason", "notice_url", "title"},
    "contracts": {"contracts", "regime", "regime_reason", "notice_url"},
    "parties": {"buyer", "contracts", "regime", "regime_reason"},
    "planning": {"notice_url", "regime", "regime_reason"},
    "links": {"notice_url"},
    "title": {"title"},
    "description": {"description"},
    "tag": {"regime", "regime_reason"},
    "publisher": {"publisher", "buyer", "contracts"},
}  # fmt: skip
ALWAYS = {"gaps", "unread"}


def test_there_are_many_fields():
    assert len(fields_of_real_notices()) > 150


@pytest.mark.parametrize("value", MUTATIONS, ids=lambda value: repr(value)[:12])
def test_no_field_in_another_form_refuses_a_release_or_changes_another_part(value):
    """Every optional field of the real notices in turn."""
    untouched: dict[int, object] = {}
    for shape, (release, path) in fields_of_real_notices().items():
        before = untouched.get(id(release)) or facts(release)
        untouched[id(release)] = before
        after = facts(mutated(release, path, value))
        if after is None:
            assert shape[0] in {"buyer", "parties", "tender"}, shape
            continue
        differs = {
            name
            for name in after.__dataclass_fields__
            if getattr(before, name) != getattr(after, name)
        }
        if without_titles(before) == without_titles(after):
            differs -= {"contracts"}
        assert differs <= OF_PARTS.get(shape[0], set()) | ALWAYS, shape


def without_titles(notice) -> list:
    """Contracts but for their titles, which are the tender's or its lots' where they have none."""
    return [replace(row, title="", gaps=(), unread=()) for row in notice.contracts]


@pytest.mark.parametrize("value", MUTATIONS, ids=lambda value: repr(value)[:12])
@pytest.mark.parametrize("is_later", [False, True])
def test_no_field_in_another_form_breaks_the_merging_with_another_release(value, is_later):
    for release, path in fields_of_real_notices().values():
        date = "2199-01-01T00:00:00Z" if is_later else "1991-01-01T00:00:00Z"
        other = mutated(release, path, value) | {"id": "another", "date": date}
        assert facts(release, other) is not None, shape_of(path)


def test_contract_is_untouched_by_what_is_wrong_in_another():
    awards = [a_release()["awards"][0] | {"id": str(number)} for number in range(3)]
    right = facts(a_release(awards=awards)).contracts
    for path in places(awards[1]):
        for value in MUTATIONS:
            wrong = [awards[0], mutated(awards[1], path, value), awards[2]]
            found = facts(a_release(awards=wrong)).contracts
            assert right[0] in found, (path, value)
            assert right[2] in found, (path, value)
