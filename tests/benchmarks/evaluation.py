"""One lot at the size of a large procurement: 20 bids × 60 criteria × 5 evaluators."""

import datetime
import hashlib
import time
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts import demonstration as people
from accounts.access import Actor
from accounts.models import Membership, MembershipRole, Organisation, User
from commissioning.award_model import text
from commissioning.award_model.model import AwardModel, Criterion, Lot, PriceRule
from commissioning.award_model.ready_scales import DEFAULT_SCALE
from commissioning.award_model.terms import CriterionKind, PriceMethod, Rounding, TieBreak
from commissioning.enums import Duty, ExerciseKind, ExerciseState, Regime
from commissioning.models import (
    Bid,
    BidAnswer,
    BidLot,
    BidPrice,
    BidSubmission,
    Commissioner,
    EvaluatorAssignment,
    Exercise,
    ExerciseDeclaration,
    ExerciseMember,
    ModelVersion,
    Procurement,
)
from providers.models import Provider
from scorecards import actions
from scorecards.enums import LotStage
from scorecards.models import AssessmentSummary, BidRating, Consensus, LotEvaluation

BIDS, PARTS, CRITERIA_OF_A_PART = 20, 6, 10
WORDS = (
    "The answer names who plans each visit, by when a change is made known, and what is recorded. "
    "Page 4 shows one month of the log; what happens on Sundays is not said."
)


@dataclass(frozen=True)
class LargeLot:
    """What the measurements go to."""

    exercise: Exercise
    keys: list[str]

    @property
    def evaluation(self) -> LotEvaluation:
        return LotEvaluation.objects.select_related(
            "exercise__procurement__buyer__organisation"
        ).get(exercise=self.exercise)


def seed_large_lot(cast: people.People) -> LargeLot:
    """A lot in moderation: everything rated and locked, everything agreed."""
    now = timezone.now()
    model = _model()
    exercise = _exercise(cast, model, now)
    version = ModelVersion.objects.create(
        exercise=exercise,
        number=1,
        model_text=text.to_text(model),
        tenders_due_at=exercise.tenders_due_at,
        made_at=now,
        made_by=cast.users["priya"],
    )
    keys = [leaf.key for leaf in model.lots[0].leaves() if leaf.is_rated]
    evaluators = _team(cast, exercise, keys, now)
    bids = _bids(cast, exercise, version, keys, now)
    evaluation = LotEvaluation.objects.create(
        exercise=exercise, lot_number=1, stage=LotStage.MODERATION, stage_at=now
    )
    for place, bid in enumerate(bids):
        BidRating.objects.bulk_create(
            BidRating(
                bid_lot=bid,
                criterion_key=key,
                evaluator=user,
                rating=Decimal(1 + (place + number + who) % 5),
                rationale=WORDS,
                strengths="A named manager answers for every step.",
                saved_at=now,
                locked_at=now,
            )
            for number, key in enumerate(keys)
            for who, user in enumerate(evaluators)
        )
        Consensus.objects.bulk_create(
            Consensus(
                evaluation=evaluation,
                bid_lot=bid,
                criterion_key=key,
                rating=Decimal(2 + (place + number) % 4),
                reasons=WORDS,
                higher_score="Times for every day of the week.",
                recorded_at=now,
                recorded_by=cast.users["carl"],
            )
            for number, key in enumerate(keys)
        )
    return LargeLot(exercise, keys)


def calculate(lot: LargeLot, cast: people.People) -> float:
    """Seconds of one calculation of the result with its rows, as its action does it."""
    lot.exercise.state = ExerciseState.PRICES_OPENED
    lot.exercise.save()
    LotEvaluation.objects.filter(exercise=lot.exercise).exclude(stage=LotStage.CALCULATED).update(
        stage=LotStage.QUALITY_SIGNED
    )
    started = time.perf_counter()
    actions.calculate_result(actor=Actor.of(cast.users["priya"]), exercise=lot.exercise)
    return time.perf_counter() - started


def summaries(lot: LargeLot) -> tuple[float, int]:
    """Seconds to lay out the summaries of all bids as PDF, in this process, and their pages."""
    import pypdfium2

    from scorecards import award_documents
    from scorecards.actions.award_documents import summary_words, told

    about = award_documents.load_facts(lot.evaluation)
    AssessmentSummary.objects.bulk_create(
        AssessmentSummary(
            bid_lot=bid, texts={"address": "1 Market Place", "email": "bids@example.org"}
        )
        for bid in about.bids
    )
    words = summary_words(about)
    made = []
    started = time.perf_counter()
    for bid in about.bids:
        _, content = told(
            about, bid, words, reference="AD-BENCH", at=timezone.localtime(), is_draft=False
        )
        made.append(award_documents.as_pdf(content))
    taken = time.perf_counter() - started
    return taken, sum(len(pypdfium2.PdfDocument(pdf)) for pdf in made)


def _model() -> AwardModel:
    parts = tuple(
        Criterion(
            key=f"part{part}",
            number=str(part),
            title=f"Part {part} of the service",
            kind=CriterionKind.QUALITY,
            weight_percent=Decimal(10),
            sub_criteria=tuple(
                Criterion(
                    key=f"k{part}x{number}",
                    number=f"{part}.{number}",
                    title=f"How step {number} of part {part} is planned and recorded",
                    kind=CriterionKind.QUALITY,
                    weight_percent=Decimal(10),
                    asks="Describe how each visit is planned, changed and recorded.",
                    guidance="A full answer says who, by when, and what is recorded.",
                    scale_code=DEFAULT_SCALE.code,
                    word_limit=500,
                )
                for number in range(1, CRITERIA_OF_A_PART + 1)
            ),
        )
        for part in range(1, PARTS + 1)
    )
    price = Criterion(
        key="price",
        number=str(PARTS + 1),
        title="Price",
        kind=CriterionKind.PRICE,
        weight_percent=Decimal(40),
        price=PriceRule(method=PriceMethod.RELATIVE, price_basis="The total, without VAT."),
    )
    lot = Lot(
        number=1,
        title="The whole area",
        criteria=(*parts, price),
        decimal_places=2,
        rounding=Rounding.HALF_UP,
        tie_breaks=(TieBreak.HIGHER_QUALITY, TieBreak.DRAWN_BY_LOT),
    )
    return AwardModel(
        title="Visits at home in the whole area",
        regime=Regime.PROCUREMENT_ACT_2023.value,
        body_type="sub_central",
        subject_matter="Visits at home.",
        scales=(DEFAULT_SCALE,),
        lots=(lot,),
    )


def _exercise(cast: people.People, model: AwardModel, now: datetime.datetime) -> Exercise:
    buyer, _ = Commissioner.objects.get_or_create(organisation=cast.organisations["council"])
    procurement = Procurement.objects.create(buyer=buyer, title=model.title, regime=model.regime)
    return Exercise.objects.create(
        procurement=procurement,
        kind=ExerciseKind.COMPETITION,
        state=ExerciseState.QUALITY_OPENED,
        regime=model.regime,
        subject_matter=model.subject_matter,
        tenders_due_at=now - datetime.timedelta(days=1),
        created_at=now,
        created_by=cast.users["priya"],
        published_at=now - datetime.timedelta(days=40),
    )


def _team(cast: people.People, exercise: Exercise, keys: list[str], now) -> list[User]:
    evaluators = [cast.users[name] for name in ("evan", "edith", "elena")]
    for number in (4, 5):
        user = User.objects.create_user(
            f"evaluator{number}@bench.example", full_name=f"Evaluator {number}"
        )
        place = Membership.objects.create(user=user, organisation=cast.organisations["council"])
        MembershipRole.objects.create(membership=place, role="evaluator")
        evaluators.append(user)
    duties = [(user, Duty.EVALUATOR) for user in evaluators]
    duties += [(cast.users["priya"], Duty.LEAD), (cast.users["carl"], Duty.CHAIR)]
    for user, duty in duties:
        member = ExerciseMember.objects.create(
            exercise=exercise, user=user, duty=duty, named_at=now, named_by=cast.users["priya"]
        )
        if duty == Duty.EVALUATOR:
            EvaluatorAssignment.objects.bulk_create(
                EvaluatorAssignment(member=member, lot_number=1, criterion_key=key) for key in keys
            )
    return evaluators


def _bids(cast: people.People, exercise: Exercise, version, keys: list[str], now) -> list[BidLot]:
    found = []
    for number in range(1, BIDS + 1):
        organisation = Organisation.objects.create(
            name=f"Bidder {number:02}", acts_as_provider=True
        )
        provider = Provider.objects.create(organisation=organisation)
        bid = Bid.objects.create(
            exercise=exercise,
            provider=provider,
            lots=[1],
            created_at=now,
            created_by=cast.users["sam"],
        )
        submission = BidSubmission.objects.create(
            bid=bid,
            number=1,
            version=version,
            lots=[1],
            sha256=hashlib.sha256(bid.reference.encode()).hexdigest(),
            submitted_at=now,
            submitted_by=cast.users["sam"],
        )
        row = BidLot.objects.create(
            exercise=exercise,
            lot_number=1,
            submission=submission,
            provider=provider,
            label=f"Bid {number:02}",
            opened_at=now,
        )
        BidAnswer.objects.bulk_create(
            BidAnswer(bid_lot=row, criterion_key=key, text=WORDS * 5, words=150) for key in keys
        )
        BidPrice.objects.create(
            bid_lot=row, amount_gbp=Decimal(200_000 + 1_750 * number), opened_at=now
        )
        found.append(row)
    members = {row.user_id for row in ExerciseMember.objects.filter(exercise=exercise)}
    ExerciseDeclaration.objects.bulk_create(
        ExerciseDeclaration(
            exercise=exercise, user_id=user, provider=provider, has_interest=False, made_at=now
        )
        for user in members
        for provider in (None, *(row.provider for row in found))
    )
    return found
