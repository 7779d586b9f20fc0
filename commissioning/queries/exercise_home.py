"""What exercises need from the viewer now. Nothing here says whether anybody bids."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Actor, Role
from accounts.home import LATE, MOST_ITEMS, NEEDS_ME, Item
from commissioning.enums import DirectAwardState, Duty, ExerciseState
from commissioning.models import (
    BidLot,
    Clarification,
    DirectAward,
    Exercise,
    ExerciseDeclaration,
    ExerciseMember,
    ModelVersion,
)


def exercise_home_items(viewer: Actor) -> list[Item]:
    """Interests to declare or decide, questions to answer, bids to open, awards to approve.

    A constant number of queries, whatever is under way.
    """
    if viewer.organisation is None or not viewer.has(*COMMISSIONER_ROLES):
        return []
    members = ExerciseMember.objects.visible_to(viewer).current().filter(user=viewer.user)
    held: dict[int, set[str]] = {}
    for exercise, duty in members.values_list("exercise", "duty"):
        held.setdefault(exercise, set()).add(duty)
    mine = (
        Exercise.objects.visible_to(viewer)
        .filter(pk__in=held)
        .exclude(state=ExerciseState.ENDED)
        .select_related("procurement")
    )
    return [
        *_to_declare(viewer, mine),
        *_to_declare_about_bidders(viewer, mine),
        *_to_decide(viewer, held),
        *_to_answer(viewer, held),
        *_to_open(mine, held),
        *_to_approve(viewer, held),
    ]


def _item(kind: str, words: str, page: str, exercise: Exercise, at=None, *more) -> Item:
    url = reverse(f"commissioning:{page}", args=[exercise.reference, *more])
    return Item(kind, f"{words} {exercise.procurement.title}", url, at, exercise.reference)


def _to_declare(viewer: Actor, mine) -> list[Item]:
    declared = ExerciseDeclaration.objects.current().filter(
        exercise=OuterRef("pk"), user=viewer.user, provider=None
    )
    rows = mine.exclude(Exists(declared)).order_by("created_at", "pk")[:MOST_ITEMS]
    return [
        _item(NEEDS_ME, "Declare your interests in", "exercise-interests", row, row.created_at)
        for row in rows
    ]


def _to_declare_about_bidders(viewer: Actor, mine) -> list[Item]:
    """Bidders are known once bids are opened, or an award without competition is written."""
    own = ExerciseDeclaration.objects.current().filter(user=viewer.user)
    about = own.filter(exercise=OuterRef("exercise"), provider=OuterRef("provider"))
    in_general = own.clearing().filter(exercise=OuterRef("pk"), provider=None)
    bids = BidLot.objects.filter(exercise=OuterRef("pk")).exclude(Exists(about))
    award = DirectAward.objects.filter(exercise=OuterRef("pk")).exclude(Exists(about))
    rows = mine.filter(Exists(in_general)).filter(Exists(bids) | Exists(award))
    return [
        _item(NEEDS_ME, "Declare your interests in the bidders for", "exercise-interests", row)
        for row in rows.order_by("created_at", "pk")[:MOST_ITEMS]
    ]


def _to_decide(viewer: Actor, held: dict[int, set[str]]) -> list[Item]:
    """Of leads the approver decides, of others the lead; nobody about oneself."""
    deciding = [key for key, duties in held.items() if duties & {Duty.LEAD, Duty.APPROVER}]
    leads_it = ExerciseMember.objects.current().filter(
        exercise=OuterRef("exercise"), user=OuterRef("user"), duty=Duty.LEAD
    )
    rows = (
        ExerciseDeclaration.objects.visible_to(viewer)
        .unresolved()
        .filter(exercise__in=deciding)
        .exclude(user=viewer.user)
        .annotate(leads_it=Exists(leads_it))
        .select_related("exercise__procurement", "user")
        .order_by("made_at", "pk")[:MOST_ITEMS]
    )
    return [
        _item(
            NEEDS_ME,
            f"Decide about an interest of {row.user.full_name} in",
            "exercise-resolve",
            row.exercise,
            row.made_at,
            row.pk,
        )
        for row in rows
        if (Duty.APPROVER if row.leads_it else Duty.LEAD) in held[row.exercise_id]
    ]


def _to_answer(viewer: Actor, held: dict[int, set[str]]) -> list[Item]:
    leading = [key for key, duties in held.items() if Duty.LEAD in duties]
    rows = (
        Clarification.objects.visible_to(viewer)
        .filter(exercise__in=leading, answered_at=None)
        .select_related("exercise__procurement")
        .numbered()
        .defer("provider", "asked_by")
        .order_by("asked_at", "pk")[:MOST_ITEMS]
    )
    return [
        _item(
            NEEDS_ME,
            "Answer a question about",
            "clarification-answer",
            row.exercise,
            row.asked_at,
            row.number,
        )
        for row in rows
    ]


def _to_open(mine, held: dict[int, set[str]]) -> list[Item]:
    """By the deadline of the version in force: an amendment that is drafted moves nothing."""
    last = ModelVersion.objects.filter(exercise=OuterRef("pk")).order_by("-number")
    due = mine.annotate(due_at=Subquery(last.values("tenders_due_at")[:1])).filter(
        state=ExerciseState.PUBLISHED, due_at__lt=timezone.now()
    )
    return [
        _item(LATE, "Open the bids for", "exercise-openers", row, row.due_at)
        for row in due.order_by("due_at", "pk")[:MOST_ITEMS]
        if Duty.QUALITY_OPENER in held[row.pk]
    ]


def _to_approve(viewer: Actor, held: dict[int, set[str]]) -> list[Item]:
    if not viewer.has(Role.APPROVER):
        return []
    approving = [key for key, duties in held.items() if Duty.APPROVER in duties]
    rows = (
        DirectAward.objects.visible_to(viewer)
        .filter(exercise__in=approving, state=DirectAwardState.SENT)
        .select_related("exercise__procurement")
        .order_by("sent_at", "pk")[:MOST_ITEMS]
    )
    return [
        _item(
            NEEDS_ME,
            "Decide about the award without competition of",
            "direct-award",
            row.exercise,
            row.sent_at,
        )
        for row in rows
    ]
