"""Reads on the providers' floor. The first argument is who asks."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor, Role
from accounts.home import CHANGED, LATE, MOST_ITEMS, NEEDS_ME, Item
from principles.enums import AnsweredBy
from principles.models import Criterion, Measure
from providers.enums import SelfAssessmentState as State
from providers.models import Answer, EvidenceItem, MeasureAnswer, Provider, SelfAssessment
from providers.rules import answer_is_complete

NEWEST_EVIDENCE_OFFERED = 40
RECENT = datetime.timedelta(days=30)


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
        .prefetch_related(Prefetch("evidence", EvidenceItem.objects.order_by("title", "pk")))
    )
    return {row.criterion_id: row for row in rows}


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
    return EvidenceItem.objects.visible_to(viewer).select_related("organisation", "uploaded_by")


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
