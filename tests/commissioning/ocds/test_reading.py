"""Files in, releases or a plain reason out."""

import io
import json

import pytest

from commissioning.ocds import MAX_DEPTH, MAX_FILE_BYTES, FileUnreadable, read_file, read_stream
from tests.commissioning.samples import (
    CONTRACTS_FINDER,
    PUBLIC_CONTRACTS_SCOTLAND,
    a_package,
    a_release,
)


def reason(data: bytes) -> str:
    with pytest.raises(FileUnreadable) as caught:
        read_file("notices.json", data)
    assert caught.value.file_name == "notices.json"
    return caught.value.reason


@pytest.mark.parametrize(
    ("path", "releases", "processes", "publisher"),
    [
        (CONTRACTS_FINDER, 119, 114, "Contracts Finder (Crown Commercial Service)"),
        (PUBLIC_CONTRACTS_SCOTLAND, 60, 60, "Public Contracts Scotland"),
    ],
)
def test_bundled_file_is_read_whole(path, releases, processes, publisher):
    with path.open("rb") as stream:
        found = read_stream(path.name, stream)
    assert (len(found.releases), len({r.ocid for r in found.releases}), found.refused) == (
        releases,
        processes,
        (),
    )
    assert (found.kind, found.publisher) == ("release package", publisher)


def test_record_package_gives_its_releases():
    record = {
        "ocid": "ocds-b5fd17-aa01",
        "releases": [a_release(), a_release(release_id="r2")],
        "compiledRelease": {},
    }
    found = read_file("f", json.dumps({"version": "1.1", "records": [record]}).encode())
    assert (found.kind, [r.release_id for r in found.releases]) == ("record package", ["r1", "r2"])


def test_record_with_linked_releases_gives_its_compiled_release():
    record = {
        "ocid": "ocds-b5fd17-aa01",
        "releases": [{"url": "https://example.org/1"}],
        "compiledRelease": a_release(),
    }
    assert [
        r.release_id for r in read_file("f", json.dumps({"records": [record]}).encode()).releases
    ] == ["r1"]


def test_record_with_links_alone_is_refused():
    record = {"ocid": "ocds-b5fd17-aa01", "releases": [{"url": "https://example.org/1"}]}
    found = read_file("f", json.dumps({"records": [record]}).encode())
    assert [(r.ocid, r.reason) for r in found.refused] == [
        ("ocds-b5fd17-aa01", "The record only links to its releases and holds no compiled release.")
    ]


def test_record_with_another_process_inside_is_refused():
    record = {"ocid": "ocds-b5fd17-zz99", "releases": [a_release()]}
    found = read_file("f", json.dumps({"records": [record]}).encode())
    assert (found.releases, len(found.refused)) == ((), 1)


@pytest.mark.parametrize(("wrap", "kind"), [(lambda r: r, "release"), (lambda r: [r], "list")])
def test_single_release_and_list_are_read(wrap, kind):
    found = read_file("f", json.dumps(wrap(a_release())).encode())
    assert (found.kind, len(found.releases)) == (kind, 1)


def test_byte_order_mark_is_no_obstacle():
    assert len(read_file("f", b"\xef\xbb\xbf" + a_package(a_release())).releases) == 1


def test_release_without_id_is_known_by_its_date_and_kind():
    release = a_release()
    del release["id"]
    assert (
        read_file("f", a_package(release)).releases[0].release_id
        == "no id: 2025-06-02T10:00:00Z award"
    )


def test_hash_does_not_depend_on_the_order_of_names():
    turned = dict(reversed(a_release().items()))
    one, other = (read_file("f", a_package(r)).releases[0].sha256 for r in (a_release(), turned))
    assert one == other


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "The file is empty."),
        (b"  \n", "The file is empty."),
        (a_package(a_release())[:-40], "The file is not valid JSON: line 1, column"),
        (b"\xff\xfe{\x00", "The file is not UTF-8 text: see byte 0."),
        (b'{"a": 1, "a": 2}', "The name 'a' stands twice in one object, so its meaning is open."),
        (b'{"releases": [NaN]}', "The file holds NaN, which is not a number that JSON allows."),
        (
            b'{"releases": [-Infinity]}',
            "The file holds -Infinity, which is not a number that JSON allows.",
        ),
        (b'{"releases": [1e999]}', "The file holds a number that is too large or too long: 1e999…"),
        (
            b'{"releases": [' + b"9" * 5000 + b"]}",
            "The file holds a number that is too large: " + "9" * 30 + "…",
        ),
        (
            b'{"releases": [' + b"9" * 19 + b"]}",
            "The file holds a number that is too large: " + "9" * 19 + "…",
        ),
        (b'"text"', "The file holds a single value where OCDS has an object."),
        (
            b'{"hello": "world"}',
            "The file is JSON, but not OCDS: it has no releases, no records and no ocid.",
        ),
        (
            b'{"version": "2.0", "releases": []}',
            "The file says it is OCDS version '2.0'; this reads 1.0 and 1.1.",
        ),
        (
            b'{"version": 1.1, "releases": []}',
            "The file says it is OCDS version '1.1'; this reads 1.0 and 1.1.",
        ),
        (b'{"releases": {}}', "“releases” should be a list, and is an object."),
        (b'{"records": "x"}', "“records” should be a list, and is text."),
        (b"[" * 100 + b"]" * 100, "The file is nested more than 64 levels deep."),
        (b"[" * 200_000 + b"]" * 200_000, "The file is nested more than 64 levels deep."),
        (
            b"[" + b"[]," * 1_000_000 + b"[]]",
            "The file holds more than 1,000,000 objects and lists.",
        ),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
def test_hostile_or_broken_file_is_refused_with_a_reason(data, expected):
    assert reason(data).startswith(expected)


def test_truncated_file_says_that_it_ends_early():
    assert reason(a_package(a_release())[:-1]).endswith("The file ends early.")


def test_file_over_the_limit_is_refused_without_reading_it_all():
    stream = io.BytesIO(b" " * (MAX_FILE_BYTES + 50))
    with pytest.raises(FileUnreadable) as caught:
        read_stream("big.json", stream)
    assert (caught.value.reason, stream.tell()) == (
        "The file is larger than 50 MB.",
        MAX_FILE_BYTES + 1,
    )


def test_nesting_at_the_limit_is_read():
    inner: object = "leaf"
    for _ in range(MAX_DEPTH - 3):
        inner = [inner]
    assert len(read_file("f", a_package(a_release(x=inner))).releases) == 1
    assert reason(a_package(a_release(x=[inner]))) == "The file is nested more than 64 levels deep."


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"date": None}, "The release has no date, so it can't be put in order."),
        ({"date": 20250101}, "The release has no date, so it can't be put in order."),
        ({"date": "soon"}, "The release's date 'soon' can't be read."),
        (
            {"date": "0001-01-01T00:00:00+14:00"},
            "The release's date '0001-01-01T00:00:00+14:00' can't be read.",
        ),
        ({"date": "1066-10-14"}, "The release's date '1066-10-14' can't be right."),
        ({"id": ["x"]}, "The release's id should be text."),
        ({"id": "x" * 300}, "The release's id is longer than 200 characters."),
        ({"tag": [1]}, "The release's tag should be a list of words."),
        (
            {"title": "a\x00b"},
            "The release holds a NUL character or half a character, which no database can keep.",
        ),
        (
            {"title": "\ud800"},
            "The release holds a NUL character or half a character, which no database can keep.",
        ),
        (
            {"a\x00": 1},
            "The release holds a NUL character or half a character, which no database can keep.",
        ),
    ],
)
def test_unusable_release_is_refused_and_the_rest_is_read(change, expected):
    good = a_release("ocds-b5fd17-bb02")
    found = read_file("f", a_package(a_release(**change), good))
    assert [r.ocid for r in found.releases] == ["ocds-b5fd17-bb02"]
    assert [(r.ocid, r.reason, r.file_name) for r in found.refused] == [
        ("ocds-b5fd17-aa01", expected, "f")
    ]


@pytest.mark.parametrize("ocid", [None, 7, "", " ", "a b", "a\nb", "a\x00", "x" * 201, ["x"]])
def test_release_without_usable_ocid_is_refused_by_position(ocid):
    found = read_file(
        "f",
        a_package(
            a_release(), a_release(ocid) if isinstance(ocid, str) else a_release() | {"ocid": ocid}
        ),
    )
    assert [(r.ocid, r.reason) for r in found.refused] == [
        ("", "Entry 2 of the file: The release has no usable ocid.")
    ]


def test_entry_that_is_no_object_is_refused_by_position():
    found = read_file("f", json.dumps({"releases": [7, None, a_release()]}).encode())
    assert [r.reason for r in found.refused] == [
        "Entry 1 of the file: An object was expected, and a number found.",
        "Entry 2 of the file: An object was expected, and nothing found.",
    ]
    assert len(found.releases) == 1
