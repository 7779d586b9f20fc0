"""Importing: complete, idempotent, never half, never over what a person put right."""

from decimal import Decimal

import pytest

from django.db import OperationalError, connection, transaction

from accounts import jobs
from accounts.access import Actor, Refused, WrongState
from accounts.models import AuditEvent, Organisation, OrganisationIdentifier
from commissioning import actions, ocds
from commissioning.models import (
    Commissioner,
    Contract,
    ContractParty,
    ImportRun,
    Lot,
    NoticeUpload,
    OcdsRelease,
    OrganisationMatch,
    Procurement,
    PublishedAwardCriterion,
)
from providers.models import Provider
from tests.commissioning.samples import (
    CONTRACTS_FINDER,
    FIND_A_TENDER,
    PUBLIC_CONTRACTS_SCOTLAND,
    a_package,
    a_release,
    confirmed,
    imported,
    named_buyer,
    staged,
    uploaded,
)
from tests.database_role import as_owner

KEPT = (
    Organisation,
    OrganisationIdentifier,
    Commissioner,
    Provider,
    Procurement,
    Lot,
    PublishedAwardCriterion,
    Contract,
    ContractParty,
    OcdsRelease,
    OrganisationMatch,
)


# A rule of the database that no check of the import knows: it strikes after the organisations.
REFUSE_ONE = {
    "sqlite": """
        CREATE TEMP TRIGGER refuse_one BEFORE INSERT ON commissioning_ocdsrelease
        WHEN NEW.ocid = 'ocds-b5fd17-no01' BEGIN SELECT RAISE(ABORT, 'no'); END
    """,
    "postgresql": """
        SET CONSTRAINTS ALL IMMEDIATE;
        ALTER TABLE commissioning_ocdsrelease ADD CONSTRAINT refuse_one
        CHECK (ocid <> 'ocds-b5fd17-no01')
    """,
}


def rows() -> dict[str, list]:
    """Every row that an import keeps, as values."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}


def import_files(*paths, **options):
    files = [ocds.read_file(path.name, path.read_bytes()) for path in paths]
    return actions.import_notices(actor=Actor.system("importer"), files=files, **options)


def run_counts(run) -> tuple[int, ...]:
    kinds = ("read", "created", "updated", "unchanged", "refused")
    return tuple(getattr(run, f"{kind}_count") for kind in kinds)


def counts(result) -> tuple[int, ...]:
    kinds = ("created", "updated", "unchanged", "refused")
    return (result.read, *(result.count(kind) for kind in kinds))


@pytest.mark.django_db
def test_both_bundled_files_and_a_third_publishers_import_completely():
    result = import_files(CONTRACTS_FINDER, PUBLIC_CONTRACTS_SCOTLAND, FIND_A_TENDER)
    assert counts(result) == (175, 175, 0, 0, 0)
    assert {name: len(found) for name, found in rows().items()} == {
        "Organisation": 309,
        "OrganisationIdentifier": OrganisationIdentifier.objects.count(),
        "Commissioner": 138,
        "Provider": 171,
        "Procurement": 175,
        "Lot": 235,
        "PublishedAwardCriterion": 361,
        "Contract": 87,
        "ContractParty": 172,
        "OcdsRelease": 181,
        "OrganisationMatch": 8,
    }
    assert Contract.objects.filter(value_gbp=None).count() == 1
    assert result.gaps["value_zero"] == 3


@pytest.mark.django_db
def test_same_files_twice_change_nothing():
    import_files(CONTRACTS_FINDER, PUBLIC_CONTRACTS_SCOTLAND)
    before, trail = rows(), AuditEvent.objects.count()
    result = import_files(CONTRACTS_FINDER, PUBLIC_CONTRACTS_SCOTLAND)
    assert counts(result) == (174, 0, 0, 174, 0)
    assert rows() == before
    assert AuditEvent.objects.count() == trail + 1


@pytest.mark.django_db
def test_import_asks_the_database_a_few_questions_for_each_process(django_assert_max_num_queries):
    with django_assert_max_num_queries(114 * 20):
        import_files(CONTRACTS_FINDER)
    with django_assert_max_num_queries(114 * 2 + 40):
        import_files(CONTRACTS_FINDER)


@pytest.mark.django_db
def test_dry_run_says_the_same_and_writes_nothing():
    dry = import_files(CONTRACTS_FINDER, dry_run=True)
    assert {name: len(found) for name, found in rows().items()} == dict.fromkeys(rows(), 0)
    assert (AuditEvent.objects.count(), ImportRun.objects.count(), dry.run) == (0, 0, None)
    assert dry.report() == import_files(CONTRACTS_FINDER).report()


@pytest.mark.django_db
def test_report_holds_counts_refusals_and_gaps():
    bad = a_release("ocds-b5fd17-bad1", parties=[], buyer={})
    result = imported(a_release(), bad)
    assert result.report() == {
        "read": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "refused": [
            {
                "ocid": "ocds-b5fd17-bad1",
                "reason": "The notice names no buyer, so nobody's record would hold it.",
            }
        ],
        "gaps": {"award_criteria_not_published": 1},
        "gap_meanings": {
            "award_criteria_not_published": "No award criteria were published in the notice."
        },
        "files": result.files,
    }
    assert result.run.report == result.report()


@pytest.mark.django_db
def test_one_bad_release_refuses_its_whole_process():
    result = imported(a_release(), a_release(release_id="r2", date="never"))
    assert counts(result) == (1, 0, 0, 0, 1)
    assert OcdsRelease.objects.count() == 0


@pytest.mark.django_db
def test_process_that_the_database_refuses_leaves_nothing_behind():
    known = imported(a_release("ocds-b5fd17-ok01"))
    before = rows()
    good, bad = a_release("ocds-b5fd17-ok02"), a_release("ocds-b5fd17-no01")
    bad["parties"].append({"id": "GB-CFS-77", "name": "Newcomer Ltd", "roles": ["supplier"]})
    bad["awards"][0]["suppliers"] = [{"id": "GB-CFS-77", "name": "Newcomer Ltd"}]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(REFUSE_ONE[connection.vendor])
    result = imported(bad, good)
    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.refused == [
        {
            "ocid": "ocds-b5fd17-no01",
            "reason": "The database refused a part of it, so nothing of it was written.",
        }
    ]
    assert not Organisation.objects.filter(name="Newcomer Ltd").exists()
    assert len(rows()["Procurement"]) == len(before["Procurement"]) + 1
    assert known.count("created") == 1


@pytest.mark.django_db
def test_database_that_goes_away_refuses_no_process():
    def away(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "commissioning_procurement"'):
            raise OperationalError("server closed the connection")
        return execute(sql, params, many, context)

    with (
        connection.execute_wrapper(away),
        pytest.raises(OperationalError),
        transaction.atomic(),
    ):
        imported(a_release())
    assert not Procurement.objects.exists()


@pytest.mark.django_db
def test_newer_release_updates_and_leaves_an_audit_row():
    imported(a_release())
    newer = a_release(release_id="r2", date="2025-07-01T00:00:00Z", tag=["awardUpdate"])
    newer["awards"][0]["value"]["amount"] = 125000
    result = imported(newer)
    assert counts(result) == (1, 0, 1, 0, 0)
    contract = Contract.objects.get()
    assert contract.value_gbp == Decimal(125000)
    event = AuditEvent.objects.filter(verb="contract.updated").get()
    assert event.facts["fields"] == ["value_gbp", "published_amount"]
    assert (event.case_reference, event.actor_label) == (contract.reference, "system: importer")


@pytest.mark.django_db
def test_older_release_that_arrives_late_does_not_undo_the_newer():
    newer = a_release(release_id="r2", date="2025-07-01T00:00:00Z")
    newer["tender"]["title"] = "New title"
    imported(newer)
    imported(a_release())
    assert Procurement.objects.get().title == "New title"
    assert OcdsRelease.objects.count() == 2


@pytest.mark.django_db
def test_contract_entry_takes_the_place_of_its_award():
    imported(a_release())
    contract = Contract.objects.get()
    contracts = [
        {"id": "C1", "awardID": "ocds-b5fd17-aa01-1", "value": {"amount": 1, "currency": "GBP"}}
    ]
    imported(a_release(release_id="r2", date="2025-07-01T00:00:00Z", contracts=contracts))
    again = Contract.objects.get()
    assert (again.pk, again.ocds_contract_id, again.value_gbp) == (contract.pk, "C1", 1)


@pytest.mark.django_db
def test_contract_that_is_no_longer_named_is_kept_with_the_gap():
    imported(a_release())
    imported(a_release(date="2025-07-01T00:00:00Z", awards=[]))
    assert Contract.objects.get().gaps == ["no_longer_published"]


@pytest.mark.django_db
def test_suppliers_of_one_award_are_parties_of_one_contract():
    release = a_release()
    release["awards"][0]["suppliers"] += [
        {"id": "x", "name": "Second"},
        {"id": "y", "name": "Third"},
    ]
    imported(release)
    parties = ContractParty.objects.values_list("provider__organisation__name", "is_lead")
    assert list(parties) == [("Brightwater Ltd", True), ("Second", False), ("Third", False)]


@pytest.mark.django_db
def test_other_currency_is_never_taken_for_pounds():
    release = a_release()
    release["awards"][0]["value"] = {"amount": 5, "currency": "EUR"}
    imported(release)
    contract = Contract.objects.get()
    assert (contract.value_gbp, contract.published_amount, contract.currency) == (None, 5, "EUR")
    assert contract.gaps == ["value_not_in_pounds"]


@pytest.mark.django_db
def test_hand_correction_survives_an_import_and_shows_the_difference(people, actor_of):
    priya = actor_of("priya")
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    imported(a_release())
    contract = Contract.objects.get()
    actions.correct_contract(
        actor=priya,
        contract=contract,
        field="value_gbp",
        value=Decimal("118500"),
        reason="Read in the signed contract.",
        seen="118000.5",
    )
    newer = a_release(release_id="r2", date="2025-07-01T00:00:00Z")
    newer["awards"][0]["value"]["amount"] = 121000
    result = imported(newer)
    contract.refresh_from_db()
    correction = contract.corrections.get()
    assert (contract.value_gbp, contract.published_amount) == (Decimal(118500), Decimal(121000))
    assert (correction.published_value, correction.corrected_value) == ("121000", "118500")
    assert result.count("updated") == 1
    assert counts(imported(newer)) == (1, 0, 0, 1, 0)


@pytest.mark.django_db
def test_same_name_without_number_is_asked_about_and_not_merged():
    one, other = a_release("ocds-b5fd17-aa01"), a_release("ocds-b5fd17-aa02")
    for release, key in ((one, "GB-CFS-10"), (other, "GB-CFS-11")):
        address = {"postalCode": key.removeprefix("GB-CFS-")}
        release["parties"].append(
            {"id": key, "name": "Acme Ltd", "roles": ["supplier"], "address": address}
        )
        release["awards"][0]["suppliers"] = [{"id": key, "name": "Acme Ltd"}]
    other["parties"][-1]["name"] = "ACME LIMITED"
    imported(one, other)
    match = OrganisationMatch.objects.get()
    assert (match.organisation.name, match.candidate.name) == ("ACME LIMITED", "Acme Ltd")
    assert match.state == "proposed"


@pytest.mark.django_db
def test_same_name_with_two_company_numbers_is_two_organisations():
    one, other = a_release("ocds-b5fd17-aa01"), a_release("ocds-b5fd17-aa02")
    other["parties"][1] |= {
        "id": "GB-COH-07654321",
        "identifier": {"scheme": "GB-COH", "id": "07654321"},
    }
    other["awards"][0]["suppliers"] = [{"id": "GB-COH-07654321", "name": "Brightwater Ltd"}]
    imported(one, other)
    assert Provider.objects.count() == 2
    assert OrganisationMatch.objects.count() == 0


@pytest.mark.django_db
def test_company_number_matches_across_publishers():
    other = a_release("ocds-h6vhtk-0001")
    other["parties"][1] |= {"id": "GB-FTS-5", "identifier": {"scheme": "GB-COH", "id": "1234567"}}
    other["awards"][0]["suppliers"] = [{"id": "GB-FTS-5", "name": "BRIGHTWATER"}]
    imported(a_release(), other)
    assert Provider.objects.count() == 1


@pytest.mark.django_db
def test_upload_takes_the_own_notices_and_refuses_others(people, actor_of):
    council = people.organisations["council"]
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-LAE", value="NBC")
    own = named_buyer(council, "GB-LAE", "NBC", ocid="ocds-b5fd17-own1")
    run = uploaded(actor_of("priya"), own, a_release("ocds-b5fd17-oth1"))
    assert run_counts(run) == (2, 1, 0, 0, 1)
    assert run.report["refused"] == [
        {
            "ocid": "ocds-b5fd17-oth1",
            "reason": "Its buyer is Ashmere Council."
            f" You import the notices of {council.name} only.",
        }
    ]
    assert Contract.objects.get().commissioner.organisation == council
    assert NoticeUpload.objects.count() == 0


@pytest.fixture
def council(people):
    return people.organisations["council"]


KEY = "GB-LAE|NBC"


@pytest.mark.django_db
def test_buyer_of_the_own_name_is_taken_once_a_person_confirms_it(council, actor_of):
    priya, own = actor_of("priya"), named_buyer(council, "GB-LAE", "NBC")
    upload = staged(priya, own)
    preview = actions.preview_notices(actor=priya, upload=upload)
    assert (preview.count("refused"), list(preview.buyers_to_confirm)) == (1, [KEY])
    run = confirmed(priya, upload, [KEY])
    assert run_counts(run) == (1, 1, 0, 0, 0)
    assert Contract.objects.get().commissioner.organisation == council
    event = AuditEvent.objects.get(verb="buyer.confirmed")
    assert event.facts == {"scheme": "GB-LAE", "is_known": False}


@pytest.mark.django_db
def test_confirming_a_buyer_gives_no_number_and_is_asked_at_every_import(council, actor_of):
    priya, own = actor_of("priya"), named_buyer(council, "GB-LAE", "NBC")
    uploaded(priya, own)
    assert council.identifiers.count() == 0
    newer = own | {"id": "r2", "date": "2025-07-01T00:00:00Z"}
    assert run_counts(uploaded(priya, newer, buyers=[])) == (1, 0, 0, 0, 1)
    assert run_counts(uploaded(priya, newer)) == (1, 0, 1, 0, 0)
    imported(named_buyer(council, "GB-LAE", "NBC", ocid="ocds-b5fd17-else"))
    owner = Procurement.objects.get(ocid="ocds-b5fd17-else").buyer.organisation
    assert (owner.name, owner == council) == (council.name, False)


@pytest.mark.django_db
def test_confirming_a_buyer_takes_nothing_of_what_the_command_imported(council, actor_of):
    own = named_buyer(council, "GB-LAE", "NBC")
    imported(own)
    before = Contract.objects.values().get()
    newer = own | {"id": "r2", "date": "2025-07-01T00:00:00Z"}
    assert run_counts(uploaded(actor_of("priya"), newer)) == (1, 1, 0, 0, 0)
    assert Contract.objects.filter(pk=before["id"]).values().get() == before
    match = OrganisationMatch.objects.get(candidate=council)
    assert match.state == "proposed"
    with pytest.raises(Refused, match="Only an operator"):
        actions.confirm_match(actor=actor_of("priya"), match=match)
    actions.confirm_match(actor=actor_of("olive"), match=match)
    own_key = Procurement.objects.get(buyer__organisation=council).pk
    assert Procurement.objects.count() == 2, "the command's row stays as history"
    again = own | {"id": "r3", "date": "2025-08-01T00:00:00Z"}
    assert run_counts(uploaded(actor_of("priya"), again, buyers=[])) == (1, 0, 1, 0, 0)
    assert Procurement.objects.get(buyer__organisation=council).pk == own_key


@pytest.mark.django_db
def test_buyer_that_an_operator_told_apart_is_not_asked_about_again(council, actor_of):
    own = named_buyer(council, "GB-LAE", "NBC")
    imported(own)
    uploaded(actor_of("priya"), own)
    match = OrganisationMatch.objects.get(candidate=council)
    actions.reject_match(actor=actor_of("olive"), match=match)
    upload = staged(actor_of("priya"), own | {"id": "r2"})
    assert not actions.preview_notices(actor=actor_of("priya"), upload=upload).buyers_to_confirm
    assert run_counts(confirmed(actor_of("priya"), upload, [KEY])) == (1, 0, 0, 0, 1)


@pytest.mark.django_db
def test_another_body_cannot_confirm_a_buyer_that_has_people(people, council, actor_of):
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-LAE", value="ASH")
    own = named_buyer(council, "GB-LAE", "ASH")
    assert run_counts(uploaded(actor_of("mei"), own, buyers=["GB-LAE|ASH"])) == (1, 0, 0, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["evan", "anna", "adam", "sam", "oscar", "olive"])
def test_only_keepers_stage_notices(actor_of, name):
    with pytest.raises(Refused):
        actions.stage_notices(
            actor=actor_of(name), file_name="n.json", content=a_package(a_release())
        )


@pytest.mark.django_db
def test_nobody_but_the_command_imports_for_any_buyer(actor_of):
    file = ocds.read_file("n.json", a_package(a_release()))
    for name in ("priya", "olive"):
        with pytest.raises(Refused, match="Only the operator's command"):
            actions.import_notices(actor=actor_of(name), files=[file])


@pytest.mark.django_db
@pytest.mark.parametrize("is_done", [False, True])
def test_upload_is_confirmed_once(actor_of, is_done):
    priya = actor_of("priya")
    upload = staged(priya, a_release())
    run = actions.confirm_notices(actor=priya, upload=upload)
    if is_done:
        jobs.run(run.job_id)
    for again in (actions.confirm_notices, actions.discard_notices):
        with pytest.raises(WrongState, match="imported or discarded already"):
            again(actor=priya, upload=upload)
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
def test_same_upload_again_takes_the_place_of_the_one_that_waits(actor_of):
    for _ in range(2):
        actions.stage_notices(
            actor=actor_of("priya"), file_name="n.json", content=a_package(a_release())
        )
    assert NoticeUpload.objects.count() == 1


@pytest.mark.django_db
def test_discarded_upload_is_gone(actor_of):
    upload = actions.stage_notices(
        actor=actor_of("priya"), file_name="n.json", content=a_package(a_release())
    )
    with pytest.raises(Refused):
        actions.discard_notices(actor=actor_of("mei"), upload=upload)
    actions.discard_notices(actor=actor_of("priya"), upload=upload)
    assert NoticeUpload.objects.count() == 0


@pytest.mark.django_db
def test_hostile_strings_stay_text():
    release = a_release()
    release["tender"]["title"] = "'); DROP TABLE contracts;--\u202e<script>"
    release["parties"][1]["name"] = "{{ 7|add:7 }} <img src=x onerror=alert(1)>"
    imported(release)
    assert Procurement.objects.get().title == "'); DROP TABLE contracts;--<script>"
    name = Provider.objects.get().organisation.name
    assert name == "{{ 7|add:7 }} <img src=x onerror=alert(1)>"


@pytest.mark.django_db
def test_no_readable_file_writes_nothing():
    result = actions.import_notices(actor=Actor.system("importer"), files=[])
    assert (counts(result), ImportRun.objects.count()) == ((0, 0, 0, 0, 0), 0)
