"""Reads about scorecards, ratings and reports."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import queries as people
from accounts.access import Actor, Role
from accounts.home import CHANGED, MOST_ITEMS, NEEDS_ME, Item
from accounts.models import AuditEvent
from commissioning.contract_links import ContractLink
from principles.models import Criterion
from scorecards import inputs, reports
from scorecards.enums import SETTLED, Stage
from scorecards.models import (
    Finding,
    Rating,
    RatingRevision,
    Report,
    ReportDocument,
    Scorecard,
    ScorecardStep,
    SigningKey,
)
from scorecards.scoring import ScorecardOutcome

RECENT = datetime.timedelta(days=30)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of a scorecard: the answer, the rating, and last time's rating."""

    criterion: Criterion
    answer: object
    rating: Rating | None
    last_value: int | None
    last_rating_known: bool

    @property
    def status(self) -> str:
        if self.rating is None:
            return "Not rated"
        return "Not applicable" if self.rating.not_applicable_agreed else "Rated"

    @property
    def colour(self) -> str:
        return {"Not rated": "grey", "Rated": "green", "Not applicable": "blue"}[self.status]


@dataclass(frozen=True)
class Case:
    """A scorecard with its lines and figures, as the pages show it."""

    scorecard: Scorecard
    rows: inputs.CaseRows
    lines: list[CriterionLine]
    outcome: ScorecardOutcome

    @property
    def rated(self) -> int:
        return sum(line.rating is not None for line in self.lines)

    @property
    def progress(self) -> str:
        """The line that is always in view: how far, and where the figures point."""
        parts = [f"{self.rated} of {len(self.lines)} rated"]
        for framework in self.outcome.frameworks:
            figure = "–" if framework.percent is None else f"{framework.percent:.1f}%"
            parts.append(f"{framework.title}: {figure}, {framework.opinion.opinion.words}")
        parts.append(f"Overall: {self.outcome.overall.opinion.words}")
        return ". ".join(parts)


def scorecards(viewer: Actor):
    """The scorecards that the viewer may see, with the parties and the request.

    Not joined: policy, value set, result and former scorecard. Pages that need one load it by its
    key; planning a join of a dozen tables costs PostgreSQL more than those queries do.
    """
    return Scorecard.objects.visible_to(viewer).select_related(
        "contract__commissioner__organisation",
        "provider__organisation",
        "request__self_assessment",
    )


def scorecards_of_contract(viewer: Actor, contract):
    """The scorecards of one contract that the viewer may see."""
    return scorecards(viewer).filter(contract=contract)


def links_on_contract(viewer: Actor, contract) -> list[ContractLink]:
    """The scorecards of a contract on its page, and the button that begins one."""
    found = [
        ContractLink(
            f"Scorecard {row.reference}: {row.provider}",
            reverse("scorecards:scorecard-detail", args=[row.reference]),
            row.get_stage_display(),
        )
        for row in scorecards_of_contract(viewer, contract)[:MOST_ITEMS]
    ]
    own = viewer.organisation == contract.commissioner.organisation
    if own and viewer.has(Role.CONTRACT_MANAGER):
        url = reverse("scorecards:scorecard-new", args=[contract.reference])
        found.append(ContractLink("New scorecard", url, is_action=True))
    return found


def cases_to_declare(viewer: Actor):
    """Cases of the viewer's body that open to them once they declare their interests."""
    return Scorecard.objects.awaiting_declaration_of(viewer).select_related(
        "contract__commissioner__organisation", "provider__organisation"
    )


def case(viewer: Actor, scorecard: Scorecard) -> Case:
    """The whole of a scorecard that the viewer passed the sight gate of."""
    rows = inputs.load(scorecard)
    outcome = reports.figures(scorecard, rows, timezone.localdate())[1]
    last = _last_values(scorecard)
    lines = [
        CriterionLine(
            criterion=criterion,
            answer=rows.answers.get(criterion.pk),
            rating=rows.ratings.get(criterion.pk),
            last_value=last.get((criterion.edition.framework_id, criterion.code)),
            last_rating_known=(criterion.edition.framework_id, criterion.code) in last,
        )
        for criterion in rows.criteria
    ]
    return Case(scorecard, rows, lines, outcome)


def criteria_to_rate(viewer: Actor, scorecard: Scorecard):
    """The criteria of a scorecard in the order in which they are rated."""
    return (
        inputs.criteria_of(scorecard)
        .select_related("edition__framework")
        .only("code", "answered_by", "edition__framework__code")
    )


def claims_not_applicable(viewer: Actor, scorecard: Scorecard, criterion: Criterion) -> bool:
    """Whether the answer that counts says that the criterion does not apply."""
    answer = inputs.answer_to(scorecard, criterion)
    return answer is not None and answer.not_applicable


def _last_values(scorecard: Scorecard) -> dict:
    """The former scorecard's ratings, by framework and code of the criterion."""
    if scorecard.supersedes_id is None:
        return {}
    rows = Rating.objects.filter(scorecard=scorecard.supersedes_id).values_list(
        "criterion__edition__framework_id", "criterion__code", "value"
    )
    return {(framework, code): value for framework, code, value in rows}


def findings(viewer: Actor, scorecard: Scorecard):
    """The findings of a scorecard, the most pressing first."""
    return (
        Finding.objects.visible_to(viewer)
        .filter(scorecard=scorecard)
        .select_related("criterion", "raised_by")
    )


def steps(viewer: Actor, scorecard: Scorecard):
    """The dated rows of a scorecard's way, oldest first."""
    return ScorecardStep.objects.visible_to(viewer).filter(scorecard=scorecard)


def reports_of(viewer: Actor, scorecard: Scorecard):
    """The reports of a scorecard, newest first, with jobs and documents."""
    return report_rows(viewer).filter(scorecard=scorecard)


def report_rows(viewer: Actor):
    """Every report that the viewer may read."""
    return Report.objects.visible_to(viewer).select_related(
        "scorecard__contract__commissioner__organisation",
        "scorecard__provider__organisation",
        "job",
        "document__key",
        "requested_by",
    )


def trail(viewer: Actor, scorecard: Scorecard):
    """The audit rows of a scorecard's contract, less those of cases on it that are closed to the
    viewer, such as another provider's in whom they have an interest.
    """
    events = people.trail_of_case(viewer, scorecard.contract.reference)
    closed = (
        Scorecard.objects.filter(contract=scorecard.contract_id)
        .exclude(pk__in=Scorecard.objects.visible_to(viewer).values("pk"))
        .values_list("pk", "reference", "request__reference")
    )
    keys, references, requests = zip(*closed, strict=True) if closed else ((), (), ())
    if not keys:
        return events
    reports = Report.objects.filter(scorecard__in=keys).values("reference")
    within = AuditEvent.objects.filter(facts__scorecard__in=references).values("pk")
    return (
        events.exclude(subject_reference__in=[*references, *filter(None, requests)])
        .exclude(subject_reference__in=reports)
        .exclude(pk__in=within)
    )


def list_rows(viewer: Actor):
    """Scorecards for a list, with the frameworks' opinions: two queries whatever the length."""
    return (
        Scorecard.objects.visible_to(viewer)
        .select_related("contract__commissioner__organisation", "provider__organisation")
        .prefetch_related("framework_results")
    )


def certificates(viewer: Actor):
    """The certificates of all keys that ever signed."""
    return SigningKey.objects.visible_to(viewer)


def document_by_hash(viewer: Actor, sha256: str, reference: str = "") -> ReportDocument | None:
    """The stored document with this hash; with a reference, only if it is that report's.

    Whoever holds the document's bytes or its hash may ask: this is what the public page answers.
    """
    found = ReportDocument.objects.filter(sha256=sha256.lower()).select_related(
        "report__scorecard", "key"
    )
    if reference:
        found = found.filter(report__reference=reference.upper())
    return found.first()


def home_items(viewer: Actor) -> list[Item]:
    """What each role has to do, what is late, what changed."""
    if viewer.organisation is None:
        return []
    rows = (
        Scorecard.objects.visible_to(viewer)
        .select_related("contract", "provider__organisation")
        .order_by("stage_at")
    )
    items: list[Item] = []
    if viewer.has(Role.EVALUATOR, Role.APPROVER):
        items += [
            Item(
                NEEDS_ME,
                f"Declare your interests: {row.contract.title}",
                declaration_url(row),
                row.stage_at,
                str(row.provider),
            )
            for row in cases_to_declare(viewer).order_by("stage_at")[:MOST_ITEMS]
        ]
    own = rows.filter(contract__commissioner__organisation=viewer.organisation)
    if viewer.has(Role.EVALUATOR):
        stages = [Stage.SUBMITTED, Stage.NOT_ANSWERED, Stage.RATING]
        items += [
            _item(NEEDS_ME, f"Rate {row.contract.title}", row)
            for row in own.filter(stage__in=stages)[:MOST_ITEMS]
        ]
    if viewer.has(Role.APPROVER):
        rated = RatingRevision.objects.filter(
            rating__scorecard=OuterRef("pk"), rated_by=viewer.user
        )
        items += [
            _item(NEEDS_ME, f"Approve {row.contract.title}", row)
            for row in own.filter(stage=Stage.SENT_FOR_APPROVAL).exclude(Exists(rated))[:MOST_ITEMS]
        ]
    if viewer.has(Role.CONTRACT_MANAGER):
        items += [
            _item(NEEDS_ME, f"Ask the provider: {row.contract.title}", row)
            for row in own.filter(stage=Stage.DRAFT)[:MOST_ITEMS]
        ]
    settled = rows.filter(stage__in=SETTLED, stage_at__gte=timezone.now() - RECENT)
    items += [
        _item(CHANGED, f"{row.get_stage_display()}: {row.contract.title}", row)
        for row in settled.order_by("-stage_at")[:MOST_ITEMS]
    ]
    return items


def declaration_url(row: Scorecard) -> str:
    """Where the viewer declares their interests in the case, and from there the case itself."""
    page = reverse(
        "commissioning:interest-declare",
        args=[row.contract.reference, row.provider.reference],
    )
    case = reverse("scorecards:scorecard-detail", args=[row.reference])
    return f"{page}?{urlencode({'next': case})}"


def _item(kind: str, text: str, row: Scorecard) -> Item:
    url = reverse("scorecards:scorecard-detail", args=[row.reference])
    return Item(kind, text, url, row.stage_at, str(row.provider))
