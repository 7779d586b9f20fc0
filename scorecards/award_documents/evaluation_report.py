"""The evaluation report of one lot: for the file and the auditor."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from accounts.access import name_in_history
from commissioning.enums import Duty, EnvelopeKind, SealKind
from commissioning.models import (
    BidLot,
    ConflictsAssessment,
    ExerciseMember,
    ExerciseNotice,
    OpeningAct,
    SetAsideEnvelope,
)
from scorecards.award_documents.facts import AwardFacts
from scorecards.documents.document import (
    DocumentContent,
    Section,
    bullets,
    document,
    facts,
    paragraph,
    section,
    table,
    warning,
)
from scorecards.enums import Standing
from scorecards.models import BidRating, BidStanding, LotContract, LowTenderInquiry
from scorecards.workflow import LOT_STEPS


def evaluation_report_document(
    about: AwardFacts, *, reference: str, at: datetime
) -> DocumentContent:
    """How the lot was evaluated, from the openings to where it stands now, with every reason."""
    exercise = about.evaluation.exercise
    return document(
        _procurement(about),
        _team(about),
        _openings(about),
        _bids(about),
        section(
            "Agreed ratings and decisive reasons", *(_of_bid(about, row) for row in about.bids)
        ),
        _result(about),
        _flags(about),
        _award(about),
        _steps(about),
        section(
            "How to check this",
            paragraph(
                "The result can be worked out again from what was kept: the same inputs give the"
                " same result."
            ),
            facts(
                (
                    ("Method version", about.result.method_version),
                    ("Result number", str(about.result.number)),
                    ("Hash of inputs and outcome (SHA-256)", about.result.sha256),
                )
            ),
        ),
        kind="Evaluation report",
        title=f"{about.model.title}: lot {about.lot.number}",
        reference=reference,
        issued_by=str(exercise.procurement.buyer),
        made_at=at,
        issued_on=timezone.localdate(at),
        facts=(("Procurement", exercise.reference), ("Lot", about.lot.title)),
        has_contents=True,
    )


def _when(moment) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"


def _procurement(about: AwardFacts) -> Section:
    exercise = about.evaluation.exercise
    notices = ExerciseNotice.objects.filter(exercise=exercise)
    versions = exercise.versions.order_by("number")
    return section(
        "The procurement",
        facts(
            (
                ("Rules", exercise.get_regime_display()),
                ("Kind", exercise.get_kind_display()),
                ("Subject-matter", exercise.subject_matter),
                ("Tenders were due", _when(about.version.tenders_due_at)),
                *(
                    (f"Notice {row.code}", f"{row.number}, {row.published_on:%-d %B %Y}")
                    for row in notices
                ),
            )
        ),
        table(
            "Published versions of the award model",
            ("Version", "Published", "Why"),
            tuple(
                (str(row.number), _when(row.made_at), row.reason or "First publication")
                for row in versions
            ),
            (15, 35, 50),
        ),
    )


def _team(about: AwardFacts) -> Section:
    exercise = about.evaluation.exercise
    members = (
        ExerciseMember.objects.filter(exercise=exercise)
        .select_related("user")
        .order_by("user__full_name", "duty")
    )
    confirmed = ConflictsAssessment.objects.filter(exercise=exercise).select_related("confirmed_by")
    return section(
        "The team and its interests",
        table(
            "Duties",
            ("Person", "Duty", "From", "To"),
            tuple(
                (
                    row.user.full_name,
                    Duty(row.duty).label,
                    _when(row.named_at),
                    _when(row.ended_at) if row.ended_at else "now",
                )
                for row in members
            ),
            (30, 30, 20, 20),
        ),
        bullets(
            f"Conflicts assessment {row.number} was confirmed by {row.confirmed_by.full_name} on"
            f" {_when(row.confirmed_at)}."
            for row in confirmed
        ),
    )


def _openings(about: AwardFacts) -> Section:
    acts = (
        OpeningAct.objects.filter(
            opening_key__exercise=about.evaluation.exercise, opening_key__is_rehearsal=False
        )
        .select_related("opening_key", "by", "opener")
        .order_by("at", "pk")
    )
    bids = {row.submission_id: row.label for row in about.bids}
    set_aside = SetAsideEnvelope.objects.filter(
        submission__in=bids, lot_number__in=(0, about.evaluation.lot_number)
    )
    return section(
        "The openings",
        table(
            "Who opened what",
            ("When", "Who", "What"),
            tuple(
                (
                    _when(act.at),
                    act.by.full_name
                    + (", with the recovery share" if act.opener.is_recovery else ""),
                    f"{SealKind(act.opening_key.kind).label}: "
                    + ("first part" if act.peeled else f"{act.envelopes_opened} envelopes opened"),
                )
                for act in acts
            ),
            (30, 35, 35),
        ),
        *(
            warning(
                f"{bids[row.submission_id]}: {EnvelopeKind(row.kind).label.lower()} was set aside."
                f" {row.reason}"
            )
            for row in set_aside
        ),
    )


def _bids(about: AwardFacts) -> Section:
    rows = []
    for bid in about.bids:
        standing = about.standings.get(bid.pk)
        word = Standing(standing.standing).label if standing else Standing.ELIGIBLE.label
        why = f"{standing.ground}. {standing.reason}{_exclusion(standing)}" if standing else ""
        rows.append((f"{bid.label}: {bid.provider}", word, why))
    return section(
        "The bids",
        table("Bids for this lot", ("Bid", "Standing", "Why"), tuple(rows), (40, 25, 35)),
    )


def _exclusion(standing: BidStanding) -> str:
    """What an exclusion rests on, in words that follow the reason; else nothing."""
    row = getattr(standing, "exclusion", None)
    if row is None:
        return ""
    return (
        f" {row.kind_words}; applies to: {row.get_about_display()}. Circumstances:"
        f" {row.get_circumstances_display()}. {row.circumstances_reason} The supplier was asked on"
        f" {row.asked_on:%-d %B %Y}: {row.representations}"
    )


def _of_bid(about: AwardFacts, bid: BidLot) -> Section:
    given: dict[str, list[BidRating]] = {}
    locked = BidRating.objects.filter(bid_lot=bid).locked()
    for row in locked.with_recusal().select_related("evaluator").order_by("evaluator__full_name"):
        given.setdefault(row.criterion_key, []).append(row)
    parts = []
    for leaf in about.lot.leaves():
        agreed = about.consensus[bid.pk].get(leaf.key)
        if agreed is None:
            continue
        moves = {row.evaluator_id: row for row in agreed.moves.all()}
        parts.append(
            section(
                f"{leaf.number} {leaf.title}",
                paragraph(f"{agreed.rating:f}. {agreed.reasons}", lead="Agreed rating"),
                paragraph(agreed.discussion, lead="Discussion.") if agreed.discussion else None,
                bullets(_given(row, moves.get(row.evaluator_id)) for row in given[leaf.key])
                if leaf.key in given
                else None,
            )
        )
    if not parts:
        return section(f"{bid.label}: {bid.provider}", paragraph("Nothing was agreed about it."))
    return section(f"{bid.label}: {bid.provider}", *parts)


def _given(row: BidRating, move) -> str:
    said = f"{row.evaluator.full_name} gave {row.rating:f}. {row.rationale}"
    if row.is_recused:
        said += " Recused; not counted."
    return f"{said} Moved because: {move.why}" if move else said


def _result(about: AwardFacts) -> Section:
    outcome = about.of_lot
    rows = []
    for key in (*outcome.ranking, *(b.key for b in outcome.bids if b.key not in outcome.ranking)):
        result = outcome.bid(key)
        rows.append(
            (
                result.label,
                str(result.rank or "none"),
                f"{result.total:f}" if result.total is not None else "none",
                about.outcome.became_of(outcome.lot_number, key),
            )
        )
    return section(
        "The result",
        paragraph(about.outcome.words),
        paragraph(about.words),
        table("Ranking", ("Supplier", "Place", "Total", "State"), tuple(rows), (40, 10, 15, 35)),
        *(paragraph(tie.words, lead="Tie.") for tie in outcome.ties),
        *(paragraph(row.words, lead="Set aside.") for row in about.outcome.set_aside),
    )


def _flags(about: AwardFacts) -> Section:
    said = [flag.words for flag in about.of_lot.red_flags]
    said += [flag.words for flag in about.of_lot.abnormally_low]
    inquiries = LowTenderInquiry.objects.filter(bid_lot__in=about.bids).select_related(
        "bid_lot__provider__organisation"
    )
    blocks: list = [bullets(said) if said else paragraph("None was raised.")]
    blocks += [
        section(
            f"Inquiry into the price of {row.bid_lot.provider}",
            facts(
                (
                    ("Asked", f"{row.asked_on:%-d %B %Y}: {row.question}"),
                    ("Answered", f"{row.answered_on:%-d %B %Y}: {row.answer}")
                    if row.answered_on
                    else ("Answered", "not yet"),
                    ("Decision", row.decision_reason or "not yet"),
                )
            ),
        )
        for row in inquiries
    ]
    return section("Red flags and low prices", *blocks)


def _award(about: AwardFacts) -> Section:
    row = about.evaluation
    contracts = LotContract.objects.filter(evaluation=row).select_related("contract")
    return section(
        "The award",
        facts(
            _filled(
                ("Recommendation", row.recommendation),
                ("Recommended by", row.recommended_by.full_name if row.recommended_by else ""),
                ("Approved by", row.approved_by.full_name if row.approved_by else ""),
                ("Award notice", str(row.award_notice) if row.award_notice else ""),
                (
                    "Last day of the standstill",
                    f"{row.standstill_ends_on:%-d %B %Y}" if row.standstill_ends_on else "",
                ),
                ("Contracts", ", ".join(held.contract.reference for held in contracts)),
                ("Where it stands", row.get_stage_display()),
            )
        ),
    )


def _filled(*rows: tuple[str, str]) -> Iterable[tuple[str, str]]:
    return [(name, value) for name, value in rows if value]


def _steps(about: AwardFacts) -> Section:
    steps = about.evaluation.steps.order_by("at", "pk")
    return section(
        "Steps",
        table(
            "Every step",
            ("When", "Who", "What", "Why"),
            tuple(
                (
                    _when(row.at),
                    name_in_history(row),
                    LOT_STEPS[row.step].words,
                    row.reason,
                )
                for row in steps
            ),
            (20, 20, 35, 25),
        ),
    )
