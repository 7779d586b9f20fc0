"""Reads about notices, contracts, requests and engagements."""

from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor, Role
from accounts.home import CHANGED, LATE, MOST_ITEMS, NEEDS_ME, Item
from accounts.models import Organisation
from commissioning.enums import ExerciseState
from commissioning.models import (
    AssessmentRequest,
    AuditEngagement,
    BidAnswer,
    BidLot,
    Commissioner,
    CommissionerAnswer,
    Contract,
    ContractParty,
    HandCorrection,
    ImportRun,
    InterestDeclaration,
    NoticeUpload,
    OcdsRelease,
    OrganisationMatch,
    Procurement,
)
from principles.enums import AnsweredBy
from principles.models import Criterion
from providers.enums import HANDED_IN, SelfAssessmentState
from providers.models import (
    AnswerEvidence,
    EvidenceItem,
    MeasureAnswerEvidence,
    Provider,
    SelfAssessment,
)

OFFERED_PROVIDERS = 20


def commissioner_of(viewer: Actor) -> Commissioner | None:
    """The commissioning profile of the organisation that the viewer acts for."""
    return (
        Commissioner.objects.visible_to(viewer)
        .filter(organisation=viewer.organisation)
        .select_related("organisation")
        .first()
    )


def import_runs(viewer: Actor) -> QuerySet[ImportRun]:
    """The imports that the viewer may read, newest first, without their lists."""
    rows = ImportRun.objects.visible_to(viewer).select_related("started_by", "job")
    return rows.defer("report", "records")


def import_run(viewer: Actor, reference: str) -> ImportRun | None:
    """One import with its lists and its job."""
    rows = ImportRun.objects.visible_to(viewer).select_related("job", "organisation")
    return rows.filter(reference=reference).first()


def uploads(viewer: Actor) -> QuerySet[NoticeUpload]:
    """The files that wait for confirmation in the viewer's organisation, without their bytes."""
    rows = NoticeUpload.objects.visible_to(viewer).waiting()
    return rows.defer("content").select_related("uploaded_by")


def upload(viewer: Actor, reference: str) -> NoticeUpload | None:
    """One waiting file with its bytes."""
    rows = NoticeUpload.objects.visible_to(viewer).waiting()
    return rows.filter(reference=reference).select_related("organisation", "uploaded_by").first()


def procurements(viewer: Actor) -> QuerySet[Procurement]:
    """The procurements that the viewer may see, with their buyers."""
    return Procurement.objects.visible_to(viewer).select_related("buyer__organisation")


def procurement(viewer: Actor, reference: str) -> Procurement | None:
    """One procurement with lots, criteria and the contracts that came of it."""
    seen = Contract.objects.visible_to(viewer).order_by("title", "pk")
    return (
        procurements(viewer)
        .filter(reference=reference)
        .prefetch_related("lots", "criteria__lot", Prefetch("contracts", seen))
        .first()
    )


def releases_of(viewer: Actor, procurement: Procurement) -> QuerySet[OcdsRelease]:
    """The raw releases behind a procurement, oldest first, without their bodies."""
    return OcdsRelease.objects.visible_to(viewer).filter(procurement=procurement).defer("body")


def contracts(viewer: Actor) -> QuerySet[Contract]:
    """The contracts that the viewer may see, with commissioner and parties."""
    parties = ContractParty.objects.select_related("provider__organisation")
    return (
        Contract.objects.visible_to(viewer)
        .select_related("commissioner__organisation")
        .prefetch_related(Prefetch("parties", parties))
    )


def contract(viewer: Actor, reference: str) -> Contract | None:
    """One contract with what its page shows."""
    corrections = HandCorrection.objects.select_related("corrected_by", "replaced_by")
    return (
        contracts(viewer)
        .filter(reference=reference)
        .select_related("procurement", "level_set_by")
        .prefetch_related(Prefetch("corrections", corrections), "carried_terms__measure")
        .first()
    )


def contracts_to_name(viewer: Actor) -> QuerySet[Contract]:
    """The contracts of the administrator's own commissioner, for naming them in an engagement."""
    if not viewer.has(Role.ADMINISTRATOR):
        return Contract.objects.none()
    return Contract.objects.filter(commissioner__organisation=viewer.organisation)


def correction(viewer: Actor, contract: Contract, pk: int) -> HandCorrection | None:
    """A correction that stands, of a contract that the viewer has been shown."""
    return contract.corrections.filter(pk=pk, replaced_at=None).first()


def providers_like(viewer: Actor, words: str, chosen=()) -> QuerySet[Provider]:
    """Providers whose name holds the words, at most twenty, and those already chosen."""
    rows = Provider.objects.visible_to(viewer)
    keys = list(chosen)
    if words.strip():
        found = rows.filter(organisation__name__icontains=words.strip())
        keys += list(found.values_list("pk", flat=True)[:OFFERED_PROVIDERS])
    return rows.filter(pk__in=keys).select_related("organisation")


def matches(viewer: Actor) -> QuerySet[OrganisationMatch]:
    """The questions whether two organisations are one, with the numbers that each has."""
    return (
        OrganisationMatch.objects.visible_to(viewer)
        .select_related("organisation", "candidate", "decided_by")
        .prefetch_related("organisation__identifiers", "candidate__identifiers")
    )


def commissioners_concerned(viewer: Actor, match: OrganisationMatch) -> set[int]:
    """The organisations (keys) of all commissioners whose rows a confirmation would move or
    join.
    """
    both = [match.organisation_id, match.candidate_id]
    parties = ContractParty.objects.filter(provider__organisation__in=both)
    bought = Contract.objects.filter(commissioner__organisation__in=both)
    processes = Procurement.objects.filter(buyer__organisation__in=both)
    found = set(parties.values_list("contract__commissioner__organisation", flat=True))
    found |= set(bought.values_list("commissioner__organisation", flat=True))
    found |= set(processes.values_list("buyer__organisation", flat=True))
    return found


def engagements(viewer: Actor) -> QuerySet[AuditEngagement]:
    """The engagements that the viewer gives or reads under, newest first."""
    return (
        AuditEngagement.objects.visible_to(viewer)
        .select_related("assurance_body", "commissioner__organisation", "made_by", "ended_by")
        .prefetch_related("contracts")
    )


def given_engagements(viewer: Actor) -> QuerySet[AuditEngagement]:
    """The engagements of the administrator's own commissioner."""
    return engagements(viewer).filter(commissioner__organisation=viewer.organisation)


def assurance_bodies(viewer: Actor) -> QuerySet[Organisation]:
    """The organisations that can be given an engagement."""
    return Organisation.objects.visible_to(viewer).filter(acts_as_assurer=True)


def requests(viewer: Actor) -> QuerySet[AssessmentRequest]:
    """The requests of the cases that the viewer sees, and those made to their own provider."""
    return AssessmentRequest.objects.visible_to(viewer).select_related(
        "contract__commissioner__organisation",
        "provider__organisation",
        "self_assessment",
        "made_by",
    )


def request_of(viewer: Actor, reference: str) -> AssessmentRequest | None:
    """One request with its editions and versions."""
    return (
        requests(viewer)
        .filter(reference=reference)
        .prefetch_related("editions__framework", "versions")
        .first()
    )


def self_assessments_to_read(viewer: Actor) -> Q:
    """Which self-assessments of others the viewer may read: submitted ones of their cases."""
    versions = AssessmentRequest.versions.through.objects.filter(
        assessmentrequest__in=AssessmentRequest.objects.visible_to(viewer)
    )
    return Q(
        pk__in=versions.values("selfassessment"),
        state__in=HANDED_IN,
    )


def evidence_to_read(viewer: Actor) -> Q:
    """Which evidence of others the viewer may read: what stands behind those answers, and behind
    the opened bids that they judge.
    """
    read = SelfAssessment.objects.filter(self_assessments_to_read(viewer))
    answers = AnswerEvidence.objects.filter(answer__self_assessment__in=read)
    figures = MeasureAnswerEvidence.objects.filter(answer__self_assessment__in=read)
    commissioner = CommissionerAnswer.evidence.through.objects.filter(
        commissioneranswer__in=CommissionerAnswer.objects.visible_to(viewer)
    )
    of_bids = BidAnswer.evidence.through.objects.filter(
        bidanswer__in=BidAnswer.objects.visible_to(viewer)
    )
    return (
        Q(pk__in=answers.values("item"))
        | Q(pk__in=of_bids.values("evidenceitem"))
        | Q(pk__in=figures.values("item"))
        | Q(pk__in=commissioner.values("evidenceitem"))
    )


def hides_owner(viewer: Actor, item: EvidenceItem) -> bool:
    """Whether the item stands in a bid that the viewer judges without the bidder's name."""
    return (
        BidLot.objects.visible_to(viewer)
        .filter(
            answers__evidence=item,
            exercise__names_hidden=True,
            exercise__state=ExerciseState.QUALITY_OPENED,
        )
        .exists()
    )


def criteria_for_commissioner(viewer: Actor, request: AssessmentRequest) -> QuerySet[Criterion]:
    """The criteria of a request that the commissioner answers about itself, in reading order."""
    return (
        Criterion.objects.visible_to(viewer)
        .at_level(request.level)
        .filter(edition__in=request.editions.all(), answered_by=AnsweredBy.COMMISSIONER)
        .select_related("edition__framework", "parent__parent")
        .order_by("edition__framework__title", "edition_id", "position")
    )


def commissioner_answers(
    viewer: Actor, request: AssessmentRequest
) -> dict[int, CommissionerAnswer]:
    """The commissioner's answers to a request by the key of their criterion."""
    rows = (
        CommissionerAnswer.objects.visible_to(viewer)
        .filter(request=request)
        .select_related("updated_by")
        .prefetch_related(Prefetch("evidence", EvidenceItem.objects.select_related("handling")))
    )
    return {row.criterion_id: row for row in rows}


def declarations(viewer: Actor) -> QuerySet[InterestDeclaration]:
    """The declarations that the viewer may read, newest first."""
    return InterestDeclaration.objects.visible_to(viewer).select_related(
        "contract__commissioner__organisation", "provider__organisation", "user", "resolved_by"
    )


def own_declaration(
    viewer: Actor, contract: Contract, provider: Provider
) -> InterestDeclaration | None:
    """The viewer's current declaration for this case."""
    rows = InterestDeclaration.objects.visible_to(viewer).current()
    return rows.filter(contract=contract, provider=provider, user=viewer.user).first()


def home_items(viewer: Actor) -> list[Item]:
    """What a commissioner's people have to do here, what is late, what changed."""
    items: list[Item] = []
    if viewer.has(Role.CONTRACT_MANAGER, Role.APPROVER):
        waiting = declarations(viewer).unresolved().exclude(user=viewer.user)
        items += [
            Item(
                NEEDS_ME,
                f"Decide about an interest of {row.user.full_name}",
                reverse("commissioning:interest-resolve", args=[row.pk]),
                row.made_at,
                row.contract.title,
            )
            for row in waiting[:MOST_ITEMS]
        ]
    if viewer.has(Role.CONTRACT_MANAGER):
        late = (
            requests(viewer)
            .open()
            .filter(
                self_assessment__state=SelfAssessmentState.DRAFTING, due_on__lt=timezone.localdate()
            )
        )
        items += [
            Item(
                LATE,
                f"No self-assessment yet from {row.provider}",
                reverse("commissioning:request-detail", args=[row.reference]),
                row.due_on,
                row.contract.title,
            )
            for row in late.order_by("due_on")[:MOST_ITEMS]
        ]
    if viewer.has(Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD):
        number = OrganisationMatch.objects.visible_to(viewer).to_decide().count()
        if number:
            text = f"{number} question{'' if number == 1 else 's'} about organisations of one name"
            items.append(Item(NEEDS_ME, text, reverse("commissioning:match-list")))
        recent = timezone.now() - timedelta(days=30)
        items += [
            Item(
                CHANGED,
                f"Notices imported: {run.created_count} new, {run.updated_count} updated",
                reverse("commissioning:import-detail", args=[run.reference]),
                run.finished_at,
            )
            for run in import_runs(viewer).filter(finished_at__gte=recent)[:MOST_ITEMS]
        ]
    return items
