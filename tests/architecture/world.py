"""The demonstration, and a row of everything that it does not have."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import actions as people_actions
from accounts.access import Actor
from accounts.enums import InvitationState, JobState
from accounts.models import Invitation, Job, KeptText, Membership, Organisation
from commissioning import actions as commissioning
from commissioning import ocds
from commissioning.models import (
    AuditEngagement,
    OrganisationMatch,
    Procurement,
)
from principles import queries as library
from principles.actions import publish_value_set
from principles.models import ValueSet
from principles.value_files import ValueSetTerms, check_file
from providers.models import EvidenceItem
from scorecards import actions as judgement
from scorecards.demonstration import CAUTIOUS
from scorecards.models import Finding, Report, Scorecard
from tests.commissioning.samples import a_package, a_release

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
    _commissioning(world)
    _judgement(world)
    return world


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
    preview = commissioning.preview_notices(actor=priya, upload=upload)
    world.rows["import"] = commissioning.confirm_notices(
        actor=priya, upload=upload, confirmed_buyers=list(preview.buyers_to_confirm)
    ).run
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


def _judgement(world: World) -> None:
    rows, cards = world.rows, world.scorecards
    mei, today = world.actor("mei"), timezone.localdate()
    cards["small council's"] = judgement.create_scorecard(
        actor=mei,
        contract=rows["small contract"],
        provider=cards["submitted"].provider,
        editions=list(library.editions_in_force(mei, today)),
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
    rows["evidence"] = _evidence_of(cards["rating"], "code-of-conduct.pdf")
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
