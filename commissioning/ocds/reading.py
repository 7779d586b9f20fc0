"""Bytes of a file → releases: JSON, JSON Lines, and either of them packed with gzip.

Stated limits: 50 MB of text and a million objects and lists a file, packed or not, and 64 levels of
nesting. A file that breaks a limit or isn't JSON raises `FileUnreadable`. A release without a
usable ocid or date becomes a `Refusal`, and the rest of the file stays readable. Whatever else of a
release isn't as it should be is kept, and named when it is read (`forms`): numbers that no database
holds, NaN and names that stand twice in one object are kept as text or as a list, and characters
that no database keeps become U+FFFD.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import simplejson

from commissioning.ocds.facts import RawRelease, ReadFile, Refusal
from commissioning.ocds.texts import is_storable

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 64
MAX_NUMBER_DIGITS = 60
MAX_EXPONENT = 60
MAX_CONTAINERS = 1_000_000
MAX_OCID = 200
NO_RELEASE_ID = "no id: "
_GZIP = b"\x1f\x8b"
YEARS = range(1990, 2200)


class FileUnreadable(ValueError):
    """The file can't be read; the message says why in plain English and names the file."""

    def __init__(self, file_name: str, reason: str):
        super().__init__(f"{file_name}: {reason}")
        self.file_name = file_name
        self.reason = reason


class _NotAllowed(ValueError):
    pass


def read_stream(name: str, stream: BinaryIO) -> ReadFile:
    """Read one open file, never taking in more than the size limit. Raises FileUnreadable."""
    return read_file(name, stream.read(MAX_FILE_BYTES + 1))


def read_file(name: str, data: bytes) -> ReadFile:
    """Read a release package, a record package, a release, a record, a list of releases or records,
    or one of these a line.

    Raises FileUnreadable.
    """
    kind, entries = "", []
    publisher = licence = ""
    for document in _documents(name, data):
        found, some, package = _entries_of(name, document)
        kind = kind or found
        publisher = publisher or _name_of(package.get("publisher"))
        stated = package.get("license")
        licence = licence or (stated if isinstance(stated, str) else "")
        entries += [(entry, publisher, licence) for entry in some]
    releases: list[RawRelease] = []
    refused: list[Refusal] = []
    for position, (entry, of, under) in enumerate(entries, start=1):
        try:
            releases += _releases_of(entry, of, under, name)
        except _NotAllowed as error:
            ocid = _safe_ocid(entry)
            where = "" if ocid else f"Entry {position} of the file: "
            refused.append(Refusal(ocid, f"{where}{error}", name))
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        publisher=publisher,
        licence=licence,
        releases=tuple(releases),
        refused=tuple(refused),
    )


def _unpacked(name: str, data: bytes) -> bytes:
    """Return the text of a file, never making more of it than the limit."""
    if not data.startswith(_GZIP):
        if len(data) > MAX_FILE_BYTES:
            raise FileUnreadable(name, f"The file is larger than {_LIMIT}.")
        return data
    packed = zlib.decompressobj(wbits=31)
    try:
        found = packed.decompress(data, MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise FileUnreadable(name, "The file begins like a gzip file and can't be unpacked.") from (
            error
        )
    if len(found) > MAX_FILE_BYTES:
        raise FileUnreadable(name, f"Unpacked, the file is larger than {_LIMIT}.")
    if not packed.eof:
        raise FileUnreadable(name, "The gzip file ends early.")
    if packed.unused_data.strip(b"\x00"):
        raise FileUnreadable(name, "The gzip file holds several files. Unpack it first.")
    return found


_LIMIT = f"{MAX_FILE_BYTES // 1024 // 1024} MB"


def _documents(name: str, data: bytes) -> list[Any]:
    """Return the JSON values of the file: one, or one a line."""
    data = _unpacked(name, data)
    if data.count(b"{") + data.count(b"[") > MAX_CONTAINERS:
        raise FileUnreadable(
            name, f"The file holds more than {MAX_CONTAINERS:,} objects and lists."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            name, f"The file is not UTF-8 text: see byte {error.start:,}."
        ) from error
    if not text.strip():
        raise FileUnreadable(name, "The file is empty.")
    try:
        try:
            found = [_loaded(text)]
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise
            found = _lines(name, text, error)
    except json.JSONDecodeError as error:
        ends_early = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        hint = " The file ends early." if ends_early else ""
        raise FileUnreadable(
            name, f"The file is not valid JSON: line {error.lineno}, column {error.colno}.{hint}"
        ) from error
    except RecursionError as error:
        raise FileUnreadable(name, _TOO_DEEP) from error
    if any(_depth_exceeds(document, MAX_DEPTH) for document in found):
        raise FileUnreadable(name, _TOO_DEEP)
    return found


def _lines(name: str, text: str, of_whole: json.JSONDecodeError) -> list[Any]:
    """Return the values of JSON Lines; raises the error of the whole where it is none of these."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_loaded(line))
            except json.JSONDecodeError as error:
                if not found:
                    raise of_whole from error
                raise FileUnreadable(
                    name, f"Line {number:,} of the file is not valid JSON: column {error.colno}."
                ) from error
    return found


def _loaded(text: str) -> Any:
    return json.loads(
        text,
        object_pairs_hook=_object,
        parse_int=_integer,
        parse_float=_fraction,
        parse_constant=str,
    )


_TOO_DEEP = f"The file is nested more than {MAX_DEPTH} levels deep."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. What stands twice under one name is kept as a list of all: whoever reads a single
    value finds that it isn't one.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        counted: dict[str, list] = {}
        for key, value in pairs:
            counted.setdefault(key, []).append(value)
        found = {key: some if len(some) > 1 else some[0] for key, some in counted.items()}
    return found


def _integer(literal: str) -> int | str:
    return int(literal) if len(literal) <= MAX_NUMBER_DIGITS else literal


def _fraction(literal: str) -> Decimal | str:
    number = Decimal(literal)
    is_usable = len(literal) <= MAX_NUMBER_DIGITS and -MAX_EXPONENT <= number.adjusted() <= (
        MAX_EXPONENT
    )
    return number if is_usable else literal


def _depth_exceeds(document: Any, limit: int) -> bool:
    level = [document]
    for _ in range(limit):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner.extend(child for child in value.values() if isinstance(child, (dict, list)))
            elif isinstance(value, list):
                inner.extend(child for child in value if isinstance(child, (dict, list)))
        if not inner:
            return False
        level = inner
    return True


_RECORD = {"compiledRelease", "versionedRelease", "releases"}


def _entries_of(name: str, document: Any) -> tuple[str, list[Any], dict[str, Any]]:
    """Return what kind of file this is, its entries, and the object that names the publisher."""
    if isinstance(document, list):
        return "list", document, {}
    if not isinstance(document, dict):
        raise FileUnreadable(name, "The file holds a single value where OCDS has an object.")
    version = document.get("version")
    if isinstance(version, str) and version[:1].isdigit() and not version.startswith("1."):
        raise FileUnreadable(
            name, f"The file says it is OCDS version {version[:20]!r}; this reads 1.0 and 1.1."
        )
    for kind, key in (("release package", "releases"), ("record package", "records")):
        if key in document:
            if not isinstance(document[key], list):
                raise FileUnreadable(
                    name, f"“{key}” should be a list, and is {_kind_of(document[key])}."
                )
            return kind, document[key], document
    if "ocid" in document:
        kind = "record" if _RECORD & document.keys() else "release"
        return kind, [document], document
    raise FileUnreadable(
        name, "The file is JSON, but not OCDS: it has no releases, no records and no ocid."
    )


def _releases_of(entry: Any, publisher: str, licence: str, file_name: str) -> Iterator[RawRelease]:
    if not isinstance(entry, dict):
        raise _NotAllowed(f"An object was expected, and {_kind_of(entry)} found.")
    if not _RECORD & entry.keys():
        return iter((_release(entry, publisher, licence, file_name),))
    embedded = entry.get("releases") or []
    embedded = embedded if isinstance(embedded, list) else []
    whole = [release for release in embedded if isinstance(release, dict) and "ocid" in release]
    if embedded and len(whole) == len(embedded):
        bodies = whole
    elif isinstance(entry.get("compiledRelease"), dict):
        bodies = [entry["compiledRelease"]]
    elif "versionedRelease" in entry:
        raise _NotAllowed(
            "The record holds a versioned release only, which lists every value that a field ever"
            " had. Ask the publisher for the compiled release, or for the releases themselves."
        )
    else:
        raise _NotAllowed(
            "The record only links to its releases and holds none of them. Download the releases"
            " from their addresses and import those."
        )
    found = [_release(body, publisher, licence, file_name) for body in bodies]
    if any(release.ocid != entry.get("ocid", release.ocid) for release in found):
        raise _NotAllowed("The record holds a release of another contracting process.")
    return iter(found)


def _release(body: dict[str, Any], publisher: str, licence: str, file_name: str) -> RawRelease:
    ocid = _safe_ocid(body)
    if not ocid:
        raise _NotAllowed("The release has no usable ocid.")
    body = _storable(body)
    tags = body.get("tag")
    tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    released_at = _moment(body.get("date"))
    return RawRelease(
        ocid=ocid,
        release_id=_release_id(body, released_at, tags),
        released_at=released_at,
        tags=tuple(tags),
        sha256=hashlib.sha256(canonical(body)).hexdigest(),
        body=body,
        publisher=_name_of(body.get("publisher")) or publisher,
        licence=licence,
        file_name=file_name,
    )


def _release_id(body: dict[str, Any], released_at: datetime, tags: list[str]) -> str:
    """Return the release's id; where none is published (Public Contracts Scotland), its date and
    tags.
    """
    release_id = body.get("id")
    if isinstance(release_id, bool) or not isinstance(release_id, (str, int)) or release_id == "":
        return f"{NO_RELEASE_ID}{released_at:%Y-%m-%dT%H:%M:%SZ} {' '.join(sorted(tags))}"[
            :MAX_OCID
        ]
    release_id = str(release_id).strip()
    if len(release_id) > MAX_OCID:
        digest = hashlib.sha256(release_id.encode()).hexdigest()[:16]
        release_id = f"{release_id[:150]} {digest}"
    return release_id


class BodyEncoder(simplejson.JSONEncoder):
    """Writes decimals as numbers with all their digits, for columns that keep a release."""


class BodyDecoder(json.JSONDecoder):
    """Reads numbers with a fraction as decimals."""

    def __init__(self, **options: Any):
        super().__init__(**{"parse_float": Decimal, **options})


def canonical(body: dict[str, Any]) -> bytes:
    """Return the release as bytes that don't depend on the order of names or on spacing, nor on how
    a number is written (10.50 and 10.5).
    """
    return simplejson.dumps(
        _in_one_writing(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8")


def _in_one_writing(value: Any) -> Any:
    if isinstance(value, Decimal):
        short = float(value)
        return short if Decimal(repr(short)) == value else value.normalize()
    if isinstance(value, dict):
        return {key: _in_one_writing(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_one_writing(inner) for inner in value]
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise _NotAllowed("The release has no date, so it can't be put in order.")
    try:
        moment = datetime.fromisoformat(value.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _NotAllowed(f"The release's date {value[:40]!r} can't be read.") from error
    if moment.year not in YEARS:
        raise _NotAllowed(f"The release's date {value[:40]!r} can't be right.")
    return moment


def _safe_ocid(entry: Any) -> str:
    ocid = entry.get("ocid") if isinstance(entry, dict) else None
    if not isinstance(ocid, str) or not is_storable(ocid):
        return ""
    ocid = ocid.strip()
    is_plain = 0 < len(ocid) <= MAX_OCID and ocid.isprintable() and " " not in ocid
    return ocid if is_plain else ""


def _storable(value: Any) -> Any:
    """Return the value with U+FFFD for what no database keeps: NUL, and halves of characters."""
    if isinstance(value, str):
        return value if is_storable(value) else _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    return value


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _name_of(publisher: Any) -> str:
    name = publisher.get("name") if isinstance(publisher, dict) else ""
    return name.strip()[:200] if isinstance(name, str) and is_storable(name) else ""


def _kind_of(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "text",
        bool: "true or false",
        type(None): "nothing",
    }
    return names.get(type(value), "a number")
