"""Files in, releases or a plain reason out."""

import gzip
import io
import json
import resource
import zlib
from decimal import Decimal

import pytest

from commissioning.ocds import (
    MAX_DEPTH,
    MAX_FILE_BYTES,
    BodyDecoder,
    BodyEncoder,
    FileUnreadable,
    read_file,
    read_stream,
)
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
        (
            "ocds-b5fd17-aa01",
            "The record only links to its releases and holds none of them. Download the releases"
            " from their addresses and import those.",
        )
    ]


def test_record_with_a_versioned_release_alone_says_what_to_ask_for():
    record = {"ocid": "ocds-b5fd17-aa01", "versionedRelease": {"ocid": "ocds-b5fd17-aa01"}}
    found = read_file("f", json.dumps({"records": [record]}).encode())
    assert [row.reason for row in found.refused] == [
        "The record holds a versioned release only, which lists every value that a field ever had."
        " Ask the publisher for the compiled release, or for the releases themselves."
    ]
    assert read_file("f", json.dumps(record).encode()).kind == "record"


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
        (b'"text"', "The file holds a single value where OCDS has an object."),
        (
            b'{"hello": "world"}',
            "The file is JSON, but not OCDS: it has no releases, no records and no ocid.",
        ),
        (
            b'{"version": "2.0", "releases": []}',
            "The file says it is OCDS version '2.0'; this reads 1.0 and 1.1.",
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


def body_of(data: str) -> dict:
    """Return the body that is read of a release with this member."""
    text = json.dumps(a_release())[:-1] + f", {data}}}"
    return read_file("f", text.encode()).releases[0].body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('"x": 10.50', Decimal("10.50")),
        ('"x": 12345678901234567890.123456789', Decimal("12345678901234567890.123456789")),
        ('"x": 79228162514264337593543950335', 79228162514264337593543950335),
        ('"x": NaN', "NaN"),
        ('"x": -Infinity', "-Infinity"),
        ('"x": 1e999', "1e999"),
        ('"x": 1e-999', "1e-999"),
        (f'"x": {"9" * 5000}', "9" * 5000),
        ('"x": 1, "x": "two"', [1, "two"]),
        ('"x": "a\\u0000b\\ud800"', "a\ufffdb\ufffd"),
    ],
)
def test_what_no_database_holds_is_kept_as_it_can_be_and_refuses_nothing(data, expected):
    assert body_of(data)["x"] == expected


def test_name_that_no_database_holds_is_kept_as_it_can_be():
    assert body_of('"a\\u0000": 1')["a\ufffd"] == 1


@pytest.mark.parametrize(
    ("change", "release_id"),
    [
        ({"id": ["x"]}, "no id: 2025-06-02T10:00:00Z award"),
        ({"id": 7}, "7"),
        ({"tag": [1]}, "r1"),
        ({"tag": "award"}, "r1"),
    ],
)
def test_release_with_a_field_of_another_form_is_read(change, release_id):
    (found,) = read_file("f", a_package(a_release(**change))).releases
    assert found.release_id == release_id


def test_release_id_that_is_too_long_stays_told_apart():
    rows = [a_release(id="x" * 300 + end) for end in "ab"]
    ids = {row.release_id for row in read_file("f", a_package(*rows)).releases}
    assert (len(ids), max(map(len, ids)) <= 200) == (2, True)


def test_hash_is_that_of_the_number_and_not_of_its_writing():
    one, same, other = (
        read_file("f", json.dumps(a_release()).replace("118000.5", text).encode()).releases[0]
        for text in ("118000.5", "118000.50", "118000.51")
    )
    assert (one.sha256 == same.sha256, one.sha256 == other.sha256) == (True, False)


def test_body_is_written_and_read_with_all_its_digits():
    body = {"x": Decimal("12345678901234567890.123456789"), "y": [Decimal("0.10"), 3]}
    text = json.dumps(body, cls=BodyEncoder)
    assert (text, json.loads(text, cls=BodyDecoder)) == (
        '{"x": 12345678901234567890.123456789, "y": [0.10, 3]}',
        body,
    )


LINES = "\n".join(json.dumps(a_release(f"ocds-b5fd17-aa0{number}")) for number in range(3))


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_json_lines_are_read(end):
    assert len(read_file("f", (LINES + end).encode()).releases) == 3


def test_line_that_is_no_json_is_named():
    assert reason((LINES + '\n{"ocid": ').encode()) == (
        "Line 4 of the file is not valid JSON: column 10."
    )


@pytest.mark.parametrize("data", [LINES.encode(), a_package(a_release())])
def test_packed_file_is_read(data):
    packed = read_file("f", gzip.compress(data))
    assert [row.body for row in packed.releases] == [
        row.body for row in read_file("f", data).releases
    ]


def test_bomb_is_refused_before_it_is_unpacked():
    packer = zlib.compressobj(wbits=31)
    megabyte = b" " * 1024 * 1024
    # Ten times what is let in, made a part at a time: the test itself must not take the room.
    parts = [packer.compress(megabyte) for _ in range(10 * MAX_FILE_BYTES // len(megabyte))]
    bomb = b"".join([*parts, packer.flush()])
    assert len(bomb) < MAX_FILE_BYTES / 40
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(bomb) == "Unpacked, the file is larger than 50 MB."
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < 3 * MAX_FILE_BYTES


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gzip.compress(b"{}", mtime=0)[:-4], "The gzip file ends early."),
        (b"\x1f\x8bnonsense", "The file begins like a gzip file and can't be unpacked."),
        (gzip.compress(b"{}", mtime=0) * 2, "The gzip file holds several files. Unpack it first."),
    ],
)
def test_broken_packed_file_is_refused_with_a_reason(data, expected):
    assert reason(data) == expected
