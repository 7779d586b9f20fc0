"""What two people may do at once: one row for each, over the rows of ``world``.

A new action that changes a state gets a row here.
"""

import copy
import dataclasses
import datetime
import functools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts import actions as people
from accounts.access import Actor
from accounts.models import Invitation, MembershipRole
from commissioning import actions as commissioning
from commissioning import demonstration as exercises
from commissioning import queries as procurements
from commissioning.models import Clarification, DirectAward, Exercise, OpeningKey
from principles import actions as library
from providers import actions as answers
from providers.models import Provider, SelfAssessment
from scorecards import actions as judgement
from scorecards import demonstration_awards as evaluations
from scorecards.actions.consensus import record_sha256
from scorecards.models import LotEvaluation, Scorecard
from scorecards.scoring import DEFAULT_POLICY
from tests.architecture.world import World, sent_direct_award, with_sealed_bids
from tests.commissioning.samples import a_package, a_release
from tests.principles.samples import pack

Act = Callable[[World], object]
WHY = "It was decided so."
WRONG = "not the passphrase of anybody"


@dataclass(frozen=True)
class Race:
    """Two acts at once, by default the same one twice, after ``prepare`` alone.

    ``done`` says how many of the two succeed where the second comes after the first.
    """

    name: str
    first: Act
    second: Act | None = None
    prepare: Callable[[World], object] | None = None
    done: int = 1

    def __str__(self):
        return self.name


def newest(model):
    return model.objects.order_by("pk").last()


def lot_of(world: World, name: str) -> LotEvaluation:
    return LotEvaluation.objects.get(exercise=world.rows[name])


def card(world: World, name: str) -> Scorecard:
    return Scorecard.objects.select_related(
        "contract__commissioner__organisation", "provider__organisation", "request__self_assessment"
    ).get(pk=world.scorecards[name].pk)


# The ground floor


def invite(world: World):
    return people.invite_person(
        actor=world.actor("adam"),
        organisation=world.people.organisations["council"],
        email="wanted@council.example",
        full_name="Wanda Wanted",
        roles=["evaluator"],
    )


def two_administrators(world: World) -> None:
    place = world.people.users["anna"].memberships.get()
    MembershipRole.objects.create(membership=place, role="administrator")


def end_membership(by: str, of: str) -> Act:
    return lambda world: people.end_membership(
        actor=world.actor(by), membership=world.people.users[of].memberships.get()
    )


def stop_administering(by: str, of: str) -> Act:
    return lambda world: people.change_roles(
        actor=world.actor(by), membership=world.people.users[of].memberships.get(), roles=[]
    )


def invited_twice(world: World) -> None:
    """A newcomer with an open invitation of each council."""
    mei = world.actor("mei")
    people.invite_person(
        actor=mei,
        organisation=mei.organisation,
        email=world.rows["invitation"].email,
        full_name="Nia Newcomer",
        roles=["evaluator"],
    )


def accept(which: Callable[[World], Invitation]) -> Act:
    return lambda world: people.accept_invitation(
        actor=Actor.of(AnonymousUser()),
        invitation=which(world),
        full_name="Nia Newcomer",
        password="a long and quiet pass phrase",
    )


def the_invitation(world: World) -> Invitation:
    return world.rows["invitation"]


ACCOUNTS = (
    Race("invite a person", invite),
    Race("accept an invitation", accept(the_invitation)),
    Race(
        "accept the invitations of two bodies with a new address",
        accept(the_invitation),
        accept(lambda world: newest(Invitation)),
        prepare=invited_twice,
    ),
    Race(
        "withdraw an invitation",
        lambda world: people.withdraw_invitation(
            actor=world.actor("adam"), invitation=world.rows["invitation"]
        ),
    ),
    Race(
        "approve a further signatory",
        lambda world: people.approve_signatory(
            actor=world.actor("sam"), invitation=world.rows["waiting invitation"]
        ),
    ),
    Race(
        "two administrators end each other's membership",
        end_membership("adam", "anna"),
        end_membership("anna", "adam"),
        prepare=two_administrators,
    ),
    Race(
        "two administrators take each other's role",
        stop_administering("adam", "anna"),
        stop_administering("anna", "adam"),
        prepare=two_administrators,
    ),
    Race("end a membership", end_membership("adam", "evan")),
    Race(
        "confirm roles that were asked for",
        lambda world: people.confirm_roles(
            actor=world.actor("olive"), request=world.rows["role request"]
        ),
        lambda world: people.decline_roles(
            actor=world.actor("olive"), request=world.rows["role request"]
        ),
    ),
    Race(
        "shut an account",
        lambda world: people.shut_account(
            actor=world.actor("olive"), user=world.people.users["evan"], reason=WHY
        ),
    ),
)

# The yardstick


@functools.cache
def small_pack():
    return pack(Path(tempfile.mkdtemp()))


PRINCIPLES = (
    Race(
        "publish an edition of a framework",
        lambda world: library.publish_editions(actor=Actor.system("loader"), packs=[small_pack()]),
        done=2,
    ),
    Race(
        "withdraw a value set",
        lambda world: library.withdraw_value_set(
            actor=world.actor("priya"), value_set=world.rows["value set"]
        ),
    ),
    Race(
        "publish a policy",
        lambda world: judgement.publish_policy(
            actor=world.actor("olive"),
            policy=dataclasses.replace(DEFAULT_POLICY, label="2030"),
            in_force_from=datetime.date(2030, 1, 1),
        ),
        done=2,
    ),
)

# A procurement, from its design to the opening


def ready_exercise(world: World) -> None:
    exercise = exercises.design(world.people, "Visits in the night")
    exercises.staff(world.people, exercise)
    exercises.prepare_openers(world.people, exercise)
    exercises.confirm_assessment(world.people, exercise)


def publish(world: World):
    return commissioning.publish_exercise(
        actor=world.actor("priya"),
        exercise=newest(Exercise),
        notice_code="UK4",
        notice_number="2026/S 000-000077",
        notice_published_on=timezone.localdate(),
    )


def end_newest(world: World):
    return commissioning.end_exercise(
        actor=world.actor("priya"), exercise=newest(Exercise), reason=WHY
    )


def open_amendment(world: World):
    return commissioning.open_amendment(
        actor=world.actor("priya"), exercise=world.rows["open exercise"]
    )


def amended(world: World) -> None:
    exercise = open_amendment(world)
    commissioning.change_settings(
        actor=world.actor("priya"),
        exercise=exercise,
        tenders_due_at=exercise.tenders_due_at + datetime.timedelta(days=3),
    )


def publish_amendment(world: World):
    return commissioning.publish_amendment(
        actor=world.actor("priya"), exercise=world.rows["open exercise"], reason=WHY
    )


def sealed(world: World) -> None:
    with_sealed_bids(world, "Visits in the evening", "2026/S 000-000078")


def open_as(name: str, secret: str = exercises.PASSPHRASE, kind: str = "quality") -> Act:
    return lambda world: commissioning.act_as_opener(
        actor=world.actor(name),
        opening_key=OpeningKey.objects.get(
            exercise=newest(Exercise), kind=kind, is_rehearsal=False
        ),
        secret=secret,
    )


def first_part_done(world: World) -> None:
    sealed(world)
    open_as("priya")(world)


def one_guess_left(world: World) -> None:
    sealed(world)
    key = OpeningKey.objects.get(exercise=newest(Exercise), kind="quality", is_rehearsal=False)
    opener = key.exercise.openers.get(kind="quality", user=world.people.users["carl"])
    for _ in range(4):
        commissioning.record_failed_unlock(
            actor=world.actor("carl"), opening_key=key, opener=opener
        )


def save_part(world: World):
    part = world.rows["part of the firm's bid"]
    return commissioning.save_draft_part(
        actor=world.actor("cara"),
        bid=world.rows["firm's bid"],
        lot_number=part.lot_number,
        name=part.part,
        content={"text": "Each visit is planned with the resident.", "evidence": []},
        is_complete=False,
        seen_revision=part.revision,
    )


def name_member(world: World):
    return commissioning.name_member(
        actor=world.actor("priya"),
        exercise=world.rows["design exercise"],
        user=world.people.users["evan"],
        duty="evaluator",
    )


PROCUREMENTS = (
    Race("publish a procurement", publish, prepare=ready_exercise),
    Race("end a procurement", end_newest, prepare=ready_exercise),
    Race("publish and end a procurement", publish, end_newest, prepare=ready_exercise, done=2),
    Race("open an amendment", open_amendment),
    Race("publish an amendment", publish_amendment, prepare=amended),
    Race("name a member of the team", name_member),
    Race(
        "end a duty",
        lambda world: commissioning.end_member(
            actor=world.actor("priya"), member=world.rows["open member"]
        ),
    ),
    Race(
        "answer a question",
        lambda world: commissioning.answer_question(
            actor=world.actor("priya"),
            clarification=newest(Clarification),
            published_question="When are visits made?",
            answer="In the evening too.",
        ),
    ),
    Race(
        "start a bid",
        lambda world: commissioning.start_bid(
            actor=world.actor("nina"),
            exercise=world.rows["open exercise"],
            provider=Provider.objects.get(organisation=world.people.organisations["enterprise"]),
            lots=[1],
        ),
        done=2,
    ),
    Race("save a part of a bid", save_part),
    Race(
        "withdraw a bid",
        lambda world: commissioning.withdraw_bid(
            actor=world.actor("sam"), bid=world.rows["firm's bid"]
        ),
    ),
    Race("one opener, twice", open_as("priya"), prepare=sealed),
    Race("two openers", open_as("priya"), open_as("carl"), prepare=sealed, done=2),
    Race(
        "two openers, each as the second",
        open_as("carl"),
        open_as("anna"),
        prepare=first_part_done,
    ),
    Race("the last guess of a passphrase", open_as("carl", WRONG), prepare=one_guess_left, done=0),
)

# The evaluation of its bids, and the award


def scored(world: World) -> None:
    exercise = world.rows["opened exercise"]
    exercises.declare_about_bidders(world.people, exercise, exercises.EVALUATORS)
    evaluations.score(world.people, lot_of(world, "opened exercise"), lock=False)


def but_for_two(world: World) -> None:
    scored(world)
    lock_as("evan")(world)


def lock_as(name: str) -> Act:
    return lambda world: judgement.lock_bid_ratings(
        actor=world.actor(name), evaluation=lot_of(world, "opened exercise")
    )


def rate_bid(world: World):
    evaluation = lot_of(world, "opened exercise")
    actor = world.actor("evan")
    bid_lot = evaluation.exercise.bid_lots.order_by("pk").first()
    model = procurements.model_in_force(actor, evaluation.exercise)
    leaf = next(leaf for leaf in model.lot(1).leaves() if leaf.is_rated)
    return judgement.save_bid_rating(
        actor=actor,
        evaluation=evaluation,
        bid_lot=bid_lot,
        criterion_key=leaf.key,
        rating=Decimal(4),
        rationale="It names who acts.",
        seen_revision=0,
    )


def may_rate(world: World) -> None:
    exercise = world.rows["opened exercise"]
    exercises.declare_about_bidders(world.people, exercise, ("evan",))


def confirmed(world: World) -> None:
    """A lot whose record everybody has confirmed, and which waits for the chair."""
    sealed(world)
    exercise = newest(Exercise)
    exercises.open_bids(world.people, exercise)
    exercises.declare_about_bidders(world.people, exercise)
    (lot,) = evaluations.evaluations(exercise)
    evaluations.score(world.people, lot)
    evaluations.agree(world.people, lot)
    evaluations.propose(world.people, lot)
    for name in (exercises.CHAIR, *exercises.EVALUATORS):
        judgement.confirm_record(actor=world.actor(name), evaluation=lot, sha256=record_sha256(lot))


def sign_newest(world: World):
    return judgement.sign_quality(
        actor=world.actor("carl"), evaluation=evaluations.evaluations(newest(Exercise))[0]
    )


def prices_half_open(world: World) -> None:
    confirmed(world)
    sign_newest(world)
    open_as("priya", kind="price")(world)


def recommend(world: World):
    return judgement.recommend_award(
        actor=world.actor("priya"),
        evaluation=lot_of(world, "evaluated exercise"),
        recommendation="The highest total.",
    )


def approve(world: World):
    return judgement.approve_award(
        actor=world.actor("anna"), evaluation=lot_of(world, "evaluated exercise")
    )


def return_award(world: World):
    return judgement.return_award(
        actor=world.actor("anna"), evaluation=lot_of(world, "evaluated exercise"), reason=WHY
    )


def end_lot(world: World):
    return judgement.end_lot(
        actor=world.actor("priya"), evaluation=lot_of(world, "evaluated exercise"), reason=WHY
    )


def addressed(world: World) -> None:
    """An approved award whose summaries lack nothing any more."""
    recommend(world)
    approve(world)
    lot = lot_of(world, "evaluated exercise")
    for bid in lot.exercise.bid_lots.order_by("pk"):
        judgement.edit_summary(
            actor=world.actor("priya"),
            evaluation=lot,
            bid_lot=bid,
            words={"address": "1 Market Place\nDoncaster", "email": "bids@example.org"},
            withheld={},
            seen_revision=0,
        )


def release(world: World):
    return judgement.release_summaries(
        actor=world.actor("priya"), evaluation=lot_of(world, "evaluated exercise")
    )


def noticed(world: World) -> None:
    addressed(world)
    release(world)
    lot = lot_of(world, "evaluated exercise")
    evaluations.give_notice(world.people, lot, "2026/S 000-000079", exception="light_touch")


def enter(world: World):
    return judgement.enter_contract(
        actor=world.actor("priya"),
        evaluation=lot_of(world, "evaluated exercise"),
        entered_on=timezone.localdate(),
    )


def approve_direct(world: World):
    return commissioning.approve_direct_award(
        actor=world.actor("anna"), direct_award=newest(DirectAward)
    )


AWARDS = (
    Race("save a rating of a bid", rate_bid, prepare=may_rate),
    Race("lock one's ratings", lock_as("evan"), prepare=scored),
    Race(
        "the last two lock their ratings",
        lock_as("edith"),
        lock_as("elena"),
        prepare=but_for_two,
        done=2,
    ),
    Race("sign the consensus", sign_newest, prepare=confirmed),
    Race(
        "two openers of the prices, each as the second",
        open_as("carl", kind="price"),
        open_as("anna", kind="price"),
        prepare=prices_half_open,
    ),
    Race("recommend an award", recommend),
    Race("approve an award", approve, prepare=recommend),
    Race("approve and return an award", approve, return_award, prepare=recommend),
    Race("end a lot", end_lot),
    Race("recommend an award and end its lot", recommend, end_lot),
    Race("release the summaries", release, prepare=addressed),
    Race("enter into the contract", enter, prepare=noticed),
    Race("approve a direct award", approve_direct, prepare=sent_direct_award),
    Race(
        "make a document again",
        lambda world: judgement.retry_award_document(
            actor=world.actor("priya"), document=world.rows["conflicts paper"]
        ),
    ),
)

# Contracts, and who works on them


def import_file(world: World):
    release = a_release(ocid="ocds-b5fd17-ff09")
    for party in (release["buyer"], release["parties"][0]):
        party["name"] = world.people.organisations["council"].name
    return commissioning.stage_notices(
        actor=world.actor("priya"), file_name="new.json", content=a_package(release)
    )


def confirm_upload(world: World):
    return commissioning.confirm_notices(actor=world.actor("priya"), upload=world.rows["upload"])


def discard_upload(world: World):
    return commissioning.discard_notices(actor=world.actor("priya"), upload=world.rows["upload"])


def confirm_match(world: World):
    return commissioning.confirm_match(actor=world.actor("olive"), match=world.rows["match"])


def reject_match(world: World):
    return commissioning.reject_match(actor=world.actor("olive"), match=world.rows["match"])


def declare(world: World):
    return commissioning.declare_interest(
        actor=world.actor("evan"),
        contract=world.scorecards["draft"].contract,
        provider=world.scorecards["draft"].provider,
        has_interest=True,
        description="My sister works there.",
    )


def correct(world: World):
    contract = world.scorecards["draft"].contract
    return commissioning.correct_contract(
        actor=world.actor("priya"),
        contract=contract,
        field="title",
        value="Night shelter support",
        reason=WHY,
        seen=contract.title,
    )


def doubt(world: World):
    return commissioning.doubt_signatory(
        actor=world.actor("mei"), provider=world.scorecards["submitted"].provider, reason=WHY
    )


def withdraw_request(world: World):
    return commissioning.withdraw_request(
        actor=world.actor("priya"), request=card(world, "returned").request
    )


def submit_answers(world: World):
    return answers.submit_self_assessment(
        actor=world.actor("sam"),
        self_assessment=SelfAssessment.objects.get(
            pk=card(world, "returned").request.self_assessment_id
        ),
    )


CONTRACTS = (
    Race("upload a file of notices", import_file, done=2),
    Race("confirm an upload", confirm_upload),
    Race("confirm and discard an upload", confirm_upload, discard_upload),
    Race(
        "import again",
        lambda world: commissioning.retry_import(
            actor=world.actor("priya"), run=world.rows["failed import"]
        ),
    ),
    Race("confirm a match", confirm_match),
    Race("confirm and reject a match", confirm_match, reject_match),
    Race("declare an interest", declare, done=2),
    Race("correct a contract", correct),
    Race(
        "withdraw a correction",
        lambda world: commissioning.withdraw_correction(
            actor=world.actor("priya"), correction=world.rows["correction"]
        ),
    ),
    Race(
        "withdraw a link",
        lambda world: commissioning.withdraw_link(
            actor=world.actor("priya"), link=world.rows["council's link"]
        ),
    ),
    Race(
        "end an audit engagement",
        lambda world: commissioning.end_engagement(
            actor=world.actor("adam"), engagement=world.rows["engagement"]
        ),
    ),
    Race("doubt who signs", doubt),
    Race(
        "confirm who signs",
        lambda world: commissioning.confirm_signatory_as_operator(
            actor=world.actor("olive"), first=world.rows["first signatory"], reason=WHY
        ),
    ),
    Race(
        "decide a doubt",
        lambda world: commissioning.keep_signatory(
            actor=world.actor("olive"), doubt=world.rows["doubt"], reason=WHY
        ),
    ),
    Race("submit a self-assessment", submit_answers),
    Race("submit a self-assessment and withdraw its request", submit_answers, withdraw_request),
)

# A scorecard


def create_card(world: World):
    done = card(world, "signed off")
    return judgement.create_scorecard(
        actor=world.actor("priya"),
        contract=done.contract,
        provider=done.provider,
        editions=list(done.editions.all()),
        level=done.level,
    )


def rate(world: World):
    held = card(world, "rating")
    rating = held.ratings.order_by("pk").first()
    return judgement.save_rating(
        actor=world.actor("evan"),
        scorecard=held,
        criterion=rating.criterion,
        version=1,
        value=1,
        rationale="It does not say who answers for it.",
        evidence_strength="documented",
        found_where="Page 1",
        not_applicable_agreed=None,
    )


def sign_off(world: World):
    return judgement.sign_off(actor=world.actor("anna"), scorecard=card(world, "sent"))


def return_rating(world: World):
    return judgement.return_rating(
        actor=world.actor("anna"), scorecard=card(world, "sent"), reason=WHY
    )


def send(world: World):
    return judgement.send_for_approval(actor=world.actor("evan"), scorecard=card(world, "rating"))


SCORECARDS = (
    Race("create a scorecard", create_card),
    Race("save a rating", rate),
    Race("send for approval", send),
    Race("sign off", sign_off),
    Race("sign off and return", sign_off, return_rating),
    Race(
        "go on without an answer",
        lambda world: judgement.give_up_waiting(
            actor=world.actor("priya"), scorecard=card(world, "late")
        ),
    ),
    Race(
        "return the answers",
        lambda world: judgement.return_answers(
            actor=world.actor("priya"),
            scorecard=card(world, "submitted"),
            reason=WHY,
            due_on=timezone.localdate() + datetime.timedelta(days=9),
        ),
    ),
    Race(
        "take back a finding",
        lambda world: judgement.remove_finding(
            actor=world.actor("evan"), finding=copy.copy(world.rows["finding"])
        ),
    ),
    Race(
        "make a report again",
        lambda world: judgement.retry_report(
            actor=world.actor("evan"), report=world.rows["failed report"]
        ),
    ),
    Race(
        "keep a report that was made",
        lambda world: judgement.store_document(
            actor=Actor.system("worker"),
            report=world.rows["draft report"],
            pdf=b"%PDF-1.7 made up twice",
            versions=[],
        ),
        done=2,
    ),
)

RACES = (*ACCOUNTS, *PRINCIPLES, *PROCUREMENTS, *AWARDS, *CONTRACTS, *SCORECARDS)
