"""The demonstration, and a row of everything that it does not have."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine

from django.utils import timezone

from accounts import actions as people_actions
from accounts.access import Actor
from accounts.enums import InvitationState, JobState
from accounts.models import (
    Invitation,
    Job,
    KeptText,
    Membership,
    Organisation,
    RoleRequest,
    User,
)
from commissioning import actions as commissioning
from commissioning import demonstration as exercises
from commissioning import ocds
from commissioning import queries as procurements
from commissioning.models import (
    AuditEngagement,
    BidCommitment,
    BidPrice,
    ConfirmationCode,
    DirectAward,
    Exercise,
    OrganisationMatch,
    Procurement,
    SetAsideEnvelope,
)
from config.tasks import sign_trail_head
from principles import queries as library
from principles.actions import publish_value_set
from principles.models import ValueSet
from principles.value_files import ValueSetTerms, check_file
from providers.models import EvidenceItem, Provider
from scorecards import actions as judgement
from scorecards import demonstration_awards as evaluations
from scorecards.demonstration import CAUTIOUS
from scorecards.models import AwardDocument, Finding, Report, Scorecard
from tests.commissioning.samples import a_package, a_release, confirmed
from tests.providers.samples import handled

SECRET = "the-secret-of-an-invitation-link"


@dataclass(frozen=True)
class World:
    """The people, the scorecards by where they stand, and one named row of each other kind."""

    people: Any
    scorecards: dict[str, Scorecard]
    rows: dict[str, Any]

    def actor(self, name: str) -> Actor:
        return Actor.of(self.people.users[name])


def fill(demonstration) -> World:
    """Add, through the actions that people use, what the demonstration lacks."""
    rows: dict[str, Any] = {}
    world = World(demonstration.people, dict(demonstration.scorecards), rows)
    _people(world)
    _library(world)
    _notices(world)
    _signatories(world)
    _commissioning(world)
    _design(world)
    _bidding(world)
    _opened(world)
    _evaluated(world)
    _awarded(world)
    _direct_award(world)
    _judgement(world)
    _chain()
    return world


def _chain() -> None:
    """The trail so far, chained, and its head signed."""
    sign_trail_head()


def _people(world: World) -> None:
    rows, users = world.rows, world.people.users
    council, firm = (world.people.organisations[key] for key in ("council", "firm"))
    rows["invitation"] = people_actions.invite_person(
        actor=world.actor("adam"),
        organisation=council,
        email="newcomer@council.example",
        full_name="Nia Newcomer",
        roles=["evaluator"],
    )
    Invitation.objects.filter(pk=rows["invitation"].pk).update(
        secret_sha256=hashlib.sha256(SECRET.encode()).hexdigest()
    )
    now = timezone.now()
    rows["role request"] = RoleRequest.objects.create(
        membership=users["adam"].memberships.get(), roles=["evaluator"], asked_at=now
    )
    rows["shut account"] = User.objects.create_user(
        "left@council.example",
        full_name="Lena Left",
        is_active=False,
        shut_at=now,
        shut_by=users["olive"],
        shut_reason="Left",
    )
    rows["waiting invitation"] = Invitation.objects.create(
        organisation=firm,
        email="second@firm.example",
        full_name="Sidney Second",
        roles=["signatory"],
        state=InvitationState.AWAITING_APPROVAL,
        invited_by=users["sam"],
        invited_at=now,
        expires_at=now + timedelta(days=14),
    )
    rows["kept text"] = KeptText.objects.create(
        user=users["evan"], path="/somewhere/", fields={"rationale": ["Typed"]}, kept_at=now
    )
    for name in ("evan", "cara"):
        rows[f"membership of {name}"] = Membership.objects.get(user=users[name])


def _library(world: World) -> None:
    priya = world.actor("priya")
    edition = library.editions_with_measures(priya).get()
    measures = library.known_measures(priya, edition)
    measure = next(row for row in measures if row.value_basis == "fixed")
    checked = check_file(
        "measure,unit,value_gbp,locality,source,date\n"
        f'{measure.code},"{measure.unit}",12.50,,A table,2026-01-31\n'.encode(),
        measures,
    )
    terms = ValueSetTerms.from_plain(
        {
            "title": "Values of the council",
            "label": "2026",
            "licence": "Its own.",
            "in_force_from": "2026-01-01",
            "gross_of_deadweight": False,
            "is_illustrative": False,
        }
    )
    world.rows["edition"] = edition
    world.rows["value set"] = publish_value_set(
        actor=priya, owner=priya.organisation, edition=edition, terms=terms, rows=checked.rows
    ).value_set
    world.rows["illustrative set"] = ValueSet.objects.get(is_illustrative=True)


def _notices(world: World) -> None:
    priya, council = world.actor("priya"), world.people.organisations["council"]

    def notice(ocid: str) -> bytes:
        release = a_release(ocid=ocid)
        for party in (release["buyer"], release["parties"][0]):
            party["name"] = council.name
        return a_package(release)

    world.rows["upload"] = commissioning.stage_notices(
        actor=priya, file_name="waiting.json", content=notice("ocds-b5fd17-bb02")
    )
    upload = commissioning.stage_notices(
        actor=priya, file_name="notices.json", content=notice("ocds-b5fd17-aa01")
    )
    world.rows["import"] = confirmed(priya, upload)
    again = commissioning.stage_notices(
        actor=priya, file_name="failed.json", content=notice("ocds-b5fd17-dd04")
    )
    world.rows["failed import"] = commissioning.confirm_notices(actor=priya, upload=again)
    Job.objects.filter(pk=world.rows["failed import"].job_id).update(
        state=JobState.FAILED, finished_at=timezone.now(), error="It failed."
    )
    world.rows["procurement"] = Procurement.objects.get(ocid="ocds-b5fd17-aa01")
    world.rows["command's import"] = commissioning.import_notices(
        actor=Actor.system("importer"),
        files=[ocds.read_file("other.json", a_package(a_release(ocid="ocds-b5fd17-cc03")))],
    ).run
    world.rows["match"] = OrganisationMatch.objects.create(
        organisation=Organisation.objects.create(
            name="Aldergate Care Services", acts_as_provider=True, is_reference_row=True
        ),
        candidate=world.people.organisations["firm"],
        proposed_at=timezone.now(),
    )


def _signatories(world: World) -> None:
    """A first signatory whom the council alone named, a code that was sent, and a doubt."""
    rows, priya = world.rows, world.actor("priya")
    supplier = rows["procurement"].contracts.get().parties.get().provider
    rows["first signatory"] = commissioning.name_first_signatory(
        actor=priya, provider=supplier, email="kim@brightwater.example", full_name="Kim Lee"
    )
    now = timezone.now()
    ConfirmationCode.objects.create(
        first=rows["first signatory"],
        address="office@brightwater.example",
        code_hash="0" * 64,
        sent_at=now,
        sent_by=priya.user,
        expires_at=now + timedelta(hours=24),
    )
    rows["doubt"] = commissioning.doubt_signatory(
        actor=priya, provider=world.scorecards["rating"].provider, reason="Somebody else signs."
    )


def _commissioning(world: World) -> None:
    rows = world.rows
    contract = world.scorecards["rating"].contract
    rows["correction"] = commissioning.correct_contract(
        actor=world.actor("priya"),
        contract=contract,
        field="title",
        value="Extra care housing support in the south",
        reason="The notice says so.",
        seen=contract.title,
    )
    contract.refresh_from_db()
    submitted = world.scorecards["submitted"]
    rows["interest"] = commissioning.declare_interest(
        actor=world.actor("edith"),
        contract=submitted.contract,
        provider=submitted.provider,
        has_interest=True,
        description="My sister works there.",
    )
    rows["engagement"] = AuditEngagement.objects.get()
    mei = world.actor("mei")
    rows["small contract"] = commissioning.create_contract(
        actor=mei,
        title="Parish hall cleaning",
        description="",
        providers=[submitted.provider],
        value_gbp=None,
        starts_on=None,
        ends_on=None,
        awarded_on=None,
    )
    commissioning.set_level(actor=mei, contract=rows["small contract"], answers=CAUTIOUS)
    call_off = {"ocid": "ocds-b5fd17-aa01", "reason": "Call-off 12 of lot 1."}
    rows["link to council"] = commissioning.state_link(
        actor=mei,
        contract=rows["small contract"],
        publisher_name=world.people.organisations["council"].name,
        **call_off,
    )
    rows["council's link"] = commissioning.state_link(
        actor=world.actor("priya"),
        contract=contract,
        publisher_name="Crown Commercial Service",
        **(call_off | {"ocid": "ocds-h6vhtk-0ccs01"}),
    )


def _design(world: World) -> None:
    """A procurement that is being designed, from the imported notice: one row of each part."""
    rows, priya = world.rows, world.actor("priya")
    exercise = commissioning.start_exercise(
        actor=priya,
        commissioner=rows["procurement"].buyer,
        procurement=rows["procurement"],
        kind="competition",
        regime="procurement_act_2023",
    )
    lot = exercise.lots.get()
    standards = list(library.criteria_of_editions(priya, library.editions(priya))[:2])
    rows["design exercise"] = exercise
    rows["design scale"] = commissioning.add_ready_scale(actor=priya, exercise=exercise)
    rows["design criterion"] = commissioning.add_criterion(
        actor=priya,
        lot=lot,
        kind="quality",
        title="Hours of cleaning",
        weight_percent=60,
        scale=rows["design scale"],
        draws_on=standards,
    )
    measures = library.measures_of(priya, rows["edition"])[:2]
    commissioning.add_social_value_measures(
        actor=priya, lot=lot, measures=measures, weight_percent=40, target_gbp=10_000
    )
    rows["design condition"] = commissioning.add_ethics_conditions(
        actor=priya, exercise=exercise, criteria=standards[:1]
    )[0]
    rows["design term"] = commissioning.add_ethics_terms(
        actor=priya, exercise=exercise, criteria=standards[1:]
    )[0]
    commissioning.invite_provider(
        actor=priya, exercise=exercise, provider=world.scorecards["submitted"].provider
    )


def _bidding(world: World) -> None:
    """An exercise that is open, with the firm's bid handed in and the charity's draft."""
    rows, people = world.rows, world.people
    for key in exercises.SIGNATORIES:
        Provider.objects.get_or_create(organisation=people.organisations[key])
    exercise = exercises.design(people, "Visits at home")
    exercises.staff(people, exercise)
    exercises.prepare_openers(people, exercise)
    exercise = exercises.publish(people, exercise, "2026/S 000-000001")
    rows["open exercise"] = exercise
    rows["firm's bid"] = exercises.bid(people, exercise, exercises.OFFERS[0])
    rows["charity's bid"] = exercises.bid(people, exercise, exercises.OFFERS[1], hand_in=False)
    part = rows["firm's bid"].draft_parts.filter(part__startswith="answer-").first()
    rows["part of the firm's bid"] = part
    commissioning.hold_part(
        actor=world.actor("sam"),
        bid=rows["firm's bid"],
        lot_number=part.lot_number,
        name=part.part,
        user=people.users["cara"],
    )
    rows["open member"] = exercise.members.get(duty="evaluator", user=people.users["evan"])
    rows["open opening key"] = exercise.opening_keys.get(kind="quality", is_rehearsal=False)
    commissioning.record_failed_unlock(
        actor=world.actor("priya"),
        opening_key=rows["open opening key"],
        opener=exercise.openers.get(kind="quality", user=people.users["priya"]),
    )
    commissioning.ask_question(
        actor=world.actor("sam"),
        exercise=exercise,
        provider=rows["firm's bid"].provider,
        question="May visits be made in the evening?",
    )


def with_sealed_bids(world: World, title: str, notice_number: str) -> Exercise:
    """An exercise whose deadline has passed, with the bids of the firm and the charity sealed."""
    people, now = world.people, timezone.now()
    with time_machine.travel(now - timedelta(days=40), tick=False):
        exercise = exercises.design(people, title)
        exercises.staff(people, exercise)
        exercises.prepare_openers(people, exercise)
        exercise = exercises.publish(people, exercise, notice_number)
        for offer in exercises.OFFERS[:2]:
            exercises.bid(people, exercise, offer)
    return exercise


def _with_opened_bids(world: World, title: str, notice_number: str) -> Exercise:
    exercise = with_sealed_bids(world, title, notice_number)
    exercises.open_bids(world.people, exercise)
    return exercise


def _opened(world: World) -> None:
    """An exercise whose deadline has passed and whose bids are opened, as far as rows go."""
    rows = world.rows
    exercise = _with_opened_bids(world, "Meals at home", "2026/S 000-000002")
    rows["opened exercise"] = exercise
    rows["opened declaration"] = commissioning.declare_in_exercise(
        actor=world.actor("carl"),
        exercise=exercise,
        provider=None,
        has_interest=True,
        description="My brother cooks for one of those who may bid.",
    )
    bid_lot = exercise.bid_lots.order_by("pk").first()
    BidPrice.objects.create(bid_lot=bid_lot, amount_gbp=1, opened_at=timezone.now())
    BidCommitment.objects.create(
        bid_lot=bid_lot,
        criterion_key="made-up",
        measure=rows["edition"].measures.first(),
        quantity=1,
    )
    SetAsideEnvelope.objects.create(
        submission=bid_lot.submission,
        lot_number=bid_lot.lot_number,
        kind="price",
        cause="unfit",
        reason="The price is not a text in digits.",
        at=timezone.now(),
    )


def _evaluated(world: World) -> None:
    """An exercise that was scored, moderated, signed and calculated, with one bid that was taken
    out, excluded and brought back, and asked about its price.
    """
    rows, people = world.rows, world.people
    exercise = _with_opened_bids(world, "Transport to clinics", "2026/S 000-000004")
    exercises.declare_about_bidders(people, exercise)
    (lot,) = evaluations.evaluations(exercise)
    bid_lot = exercise.bid_lots.order_by("label").first()
    for standing in ("conditions_not_met", "eligible"):
        judgement.set_standing(
            actor=world.actor("priya"),
            evaluation=lot,
            bid_lot=bid_lot,
            standing=standing,
            ground="Condition 1",
            reason="A certificate was missing, and was found.",
        )
    judgement.exclude_supplier(
        actor=world.actor("priya"),
        evaluation=lot,
        bid_lot=bid_lot,
        ground_code="insolvency",
        about="supplier",
        circumstances="continuing",
        circumstances_reason="A petition stood in the register.",
        asked_on=timezone.localdate(),
        representations="It said that the petition is another firm's.",
        reason="Its own account had not come yet.",
    )
    judgement.set_standing(
        actor=world.actor("priya"),
        evaluation=lot,
        bid_lot=bid_lot,
        standing="eligible",
        ground="Schedule 7",
        reason="The petition was another firm's.",
    )
    evaluations.score(people, lot)
    evaluations.agree(people, lot)
    evaluations.sign(people, lot)
    evaluations.calculate(people, exercise)
    inquiry = judgement.ask_about_low_price(
        actor=world.actor("priya"),
        evaluation=lot,
        bid_lot=bid_lot,
        question="How do you pay the wages?",
        asked_on=timezone.localdate(),
    )
    judgement.decide_about_low_price(
        actor=world.actor("priya"),
        evaluation=lot,
        inquiry=inquiry,
        answer="It gave its rota and its wages.",
        answered_on=timezone.localdate(),
        can_perform=True,
        reason="The wages are above the legal minimum.",
    )
    rows["evaluated exercise"] = exercise
    rows["evaluated assessment"] = exercise.conflicts_assessments.order_by("pk").last()


def _awarded(world: World) -> None:
    """An exercise whose contract was entered into, with every kind of document that is asked for.

    It is light-touch, so that nobody waits for a standstill.
    """
    rows, people, priya = world.rows, world.people, world.actor("priya")
    exercise = _with_opened_bids(world, "Company for carers", "2026/S 000-000005")
    exercises.declare_about_bidders(people, exercise)
    (lot,) = evaluations.evaluations(exercise)
    evaluations.score(people, lot)
    evaluations.agree(people, lot)
    evaluations.sign(people, lot)
    evaluations.calculate(people, exercise)
    evaluations.recommend(people, lot)
    evaluations.approve(people, lot)
    evaluations.release(people, lot)
    evaluations.give_notice(people, lot, "2026/S 000-000006", exception="light_touch")
    evaluations.enter(people, lot, timezone.localdate())
    rows["awarded exercise"] = exercise
    rows["firm's letter"] = AwardDocument.objects.get(
        exercise=exercise, bid_lot__provider__organisation=people.organisations["firm"]
    )
    rows["report on award"] = judgement.request_evaluation_report(actor=priya, evaluation=lot)
    rows["ethics schedule"] = judgement.request_ethics_schedule(actor=priya, exercise=exercise)
    rows["conflicts paper"] = judgement.request_conflicts_document(
        actor=priya, assessment=exercise.conflicts_assessments.order_by("pk").last()
    )
    for name in ("firm's letter", "ethics schedule"):
        judgement.store_award_document(
            actor=Actor.system("worker"),
            document=rows[name],
            pdf=f"%PDF-1.7 made up: {name}".encode(),
            versions=[],
        )
    Job.objects.filter(pk=rows["conflicts paper"].job_id).update(
        state=JobState.FAILED, finished_at=timezone.now(), error="It failed."
    )


def sent_direct_award(world: World) -> DirectAward:
    """An award without competition that waits for its approval."""
    priya = world.actor("priya")
    exercise = commissioning.start_exercise(
        actor=priya,
        commissioner=world.rows["procurement"].buyer,
        kind="direct_award",
        title="Emergency night shelter",
        regime="procurement_act_2023",
    )
    commissioning.name_member(
        actor=priya, exercise=exercise, user=world.people.users["anna"], duty="approver"
    )
    commissioning.add_ethics_terms(
        actor=priya,
        exercise=exercise,
        criteria=library.criteria_of_editions(priya, library.editions(priya))[:1],
    )
    today = timezone.localdate()
    row = commissioning.write_direct_award(
        actor=priya,
        exercise=exercise,
        provider=Provider.objects.get(organisation=world.people.organisations["charity"]),
        ground="urgency",
        justification="The shelter burnt down last night.",
        how_value_was_tested="Compared with two earlier contracts.",
        value_gbp=Decimal("48000"),
        starts_on=today,
        ends_on=today + timedelta(days=180),
    )
    for name in ("priya", "anna"):
        actor = world.actor(name)
        for provider in (None, *procurements.bidders_of(actor, exercise)):
            commissioning.declare_in_exercise(
                actor=actor, exercise=exercise, provider=provider, has_interest=False
            )
    return commissioning.send_direct_award(actor=priya, direct_award=row)


def _direct_award(world: World) -> None:
    """An award without competition, on its whole way to a contract."""
    priya, today = world.actor("priya"), timezone.localdate()
    row = sent_direct_award(world)
    row = commissioning.approve_direct_award(actor=world.actor("anna"), direct_award=row)
    exercises.confirm_assessment(world.people, row.exercise)
    row = commissioning.record_transparency_notice(
        actor=priya, direct_award=row, number="2026/S 000-000003", published_on=today
    )
    commissioning.enter_direct_award(actor=priya, direct_award=row, entered_on=today)
    world.rows["direct award"] = row.exercise


def _judgement(world: World) -> None:
    rows, cards = world.rows, world.scorecards
    mei, today = world.actor("mei"), timezone.localdate()
    cards["small council's"] = judgement.create_scorecard(
        actor=mei,
        contract=rows["small contract"],
        provider=cards["submitted"].provider,
        editions=list(library.editions_to_assess(mei, today)),
        level="core",
    )
    final = Report.objects.get(scorecard=cards["signed off"])
    judgement.store_document(
        actor=Actor.system("worker"), report=final, pdf=b"%PDF-1.7 made up", versions=[]
    )
    rows["final report"] = final
    for key, state in (("draft report", None), ("failed report", JobState.FAILED)):
        rows[key] = judgement.request_report(actor=world.actor("evan"), scorecard=cards["rating"])
        if state:
            Job.objects.filter(pk=rows[key].job_id).update(
                state=state, finished_at=timezone.now(), error="It failed."
            )
    rows["finding"] = Finding.objects.get(scorecard=cards["rating"])
    rows["evidence"] = handled(_evidence_of(cards["rating"], "code-of-conduct.pdf"))
    rows["open evidence"] = EvidenceItem.objects.create(
        organisation=world.people.organisations["firm"],
        kind="link",
        title="Not used yet",
        url="https://www.example.org/",
        received_at=timezone.now(),
        uploaded_by=world.people.users["cara"],
    )


def _evidence_of(scorecard: Scorecard, file_name: str) -> EvidenceItem:
    return EvidenceItem.objects.get(
        organisation=scorecard.provider.organisation, file_name=file_name
    )
