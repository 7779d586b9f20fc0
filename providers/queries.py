"""Reads on the providers' floor. The first argument is who asks."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor, Role
from accounts.enums import JobState
from accounts.home import CHANGED, LATE, MOST_ITEMS, NEEDS_ME, Item
from accounts.models import Job
from principles.enums import AnsweredBy
from principles.models import Criterion, Measure
from providers.enums import EvidenceKind, ScanState
from providers.enums import SelfAssessmentState as State
from providers.evidence_files import DRAWING_VERSION, PICTURED
from providers.models import (
    Answer,
    EvidenceItem,
    FileHandling,
    MeasureAnswer,
    PageShown,
    Provider,
    SelfAssessment,
)
from providers.rules import answer_is_complete, why_withheld

NEWEST_EVIDENCE_OFFERED = 40
RECENT = datetime.timedelta(days=30)
ASKED_LATELY = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class AnswerLine:
    """One criterion of a task list, with the answer there is and where that stands."""

    criterion: Criterion
    answer: Answer | None

    @property
    def status(self) -> str:
        if answer_is_complete(self.answer):
            return "Complete"
        return "Not started" if self.answer is None else "In progress"

    @property
    def colour(self) -> str:
        return {"Complete": "green", "In progress": "blue", "Not started": "grey"}[self.status]


@dataclass(frozen=True)
class Section:
    """The criteria of one principle of one edition."""

    edition: object
    principle: Criterion
    lines: list[AnswerLine]


@dataclass(frozen=True)
class MeasureLine:
    """One measure, with the figures there are."""

    measure: Measure
    figures: MeasureAnswer | None


def providers(viewer: Actor):
    """All providers, by name."""
    return Provider.objects.visible_to(viewer).select_related("organisation")


def own_self_assessments(viewer: Actor):
    """The self-assessments of the viewer's provider, newest first."""
    return (
        SelfAssessment.objects.visible_to(viewer)
        .of_own_organisation(viewer)
        .select_related("asked_by", "provider__organisation")
    )


def self_assessments(viewer: Actor):
    """Every self-assessment that the viewer may read."""
    return SelfAssessment.objects.visible_to(viewer).select_related(
        "asked_by", "provider__organisation", "submission__submitted_by", "previous"
    )


def criteria_to_answer(
    viewer: Actor, self_assessment: SelfAssessment, answered_by: str = AnsweredBy.PROVIDER
):
    """The criteria that the self-assessment asks at its level, in reading order."""
    return (
        Criterion.objects.visible_to(viewer)
        .at_level(self_assessment.level)
        .filter(edition__in=self_assessment.editions.all(), answered_by=answered_by)
        .select_related("edition__framework", "parent__parent")
        .order_by("edition__framework__title", "edition_id", "position")
    )


def answers_by_criterion(viewer: Actor, self_assessment: SelfAssessment) -> dict[int, Answer]:
    """The answers by the key of their criterion, with their evidence."""
    rows = (
        Answer.objects.visible_to(viewer)
        .filter(self_assessment=self_assessment)
        .select_related("updated_by")
        .prefetch_related(Prefetch("evidence", _evidence_with_files()))
    )
    return {row.criterion_id: row for row in rows}


def _evidence_with_files():
    return EvidenceItem.objects.select_related("handling").order_by("title", "pk")


def task_list(viewer: Actor, self_assessment: SelfAssessment) -> list[Section]:
    """The criteria by edition and principle, with where each answer stands."""
    answers = answers_by_criterion(viewer, self_assessment)
    return sections_of(criteria_to_answer(viewer, self_assessment), answers)


def sections_of(criteria, answers: dict[int, Answer]) -> list[Section]:
    """Group criteria under their principles, in the order that they come in."""
    sections: list[Section] = []
    for criterion in criteria:
        principle = criterion.principle
        if not sections or sections[-1].principle != principle:
            sections.append(Section(criterion.edition, principle, []))
        sections[-1].lines.append(AnswerLine(criterion, answers.get(criterion.pk)))
    return sections


def incomplete_criteria(viewer: Actor, self_assessment: SelfAssessment) -> list[Criterion]:
    """The criteria whose answer is missing or not complete."""
    return [
        line.criterion
        for section in task_list(viewer, self_assessment)
        for line in section.lines
        if line.status != "Complete"
    ]


def measures(viewer: Actor, self_assessment: SelfAssessment):
    """The measures of the editions that the self-assessment answers, in reading order."""
    return (
        Measure.objects.visible_to(viewer)
        .filter(edition__in=self_assessment.editions.all())
        .select_related("edition__framework", "outcome__parent")
        .order_by("edition_id", "position")
    )


def measure_lines(viewer: Actor, self_assessment: SelfAssessment) -> list[MeasureLine]:
    """Every measure with its figures, if any are given."""
    rows = (
        MeasureAnswer.objects.visible_to(viewer)
        .filter(self_assessment=self_assessment)
        .select_related("updated_by", "measure")
        .prefetch_related("evidence")
    )
    figures = {row.measure_id: row for row in rows}
    return [MeasureLine(m, figures.get(m.pk)) for m in measures(viewer, self_assessment)]


def earlier_answers(viewer: Actor, self_assessment: SelfAssessment, criterion: Criterion):
    """What the same provider submitted on the same criterion before, newest first: at most three.

    A later edition's criterion of the same code counts as the same one.
    """
    return (
        Answer.objects.visible_to(viewer)
        .filter(
            self_assessment__provider=self_assessment.provider,
            self_assessment__state=State.SUBMITTED,
            criterion__code=criterion.code,
            criterion__edition__framework=criterion.edition.framework,
        )
        .exclude(self_assessment=self_assessment)
        .exclude(narrative="", not_applicable_reason="")
        .select_related("self_assessment__asked_by", "self_assessment__submission")
        .prefetch_related("evidence")
        .order_by("-self_assessment__submission__submitted_at", "-pk")[:3]
    )


def own_evidence(viewer: Actor):
    """The evidence library of the viewer's organisation, newest first, with its uses counted."""
    return (
        EvidenceItem.objects.visible_to(viewer)
        .filter(organisation=viewer.organisation)
        .annotate(
            uses=Count("answer_rows", distinct=True) + Count("measure_answer_rows", distinct=True)
        )
        .order_by("-received_at", "-pk")
        .select_related("uploaded_by")
    )


def evidence_to_offer(viewer: Actor, attached, find: str = ""):
    """What a form offers: what is attached, and the newest that match the words looked for."""
    library = EvidenceItem.objects.visible_to(viewer).filter(organisation=viewer.organisation)
    matching = library.filter(title__icontains=find) if find else library
    newest = matching.order_by("-received_at").values_list("pk", flat=True)
    keys = list(newest[:NEWEST_EVIDENCE_OFFERED])
    return library.filter(Q(pk__in=keys) | Q(pk__in=[item.pk for item in attached]))


def evidence(viewer: Actor):
    """Every item of evidence that the viewer may read."""
    return EvidenceItem.objects.visible_to(viewer).select_related(
        "organisation", "uploaded_by", "handling"
    )


def file_handling(viewer: Actor, reference: str) -> FileHandling:
    """What was done with the file of an item that the viewer may read. Raises ``DoesNotExist``."""
    items = EvidenceItem.objects.visible_to(viewer).filter(reference=reference)
    return FileHandling.objects.select_related("item__organisation").get(item__in=items)


def is_pictured(viewer: Actor, handling: FileHandling) -> bool:
    """Whether the pages of a file can be shown as pictures."""
    return handling.item.media_type in PICTURED


def files_to_handle(viewer: Actor, kind: str):
    """Files that lack a scan or pictures, and for which no job of ``kind`` was asked for lately."""
    lacks = Q(drawing__lt=DRAWING_VERSION, item__media_type__in=PICTURED)
    if settings.SCANNER_COMMAND:
        lacks |= Q(scan_state__in=[ScanState.NOT_SCANNED, ScanState.WAITING])
    asked = Job.objects.visible_to(viewer).filter(
        Q(state__in=[JobState.QUEUED, JobState.RUNNING])
        | Q(requested_at__gte=timezone.now() - ASKED_LATELY),
        kind=kind,
        subject_reference=OuterRef("item__reference"),
    )
    return (
        FileHandling.objects.filter(lacks, item__in=EvidenceItem.objects.visible_to(viewer))
        .exclude(Exists(asked))
        .select_related("item__organisation")
        .order_by("pk")
    )


@dataclass(frozen=True)
class EvidencePictures:
    """What a page shows of a file: its pages, or why there are none."""

    withheld: str = ""
    is_being_prepared: bool = False
    pages: tuple[PageShown, ...] = ()


def evidence_pictures(viewer: Actor, item: EvidenceItem) -> EvidencePictures:
    """The pictures of an item that the viewer may see now."""
    withheld = why_withheld(viewer, item)
    if withheld or item.media_type not in PICTURED:
        return EvidencePictures(withheld)
    handling = item.handling
    return EvidencePictures("", not handling.drawing, tuple(handling.page_list))


@dataclass(frozen=True)
class EvidenceUse:
    """How much an organisation keeps: files, and bytes of them and of their pictures."""

    files: int
    bytes: int

    @property
    def bytes_left(self) -> int:
        return max(0, settings.EVIDENCE_QUOTA_BYTES - self.bytes)

    @property
    def limit(self) -> str:
        return (
            f"{settings.EVIDENCE_QUOTA_FILES:,} files and "
            f"{filesizeformat(settings.EVIDENCE_QUOTA_BYTES)}"
        )

    @property
    def used(self) -> str:
        files = "file" if self.files == 1 else "files"
        return f"{self.files:,} {files} and {filesizeformat(self.bytes)}"

    @property
    def refusal(self) -> str:
        return (
            f"Your library has no room for this file. It holds {self.used}, and can hold "
            f"{self.limit}. Use a file that is there already, choose a smaller one, or ask the "
            "operator of this service for more room"
        )

    def has_room_for(self, size_bytes: int) -> bool:
        return self.files < settings.EVIDENCE_QUOTA_FILES and size_bytes <= self.bytes_left


def evidence_use(viewer: Actor) -> EvidenceUse:
    """What the library of the viewer's organisation holds."""
    return evidence_use_of(viewer, viewer.organisation)


def evidence_use_of(viewer: Actor, organisation) -> EvidenceUse:
    """What the library of an organisation holds, of what the viewer may read."""
    kept = EvidenceItem.objects.visible_to(viewer).filter(
        organisation=organisation, kind=EvidenceKind.FILE
    )
    held = kept.aggregate(
        files=Count("pk"), bytes=Sum("size_bytes"), drawn=Sum("handling__pictures_bytes")
    )
    return EvidenceUse(held["files"], (held["bytes"] or 0) + (held["drawn"] or 0))


def home_items(viewer: Actor) -> list[Item]:
    """What the provider has to write, what is late, what came back."""
    if not viewer.has(Role.CONTRIBUTOR, Role.SIGNATORY):
        return []
    today = timezone.localdate()
    rows = own_self_assessments(viewer)
    drafting = rows.filter(state=State.DRAFTING).order_by("due_on")[:MOST_ITEMS]
    items = [
        Item(
            LATE if row.due_on < today else NEEDS_ME,
            f"Self-assessment: {row.title}",
            reverse("providers:self-assessment-detail", args=[row.reference]),
            row.due_on,
            f"Asked by {row.asked_by.name}",
        )
        for row in drafting
    ]
    submitted = rows.filter(
        state=State.SUBMITTED, submission__submitted_at__gte=timezone.now() - RECENT
    ).select_related("submission")
    items += [
        Item(
            CHANGED,
            f"Submitted: {row.title}",
            reverse("providers:self-assessment-detail", args=[row.reference]),
            row.submission.submitted_at,
        )
        for row in submitted[:MOST_ITEMS]
    ]
    return items
