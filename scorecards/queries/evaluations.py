"""Reads about the evaluation of bids: the lot and its bids, what one scores oneself, what to do.

Until every evaluator has locked their ratings, nothing here depends on what anybody but the viewer
has saved or locked: neither the rows nor the statements that find them.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.access import Actor, Role
from accounts.home import MOST_ITEMS, NEEDS_ME, Item
from commissioning import queries as exercises
from commissioning.award_model.model import AwardModel, Criterion, Lot, ScalePoint
from commissioning.enums import Duty, ExerciseKind, ExerciseState
from commissioning.exercise_links import ExerciseLink
from commissioning.models import (
    BidAnswer,
    BidCommitment,
    BidLot,
    BidParticipation,
    BidPrice,
    EvaluatorAssignment,
    Exercise,
    ExerciseMember,
)
from scorecards.enums import LotStage, Standing
from scorecards.models import BidRating, BidStanding, LotEvaluation, LotResult, LotStep
from scorecards.scoring import award_lots_outcome_from_text
from scorecards.scoring.award_words import number

BEFORE_SIGNATURE = (LotStage.SCORING, LotStage.MODERATION, LotStage.CONFIRMING)
PASSED, NOT_PASSED = ScalePoint(Decimal(1), "Passed"), ScalePoint(Decimal(0), "Not passed")
# Who judges or answers for what the panel gives: the others on a team open, and nothing more.
CONCERNED = frozenset({Duty.EVALUATOR, Duty.CHAIR, Duty.LEAD, Duty.APPROVER})


@dataclass(frozen=True)
class BidLine:
    """One opened bid as pages name it. ``code`` stands in addresses ("A" of "Bid A").

    ``standing`` is the row that stands; None for a bid that was always assessed. ``set_aside`` are
    its envelopes that could not be taken in.
    """

    bid_lot: BidLot
    name: str
    standing: BidStanding | None
    set_aside: tuple = ()

    @property
    def code(self) -> str:
        return self.bid_lot.code

    @property
    def is_assessed(self) -> bool:
        return self.standing is None or self.standing.standing == Standing.ELIGIBLE


@dataclass(frozen=True)
class LotCase:
    """A lot that is evaluated, with what its pages have in common."""

    evaluation: LotEvaluation
    model: AwardModel
    bids: tuple[BidLine, ...]
    duties: frozenset[str]
    is_audit: bool
    hides_names: bool

    @property
    def lot(self) -> Lot:
        return self.model.lot(self.evaluation.lot_number)

    @cached_property
    def rated(self) -> tuple[Criterion, ...]:
        """The criteria that evaluators rate, in their order."""
        return tuple(leaf for leaf in self.lot.leaves() if leaf.is_rated)

    @property
    def assessed(self) -> tuple[BidLine, ...]:
        return tuple(line for line in self.bids if line.is_assessed)

    @property
    def address(self) -> list:
        """The arguments of the lot's addresses."""
        return [self.evaluation.exercise.reference, self.evaluation.lot_number]

    @property
    def is_ended(self) -> bool:
        """The procurement was ended: its pages are read, and nothing is decided any more."""
        return self.evaluation.exercise.state == ExerciseState.ENDED

    @property
    def leads(self) -> bool:
        return Duty.LEAD in self.duties and not self.is_ended

    @property
    def chairs(self) -> bool:
        return Duty.CHAIR in self.duties and not self.is_ended

    @property
    def is_blind(self) -> bool:
        """Every evaluator still scores alone."""
        return self.evaluation.stage == LotStage.SCORING

    @property
    def is_concerned(self) -> bool:
        """The viewer reads what the panel gave and agreed, once all have locked."""
        return self.is_audit or bool(CONCERNED & self.duties)

    @property
    def checks_declarations(self) -> bool:
        """The viewer reads what bidders declared about themselves, which may name them."""
        return self.is_audit or not self.hides_names or self.leads

    def bid(self, code: str) -> BidLine | None:
        return next((line for line in self.bids if line.code == code), None)

    def criterion(self, key: str) -> Criterion | None:
        return next((leaf for leaf in self.rated if leaf.key == key), None)

    def points(self, leaf: Criterion) -> tuple[ScalePoint, ...]:
        """What a rating can be: the points of the published scale, or passed and not passed."""
        if leaf.is_pass_fail:
            return NOT_PASSED, PASSED
        return self.model.scale(leaf.scale_code).points

    def rating_words(self, leaf: Criterion, rating) -> str:
        """A rating with the label of its point: "4 (good)"."""
        if rating is None:
            return "Not rated"
        label = next((p.label for p in self.points(leaf) if p.value == rating), "")
        if leaf.is_pass_fail:
            return label
        return f"{number(rating)} ({label})" if label else number(rating)


def evaluations(viewer: Actor) -> QuerySet[LotEvaluation]:
    """The evaluated lots whose bids the viewer may see."""
    return LotEvaluation.objects.visible_to(viewer).select_related(
        "exercise__procurement__buyer__organisation", "recommended_by", "approved_by"
    )


def evaluation(viewer: Actor, reference: str, lot_number: int) -> LotEvaluation | None:
    rows = evaluations(viewer).filter(exercise__reference=reference, lot_number=lot_number)
    return rows.first()


def lot_case(viewer: Actor, evaluation: LotEvaluation) -> LotCase:
    """The lot with its bids, by label while names are hidden. A constant number of queries."""
    exercise = evaluation.exercise
    hides = exercises.names_are_hidden(exercise)
    bids = list(exercises.opened_bids(viewer, exercise).filter(lot_number=evaluation.lot_number))
    ruled = {row.bid_lot_id: row for row in standings(viewer, evaluation)}
    kept = exercises.set_aside_by_bid(viewer, bids)
    return LotCase(
        evaluation=evaluation,
        model=exercises.model_in_force(viewer, exercise),
        bids=tuple(
            BidLine(row, row.label if hides else str(row.provider), ruled.get(row.pk), kept[row.pk])
            for row in sorted(bids, key=lambda row: (len(row.label), row.label))
        ),
        duties=exercises.duties(viewer, exercise),
        is_audit=viewer.has(Role.AUDITOR),
        hides_names=hides,
    )


def standings(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[BidStanding]:
    """Every time that a bid was taken out of the assessment or back into it, oldest first."""
    return (
        BidStanding.objects.visible_to(viewer)
        .filter(bid_lot__exercise=evaluation.exercise, bid_lot__lot_number=evaluation.lot_number)
        .select_related("by", "bid_lot", "exclusion")
        .order_by("at", "pk")
    )


def lot_steps(viewer: Actor, evaluation: LotEvaluation) -> QuerySet[LotStep]:
    return LotStep.objects.visible_to(viewer).filter(evaluation=evaluation).order_by("at", "pk")


def own_keys(viewer: Actor, evaluation: LotEvaluation) -> frozenset[str]:
    """The criteria of the lot that are assigned to the viewer."""
    return frozenset(_own_assignments(viewer, [evaluation]).values_list("criterion_key", flat=True))


def _own_assignments(viewer: Actor, rows) -> QuerySet[EvaluatorAssignment]:
    mine = ExerciseMember.objects.visible_to(viewer).current()
    return EvaluatorAssignment.objects.filter(
        member__in=mine.filter(user=viewer.user, duty=Duty.EVALUATOR),
        member__exercise__in=[row.exercise_id for row in rows],
        lot_number__in=[row.lot_number for row in rows],
    )


def own_ratings(viewer: Actor, evaluation: LotEvaluation) -> dict[tuple[int, str], BidRating]:
    """The viewer's own ratings of the lot, by bid and criterion."""
    rows = BidRating.objects.visible_to(viewer).filter(
        evaluator=viewer.user,
        bid_lot__exercise=evaluation.exercise,
        bid_lot__lot_number=evaluation.lot_number,
    )
    return {(row.bid_lot_id, row.criterion_key): row for row in rows}


@dataclass(frozen=True)
class OwnScore:
    """What the viewer has to score: one bid on one criterion, and what they gave so far."""

    line: BidLine
    leaf: Criterion
    row: BidRating | None

    @property
    def status(self) -> str:
        if self.row is None:
            return "Not started"
        if self.row.locked_at is not None:
            return "Locked"
        return "Complete" if self.row.is_complete else "In progress"

    @property
    def colour(self) -> str:
        """The colour of a status that still asks for something; empty for one that does not."""
        return {"Not started": "grey", "In progress": "blue"}.get(self.status, "")

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing before it can be locked."""
        if self.row is None:
            return "a rating", "a rationale"
        missing = []
        if self.row.rating is None:
            missing.append("a rating")
        if not self.row.rationale:
            missing.append("a rationale")
        return tuple(missing)


def own_scores(viewer: Actor, case: LotCase) -> list[OwnScore]:
    """Everything that the viewer scores, criterion by criterion. Two queries."""
    keys = own_keys(viewer, case.evaluation)
    rows = own_ratings(viewer, case.evaluation)
    return [
        OwnScore(line, leaf, rows.get((line.bid_lot.pk, leaf.key)))
        for leaf in case.rated
        if leaf.key in keys
        for line in case.assessed
    ]


def answer_of(viewer: Actor, bid_lot: BidLot, key: str) -> BidAnswer | None:
    """What a bid says to one criterion, with its evidence."""
    return answers_of(viewer, bid_lot).filter(criterion_key=key).first()


def answers_of(viewer: Actor, bid_lot: BidLot) -> QuerySet[BidAnswer]:
    return BidAnswer.objects.visible_to(viewer).filter(bid_lot=bid_lot).prefetch_related("evidence")


def commitments_of(viewer: Actor, bid_lot: BidLot) -> QuerySet[BidCommitment]:
    return (
        BidCommitment.objects.visible_to(viewer).filter(bid_lot=bid_lot).select_related("measure")
    )


def price_of(viewer: Actor, bid_lot: BidLot) -> BidPrice | None:
    """The price of a bid; None while prices are sealed, since no row exists before."""
    return BidPrice.objects.visible_to(viewer).filter(bid_lot=bid_lot).first()


def participation_of(viewer: Actor, bid_lot: BidLot) -> BidParticipation | None:
    return BidParticipation.objects.visible_to(viewer).filter(bid_lot=bid_lot).first()


def why_prices_wait(viewer: Actor, exercise: Exercise) -> str:
    """Why prices may not be opened yet; empty once the consensus is signed for every lot."""
    rows = LotEvaluation.objects.visible_to(viewer)
    if rows.filter(exercise=exercise, stage__in=BEFORE_SIGNATURE).exists():
        return "Prices are opened once the consensus on quality is signed for every lot."
    return ""


def links_on_exercise(viewer: Actor, exercise: Exercise) -> list[ExerciseLink]:
    """The test of the model while it is written, and the evaluation of each lot afterwards."""
    if exercise.state == ExerciseState.DESIGN or exercise.amendment_opened_at is not None:
        has_model = exercise.kind != ExerciseKind.DIRECT_AWARD
        if not has_model or not exercises.duties(viewer, exercise):
            return []
        url = reverse("scorecards:model-test", args=[exercise.reference])
        hint = "Made-up bids go through the whole calculation."
        return [ExerciseLink("Test the model", url, hint)]
    rows = evaluations(viewer).filter(exercise=exercise).order_by("lot_number")
    return [
        ExerciseLink(f"Evaluation of lot {row.lot_number}", _url(row), row.get_stage_display())
        for row in rows
    ]


def evaluation_home_items(viewer: Actor) -> list[Item]:
    """What the evaluations of bids need from the viewer. Says of nobody else what they did."""
    if viewer.organisation is None or viewer.user is None:
        return []
    members = ExerciseMember.objects.visible_to(viewer).current().filter(user=viewer.user)
    held: dict[int, set[str]] = {}
    for exercise, duty in members.values_list("exercise", "duty"):
        held.setdefault(exercise, set()).add(duty)
    rows = list(
        evaluations(viewer)
        .filter(exercise__in=held)
        .exclude(exercise__state=ExerciseState.ENDED)
        .order_by("stage_at", "pk")[: 5 * MOST_ITEMS]
    )
    unlocked = _with_own_work(viewer, [row for row in rows if row.stage == LotStage.SCORING])
    to_draw = _waiting_for_draw(viewer, [row for row in rows if row.stage == LotStage.CALCULATED])
    items = []
    for row in rows:
        words = _wanted_of(row, held[row.exercise_id], unlocked, to_draw)
        title = f"lot {row.lot_number} of {row.exercise.procurement.title}"
        if words:
            items.append(
                Item(NEEDS_ME, f"{words} {title}", _url(row), row.stage_at, row.exercise.reference)
            )
    return items[:MOST_ITEMS]


def _wanted_of(row: LotEvaluation, duties: set[str], unlocked: set[int], to_draw: set[int]) -> str:
    """What the row asks of somebody with these duties, as the beginning of a line."""
    match row.stage:
        case LotStage.SCORING:
            return "Score" if row.pk in unlocked else ""
        case LotStage.MODERATION:
            return "Moderate" if Duty.CHAIR in duties else ""
        case LotStage.CONFIRMING:
            return "Confirm or sign the record of" if duties & {Duty.CHAIR, Duty.EVALUATOR} else ""
        case LotStage.QUALITY_SIGNED:
            if row.exercise.state == ExerciseState.PRICES_OPENED:
                return "Calculate the result of" if Duty.LEAD in duties else ""
            return "Open the prices of" if Duty.PRICE_OPENER in duties else ""
        case LotStage.CALCULATED:
            wanted = "Record the draw for" if row.pk in to_draw else "Recommend an award for"
            return wanted if Duty.LEAD in duties else ""
        case LotStage.RECOMMENDED:
            return "Decide about the award of" if Duty.APPROVER in duties else ""
    return ""


def _waiting_for_draw(viewer: Actor, rows: list[LotEvaluation]) -> set[int]:
    """Those of the lots whose last result waits for lots to be drawn. One query, or none."""
    if not rows:
        return set()
    results = LotResult.objects.visible_to(viewer)
    last = results.filter(evaluation=OuterRef("evaluation")).order_by("-number").values("pk")[:1]
    texts = results.filter(evaluation__in=rows, pk=Subquery(last)).values_list(
        "evaluation", "evaluation__lot_number", "outcome_text"
    )
    return {
        pk for pk, lot, text in texts if lot in award_lots_outcome_from_text(text).waiting_for_draw
    }


def _with_own_work(viewer: Actor, rows: list[LotEvaluation]) -> set[int]:
    """Those of the lots in which the viewer has not locked everything. Four queries, or none."""
    if not rows:
        return set()
    of_lots = {"bid_lot__exercise__in": [row.exercise_id for row in rows]}
    assigned: dict[tuple[int, int], set[str]] = {}
    for exercise, lot, key in _own_assignments(viewer, rows).values_list(
        "member__exercise", "lot_number", "criterion_key"
    ):
        assigned.setdefault((exercise, lot), set()).add(key)
    last = dict(
        BidStanding.objects.visible_to(viewer)
        .filter(**of_lots)
        .order_by("at", "pk")
        .values_list("bid_lot", "standing")
    )
    bids = BidLot.objects.visible_to(viewer).filter(exercise__in=of_lots["bid_lot__exercise__in"])
    own = BidRating.objects.visible_to(viewer).filter(
        evaluator=viewer.user, locked_at__isnull=False, **of_lots
    )
    locked = set(own.values_list("bid_lot", "criterion_key"))
    open_lots = {
        (exercise, lot)
        for pk, exercise, lot in bids.values_list("pk", "exercise", "lot_number")
        if last.get(pk, Standing.ELIGIBLE) == Standing.ELIGIBLE
        and any((pk, key) not in locked for key in assigned.get((exercise, lot), ()))
    }
    return {row.pk for row in rows if (row.exercise_id, row.lot_number) in open_lots}


def _url(row: LotEvaluation) -> str:
    return reverse("scorecards:evaluation-detail", args=[row.exercise.reference, row.lot_number])
