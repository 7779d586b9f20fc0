"""Organisations as notices name them, and what identifies each of them.

Two kinds of identifier, strongest first:
1. a number of a public register (scheme and id, such as GB-COH 03794455): the same wherever it is
published;
2. else the name together with the postcode, kept under "<source>:name": it makes a second import of
the same source find its own row again, and never reaches into another source.

A publisher's own party id says who is meant within one release and no further: the national service
reuses it for other firms in later ones. So references are followed in the release that they stand
in, and parties get ids of their own before releases are merged (``with_ids_of_one_process``).
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from commissioning.ocds.facts import PartyFact, RawRelease
from commissioning.ocds.forms import who_is_named
from commissioning.ocds.nodes import Node
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


class Parties:
    """The parties of one release, by the ids that the rest of it refers to."""

    def __init__(self, release: Node, source: str, only: Container[str] | None = None):
        """Read all parties, or those with an id in ``only``."""
        self._source = source
        self._nodes: dict[str, list[Node]] = defaultdict(list)
        for node in release.nodes("parties"):
            key = node.key("id")
            if key and (only is None or key in only):
                self._nodes[key].append(node)
        self._read: dict[tuple[str, str], PartyFact] = {}

    def __len__(self) -> int:
        return sum(map(len, self._nodes.values()))

    def of(self, reference: Node) -> PartyFact | None:
        """Return the party that a reference (buyer, supplier) means; built from the reference where
        there is none with its id; None where it has neither a name nor a register number.

        Of two parties with one id it is the one with the reference's name. A party without a name
        has the reference's.
        """
        key, name = reference.key("id"), reference.title("name")
        found = self._read.get((key, name))
        if found is None:
            found = self._read[(key, name)] = _party(self._node(reference, key, name), self._source)
        return found if found.identifiers else None

    def _node(self, reference: Node, key: str, name: str) -> Node:
        nodes = self._nodes.get(key)
        if not nodes:
            return reference
        node = next((one for one in nodes if one.title("name") == name), nodes[0])
        if name and not _name_of(node):
            return Node({**node.data, "name": name}, node.gaps)
        return node


def with_ids_of_one_process(
    bodies: Iterable[tuple[dict[str, Any], str]],
) -> list[dict[str, Any]]:
    """Give every party of the releases of one process, oldest first, an id that stands for that
    body in all of them, and every reference to it the same.

    ``bodies`` are releases in form with their sources. Two parties are one body by a register
    number, else by a name that no register numbers tell apart (``are_one_body``).
    """
    bodies_known = _Bodies()
    return [_with_ids(body, Parties(Node(body), source), bodies_known) for body, source in bodies]


class _Bodies:
    """Who is who among the parties of one process."""

    def __init__(self) -> None:
        self._facts: dict[str, PartyFact] = {}
        self._by_identifier: dict[tuple[str, str], str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)

    def id_of(self, party: PartyFact) -> str:
        found = next(
            (
                self._by_identifier[pair]
                for pair in party.identifiers
                if pair in self._by_identifier
            ),
            None,
        ) or next(
            (
                key
                for key in self._by_name.get(name_key(party.name), ())
                if not are_told_apart(self._facts[key].identifiers, party.identifiers)
            ),
            None,
        )
        if found is None:
            found = f"party {len(self._facts) + 1}"
            self._facts[found] = party
        else:
            self._facts[found] = with_identifiers_of(self._facts[found], party)
        for pair in party.identifiers:
            self._by_identifier.setdefault(pair, found)
        named = self._by_name[name_key(party.name)]
        if party.name and found not in named:
            named.append(found)
        return found


def _with_ids(body: dict[str, Any], parties: Parties, bodies: _Bodies) -> dict[str, Any]:
    def named(reference: dict[str, Any]) -> dict[str, Any]:
        party = parties.of(Node(reference))
        if party is None:
            return {**reference, "id": f"nobody {reference.get('id') or ''}".strip()}
        return {**reference, "id": bodies.id_of(party)}

    def with_suppliers(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "suppliers": [named(one) for one in row.get("suppliers") or []]}

    found = dict(body)
    if body.get("parties"):
        together: dict[str, dict[str, Any]] = {}
        for party in body["parties"]:
            one = named(party)
            same = together.get(one["id"], {})
            roles = [*(same.get("roles") or ()), *(one.get("roles") or ())]
            together[one["id"]] = {**one, **same, "roles": list(dict.fromkeys(roles))}
        found["parties"] = list(together.values())
    if body.get("buyer"):
        found["buyer"] = named(body["buyer"])
    if body.get("tender"):
        found["tender"] = dict(body["tender"])
        if body["tender"].get("procuringEntity"):
            found["tender"]["procuringEntity"] = named(body["tender"]["procuringEntity"])
        if body["tender"].get("tenderers"):
            found["tender"]["tenderers"] = [named(one) for one in body["tender"]["tenderers"]]
    for rows in ("awards", "contracts"):
        if body.get(rows):
            found[rows] = [with_suppliers(row) if "suppliers" in row else row for row in body[rows]]
    return found


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
    register numbers, in lower case, each once.
    """
    source = source_of(release.ocid, release.publisher)
    found = {}
    for node in Node(who_is_named(release.body)).nodes("parties"):
        numbers = [pair for pair in _party(node, source).identifiers if ":" not in pair[0]]
        address = node.node("contactPoint").key("email").strip().lower()
        if address and any(pair in identifiers for pair in numbers):
            found[address] = None
    return tuple(found)


def _name_of(node: Node) -> str:
    return node.title("name") or node.node("identifier").title("legalName")


def _party(node: Node, source: str) -> PartyFact:
    party_id = node.key("id")
    name = _name_of(node)
    address = node.node("address")
    postcode = re.sub(r"\s+", "", address.key("postalCode")).upper()[:10]
    registered = _registered(node, party_id)
    identifiers = list(registered)
    if name and not identifiers:
        identifiers.append((f"{source}:name", f"{name_key(name)[:180]}|{postcode}"))
    details = node.node("details")
    scale = details.key("scale")
    return PartyFact(
        party_id=party_id,
        name=name or (f"Name not published ({' '.join(identifiers[0])})" if identifiers else ""),
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
