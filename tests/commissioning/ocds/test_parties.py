"""What identifies an organisation that a notice names."""

from datetime import UTC, datetime

import pytest

from commissioning.ocds.facts import PartyFact, RawRelease
from commissioning.ocds.nodes import Node
from commissioning.ocds.parties import (
    Parties,
    are_one_body,
    contacts_of,
    registered_identifier,
    source_of,
    with_identifiers_of,
    with_ids_of_one_process,
)


def party(**data):
    node = Node({"parties": [{"id": "p1", **data}]})
    key = data.get("id", "p1")
    return Parties(node, "ocds-b5fd17").of(Node({"id": key})), node.gaps


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("GB-COH", "03794455", ("GB-COH", "03794455")),
        ("gb-coh", " 3794455 ", ("GB-COH", "03794455")),
        ("GB-COH", "sc268016", ("GB-COH", "SC268016")),
        ("GB-COH", "N/A", None),
        ("GB-COH", "00000000", None),
        ("GB-COH", "see website", None),
        ("GB-CHC", "1100001", ("GB-CHC", "1100001")),
        ("", "1100001", None),
        (
            "GB-SRS",
            "sid4gov.cabinetoffice.gov.uk/SjTw969a",
            ("GB-SRS", "sid4gov.cabinetoffice.gov.uk/SjTw969a"),
        ),
    ],
)
def test_registered_identifier(scheme, value, expected):
    assert registered_identifier(scheme, value) == expected


def test_register_number_is_who_it_is_and_the_publishers_own_id_is_not():
    found, _ = party(id="GB-CFS-5", name="A", identifier={"scheme": "GB-COH", "id": "1234567"})
    assert (found.identifiers, found.is_registered) == ((("GB-COH", "01234567"),), True)


def test_register_number_is_read_from_the_party_id():
    found, _ = party(id="GB-COH-01234567", name="A")
    assert found.identifiers[0] == ("GB-COH", "01234567")


def test_id_that_is_a_place_in_one_notice_gives_way_to_name_and_postcode():
    found, _ = party(id="org-6", name="East Ayrshire Council", address={"postalCode": "ka3 7bu"})
    assert found.identifiers == (("ocds-b5fd17:name", "east ayrshire council|KA37BU"),)
    assert not found.is_registered


def test_unusable_register_number_is_left_out_and_noted():
    found, gaps = party(id="GB-CFS-5", name="A", identifier={"scheme": "GB-COH", "id": "none"})
    assert (found.identifiers, gaps) == (
        (("ocds-b5fd17:name", "a|"),),
        {"identifier_unusable"},
    )


def test_party_without_name_is_known_by_its_number_or_not_at_all():
    found, _ = party(identifier={"scheme": "GB-COH", "id": "1234567"})
    assert found.name == "Name not published (GB-COH 01234567)"
    assert party(id="GB-CFS-173")[0] is None


def test_party_without_name_has_that_of_the_reference():
    parties = Parties(Node({"parties": [{"id": "x", "roles": ["supplier"]}]}), "ocds-b5fd17")
    assert parties.of(Node({"id": "x", "name": "Loner"})).name == "Loner"


def test_of_two_parties_with_one_id_the_reference_means_the_one_of_its_name():
    rows = [{"id": "x", "name": "First"}, {"id": "x", "name": "Second"}]
    parties = Parties(Node({"parties": rows}), "ocds-b5fd17")
    assert [
        parties.of(Node({"id": "x", "name": n})).name for n in ("Second", "First", "Third")
    ] == [
        "Second",
        "First",
        "First",
    ]


def test_reference_to_an_absent_party_is_read_from_the_reference():
    found = Parties(Node({}), "ocds-b5fd17").of(Node({"id": "x", "name": "Loner"}))
    assert (found.name, found.identifiers) == ("Loner", (("ocds-b5fd17:name", "loner|"),))


def test_reference_with_nothing_in_it_is_nobody():
    assert Parties(Node({}), "ocds-b5fd17").of(Node({"id": "org-9"})) is None


@pytest.mark.parametrize(
    ("scale", "expected"),
    [("sme", True), ("micro", True), ("large", False), ("", None), ("other", None)],
)
def test_scale(scale, expected):
    assert party(name="A", details={"scale": scale})[0].is_sme is expected


@pytest.mark.parametrize(
    ("name", "details", "expected"),
    [
        ("Ministry of Defence", {}, "central"),
        ("NHS Resolution", {}, "nhs"),
        ("Thame Town Council", {}, "sub_central"),
        ("City of Glasgow College", {}, "other"),
        ("X", {"classifications": [{"id": "Regional or local authority"}]}, "sub_central"),
    ],
)
def test_body_type(name, details, expected):
    assert party(name=name, details=details)[0].body_type == expected


@pytest.mark.parametrize(
    ("ocid", "publisher", "expected"),
    [
        ("ocds-b5fd17-x", "Contracts Finder", "ocds-b5fd17"),
        ("my-own-1", "A Council Ltd", "publisher a council ltd"),
        ("ocds-toolong1", "", "publisher"),
    ],
)
def test_source_is_the_registered_prefix_else_the_publisher(ocid, publisher, expected):
    assert source_of(ocid, publisher) == expected


def fact(name: str, *identifiers: tuple[str, str]) -> PartyFact:
    return PartyFact("", name, identifiers, is_registered=False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (fact("A", ("GB-LAE", "1")), fact("B", ("GB-LAE", "1")), True),
        (fact("A Council", ("GB-LAE", "1")), fact("A COUNCIL", ("x:party", "7")), True),
        (fact("A Council", ("GB-LAE", "1")), fact("A Council", ("GB-LAE", "2")), False),
        (fact("A Council", ("x:party", "1")), fact("A Council", ("x:party", "2")), True),
        (fact("A", ("GB-LAE", "1")), fact("B", ("GB-LAE", "2")), False),
        (fact("?", ("x:party", "1")), fact("!", ("x:party", "2")), False),
    ],
)
def test_are_one_body(one, other, expected):
    assert are_one_body(one, other) is expected
    assert are_one_body(other, one) is expected


def test_identifiers_of_both_are_kept_registers_first():
    one, other = fact("A", ("x:party", "7")), fact("B", ("GB-LAE", "1"), ("x:party", "7"))
    found = with_identifiers_of(one, other)
    assert (found.name, found.identifiers) == ("A", (("GB-LAE", "1"), ("x:party", "7")))


def test_only_the_parties_that_are_asked_for_are_read():
    release = Node({"parties": [{"id": "1", "name": "A"}, {"id": "2", "name": "B"}]})
    assert (len(Parties(release, "x")), len(Parties(release, "x", only={"2"}))) == (2, 1)


def bodies(*rows: dict) -> list[list[tuple[str, str]]]:
    """Return (id, name) of the parties of each release of one process."""
    found = with_ids_of_one_process(({"parties": [row]}, "ocds-b5fd17") for row in rows)
    return [(one["parties"][0]["id"], one["parties"][0]["name"]) for one in found]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"id": "1", "name": "A"}, {"id": "2", "name": "A"}, True),
        ({"id": "1", "name": "A"}, {"id": "1", "name": "B"}, False),
        (
            {"id": "1", "name": "A", "identifier": {"scheme": "GB-COH", "id": "1234567"}},
            {"id": "2", "name": "B", "identifier": {"scheme": "GB-COH", "id": "01234567"}},
            True,
        ),
        (
            {"id": "1", "name": "A", "identifier": {"scheme": "GB-COH", "id": "1234567"}},
            {"id": "1", "name": "A", "identifier": {"scheme": "GB-COH", "id": "7654321"}},
            False,
        ),
        (
            {"id": "1", "name": "A"},
            {"id": "1", "name": "A Ltd", "identifier": {"scheme": "GB-COH", "id": "7654321"}},
            False,
        ),
        (
            {"id": "1", "name": "A Limited"},
            {"id": "1", "name": "A Ltd", "identifier": {"scheme": "GB-COH", "id": "7654321"}},
            True,
        ),
    ],
)
def test_party_of_two_releases_is_one_by_number_or_name_and_never_by_id(one, other, is_same):
    (first, _), (second, _) = bodies(one, other)
    assert (first == second) is is_same


def test_party_that_a_release_lists_twice_is_one_with_both_roles():
    rows = [
        {"id": "1", "name": "A", "roles": ["buyer"]},
        {"id": "2", "name": "A", "roles": ["payer"]},
    ]
    ((found,),) = (one["parties"] for one in with_ids_of_one_process([({"parties": rows}, "x")]))
    assert found["roles"] == ["buyer", "payer"]


def a_raw_release(**body) -> RawRelease:
    return RawRelease("ocds-b5fd17-1", "r", datetime(2025, 1, 1, tzinfo=UTC), (), "0", body)


def test_contacts_are_those_of_the_party_with_the_public_number():
    parties = [
        {
            "id": "1",
            "name": "Brightwater",
            "identifier": {"scheme": "GB-COH", "id": "1234567"},
            "contactPoint": {"email": " Office@Brightwater.example "},
        },
        {"id": "2", "name": "Brightwater", "contactPoint": {"email": "other@x.example"}},
    ]
    release = a_raw_release(parties=parties)
    wanted = {("GB-COH", "01234567"), ("ocds-b5fd17:name", "brightwater|")}
    assert contacts_of(release, wanted) == ("office@brightwater.example",)
    assert contacts_of(release, set()) == ()
    assert contacts_of(a_raw_release(parties=[{"contactPoint": "x"}]), wanted) == ()
