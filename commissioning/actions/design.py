"""Writing lots and scales of an exercise, while it is designed or amended."""

from django.db import transaction
from django.db.models import F

from accounts.access import Actor, WrongState
from commissioning.actions import _design_rows as rows
from commissioning.actions.exercises import new_key, writable
from commissioning.award_model.ready_scales import DEFAULT_SCALE
from commissioning.enums import ExerciseState
from commissioning.inputs import published_model
from commissioning.models import AwardScale, EvaluatorAssignment, Exercise, ExerciseLot

LOT_FIELDS = (
    "title",
    "description",
    "value_gbp",
    "winners",
    "minimum_total_percent",
    "decimal_places",
    "rounding",
    "tie_breaks",
)
SCALE_FIELDS = ("title", "points")
# Above every number of a lot, so that numbers can change places without meeting.
ASIDE = 10_000


@transaction.atomic
def add_lot(*, actor: Actor, exercise: Exercise, **fields) -> ExerciseLot:
    """Add a lot after the last one. ``fields`` are those of ``LOT_FIELDS``.

    A number that was published is never given to another lot: bids may name it. Side effects, in
    order: lot, audit row.
    """
    exercise = writable(actor, exercise)
    taken = [*exercise.lots.values_list("number", flat=True), *_published_numbers(exercise)]
    lot = ExerciseLot(exercise=exercise, number=max(taken, default=0) + 1)
    rows.write(lot, LOT_FIELDS, fields)
    lot.save()
    rows.record(actor, exercise, "lot.added", lot=lot.number)
    return lot


@transaction.atomic
def change_lot(*, actor: Actor, lot: ExerciseLot, seen: str | None = None, **fields) -> ExerciseLot:
    """Change a lot. ``seen`` is the stamp of what the person saw (``inputs.stamp``).

    Raises ``StaleSave`` where a colleague changed it meanwhile. Side effects, in order: lot, audit
    row.
    """
    exercise = writable(actor, lot.exercise)
    lot = rows.hold(lot, seen)
    rows.write(lot, LOT_FIELDS, fields)
    lot.save()
    rows.record(actor, exercise, "lot.changed", lot=lot.number, fields=sorted(fields))
    return lot


@transaction.atomic
def remove_lot(*, actor: Actor, lot: ExerciseLot) -> None:
    """Remove a lot with its criteria; the lots after it move up, but not once it is published.

    Bidders know a published lot by its number. Side effects, in order: lot and its criteria,
    assignments, numbers, audit row.
    """
    exercise = writable(actor, lot.exercise)
    lot = rows.hold(lot, None)
    number = lot.number
    lot.delete()
    rows.forget_assignments(exercise, number, None)
    if exercise.state == ExerciseState.DESIGN:
        later = list(exercise.lots.filter(number__gt=number).values_list("number", flat=True))
        _renumber(exercise, {old: old - 1 for old in later})
    rows.record(actor, exercise, "lot.removed", lot=number)


@transaction.atomic
def move_lot(*, actor: Actor, lot: ExerciseLot, up: bool) -> None:
    """Let a lot change its number with the one before or after it; at the end nothing moves.

    Refused once published. Side effects, in order: numbers, audit row.
    """
    exercise = writable(actor, lot.exercise)
    if exercise.state != ExerciseState.DESIGN:
        raise WrongState("Bidders know the lots by their numbers: they stay as they are.")
    lot = rows.hold(lot, None)
    others = exercise.lots.exclude(pk=lot.pk).order_by("number")
    beside = (
        others.filter(number__lt=lot.number).last()
        if up
        else others.filter(number__gt=lot.number).first()
    )
    if beside is None:
        return
    _renumber(exercise, {lot.number: beside.number, beside.number: lot.number})
    rows.record(actor, exercise, "lot.moved", lot=lot.number, to=beside.number)


@transaction.atomic
def add_scale(*, actor: Actor, exercise: Exercise, **fields) -> AwardScale:
    """Add a scale. ``fields`` are those of ``SCALE_FIELDS``. Side effects: scale, audit row."""
    exercise = writable(actor, exercise)
    scale = AwardScale(exercise=exercise, code=new_key())
    rows.write(scale, SCALE_FIELDS, fields)
    scale.save()
    rows.record(actor, exercise, "scale.added", scale=scale.code)
    return scale


@transaction.atomic
def add_ready_scale(*, actor: Actor, exercise: Exercise) -> AwardScale:
    """Add the scale that is ready to use, to be edited; if it is there, it stays as it is.

    Side effects, in order: scale, audit row.
    """
    exercise = writable(actor, exercise)
    scale = ready_scale(exercise)
    rows.record(actor, exercise, "scale.added", scale=scale.code)
    return scale


@transaction.atomic
def change_scale(
    *, actor: Actor, scale: AwardScale, seen: str | None = None, **fields
) -> AwardScale:
    """Change a scale. ``seen`` as in ``change_lot``. Side effects, in order: scale, audit row."""
    exercise = writable(actor, scale.exercise)
    scale = rows.hold(scale, seen)
    rows.write(scale, SCALE_FIELDS, fields)
    scale.save()
    rows.record(actor, exercise, "scale.changed", scale=scale.code, fields=sorted(fields))
    return scale


@transaction.atomic
def remove_scale(*, actor: Actor, scale: AwardScale) -> None:
    """Remove a scale that no criterion uses. Side effects, in order: scale, audit row."""
    exercise = writable(actor, scale.exercise)
    scale = rows.hold(scale, None)
    if scale.criteria.exists():
        raise WrongState("Criteria are rated on this scale. Choose another scale for them first.")
    code = scale.code
    scale.delete()
    rows.record(actor, exercise, "scale.removed", scale=code)


def ready_scale(exercise: Exercise) -> AwardScale:
    """The exercise's own copy of the scale that is ready to use, made where it has none."""
    points = [
        {"value": str(point.value), "label": point.label, "description": point.description}
        for point in DEFAULT_SCALE.points
    ]
    scale, _ = AwardScale.objects.get_or_create(
        exercise=exercise,
        code=DEFAULT_SCALE.code,
        defaults={"title": DEFAULT_SCALE.title, "points": points},
    )
    return scale


def _published_numbers(exercise: Exercise) -> set[int]:
    return {lot.number for row in exercise.versions.all() for lot in published_model(row).lots}


def _renumber(exercise: Exercise, numbers: dict[int, int]) -> None:
    """Give lots other numbers, and let the assignments of evaluators go with them."""
    for old in numbers:
        exercise.lots.filter(number=old).update(number=old + ASIDE)
        _assignments(exercise, old).update(lot_number=F("lot_number") + ASIDE)
    for old, new in numbers.items():
        exercise.lots.filter(number=old + ASIDE).update(number=new)
        _assignments(exercise, old + ASIDE).update(lot_number=new)


def _assignments(exercise: Exercise, lot_number: int):
    return EvaluatorAssignment.objects.filter(member__exercise=exercise, lot_number=lot_number)
