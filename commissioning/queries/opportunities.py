"""Reads about what a provider may bid for."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.access import Actor
from accounts.home import MOST_ITEMS, NEEDS_ME, Item
from commissioning.enums import ExerciseState
from commissioning.models import Bid, BidInvitation, BidSubmission, Exercise, ModelVersion
from commissioning.queries.exercises import offered_exercises
from principles import queries as library

# How long before a deadline the home page speaks of a draft that is not handed in.
SOON = timedelta(days=14)


def opportunities(viewer: Actor, *, are_open: bool) -> QuerySet[Exercise]:
    """What the viewer's organisation may bid for, with ``due_at`` and ``is_invited``.

    ``due_at`` is the deadline of the version in force. Open ones: the next deadline first; closed
    ones: the last deadline first.
    """
    rows = offered_exercises(viewer).annotate(
        due_at=_due_at(), is_invited=Exists(_invitations(viewer))
    )
    is_open = Q(state=ExerciseState.PUBLISHED, due_at__gte=timezone.now())
    if are_open:
        return rows.filter(is_open).order_by("due_at", "pk")
    return rows.exclude(is_open).order_by("-due_at", "-pk")


def opportunity(viewer: Actor, reference: str) -> Exercise | None:
    """One of them, open or not."""
    rows = offered_exercises(viewer).annotate(
        due_at=_due_at(), is_invited=Exists(_invitations(viewer))
    )
    return rows.filter(reference=reference).first()


def bid_home_items(viewer: Actor) -> list[Item]:
    """Drafts that are not handed in as their deadline nears, and invitations without a bid."""
    if not viewer.provides:
        return []
    own = Bid.objects.visible_to(viewer).filter(exercise=OuterRef("pk"))
    handed_in = BidSubmission.objects.visible_to(viewer).filter(bid__exercise=OuterRef("pk"))
    rows = (
        opportunities(viewer, are_open=True)
        .annotate(
            own_bid=Subquery(own.values("reference")[:1]),
            is_handed_in=Exists(handed_in),
            withdrawn_at=Subquery(handed_in.order_by("-number").values("withdrawn_at")[:1]),
        )
        .exclude(is_handed_in=True, withdrawn_at=None)
        .filter(
            Q(own_bid=None, is_invited=True)
            | Q(own_bid__isnull=False, due_at__lte=timezone.now() + SOON)
        )
    )
    return [_home_item(row) for row in rows[:MOST_ITEMS]]


def _home_item(row: Exercise) -> Item:
    if row.own_bid is None:
        url = reverse("commissioning:opportunity-detail", args=[row.reference])
        return Item(NEEDS_ME, "You are invited to bid", url, row.due_at, row.procurement.title)
    url = reverse("commissioning:bid-detail", args=[row.own_bid])
    return Item(NEEDS_ME, "A bid is not handed in yet", url, row.due_at, row.procurement.title)


def worth_of_measures(viewer: Actor, exercise: Exercise) -> dict[int, Decimal]:
    """Pounds that one unit of each measure (by key) counts in this exercise.

    Empty where nothing is counted, and where the viewer may not read the values: they are licensed
    to somebody.
    """
    if exercise.value_set is None:
        return {}
    values = library.unit_values_by_measure(viewer, exercise.value_set, exercise.locality)
    return {key: row.value_gbp for key, row in values.items()}


def _due_at() -> Subquery:
    last = ModelVersion.objects.filter(exercise=OuterRef("pk")).order_by("-number")
    return Subquery(last.values("tenders_due_at")[:1])


def _invitations(viewer: Actor) -> QuerySet[BidInvitation]:
    return BidInvitation.objects.filter(
        exercise=OuterRef("pk"), provider__organisation=viewer.organisation
    )
