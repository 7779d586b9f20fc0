"""An import never changes whose a record is, nor anything that is not the importer's.

Each attack is a file made by hand that the lead of another council uploads, confirming whatever she
is asked. Afterwards every row of every table that was there before is as it was, but for the
importer's own.
"""

import pytest

from django.apps import apps

from accounts.access import Refused
from accounts.models import Organisation, OrganisationIdentifier
from commissioning import actions
from commissioning.models import (
    Contract,
    ContractParty,
    OcdsRelease,
    OrganisationMatch,
    Procurement,
)
from providers.models import Provider
from scorecards.models import Scorecard
from tests.architecture.sources import FLOORS
from tests.commissioning.samples import (
    a_release,
    confirmed,
    imported,
    named_buyer,
    staged,
)
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

OCID = "ocds-b5fd17-aa01"
LATER = {"date": "2026-01-01T00:00:00Z", "release_id": "forged"}
ALL = [
    model
    for app in FLOORS
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
]


@pytest.fixture
def owned(world):
    """The council's process has a contract with a scorecard in work; all bodies have numbers."""
    organisations = world.people.organisations
    for key, scheme in (
        ("council", "GB-LAE"),
        ("small_council", "GB-LAE"),
        ("firm", "GB-COH"),
    ):
        OrganisationIdentifier.objects.get_or_create(
            scheme=scheme,
            value={"council": "CNC", "small_council": "SML", "firm": "00000042"}[key],
            defaults={"organisation": organisations[key]},
        )
    Contract.objects.filter(pk=world.scorecards["rating"].contract_id).update(
        procurement=world.rows["procurement"], ocds_award_id=f"{OCID}-1", ocds_contract_id="C1"
    )
    return world


def every_row() -> dict[str, dict]:
    """All rows of all tables, as values, by table and key."""
    return {
        model._meta.label: {row["pk"]: row for row in model.objects.values("pk", *columns(model))}
        for model in ALL
    }


def columns(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def own_contract(world) -> dict:
    """A notice of the small council, by its own number, under the ocid of the council's process."""
    return named_buyer(
        world.people.organisations["small_council"], "GB-LAE", "SML", ocid=OCID, **LATER
    )


def of_council(world, **changes) -> dict:
    """A forged notice of the council itself."""
    council = world.people.organisations["council"]
    return named_buyer(council, "GB-LAE", "CNC", ocid=OCID, **LATER) | changes


def both_buyers(world, *, first: str) -> dict:
    release, other = own_contract(world), of_council(world)
    release["parties"].append(other["parties"][0])
    if first == "council":
        release["buyer"] = other["buyer"]
    return release


def supplied_by(world, **party) -> dict:
    release = own_contract(world)
    release["parties"][1] |= {"id": "S", "roles": ["supplier"], **party}
    release["awards"][0]["suppliers"] = [{"id": "S"}]
    return release


def number(scheme: str, value: str) -> dict:
    return {"scheme": scheme, "id": value}


ATTACKS = {
    "the ocid with the own body as buyer": own_contract,
    "the own body named before the owner": lambda world: both_buyers(world, first="own"),
    "the own body named after the owner": lambda world: both_buyers(world, first="council"),
    "the owner named as buyer": of_council,
    "the owner named, awards gone": lambda world: of_council(world, awards=[]),
    "nobody named as buyer": lambda world: own_contract(world) | {"buyer": {}, "parties": []},
    "the owner's name without its number": lambda world: named_buyer(
        world.people.organisations["council"], "GB-XXX", "none", ocid=OCID, **LATER
    ),
    "a buyer that only notices name": lambda world: a_release("ocds-b5fd17-cc03", **LATER),
    "that buyer under the own name": lambda world: named_buyer(
        world.people.organisations["small_council"], "GB-LAE", "ASH", ocid=OCID, **LATER
    ),
    "a supplier with people here, renamed and with a further number": lambda world: supplied_by(
        world,
        name="Somebody Else Ltd",
        identifier=number("GB-COH", "00000042"),
        additionalIdentifiers=[number("GB-CHC", "999")],
        details={"scale": "sme"},
    ),
    "a supplier with a new number and, after it, one of somebody here": lambda world: supplied_by(
        world,
        name="Somebody Else Ltd",
        identifier=number("GB-CHC", "998"),
        additionalIdentifiers=[number("GB-COH", "00000042")],
    ),
    "a body with people that never supplied, as supplier": lambda world: supplied_by(
        world,
        name=world.people.organisations["council"].name,
        identifier=number("GB-LAE", "CNC"),
    ),
    "the name of a supplier with people, under a new number": lambda world: supplied_by(
        world,
        name=world.people.organisations["firm"].name,
        identifier=number("GB-CHC", "00000099"),
    ),
    "a supplier that only notices name, renamed": lambda world: supplied_by(
        world,
        name="Dimwater Ltd",
        identifier=number("GB-COH", "01234567"),
        additionalIdentifiers=[number("GB-CHC", "997")],
        details={"scale": "large"},
    ),
}


def newly(before: dict, model):
    return model.objects.exclude(pk__in=before[model._meta.label])


@pytest.mark.parametrize("attack", ATTACKS)
def test_stranger_changes_nothing_that_is_not_her_own(owned, attack):
    mei, own = owned.actor("mei"), owned.people.organisations["small_council"]
    upload = staged(mei, ATTACKS[attack](owned))
    before = every_row()
    del before["commissioning.NoticeUpload"][upload.pk]
    confirmed(mei, upload)
    after = every_row()
    changed = {
        label: [key for key, row in rows.items() if after[label].get(key) != row]
        for label, rows in before.items()
    }
    assert {label: keys for label, keys in changed.items() if keys} == {}
    for model, path in (
        (Procurement, "buyer__organisation"),
        (Contract, "commissioner__organisation"),
        (ContractParty, "contract__commissioner__organisation"),
        (OcdsRelease, "procurement__buyer__organisation"),
        (OcdsRelease, "brought_by"),
    ):
        assert not newly(before, model).exclude(**{path: own}).exists()
    made = newly(before, Organisation)
    assert not made.filter(is_reference_row=False).exists()
    assert not newly(before, OrganisationIdentifier).exclude(organisation__in=made).exists()
    assert not newly(before, Provider).exclude(organisation__in=made).exists()
    assert not newly(before, Scorecard).exists()


def test_the_owner_still_has_the_contract_and_the_stranger_has_no_sight_of_it(owned):
    contract, mei = owned.scorecards["rating"].contract, owned.actor("mei")
    confirmed(mei, staged(mei, own_contract(owned)))
    for name, sees in (("priya", True), ("evan", True), ("mei", False)):
        rows = Contract.objects.visible_to(owned.actor(name))
        assert rows.filter(pk=contract.pk).exists() is sees
    card = Scorecard.objects.filter(pk=owned.scorecards["rating"].pk)
    assert card.visible_to(owned.actor("evan")).exists()
    mine = Procurement.objects.visible_to(mei).get(ocid=OCID)
    assert not mine.contracts.filter(pk=contract.pk).exists()
    assert set(OcdsRelease.objects.visible_to(mei).values_list("release_id", flat=True)) == {
        "forged"
    }


@pytest.mark.parametrize("attack", [name for name in ATTACKS if "buyer" in name or "own" in name])
def test_preview_says_the_same_of_a_known_process_as_of_an_unknown_one(owned, attack):
    mei = owned.actor("mei")
    known = ATTACKS[attack](owned)
    unknown = known | {"ocid": "ocds-b5fd17-never"}
    told = [
        str(
            [
                row.as_record() | {"key": row.buyer_key}
                for row in actions.preview_notices(actor=mei, upload=staged(mei, body)).outcomes
            ]
        ).replace(body["ocid"], "OCID")
        for body in (known, unknown)
    ]
    assert told[0] == told[1]


def test_command_moves_no_record_to_a_buyer_that_a_newer_notice_names(owned):
    owners = {
        Procurement: "buyer_id",
        Contract: "commissioner_id",
    }
    before = {model: dict(model.objects.values_list("pk", path)) for model, path in owners.items()}
    rows = {model: model.objects.in_bulk() for model in owners}
    imported(own_contract(owned))
    for model, path in owners.items():
        after = dict(model.objects.values_list("pk", path))
        assert {key: after[key] for key in before[model]} == before[model]
        for key, row in rows[model].items():
            now = model.objects.get(pk=key)
            assert {f: getattr(now, f) for f in columns(model)} == {
                f: getattr(row, f) for f in columns(model)
            }
    small = owned.people.organisations["small_council"]
    assert Procurement.objects.filter(ocid=OCID, buyer__organisation=small).count() == 1


def test_one_ocid_has_a_process_for_each_of_its_buyers():
    names = [f"Council {number}" for number in range(29)]
    bodies = []
    for at, name in enumerate(names):
        party = {"id": f"GB-CFS-9{at}", "name": name, "roles": ["buyer"]}
        body = a_release("ocds-b5fd17-many", release_id=f"r{at}")
        bodies.append(body | {"buyer": party, "parties": [party, body["parties"][1]]})
    imported(*bodies)
    rows = Procurement.objects.filter(ocid="ocds-b5fd17-many")
    assert sorted(rows.values_list("buyer__organisation__name", flat=True)) == sorted(names)
    assert {row.releases.count() for row in rows} == {1}
    assert imported(*bodies).count("unchanged") == 29


def test_release_without_buyer_is_no_ones_where_two_have_the_ocid(owned):
    imported(own_contract(owned))
    result = imported(a_release(OCID, "r9", buyer={}, parties=[]))
    assert (result.count("refused"), result.refused[0]["reason"][:28]) == (
        1,
        "A release names no buyer, an",
    )


def test_both_owners_see_the_doubt_and_nothing_of_each_other(owned, client):
    mei = owned.actor("mei")
    actions.withdraw_link(actor=mei, link=owned.rows["link to council"])
    confirmed(mei, staged(mei, own_contract(owned)))
    for name, own in (("priya", "council"), ("mei", "small_council")):
        begin_session(client, owned.people.users[name])
        row = Procurement.objects.get(
            ocid=OCID, buyer__organisation=owned.people.organisations[own]
        )
        text = client.get(f"/procurements/{row.reference}/").content.decode()
        assert "Another body is named as buyer of this process" in text
        other = "small_council" if own == "council" else "council"
        assert owned.people.organisations[other].name not in text
        assert "Another body is named as buyer" in client.get("/").content.decode()
    begin_session(client, owned.people.users["priya"])
    contract = owned.scorecards["rating"].contract
    text = client.get(f"/contracts/{contract.reference}/").content.decode()
    assert "Another body is named as buyer of this process" in text


def test_only_an_operator_gives_a_number_to_a_body_that_has_people(owned):
    mei = owned.actor("mei")
    confirmed(
        mei, staged(mei, ATTACKS["the name of a supplier with people, under a new number"](owned))
    )
    match = OrganisationMatch.objects.get(organisation__identifiers__value="00000099")
    assert match.candidate == owned.people.organisations["firm"]
    for name in ("mei", "priya"):
        with pytest.raises(Refused, match="Only an operator"):
            actions.confirm_match(actor=owned.actor(name), match=match)


def test_mixed_file_takes_the_own_release_and_leaves_the_others(owned):
    mei = owned.actor("mei")
    other = of_council(owned) | {"id": "theirs"}
    run = confirmed(mei, staged(mei, own_contract(owned), other))
    assert (run.read_count, run.created_count, run.refused_count) == (1, 1, 1)
    ids = OcdsRelease.objects.filter(brought_by=mei.organisation).values_list(
        "release_id", flat=True
    )
    assert list(ids) == ["forged"]


def test_contract_by_hand_names_no_body_that_never_supplied_as_provider(owned):
    council = owned.people.organisations["council"]
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-COH", value="00000077")
    before = Organisation.objects.filter(pk=council.pk).values().get()
    contract = actions.create_contract(
        actor=owned.actor("mei"),
        title="Sham",
        providers=[],
        new_provider_name="City",
        new_provider_company_number="00000077",
    )
    assert contract.parties.get().provider.organisation != council
    assert Organisation.objects.filter(pk=council.pk).values().get() == before
    assert not Provider.objects.filter(organisation=council).exists()
