"""What stands in the way of publishing an exercise, or an amendment of it."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.access import Actor
from commissioning.award_model.duties import clashes
from commissioning.award_model.linter import unscorable
from commissioning.award_model.model import AwardModel
from commissioning.award_model.remarks import Severity
from commissioning.award_model.terms import SocialValueMethod
from commissioning.enums import Duty, ExerciseKind, SealKind
from commissioning.inputs import award_model_of
from commissioning.models import Exercise, ExerciseMember
from commissioning.queries.design import measures_by_code
from commissioning.queries.exercises import members, openers, remarks_on
from commissioning.queries.interests import declarations_to_make, fresh_conflicts_assessment
from commissioning.sealing import FEWEST_OPENERS
from principles import queries as library


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way of publication, and the page where it is put right."""

    words: str
    page: str


def blockers(viewer: Actor, exercise: Exercise) -> list[Blocker]:
    """What stands in the way of publication, in the order in which to put it right."""
    found = [
        Blocker(remark.words, "remarks")
        for remark in remarks_on(viewer, exercise)
        if remark.severity == Severity.ERROR
    ]
    model = award_model_of(exercise)
    found += [Blocker(remark.words, "remarks") for remark in unscorable(model)]
    return [
        *found,
        *_of_dates(exercise),
        *_of_value_set(viewer, exercise, model),
        *_of_team(viewer, exercise),
        *_of_openers(viewer, exercise),
        *_of_interests(viewer, exercise),
    ]


def amendment_blockers(viewer: Actor, exercise: Exercise) -> list[Blocker]:
    """What stands in the way of publishing an amendment, beside what the linter says."""
    return [*_of_value_set(viewer, exercise, award_model_of(exercise)), *_of_team(viewer, exercise)]


def _of_dates(exercise: Exercise) -> list[Blocker]:
    found = []
    if exercise.tenders_due_at is None:
        found.append(Blocker("Enter when tenders are due.", "settings"))
    elif exercise.tenders_due_at <= timezone.now():
        found.append(Blocker("The day on which tenders are due has passed.", "settings"))
    if not exercise.subject_matter.strip():
        found.append(Blocker("Say what the contract is about.", "settings"))
    if exercise.kind == ExerciseKind.CALL_OFF and not (
        exercise.framework_exercise_id or exercise.framework_reference
    ):
        found.append(Blocker("Say under which framework agreement this is a call-off.", "settings"))
    return found


def _of_value_set(viewer: Actor, exercise: Exercise, model: AwardModel) -> list[Blocker]:
    """Every commitment that counts in pounds needs a value: that of its place, or one for all."""
    counted = {
        code
        for lot in model.lots
        for leaf in lot.leaves()
        if leaf.social_value and leaf.social_value.method != SocialValueMethod.QUALITATIVE
        for code in leaf.social_value.measure_codes
    }
    if not counted:
        return []
    if exercise.value_set is None:
        return [Blocker("Choose the value set by which commitments are scored.", "settings")]
    values = library.unit_values_by_measure(viewer, exercise.value_set, exercise.locality)
    return [
        Blocker(
            f"{exercise.value_set} has no value for {code}. Choose a value set that has one, or "
            "take the measure out.",
            "settings",
        )
        for code, measure in sorted(measures_by_code(viewer, counted).items())
        if measure.pk not in values
    ]


def _of_team(viewer: Actor, exercise: Exercise) -> list[Blocker]:
    rows = list(members(viewer, exercise).prefetch_related("assignments"))
    held = {row.duty for row in rows}
    found = [
        Blocker(f"Name {words}.", "team")
        for duty, words in (
            (Duty.EVALUATOR, "at least one evaluator"),
            (Duty.CHAIR, "the chair of moderation"),
            (Duty.APPROVER, "an approver"),
        )
        if duty not in held
    ]
    people = {row.user_id: (row.user.full_name, set()) for row in rows}
    for row in rows:
        people[row.user_id][1].add(row.duty)
    found += [
        Blocker(f"{name}: {pair.verdict.words.removeprefix('No. ')}", "team")
        for name, duties_held in people.values()
        for pair in clashes(duties_held, chair_scores=exercise.chair_scores)
    ]
    limits = [row.approves_up_to_gbp for row in rows if row.duty == Duty.APPROVER]
    value = exercise.value_gbp
    if limits and value is not None and not any(top is None or top >= value for top in limits):
        found.append(Blocker("No approver may approve an award of this value.", "team"))
    given = {
        (assignment.lot_number, assignment.criterion_key)
        for row in rows
        if row.duty == Duty.EVALUATOR
        for assignment in row.assignments.all()
    }
    model = award_model_of(exercise)
    found += [
        Blocker(
            f"Assign an evaluator to lot {lot.number}, criterion {leaf.number} {leaf.title}.",
            "team",
        )
        for lot in model.lots
        for leaf in lot.leaves()
        if leaf.is_rated and (lot.number, leaf.key) not in given
    ]
    return found


def _of_openers(viewer: Actor, exercise: Exercise) -> list[Blocker]:
    ready = list(openers(viewer, exercise).values_list("kind", "user"))
    duty = {SealKind.QUALITY: Duty.QUALITY_OPENER, SealKind.PRICE: Duty.PRICE_OPENER}
    named = set(
        ExerciseMember.objects.visible_to(viewer)
        .current()
        .filter(exercise=exercise, duty__in=duty.values())
        .values_list("duty", "user")
    )
    found = []
    for kind in SealKind:
        words = kind.label.lower()
        keyed = [user for of, user in ready if of == kind]
        people = [user for user in keyed if (duty[kind], user) in named]
        total = len(people) + keyed.count(None)
        if total < FEWEST_OPENERS or len(people) < 2:
            found.append(
                Blocker(
                    f"At least {FEWEST_OPENERS} openers of {words} must be ready, two of them"
                    " people; the recovery share counts as one.",
                    "openers",
                )
            )
    return found


def _of_interests(viewer: Actor, exercise: Exercise) -> list[Blocker]:
    found = [
        Blocker(f"{name}: {words}", "interests")
        for name, words in declarations_to_make(viewer, exercise)
    ]
    if fresh_conflicts_assessment(viewer, exercise) is None:
        found.append(Blocker("Confirm the conflicts assessment.", "conflicts"))
    return found
