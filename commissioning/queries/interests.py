"""Reads about interests in exercises: what is declared, what is missing, what to point out."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Actor
from accounts.models import Membership, OrganisationIdentifier
from commissioning.enums import Duty, Resolution
from commissioning.models import (
    BidLot,
    ConflictsAssessment,
    DirectAward,
    Exercise,
    ExerciseDeclaration,
    ExerciseMember,
    ExerciseNotice,
    InterestDeclaration,
    bids_of_own,
)
from providers.models import Provider

# Mailboxes that anybody can have say nothing about whom a person works with.
PUBLIC_MAIL = frozenset(
    {
        "aol.com",
        "btinternet.com",
        "gmail.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "outlook.com",
        "proton.me",
        "sky.com",
        "yahoo.co.uk",
        "yahoo.com",
    }
)


@dataclass(frozen=True)
class Prompt:
    """Something that the service points out to a person before they declare."""

    code: str
    words: str


def exercise_declarations(viewer: Actor, exercise: Exercise) -> QuerySet[ExerciseDeclaration]:
    """The declarations of an exercise that the viewer may read, newest first, with history."""
    return (
        ExerciseDeclaration.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related(
            "exercise__procurement__buyer__organisation",
            "user",
            "provider__organisation",
            "resolved_by",
        )
    )


def own_exercise_declarations(
    viewer: Actor, exercise: Exercise
) -> dict[int | None, ExerciseDeclaration]:
    """The viewer's standing declarations, by bidder; None for the exercise in general."""
    rows = exercise_declarations(viewer, exercise).current().filter(user=viewer.user)
    return {row.provider_id: row for row in rows}


def is_clear_in_general(viewer: Actor, exercise: Exercise) -> bool:
    """The viewer declared for the exercise in general, and nothing stands in the way."""
    rows = ExerciseDeclaration.objects.visible_to(viewer).clearing()
    return rows.filter(exercise=exercise, user=viewer.user, provider=None).exists()


def bidders_of(viewer: Actor, exercise: Exercise) -> QuerySet[Provider]:
    """Who is known to bid, in the order of names: everybody once bids are opened, the supplier of
    an award without competition, nobody before. For the team of the exercise only; the list
    says nothing about which bid is whose.
    """
    if not exercise_is_own(viewer, exercise):
        return Provider.objects.none()
    of_bids = BidLot.objects.filter(exercise=exercise, provider=OuterRef("pk"))
    of_award = DirectAward.objects.filter(exercise=exercise, provider=OuterRef("pk"))
    team = ExerciseMember.objects.current().filter(exercise=exercise, user=viewer.user)
    return (
        Provider.objects.filter(Exists(team), Exists(of_bids) | Exists(of_award))
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def belongs_to_bidder(viewer: Actor, exercise: Exercise) -> bool:
    """The viewer belongs to somebody who is known to bid, or to the supplier of an award without
    competition, or did since the procurement began. Nobody is known before the opening.
    """
    bids = BidLot.objects.filter(exercise=exercise)
    awards = DirectAward.objects.filter(exercise=exercise)
    return bids_of_own(bids, viewer.user).exists() or bids_of_own(awards, viewer.user).exists()


def exercise_is_own(viewer: Actor, exercise: Exercise) -> bool:
    return exercise.procurement.buyer.organisation == viewer.organisation and viewer.has(
        *COMMISSIONER_ROLES
    )


def interest_prompts(viewer: Actor, provider: Provider) -> list[Prompt]:
    """What the service can point out about the viewer and a bidder, for the viewer's eyes only."""
    if viewer.user is None:
        return []
    organisation = provider.organisation
    mine = Membership.objects.filter(user=viewer.user)
    found = []
    if mine.filter(organisation=organisation, ended_at=None).exists():
        found.append(Prompt("member", "You belong to this organisation here."))
    if mine.filter(organisation=organisation, ended_at__isnull=False).exists():
        found.append(Prompt("earlier_member", "You belonged to this organisation here before."))
    numbers = OrganisationIdentifier.objects.filter(organisation=organisation)
    others = mine.exclude(organisation__in=[organisation.pk, viewer.organisation.pk])
    if OrganisationIdentifier.objects.filter(
        organisation__in=others.values("organisation"), value__in=numbers.values("value")
    ).exists():
        found.append(
            Prompt("same_number", "An organisation that you belong to has the same number.")
        )
    domain = viewer.user.email.rpartition("@")[2].lower()
    colleagues = Membership.objects.filter(organisation=organisation).exclude(user=viewer.user)
    if (
        domain not in PUBLIC_MAIL
        and colleagues.filter(user__email__iendswith=f"@{domain}").exists()
    ):
        found.append(
            Prompt("email_domain", "People of this organisation share your e-mail domain.")
        )
    declared = {"user": viewer.user, "provider": provider, "has_interest": True}
    if (
        InterestDeclaration.objects.filter(**declared).exists()
        or ExerciseDeclaration.objects.filter(**declared).exists()
    ):
        found.append(Prompt("declared_before", "You declared an interest in it before."))
    return found


def declarations_to_make(viewer: Actor, exercise: Exercise) -> list[tuple[str, str]]:
    """(Name of a member, what is missing or undecided) for the whole team, in general and about
    each known bidder. Counts no bid: a missing declaration about bidders is said once.
    """
    team = list(
        ExerciseMember.objects.visible_to(viewer)
        .current()
        .filter(exercise=exercise)
        .select_related("user")
        .order_by("user__full_name", "user")
    )
    people = {row.user_id: row.user.full_name for row in team}
    bidders = set(bidders_of(viewer, exercise).values_list("pk", flat=True))
    standing: dict[tuple[int, int | None], ExerciseDeclaration] = {
        (row.user_id, row.provider_id): row
        for row in ExerciseDeclaration.objects.filter(exercise=exercise).current()
    }
    found = []
    for user, name in people.items():
        rows = [standing.get((user, about)) for about in (None, *sorted(bidders))]
        if rows[0] is None:
            found.append((name, "has not declared yet"))
        elif None in rows[1:]:
            found.append((name, "has not declared about every bidder yet"))
        if any(row and row.has_interest and row.resolution == Resolution.NONE for row in rows):
            found.append((name, "declared an interest that nobody has decided about"))
    return found


def conflicts_assessment(viewer: Actor, exercise: Exercise) -> dict:
    """The conflicts assessment as the declarations make it now, as plain data.

    Who has left the team stays in it, with what they declared: they could influence it too.
    ``missing`` and ``undecided`` are names; while either holds one it cannot be confirmed.
    """
    team: dict[int, dict] = {}
    members = (
        ExerciseMember.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("user")
        .order_by("user__full_name", "user", "duty", "pk")
    )
    for row in members:
        person = team.setdefault(
            row.user_id, {"name": row.user.full_name, "duties": [], "declarations": []}
        )
        words = Duty(row.duty).label
        if row.ended_at is not None:
            words = f"{words} until {timezone.localdate(row.ended_at):%-d %B %Y}"
        person["duties"].append(words)
    rows = (
        ExerciseDeclaration.objects.filter(exercise=exercise)
        .current()
        .select_related("provider__organisation", "resolved_by")
        .order_by("made_at", "pk")
    )
    for row in rows:
        if row.user_id in team:
            team[row.user_id]["declarations"].append(_as_plain(row))
    missing = declarations_to_make(viewer, exercise)
    return {
        "exercise": exercise.reference,
        "title": exercise.procurement.title,
        "buyer": str(exercise.procurement.buyer),
        "people": list(team.values()),
        "missing": sorted({name for name, words in missing if words.startswith("has not")}),
        "undecided": sorted({name for name, words in missing if words.startswith("declared")}),
    }


def _as_plain(row: ExerciseDeclaration) -> dict:
    return {
        "about": str(row.provider) if row.provider else "the exercise in general",
        "has_interest": row.has_interest,
        "description": row.description,
        "prompts": row.prompts,
        "made_at": row.made_at.isoformat(),
        "decision": Resolution(row.resolution).label if row.has_interest else "None needed",
        "steps": row.resolution_note,
        "decided_by": row.resolved_by.full_name if row.resolved_by else "",
    }


def conflicts_assessments(viewer: Actor, exercise: Exercise) -> QuerySet[ConflictsAssessment]:
    return (
        ConflictsAssessment.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("confirmed_by")
        .order_by("-number")
    )


def fresh_conflicts_assessment(viewer: Actor, exercise: Exercise) -> ConflictsAssessment | None:
    """The last confirmed one, unless a declaration, a decision, the team or a notice is newer."""
    last = conflicts_assessments(viewer, exercise).first()
    if last is None:
        return None
    at = last.confirmed_at
    declared = ExerciseDeclaration.objects.filter(exercise=exercise)
    team = ExerciseMember.objects.filter(exercise=exercise)
    is_stale = (
        declared.filter(made_at__gt=at).exists()
        or declared.filter(resolved_at__gt=at).exists()
        or declared.filter(replaced_at__gt=at).exists()
        or team.filter(named_at__gt=at).exists()
        or ExerciseNotice.objects.filter(conflicts_assessment=last).exists()
    )
    return None if is_stale else last
