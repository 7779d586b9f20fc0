"""The database refuses impossible rows."""

from datetime import date, timedelta

import pytest

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Invitation, Organisation
from commissioning.models import (
    AssessmentRequest,
    AuditEngagement,
    BidSubmission,
    CarriedTerm,
    Commissioner,
    Contract,
    ContractParty,
    DirectAward,
    Envelope,
    Exercise,
    ExerciseDeclaration,
    FirstSignatory,
    HandCorrection,
    ImportRun,
    InterestDeclaration,
    Lot,
    ModelVersion,
    NoticeUpload,
    OcdsRelease,
    Opener,
    OpeningKey,
    OpeningShare,
    OrganisationMatch,
    ProcessLink,
    Procurement,
    PublishedAwardCriterion,
    SignatoryDoubt,
)
from providers.models import Provider
from tests.commissioning.design_samples import an_exercise, published
from tests.commissioning.samples import a_contract, a_request

NOW = timezone.now()
EARLY, LATE = date(2025, 1, 1), date(2026, 1, 1)


def refused(name, create):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        create()


@pytest.fixture
def contract(people):
    return a_contract(people)


@pytest.fixture
def procurement(contract):
    return Procurement.objects.create(buyer=contract.commissioner, title="P", ocid="ocds-1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("contract_has_a_title", {"title": ""}),
        ("contract_status_known", {"status": "unheard-of"}),
        ("contract_ends_after_it_starts", {"starts_on": LATE, "ends_on": EARLY}),
        ("contract_level_has_a_date", {"assurance_level": "core", "level_proposed": "core"}),
        (
            "contract_other_level_has_a_reason",
            {"assurance_level": "core", "level_proposed": "standard", "level_set_at": NOW},
        ),
    ],
)
def test_impossible_contract_is_refused(contract, name, values):
    refused(
        name,
        lambda: Contract.objects.create(
            commissioner=contract.commissioner, **{"title": "X"} | values
        ),
    )


@pytest.mark.django_db
def test_contract_is_published_once_and_has_one_lead(contract, procurement):
    same = {
        "commissioner": contract.commissioner,
        "procurement": procurement,
        "title": "X",
        "ocds_award_id": "A",
    }
    Contract.objects.create(**same)
    refused("contract_published_once|UNIQUE", lambda: Contract.objects.create(**same))
    party = contract.parties.get()
    refused(
        "party_named_once|UNIQUE",
        lambda: ContractParty.objects.create(contract=contract, provider=party.provider),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("procurement_regime_known", {"regime": "own rules"}),
        ("procurement_ocid_not_blank", {"ocid": ""}),
        ("procurement_has_a_title", {"title": ""}),
        ("procurement_pounds_are_pounds", {"value_gbp": 1, "currency": "EUR"}),
    ],
)
def test_impossible_procurement_is_refused(contract, name, values):
    refused(
        name,
        lambda: Procurement.objects.create(buyer=contract.commissioner, **{"title": "X"} | values),
    )


@pytest.mark.django_db
def test_ocid_names_one_process_of_each_buyer_and_lots_are_named_once(
    people, contract, procurement
):
    other = Commissioner.objects.create(organisation=people.organisations["small_council"])
    Procurement.objects.create(buyer=other, title="Q", ocid=procurement.ocid)
    refused(
        "procurement_is_one_process_of_its_buyer|UNIQUE",
        lambda: Procurement.objects.create(
            buyer=contract.commissioner, title="Q", ocid=procurement.ocid
        ),
    )
    Lot.objects.create(procurement=procurement, lot_id="1", position=0)
    refused(
        "lot_named_once|UNIQUE",
        lambda: Lot.objects.create(procurement=procurement, lot_id="1", position=1),
    )
    refused(
        "lot_ends_after_it_starts",
        lambda: Lot.objects.create(
            procurement=procurement, lot_id="2", position=1, starts_on=LATE, ends_on=EARLY
        ),
    )
    PublishedAwardCriterion.objects.create(procurement=procurement, position=0)
    refused(
        "criterion_has_its_place|UNIQUE",
        lambda: PublishedAwardCriterion.objects.create(procurement=procurement, position=0),
    )


@pytest.mark.django_db
def test_correction_stands_once_and_has_a_reason(contract, people):
    values = {
        "contract": contract,
        "field": "title",
        "corrected_value": "T",
        "reason": "Why",
        "corrected_at": NOW,
        "corrected_by": people.users["priya"],
    }
    HandCorrection.objects.create(**values)
    refused("correction_stands_once|UNIQUE", lambda: HandCorrection.objects.create(**values))
    for name, change in (
        ("correction_has_a_reason", {"reason": ""}),
        ("correction_field_known", {"field": "reference"}),
        ("correction_end_has_date_and_person", {"replaced_at": NOW}),
    ):
        refused(name, lambda change=change: HandCorrection.objects.create(**values | change))


@pytest.mark.django_db
def test_match_is_of_two_and_decided_by_somebody(people):
    one, other = people.organisations["firm"], people.organisations["charity"]
    base = {"organisation": one, "candidate": other, "proposed_at": NOW}
    for name, change in (
        ("match_is_of_two", {"candidate": one}),
        ("match_state_known|match_decision", {"state": "perhaps"}),
        ("match_decision_has_date_and_person", {"state": "confirmed"}),
    ):
        refused(name, lambda change=change: OrganisationMatch.objects.create(**base | change))


@pytest.mark.django_db
def test_engagement_runs_forward_and_ends_by_somebody(contract, people):
    base = {
        "assurance_body": people.organisations["auditors"],
        "commissioner": contract.commissioner,
        "scope": "everything",
        "starts_on": EARLY,
        "ends_on": LATE,
        "made_at": NOW,
    }
    for name, change in (
        ("engagement_scope_known", {"scope": "all of it"}),
        ("engagement_ends_after_it_starts", {"ends_on": date(2024, 1, 1)}),
        ("engagement_end_has_date_and_person", {"ended_at": NOW}),
    ):
        refused(name, lambda change=change: AuditEngagement.objects.create(**base | change))


@pytest.mark.django_db
def test_declaration_stands_once_and_is_resolved_by_another(contract, people):
    evan, anna = people.users["evan"], people.users["anna"]
    base = {
        "contract": contract,
        "provider": contract.parties.get().provider,
        "user": evan,
        "has_interest": True,
        "description": "A share.",
        "made_at": NOW,
    }
    InterestDeclaration.objects.create(**base)
    refused("declaration_stands_once|UNIQUE", lambda: InterestDeclaration.objects.create(**base))
    done = {"resolution": "mitigated", "resolved_at": NOW, "resolution_note": "Fine."}
    for name, change in (
        ("declared_interest_is_described", {"description": ""}),
        ("declared_interest_is_described", {"has_interest": False}),
        ("resolution_has_date_person_and_note", {"resolution": "mitigated"}),
        (
            "resolution_has_date_person_and_note",
            done | {"resolved_by": anna, "resolution_note": ""},
        ),
        ("resolution_is_by_another_person", done | {"resolved_by": evan}),
    ):
        values = base | {"replaced_at": NOW} | change
        refused(name, lambda values=values: InterestDeclaration.objects.create(**values))


@pytest.mark.django_db
def test_request_is_open_once_and_its_end_has_a_date(contract, people):
    request = a_request(people, contract)
    for name, change in (
        ("request_end_has_a_date", {"state": "closed"}),
        ("request_end_has_a_date", {"closed_at": NOW}),
        ("request_level_known", {"level": "deep"}),
        ("request_state_known|request_end", {"state": "lost", "closed_at": NOW}),
    ):
        rows = AssessmentRequest.objects.filter(pk=request.pk)
        refused(name, lambda rows=rows, change=change: rows.update(**change))


@pytest.mark.django_db
def test_commissioner_run_upload_and_release_have_their_rules(people, procurement):
    council = people.organisations["council"]
    newcomer = Organisation.objects.create(name="New", acts_as_commissioner=True)
    refused(
        "commissioner_body_type_known",
        lambda: Commissioner.objects.create(organisation=newcomer, body_type="kingdom"),
    )
    counts = dict.fromkeys(("read", "created", "updated", "unchanged", "refused"), 0)
    refused(
        "import_ends_after_it_starts",
        lambda: ImportRun.objects.create(
            started_by_label="x",
            started_at=NOW,
            finished_at=NOW - timedelta(seconds=1),
            **{f"{name}_count": number for name, number in counts.items()},
        ),
    )
    upload = {
        "organisation": council,
        "uploaded_by": people.users["priya"],
        "uploaded_at": NOW,
        "file_name": "n",
        "sha256": "0" * 64,
        "content": b"x",
    }
    NoticeUpload.objects.create(**upload)
    refused("upload_waits_once|UNIQUE", lambda: NoticeUpload.objects.create(**upload))
    release = {
        "procurement": procurement,
        "ocid": "o",
        "release_id": "r",
        "released_at": NOW,
        "sha256": "0" * 64,
        "body": {},
        "imported_at": NOW,
    }
    OcdsRelease.objects.create(**release)
    refused("release_content_kept_once|UNIQUE", lambda: OcdsRelease.objects.create(**release))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("link_state_known", {"state": "unheard-of"}),
        ("link_says_to_what_and_why", {"ocid": ""}),
        ("link_says_to_what_and_why", {"publisher_name": ""}),
        ("link_says_to_what_and_why", {"reason": ""}),
        ("link_dispute_has_date_person_and_reason", {"dispute_reason": "No."}),
        ("link_disputed_by_somebody", {"state": "disputed"}),
        ("link_withdrawal_has_date_and_person", {"state": "withdrawn"}),
        ("link_withdrawal_has_date_and_person", {"withdrawn_at": NOW}),
    ],
)
def test_impossible_link_is_refused(people, contract, name, values):
    given = {
        "contract": contract,
        "ocid": "o",
        "publisher_name": "P",
        "reason": "R",
        "made_at": NOW,
        "made_by": people.users["priya"],
    }
    refused(name, lambda: ProcessLink.objects.create(**given | values))
    ProcessLink.objects.create(**given)
    refused("link_stands_once|UNIQUE", lambda: ProcessLink.objects.create(**given))


@pytest.fixture
def first(people, contract):
    invitation = Invitation.objects.create(
        organisation=people.organisations["firm"],
        email="kim@x.example",
        full_name="Kim",
        state="sent",
        invited_at=NOW,
        expires_at=NOW,
    )
    return FirstSignatory.objects.create(
        provider=contract.parties.get().provider,
        invitation=invitation,
        named_for=people.organisations["council"],
        named_by=people.users["priya"],
        named_at=NOW,
    )


def confirmed(people, how: str) -> dict:
    return {"confirmed_how": how, "confirmed_at": NOW, "confirmed_by": people.users["mei"]}


@pytest.mark.django_db
def test_impossible_first_signatory_is_refused(people, first):
    small, council = (people.organisations[key] for key in ("small_council", "council"))
    for name, values in (
        ("first_signatory_confirmation_known", confirmed(people, "rumour")),
        ("first_signatory_confirmation_has_date_and_person", {"confirmed_at": NOW}),
        (
            "first_signatory_confirmation_has_date_and_person",
            {"confirmed_how": "notice_contact"},
        ),
        (
            "first_signatory_second_commissioner_named",
            confirmed(people, "second_commissioner"),
        ),
        (
            "first_signatory_second_commissioner_named",
            confirmed(people, "notice_contact") | {"confirmed_for": small},
        ),
        (
            "first_signatory_confirmed_by_another_body",
            confirmed(people, "second_commissioner") | {"confirmed_for": council},
        ),
        ("first_signatory_operator_gives_a_reason", confirmed(people, "operator")),
    ):
        rows = FirstSignatory.objects.filter(pk=first.pk)
        refused(name, lambda rows=rows, values=values: rows.update(**values))
    refused(
        "confirmation_code_ends_later",
        lambda: first.codes.create(
            address="a@x.example",
            code_hash="x",
            sent_at=NOW,
            sent_by=people.users["priya"],
            expires_at=NOW,
        ),
    )


@pytest.mark.django_db
def test_impossible_doubt_is_refused(people, contract):
    given = {
        "provider": contract.parties.get().provider,
        "raised_for": people.organisations["council"],
        "raised_by": people.users["priya"],
        "raised_at": NOW,
        "reason": "No.",
    }
    for name, values in (
        ("doubt_has_a_reason", {"reason": ""}),
        ("doubt_outcome_known|doubt_decision", {"outcome": "lost"}),
        ("doubt_decision_has_date_person_and_reason", {"outcome": "kept"}),
        ("doubt_decision_has_date_person_and_reason", {"decided_at": NOW}),
    ):
        refused(name, lambda values=values: SignatoryDoubt.objects.create(**given | values))
    SignatoryDoubt.objects.create(**given)
    refused("doubt_is_open_once|UNIQUE", lambda: SignatoryDoubt.objects.create(**given))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("exercise_published_has_a_date", {"state": "published"}),
        ("exercise_published_has_a_deadline", {"published_at": NOW}),
        ("exercise_amended_while_published", {"amendment_opened_at": NOW}),
        (
            "exercise_questions_before_tenders",
            {"questions_due_at": NOW, "tenders_due_at": NOW - timedelta(seconds=1)},
        ),
        (
            "exercise_contract_ends_after_it_starts",
            {"contract_starts_on": LATE, "contract_ends_on": EARLY},
        ),
        ("exercise_lots_per_supplier_positive", {"lots_per_supplier": 0}),
    ],
)
def test_impossible_exercise_is_refused(people, name, values):
    an_exercise(people)
    refused(name, lambda: Exercise.objects.update(**values))


@pytest.mark.django_db
def test_published_model_is_frozen_and_its_amendment_has_a_reason(people):
    exercise = published(people)
    given = {
        "exercise": exercise,
        "number": 2,
        "model_text": "{}",
        "tenders_due_at": NOW,
        "made_at": NOW,
        "made_by": people.users["priya"],
    }
    refused("version_amendment_has_a_reason", lambda: ModelVersion.objects.create(**given))
    ModelVersion.objects.create(**given, reason="The dates moved.")
    frozen(ModelVersion, model_text="{}")


def frozen(table, **changes):
    """Neither an update nor a delete of its rows goes through."""
    assert table.objects.exists(), table
    for write in (
        lambda: table.objects.update(**changes),
        lambda: table.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.django_db
@pytest.mark.parametrize("about_a_bidder", [False, True])
def test_declaration_in_an_exercise_stands_once_and_is_resolved_by_another(people, about_a_bidder):
    """Also the one in general, which names no provider: the database holds NULLs for different."""
    firm = Provider.objects.create(organisation=people.organisations["firm"])
    evan, anna = people.users["evan"], people.users["anna"]
    base = {
        "exercise": an_exercise(people),
        "provider": firm if about_a_bidder else None,
        "user": evan,
        "has_interest": True,
        "description": "A share.",
        "made_at": NOW,
    }
    ExerciseDeclaration.objects.create(**base)
    refused("stands_once|UNIQUE|never replaced", lambda: ExerciseDeclaration.objects.create(**base))
    done = {"resolution": "mitigated", "resolved_at": NOW, "resolution_note": "Fine."}
    for name, change in (
        ("exercise_interest_is_described", {"description": ""}),
        ("exercise_interest_is_described", {"has_interest": False}),
        ("exercise_resolution_has_date_person_note", {"resolution": "recused"}),
        (
            "exercise_resolution_has_date_person_note",
            done | {"resolved_by": anna, "resolution_note": ""},
        ),
        ("exercise_resolution_by_another", done | {"resolved_by": evan}),
    ):
        values = base | {"replaced_at": NOW} | change
        refused(name, lambda values=values: ExerciseDeclaration.objects.create(**values))
    frozen(ExerciseDeclaration, description="None.")


@pytest.mark.django_db
def test_impossible_direct_award_is_refused(people, contract):
    priya, anna = people.users["priya"], people.users["anna"]
    DirectAward.objects.create(
        exercise=an_exercise(people, kind="direct_award"),
        provider=contract.parties.get().provider,
        ground="urgency",
        justification="The shelter burnt down.",
        value_gbp="48000",
        starts_on=EARLY,
        ends_on=LATE,
        written_at=NOW,
        written_by=priya,
    )
    for name, change in (
        ("direct_award_approval_has_a_person", {"approved_at": NOW}),
        ("direct_award_approval_has_a_person", {"approved_by": anna}),
        ("direct_award_approved_by_another", {"approved_at": NOW, "approved_by": priya}),
        ("direct_award_entered_has_a_contract", {"state": "entered"}),
        ("direct_award_entered_has_a_contract", {"contract": contract}),
        ("direct_award_ends_after_it_starts", {"ends_on": date(2024, 1, 1)}),
    ):
        refused(name, lambda change=change: DirectAward.objects.update(**change))


@pytest.mark.django_db
def test_opener_is_a_person_or_the_recovery_share_and_opening_takes_two(people):
    base = {
        "exercise": an_exercise(people),
        "kind": "quality",
        "public_key": b"p",
        "locked_key": b"l",
        "made_at": NOW,
    }
    priya = people.users["priya"]
    for change in ({}, {"user": priya, "is_recovery": True}):
        refused(
            "opener_is_a_person_or_recovery",
            lambda change=change: Opener.objects.create(**base | change),
        )
    opener = Opener.objects.create(**base, user=priya)
    recovery = Opener.objects.create(**base, is_recovery=True)
    refused(
        "opener_one_recovery_share|UNIQUE", lambda: Opener.objects.create(**base, is_recovery=True)
    )
    del base["locked_key"]
    share = {"opening_key": OpeningKey.objects.create(**base), "outer": opener, "sealed": b"s"}
    OpeningShare.objects.create(**share, inner=recovery)
    refused("opening_share_takes_two", lambda: OpeningShare.objects.create(**share, inner=opener))


def test_what_was_handed_in_is_frozen_and_undeletable(bidding, db):
    bidding.bid()
    frozen(BidSubmission, sha256="f" * 64)
    for change in ({"sealed": b"x"}, {"key_for_opening": b"x"}, {"key_for_bidder": b"x"}):
        frozen(Envelope, **change)


@pytest.mark.django_db
def test_carried_commitment_has_its_measure_and_quantity(contract):
    refused(
        "carried_commitment_has_a_quantity",
        lambda: CarriedTerm.objects.create(
            contract=contract, kind="commitment", title="Jobs", position=1
        ),
    )
    refused(
        "carried_commitment_has_a_quantity",
        lambda: CarriedTerm.objects.create(
            contract=contract, kind="term", title="Visits", position=1, quantity="2"
        ),
    )
