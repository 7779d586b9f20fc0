"""What the database itself refuses."""

import pytest

from django.db import DatabaseError, transaction
from django.utils import timezone

from scorecards.models import (
    AssessmentSummary,
    AssurancePolicy,
    BidRating,
    BidStanding,
    Consensus,
    ConsensusConfirmation,
    ConsensusMove,
    ConsensusRevision,
    Finding,
    FrameworkResult,
    LotEvaluation,
    LotResult,
    LotStep,
    LowTenderInquiry,
    PrincipleResult,
    Rating,
    RatingRevision,
    Report,
    ReportDocument,
    Scorecard,
    ScorecardResult,
    ScorecardStep,
    SigningKey,
    SupplierExclusion,
)
from tests.conftest import make_signing_key
from tests.providers.samples import a_framework
from tests.scorecards.awarding import to_released
from tests.scorecards.samples import a_scorecard, asked, being_rated, rate, signed_off

NOW = timezone.now()


def refused(write, match: str | None = None):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        write()


def frozen(table, **changes):
    """Neither an update nor a delete of its rows goes through."""
    assert table.objects.exists(), table
    refused(lambda: table.objects.update(**changes))
    refused(lambda: table.objects.all()._raw_delete("default"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "signed_off"},
        {"stage": "signed_off", "opinion": "limited"},
        {"opinion": "limited"},
        {"assessed_on": timezone.localdate()},
        {"request": None},
    ],
)
def test_opinion_comes_with_sign_off_and_request_after_draft(people, changes):
    asked(people, a_scorecard(people))
    refused(lambda: Scorecard.objects.update(**changes))


@pytest.mark.django_db
def test_one_scorecard_of_a_pair_is_open_and_numbers_run(people):
    row = a_scorecard(people)
    row.pk, row.reference, row._state.adding = None, "", True
    refused(row.save)
    row.number = 2
    refused(row.save)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"value": None},
        {"evidence_strength": ""},
        {"rationale": ""},
        {"not_applicable_agreed": True},
        {"not_applicable_agreed": False, "value": None},
    ],
)
def test_rating_has_a_value_strength_and_rationale_unless_not_applicable(people, actor_of, changes):
    rate(actor_of("evan"), being_rated(people))
    refused(lambda: Rating.objects.update(**changes))


@pytest.mark.django_db
def test_rating_and_finding_that_cannot_be_are_refused(people, actor_of):
    row = being_rated(people)
    held = rate(actor_of("evan"), row)
    given = {"criterion": held.criterion, "scorecard": row, "rated_at": timezone.now()}
    refused(
        lambda: Rating.objects.create(value=1, rationale="x", evidence_strength="asserted", **given)
    )
    refused(
        lambda: Finding.objects.create(
            scorecard=row,
            criterion=a_framework().criteria.get(code="A1"),
            priority="urgent",
            title="x",
            detail="x",
            raised_at=timezone.now(),
        )
    )


@pytest.mark.django_db
def test_what_was_signed_off_is_frozen_by_the_database(people):
    make_signing_key()
    signed_off(people)
    report = Report.objects.get()
    key = SigningKey.objects.create(
        key_id="0" * 16, certificate_pem="x", first_used_at=timezone.now()
    )
    ReportDocument.objects.create(
        report=report, file="x", sha256="0" * 64, size_bytes=1, signature=b"x", key=key,
        versions=[], stored_at=timezone.now(),
    )  # fmt: skip
    for table, changes in (
        (AssurancePolicy, {"content": {}}),
        (ScorecardStep, {"reason": "Better."}),
        (Rating, {"rationale": "Better."}),
        (RatingRevision, {"rationale": "Better."}),
        (Finding, {"title": "Better."}),
        (ScorecardResult, {"outcome": "{}"}),
        (FrameworkResult, {"opinion": "substantial"}),
        (PrincipleResult, {"hundredths_of_percent": 10_000}),
        (Report, {"content": "{}"}),
        (ReportDocument, {"sha256": "f" * 64}),
        (SigningKey, {"certificate_pem": "y"}),
    ):
        frozen(table, **changes)
    refused(
        lambda: Report.objects.create(
            scorecard=report.scorecard, kind="final", content="", requested_at=timezone.now()
        )
    )


def test_lot_is_approved_by_another_and_at_a_known_stage(opened):
    priya = opened.people.users["priya"]
    same = {"recommended_by": priya, "approved_by": priya}
    refused(lambda: LotEvaluation.objects.update(**same), "lot_approved_by_another")
    refused(lambda: LotEvaluation.objects.update(stage="half-way"), "lot_stage_known")
    LotEvaluation.objects.update(**same | {"approved_by": opened.people.users["anna"]})


def test_locked_rating_is_complete_and_frozen(opened):
    opened.score("evan", lock=False)
    for change in ({"rating": None}, {"rationale": ""}):
        refused(
            lambda change=change: BidRating.objects.update(locked_at=NOW, **change),
            "bid_rating_locked_is_complete",
        )
    BidRating.objects.update(rationale="Better, while it is not locked.")
    BidRating.objects.update(locked_at=NOW)
    frozen(BidRating, rationale="Better.")


def test_agreed_rating_has_its_reasons_and_says_why_it_moved(opened):
    opened.score()
    opened.agree()
    refused(lambda: Consensus.objects.update(reasons=""), "consensus_has_its_reasons")
    held = Consensus.objects.first()
    move = {"consensus": held, "evaluator": opened.people.users["priya"], "from_rating": "1"}
    refused(
        lambda: ConsensusMove.objects.create(why="", **move),
        "consensus_move_says_why",
    )
    opened.sign()
    frozen(Consensus, reasons="Better.")
    frozen(ConsensusRevision, reasons="Better.")
    frozen(ConsensusConfirmation, sha256="f" * 64)


def test_standing_has_a_reason_and_is_kept(opened):
    given = {
        "bid_lot": opened.bids[0],
        "standing": "excluded",
        "ground": "Schedule 6",
        "at": NOW,
        "by": opened.people.users["priya"],
    }
    refused(lambda: BidStanding.objects.create(**given, reason=""), "standing_has_a_reason")
    given["reason"] = "A conviction."
    refused(lambda: BidStanding.objects.create(**given | {"standing": "odd"}), "standing_known")
    BidStanding.objects.create(**given)
    frozen(BidStanding, reason="Better.")


def test_exclusion_says_what_it_rests_on_and_is_kept(opened):
    standing = BidStanding.objects.create(
        bid_lot=opened.bids[0],
        standing="excluded",
        ground="Schedule 6",
        reason="A conviction.",
        at=NOW,
        by=opened.people.users["priya"],
    )
    given = {
        "standing": standing,
        "ground_code": "theft_fraud",
        "about": "supplier",
        "circumstances": "continuing",
        "circumstances_reason": "The director is still there.",
        "asked_on": NOW.date(),
        "representations": "It said nothing.",
    }
    for name in ("ground_code", "circumstances_reason", "representations"):
        refused(
            lambda change=given | {name: ""}: SupplierExclusion.objects.create(**change),
            "exclusion_says_what_it_rests_on",
        )
    for name in ("about", "circumstances"):
        refused(
            lambda change=given | {name: "odd"}: SupplierExclusion.objects.create(**change),
            "exclusion_terms_known",
        )
    SupplierExclusion.objects.create(**given)
    frozen(SupplierExclusion, representations="Better.")


def test_low_price_is_decided_after_the_answer_and_frozen_then(opened):
    priya = opened.people.users["priya"]
    LowTenderInquiry.objects.create(
        bid_lot=opened.bids[0], question="How?", asked_on=NOW.date(), asked_by=priya
    )
    decision = {
        "answered_on": NOW.date(),
        "can_perform": False,
        "decision_reason": "The wages are too low.",
        "decided_at": NOW,
        "decided_by": priya,
    }
    for lacking, empty in (
        ("answered_on", None),
        ("can_perform", None),
        ("decision_reason", ""),
        ("decided_at", None),
        ("decided_by", None),
    ):
        refused(
            lambda change=decision | {lacking: empty}: LowTenderInquiry.objects.update(**change),
            "low_tender_decided_after_the_answer",
        )
    LowTenderInquiry.objects.update(**decision)
    frozen(LowTenderInquiry, can_perform=True)


def test_released_summary_result_and_steps_are_frozen(opened):
    make_signing_key()
    opened.to_calculated()
    to_released(opened)
    assert not AssessmentSummary.objects.filter(released_at=None).exists()
    frozen(AssessmentSummary, texts={})
    frozen(LotResult, outcome_text="{}")
    frozen(LotStep, reason="Better.")
