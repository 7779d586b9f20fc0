"""Organisations as notices name them, and what identifies each of them.

Three kinds of identifier, strongest first:
1. a number of a public register (scheme and id, such as GB-COH 03794455): the same wherever it is
published;
2. the publisher's own party id, where its form shows that it is more than a place in one notice
   (GB-CFS-44290), kept under "<source>:party";
3. else the name together with the postcode, kept under "<source>:name": it makes a second import of
the same source find its own row again, and never reaches into another source.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from commissioning.ocds.facts import PartyFact, RawRelease
from commissioning.ocds.nodes import Node, WrongType
from commissioning.ocds.texts import name_key

SCOTTISH_SOURCE = "ocds-r6ebe6"

# Lists that identify an organisation across publishers
# (source: org-id.guide and the Find a Tender schema page).
REGISTERS = frozenset(
    [
        "GB-COH",
        "GB-CHC",
        "GB-SC",
        "GB-NIC",
        "GB-NHS",
        "GB-UKPRN",
        "GB-MPR",
        "GB-GOR",
        "GB-LAE",
        "GB-LAS",
        "GB-LAN",
        "GB-PLA",
        "GB-PPON",
        "GB-SRS",
        "GB-IRR",
        "GB-EDU",
        "GB-VAT",
        "GB-SHPE",
        "XI-LEI",
        "XI-DUNS",
    ]
)
_ORG_ID = re.compile(r"^[A-Z]{2,3}-[A-Z]{2,5}-\S+$")
_UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", re.IGNORECASE)
_COMPANY_NUMBER = re.compile(r"^(\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z])$")
_NO_NUMBER = re.compile(r"^(|0+|-+|N/?A|NONE|NOT ?APPLICABLE|TBC|UNKNOWN|X+)$", re.IGNORECASE)
_OCID_PREFIX = re.compile(r"^ocds-[a-z0-9]{6}(?=-|$)")


def source_of(ocid: str, publisher: str) -> str:
    """Return the name under which a publisher's own ids are kept: its registered ocid prefix, else
    its name.
    """
    prefix = _OCID_PREFIX.match(ocid)
    return prefix.group(0) if prefix else f"publisher {name_key(publisher)}"[:60].strip()


def registered_identifier(scheme: str, value: str) -> tuple[str, str] | None:
    """Return (scheme, value) in the form in which they are compared, or None where they can't be a
    number.

    Company numbers are padded to eight characters, as Companies House writes them.
    """
    scheme, value = scheme.strip().upper(), value.strip()
    if not scheme or _NO_NUMBER.match(value):
        return None
    if scheme == "GB-COH":
        value = value.upper().replace(" ", "")
        value = value.zfill(8) if value.isdigit() else value
        if not _COMPANY_NUMBER.match(value):
            return None
    return scheme[:60], value[:200]


def parties_by_id(
    release: Node, source: str, only: Container[str] | None = None
) -> dict[str, PartyFact]:
    """Return the parties of a release by the id that the rest of it refers to: all, or those with
    an id in `only`.
    """
    found = ((node.key("id"), node) for node in release.nodes("parties"))
    return {
        key: _party(node, source) for key, node in found if key and (only is None or key in only)
    }


def party_of_reference(
    reference: Node, parties: Mapping[str, PartyFact], source: str
) -> PartyFact | None:
    """Return the party that a reference (buyer, supplier) points at; built from the reference where
    `parties` has none; None where it has neither a name nor anything that identifies it."""
    found = parties.get(reference.key("id")) or _party(reference, source)
    return found if found.identifiers else None


def are_one_body(one: PartyFact, other: PartyFact) -> bool:
    """Whether two parties of one contracting process are the same body: by an identifier, else by
    a name that no register numbers tell apart.
    """
    if set(one.identifiers) & set(other.identifiers):
        return True
    name = name_key(one.name)
    return bool(name and name == name_key(other.name)) and not are_told_apart(
        one.identifiers, other.identifiers
    )


def with_identifiers_of(party: PartyFact, other: PartyFact) -> PartyFact:
    """Return the party with what identifies it in the other fact as well, registers first."""
    pairs = dict.fromkeys([*party.identifiers, *other.identifiers])
    identifiers = tuple(sorted(pairs, key=lambda pair: ":" in pair[0]))
    return replace(
        party,
        identifiers=identifiers,
        is_registered=party.is_registered or other.is_registered,
    )


def are_told_apart(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> bool:
    """Whether both have numbers of the same public register, and no common one of it."""
    numbers: dict[str, tuple[set[str], set[str]]] = {}
    for place, pairs in enumerate((one, other)):
        for scheme, value in pairs:
            if ":" not in scheme:
                numbers.setdefault(scheme, (set(), set()))[place].add(value)
    return any(mine and theirs and not mine & theirs for mine, theirs in numbers.values())


def contacts_of(release: RawRelease, identifiers: Container[tuple[str, str]]) -> tuple[str, ...]:
    """Return the e-mail addresses that a release gives for the party with one of these public
    register numbers, in lower case, each once. Nothing where the release can't be read.
    """
    source = source_of(release.ocid, release.publisher)
    found = {}
    try:
        for node in Node(release.body).nodes("parties"):
            numbers = [pair for pair in _party(node, source).identifiers if ":" not in pair[0]]
            address = node.node("contactPoint").key("email").strip().lower()
            if address and any(pair in identifiers for pair in numbers):
                found[address] = None
    except WrongType:
        return ()
    return tuple(found)


def _party(node: Node, source: str) -> PartyFact:
    party_id = node.key("id")
    name = node.title("name") or node.node("identifier").title("legalName")
    address = node.node("address")
    postcode = re.sub(r"\s+", "", address.key("postalCode")).upper()[:10]
    registered = _registered(node, party_id)
    identifiers = list(registered)
    if _ORG_ID.match(party_id) or _UUID.match(party_id):
        identifiers.append((f"{source}:party", party_id[:200]))
    if name and not identifiers:
        identifiers.append((f"{source}:name", f"{name_key(name)[:180]}|{postcode}"))
    details = node.node("details")
    scale = details.key("scale")
    return PartyFact(
        party_id=party_id,
        name=name or (f"Name not published ({party_id})" if identifiers else ""),
        identifiers=tuple(dict.fromkeys(identifiers)),
        is_registered=bool(registered),
        postcode=postcode,
        region=address.key("region").upper()[:12],
        is_sme={"sme": True, "micro": True, "small": True, "medium": True, "large": False}.get(
            scale.lower()
        ),
        is_vcse=details.flag("vcse"),
        body_type="devolved_scotland" if source == SCOTTISH_SOURCE else _body_type(name, details),
    )


def _registered(node: Node, party_id: str) -> list[tuple[str, str]]:
    found = []
    for identifier in (node.node("identifier"), *node.nodes("additionalIdentifiers")):
        scheme, value = identifier.key("scheme"), identifier.key("id")
        if not value and not scheme:
            continue
        pair = registered_identifier(scheme, value)
        if pair is None:
            node.gaps.add("identifier_unusable")
        else:
            found.append(pair)
    if not found:
        for scheme in REGISTERS:
            if party_id.startswith(f"{scheme}-"):
                pair = registered_identifier(scheme, party_id.removeprefix(f"{scheme}-"))
                if pair is not None:
                    found.append(pair)
    return sorted(found, key=lambda pair: pair[0] != "GB-COH")


_BODY_TYPES = (
    ("nhs", re.compile(r"\bnhs\b|\bintegrated care board\b|\bhealth board\b", re.IGNORECASE)),
    ("sub_central", re.compile(r"\bcouncil\b|\bborough\b|\bcombined authority\b", re.IGNORECASE)),
    (
        "central",
        re.compile(
            r"^(ministry|department|cabinet office|home office|hm |foreign )|\bministry of\b",
            re.IGNORECASE,
        ),
    ),
)


def _body_type(name: str, details: Node) -> str:
    """Return the likely kind of public body: as classified, else as the name says."""
    kinds = {entry.key("id").strip().lower() for entry in details.nodes("classifications")}
    if "regional or local authority" in kinds:
        return "sub_central"
    if any(kind.startswith(("ministry", "national or federal")) for kind in kinds):
        return "central"
    return next((code for code, pattern in _BODY_TYPES if pattern.search(name)), "other")
