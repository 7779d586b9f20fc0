"""Bytes of a JSON file → releases. What can't be read is refused as a whole, with a reason.

Stated limits: 50 MB and a million objects and lists a file, 64 levels of nesting, numbers below
10^18 written in at most 40 characters. A file that breaks a limit, isn't JSON, repeats a name in
one object or holds NaN raises `FileUnreadable`; a single release that can't be used becomes a
`Refusal` and the rest of the file stays readable.
"""

import hashlib
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from commissioning.ocds.facts import RawRelease, ReadFile, Refusal
from commissioning.ocds.texts import is_storable

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 64
MAX_NUMBER_DIGITS = 40
MAX_MAGNITUDE = 10**18
MAX_CONTAINERS = 1_000_000
MAX_OCID = 200
NO_ID = "no id: "
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
    """Read a release package, a record package, a release, a record, or a list of releases or
    records.

    Raises FileUnreadable.
    """
    document = _parse(name, data)
    kind, entries, package = _entries_of(name, document)
    publisher = _name_of(package.get("publisher"))
    licence = package.get("license") if isinstance(package.get("license"), str) else ""
    releases: list[RawRelease] = []
    refused: list[Refusal] = []
    for position, entry in enumerate(entries, start=1):
        try:
            releases += _releases_of(entry, publisher, licence or "", name)
        except _NotAllowed as error:
            ocid = _safe_ocid(entry)
            where = "" if ocid else f"Entry {position} of the file: "
            refused.append(Refusal(ocid, f"{where}{error}", name))
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        publisher=publisher,
        licence=licence or "",
        releases=tuple(releases),
        refused=tuple(refused),
    )


def _parse(name: str, data: bytes) -> Any:
    if len(data) > MAX_FILE_BYTES:
        raise FileUnreadable(name, f"The file is larger than {MAX_FILE_BYTES // 1024 // 1024} MB.")
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
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_constant,
        )
    except _NotAllowed as error:
        raise FileUnreadable(name, str(error)) from error
    except json.JSONDecodeError as error:
        ends_early = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        hint = " The file ends early." if ends_early else ""
        raise FileUnreadable(
            name, f"The file is not valid JSON: line {error.lineno}, column {error.colno}.{hint}"
        ) from error
    except RecursionError as error:
        raise FileUnreadable(name, _TOO_DEEP) from error
    if _depth_exceeds(document, MAX_DEPTH):
        raise FileUnreadable(name, _TOO_DEEP)
    return document


_TOO_DEEP = f"The file is nested more than {MAX_DEPTH} levels deep."


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _NotAllowed(
            f"The name {twice[:60]!r} stands twice in one object, so its meaning is open."
        )
    return found


def _integer(literal: str) -> int:
    if len(literal) > MAX_NUMBER_DIGITS or abs(number := int(literal)) >= MAX_MAGNITUDE:
        raise _NotAllowed(f"The file holds a number that is too large: {literal[:30]}…")
    return number


def _fraction(literal: str) -> float:
    number = float(literal)
    if len(literal) > MAX_NUMBER_DIGITS or math.isinf(number) or abs(number) >= MAX_MAGNITUDE:
        raise _NotAllowed(f"The file holds a number that is too large or too long: {literal[:30]}…")
    return number


def _constant(literal: str) -> float:
    raise _NotAllowed(f"The file holds {literal}, which is not a number that JSON allows.")


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


def _entries_of(name: str, document: Any) -> tuple[str, list[Any], dict[str, Any]]:
    """Return what kind of file this is, its entries, and the object that names the publisher."""
    if isinstance(document, list):
        return "list", document, {}
    if not isinstance(document, dict):
        raise FileUnreadable(name, "The file holds a single value where OCDS has an object.")
    version = document.get("version", "1.1")
    if not isinstance(version, str) or not version.startswith("1."):
        raise FileUnreadable(
            name, f"The file says it is OCDS version {str(version)[:20]!r}; this reads 1.0 and 1.1."
        )
    for kind, key in (("release package", "releases"), ("record package", "records")):
        if key in document:
            if not isinstance(document[key], list):
                raise FileUnreadable(
                    name, f"“{key}” should be a list, and is {_kind_of(document[key])}."
                )
            return kind, document[key], document
    if "ocid" in document:
        kind = "record" if "compiledRelease" in document else "release"
        return kind, [document], document
    raise FileUnreadable(
        name, "The file is JSON, but not OCDS: it has no releases, no records and no ocid."
    )


def _releases_of(entry: Any, publisher: str, licence: str, file_name: str) -> Iterator[RawRelease]:
    if not isinstance(entry, dict):
        raise _NotAllowed(f"An object was expected, and {_kind_of(entry)} found.")
    if "compiledRelease" not in entry and "releases" not in entry:
        return iter((_release(entry, publisher, licence, file_name),))
    embedded = entry.get("releases") or []
    if not isinstance(embedded, list):
        raise _NotAllowed(
            f"“releases” of the record should be a list, and is {_kind_of(embedded)}."
        )
    whole = [release for release in embedded if isinstance(release, dict) and "ocid" in release]
    if embedded and len(whole) == len(embedded):
        bodies = whole
    elif isinstance(entry.get("compiledRelease"), dict):
        bodies = [entry["compiledRelease"]]
    else:
        raise _NotAllowed("The record only links to its releases and holds no compiled release.")
    found = [_release(body, publisher, licence, file_name) for body in bodies]
    if any(release.ocid != entry.get("ocid", release.ocid) for release in found):
        raise _NotAllowed("The record holds a release of another contracting process.")
    return iter(found)


def _release(body: dict[str, Any], publisher: str, licence: str, file_name: str) -> RawRelease:
    ocid = _safe_ocid(body)
    if not ocid:
        raise _NotAllowed("The release has no usable ocid.")
    if not _is_storable(body):
        raise _NotAllowed(
            "The release holds a NUL character or half a character, which no database can keep."
        )
    tags = body.get("tag", [])
    if isinstance(tags, str):
        tags = [tags]
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise _NotAllowed("The release's tag should be a list of words.")
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
    if release_id is None or release_id == "":
        return f"{NO_ID}{released_at:%Y-%m-%dT%H:%M:%SZ} {' '.join(sorted(tags))}"[:MAX_OCID]
    if isinstance(release_id, bool) or not isinstance(release_id, (str, int)):
        raise _NotAllowed("The release's id should be text.")
    if len(str(release_id)) > MAX_OCID:
        raise _NotAllowed(f"The release's id is longer than {MAX_OCID} characters.")
    return str(release_id).strip()


def canonical(body: dict[str, Any]) -> bytes:
    """Return the release as bytes that don't depend on the order of names or on spacing."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8"
    )


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


def _is_storable(value: Any) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if not is_storable(item):
                return False
        elif isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return True


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
