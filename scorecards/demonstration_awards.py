"""Evaluations for the demonstration and for tests, from scoring to the contract: all invented.

Everything is written through the actions that people use.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from accounts.access import Actor
from accounts.demonstration import People
from commissioning import actions as commissioning
from commissioning import demonstration as exercises
from commissioning import queries
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.demonstration import APPROVER, CHAIR, EVALUATORS, LEAD
from commissioning.enums import Duty, ExerciseKind, Regime, SealKind
from commissioning.models import BidLot, Exercise
from providers.models import Provider
from scorecards import actions
from scorecards.actions.consensus import record_sha256
from scorecards.models import LotEvaluation

# What each evaluator gives, by the place of the bid in the order of names and of the criterion.
GIVEN = {"evan": (4, 3, 4, 3), "edith": (3, 3, 5, 3), "elena": (4, 4, 4, 2)}
AGREED = (4, 3, 4, 3)


# One exercise for each place where a procurement can stand, as far as time lets it go.
STAGES = (
    ("scoring", "Visits at home for older residents"),
    ("moderation", "Support at home after hospital"),
    ("confirming", "Day care for adults with dementia"),
    ("signed", "Respite at home for carers"),
    ("calculated", "Night sitting at home"),
    ("recommended", "Help with medicines at home"),
    ("released", "Meals and company at home"),
    ("standstill", "Befriending visits in the east area"),
    ("entered", "Befriending visits in the west area"),
)
# Two lots, of which a supplier may win one; social value is counted from commitments.
LIMITED = {
    "lots": 2,
    "one_lot_each_by": LotLimitMechanism.SUPPLIER_PREFERENCE,
    "in_pounds": True,
}
DESIGNS = {"calculated": LIMITED, "entered": {"in_pounds": True}}
# In lot 1 the firm and the charity are level until lots are drawn, and that decides both lots.
LEVEL_OFFERS = (
    replace(exercises.OFFERS[0], price_gbp="240000", lots=(1, 2)),
    replace(exercises.OFFERS[1], price_gbp="240000"),
    replace(exercises.OFFERS[2], lots=(2, 1)),
)
# Long enough to publish one exercise and hand in its bids before the deadline.
SECONDS_TO_BID = 20


@dataclass(frozen=True)
class Run:
    """An exercise of the demonstration on its way to ``stage``."""

    stage: str
    exercise: Exercise


def create_exercises(people: People, wait: Callable[[float], None]) -> dict[str, Exercise]:
    """Make a procurement at each stage, judged for the first council.

    Bids are sealed until their deadline, for a demonstration too: each is set ``SECONDS_TO_BID``
    ahead, and ``wait`` is called with the seconds that are left of the last one. Returns the
    exercises by the word for where they stand.
    """
    lead = Actor.of(people.users[LEAD])
    for organisation in exercises.SIGNATORIES:
        Provider.objects.get_or_create(organisation=people.organisations[organisation])
    found = {"design": exercises.design(people, "Supported living in small homes", lots=2)}
    found["open"] = _published(people, "Transport to day centres")
    runs = [Run(stage, _ready(people, title, **DESIGNS.get(stage, {}))) for stage, title in STAGES]
    for run in runs:
        due = timezone.now() + datetime.timedelta(seconds=SECONDS_TO_BID)
        commissioning.change_settings(
            actor=lead, exercise=run.exercise, tenders_due_at=due, questions_due_at=due
        )
        run.exercise.refresh_from_db()
        level = run.stage == "calculated"
        _bids_in(people, run.exercise, LEVEL_OFFERS if level else exercises.OFFERS[:3])
    wait((due - timezone.now()).total_seconds() + 1)
    for run in runs:
        _take_to(people, run)
        found[run.stage] = run.exercise
    found["direct award"] = _direct_award(people)
    return found


def _ready(people: People, title: str, **design) -> Exercise:
    exercise = exercises.design(people, title, **design)
    commissioning.change_settings(
        actor=Actor.of(people.users[LEAD]),
        exercise=exercise,
        tender_notice_on=timezone.localdate() - datetime.timedelta(days=32),
    )
    exercises.staff(people, exercise)
    exercises.prepare_openers(people, exercise)
    exercise.refresh_from_db()
    return exercise


def _published(people: People, title: str) -> Exercise:
    """One that is open for bids: some are handed in, which nobody on the council's side can see."""
    exercise = _ready(people, title, **LIMITED)
    _bids_in(people, exercise, LEVEL_OFFERS[:2])
    return exercise


def _bids_in(people: People, exercise: Exercise, offers: Iterable[exercises.Offer]) -> None:
    number = f"2026/S 000-{exercise.pk:06}"
    exercises.publish(people, exercise, number, on=exercise.tender_notice_on)
    exercise.refresh_from_db()
    for offer in offers:
        exercises.bid(people, exercise, offer)


def _take_to(people: People, run: Run) -> None:
    """Go through the stages until the one that the exercise is for."""
    exercises.open_bids(people, run.exercise)
    exercises.declare_about_bidders(people, run.exercise)
    lots = evaluations(run.exercise)
    if run.stage == "scoring":
        score(people, lots[0], EVALUATORS[:1], lock=False)
        return
    for lot in lots:
        score(people, lot)

    def each(do: Callable[[People, LotEvaluation], None]) -> Callable[[], None]:
        def do_all() -> None:
            for lot in lots:
                do(people, lot)

        return do_all

    ways: tuple[tuple[str, Callable[[], None]], ...] = (
        ("moderation", each(agree)),
        ("confirming", each(propose)),
        ("signed", each(confirm_and_sign)),
        ("calculated", lambda: calculate(people, run.exercise)),
        ("recommended", each(recommend)),
        ("approved", each(approve)),
        ("released", each(release)),
        ("standstill", each(lambda _, lot: _give_notice_of(people, run, lot))),
        ("entered", each(lambda _, lot: enter(people, lot, timezone.localdate()))),
    )
    for stage, go_on in ways:
        if stage == "moderation" and run.stage == "moderation":
            return
        go_on()
        if stage == run.stage:
            return


def _give_notice_of(people: People, run: Run, evaluation: LotEvaluation) -> None:
    """The one that is entered into is an exception: nobody can wait for its standstill here."""
    exception = "light_touch" if run.stage == "entered" else ""
    number = f"2026/S 001-{run.exercise.pk:06}"
    give_notice(people, evaluation, number, exception=exception)


def _direct_award(people: People) -> Exercise:
    """An award without competition that waits for its approval."""
    lead = Actor.of(people.users[LEAD])
    exercise = commissioning.start_exercise(
        actor=lead,
        commissioner=queries.commissioner_of(lead),
        kind=ExerciseKind.DIRECT_AWARD,
        title="Emergency night shelter",
        regime=Regime.PROCUREMENT_ACT_2023,
    )
    commissioning.name_member(
        actor=lead, exercise=exercise, user=people.users[APPROVER], duty=Duty.APPROVER
    )
    row = commissioning.write_direct_award(
        actor=lead,
        exercise=exercise,
        provider=Provider.objects.get(organisation=people.organisations["charity"]),
        ground="urgency",
        justification="The shelter in the north area burnt down in the night. Twenty people need a"
        " place tonight, and no competition is possible before the spring.",
        how_value_was_tested="Compared with two contracts of the last three years.",
        value_gbp=Decimal("48000"),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + datetime.timedelta(days=150),
    )
    for name in (LEAD, APPROVER):
        actor = Actor.of(people.users[name])
        for provider in (None, *queries.bidders_of(actor, exercise)):
            commissioning.declare_in_exercise(
                actor=actor, exercise=exercise, provider=provider, has_interest=False
            )
    commissioning.send_direct_award(actor=lead, direct_award=row)
    return exercise


def evaluations(exercise: Exercise) -> list[LotEvaluation]:
    return list(LotEvaluation.objects.filter(exercise=exercise).order_by("lot_number"))


def _bids(evaluation: LotEvaluation) -> list[BidLot]:
    rows = BidLot.objects.filter(
        exercise=evaluation.exercise, lot_number=evaluation.lot_number
    ).select_related("provider__organisation")
    return sorted(rows, key=lambda row: str(row.provider))


def _rated(people: People, evaluation: LotEvaluation) -> list:
    lead = Actor.of(people.users[LEAD])
    model = queries.model_in_force(lead, evaluation.exercise)
    return [leaf for leaf in model.lot(evaluation.lot_number).leaves() if leaf.is_rated]


def score(
    people: People,
    evaluation: LotEvaluation,
    names: tuple[str, ...] = EVALUATORS,
    *,
    lock: bool = True,
) -> None:
    """Let the named evaluators score every bid, and lock."""
    for name in names:
        actor = Actor.of(people.users[name])
        for place, bid in enumerate(_bids(evaluation)):
            for number, leaf in enumerate(_rated(people, evaluation)):
                given = GIVEN[name][(place + number) % 4]
                actions.save_bid_rating(
                    actor=actor,
                    evaluation=evaluation,
                    bid_lot=bid,
                    criterion_key=leaf.key,
                    rating=Decimal(given),
                    rationale=f"The answer on “{leaf.title.lower()}” names who acts and in what"
                    f" time; the log that it describes supports a rating of {given}.",
                    strengths="A named manager answers for every step.",
                    shortcomings="" if given > 3 else "It does not say what happens on Sundays.",
                    seen_revision=0,
                )
        if lock:
            actions.lock_bid_ratings(actor=actor, evaluation=evaluation)


def agree(people: People, evaluation: LotEvaluation) -> None:
    """Let the chair record the consensus on every bid and criterion."""
    chair = Actor.of(people.users[CHAIR])
    for place, bid in enumerate(_bids(evaluation)):
        for number, leaf in enumerate(_rated(people, evaluation)):
            agreed = AGREED[(place + number) % 4]
            moves = {
                people.users[name].pk: "Read again together: the answer states this on its second"
                " page, or leaves it out."
                for name in EVALUATORS
                if GIVEN[name][(place + number) % 4] != agreed
            }
            actions.record_consensus(
                actor=chair,
                evaluation=evaluation,
                bid_lot=bid,
                criterion_key=leaf.key,
                rating=Decimal(agreed),
                reasons=f"The answer on “{leaf.title.lower()}” says who plans and who acts, and"
                " that changes are made known by four in the afternoon; this is decisive.",
                discussion="Evan pointed to the log; Edith to the telephone call the day before.",
                higher_score=""
                if agreed == 5
                else "Times for every day of the week, and who stands in for the named manager.",
                moves=moves,
                seen_revision=0,
            )


def sign(people: People, evaluation: LotEvaluation) -> None:
    """Put the record to the members, let all confirm, and sign it."""
    propose(people, evaluation)
    confirm_and_sign(people, evaluation)


def propose(people: People, evaluation: LotEvaluation) -> None:
    """Put the record to the members."""
    actions.propose_record(actor=Actor.of(people.users[CHAIR]), evaluation=evaluation)


def confirm_and_sign(people: People, evaluation: LotEvaluation) -> None:
    """Let every member confirm the record, and the chair sign it."""
    chair = Actor.of(people.users[CHAIR])
    sha256 = record_sha256(evaluation)
    for name in (CHAIR, *EVALUATORS):
        actions.confirm_record(
            actor=Actor.of(people.users[name]), evaluation=evaluation, sha256=sha256
        )
    actions.sign_quality(actor=chair, evaluation=evaluation)


def calculate(people: People, exercise: Exercise) -> None:
    """Open the prices and calculate."""
    exercises.open_bids(people, exercise, SealKind.PRICE)
    exercise.refresh_from_db()
    actions.calculate_result(actor=Actor.of(people.users[LEAD]), exercise=exercise)


def recommend(people: People, evaluation: LotEvaluation) -> None:
    actions.recommend_award(
        actor=Actor.of(people.users[LEAD]),
        evaluation=evaluation,
        recommendation="The tender with the highest total by the published method. No price looks"
        " too low, and nothing else stands against it.",
    )


def approve(people: People, evaluation: LotEvaluation) -> None:
    actions.approve_award(actor=Actor.of(people.users[APPROVER]), evaluation=evaluation)


def release(people: People, evaluation: LotEvaluation) -> None:
    """Enter every supplier's addresses and release the summaries."""
    lead = Actor.of(people.users[LEAD])
    for bid in _bids(evaluation):
        actions.edit_summary(
            actor=lead,
            evaluation=evaluation,
            bid_lot=bid,
            words={"address": "1 Market Place\nDoncaster", "email": "bids@example.org"},
            withheld={},
            seen_revision=0,
        )
    actions.release_summaries(actor=lead, evaluation=evaluation)


def give_notice(
    people: People, evaluation: LotEvaluation, number: str, exception: str = ""
) -> None:
    """Confirm the conflicts assessment again, and record the award notice of today."""
    exercises.confirm_assessment(people, evaluation.exercise)
    actions.record_award_notice(
        actor=Actor.of(people.users[LEAD]),
        evaluation=evaluation,
        number=number,
        published_on=timezone.localdate(),
        exception=exception,
    )


def enter(people: People, evaluation: LotEvaluation, on: datetime.date) -> None:
    actions.enter_contract(actor=Actor.of(people.users[LEAD]), evaluation=evaluation, entered_on=on)
