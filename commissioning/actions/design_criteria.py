"""Writing the tree of award criteria of a lot."""

from django.db import transaction

from accounts.access import Actor, WrongState
from commissioning.actions import _design_rows as rows
from commissioning.actions.exercises import new_key, writable
from commissioning.award_model.price_inputs import INPUTS_OF_METHOD, PRICE_INPUTS
from commissioning.award_model.terms import CriterionKind, PriceMethod, SocialValueMethod
from commissioning.models import AwardCriterion, ExerciseLot

CRITERION_FIELDS = (
    "kind",
    "title",
    "weight_percent",
    "asks",
    "guidance",
    "scale",
    "minimum_rating",
    "is_pass_fail",
    "is_incomplete_as_published",
    "word_limit",
    "price_method",
    "price_basis",
    *PRICE_INPUTS,
    "abnormally_low_percent",
    "social_value_method",
    "target_gbp",
    *rows.JOINED,
)


@transaction.atomic
def add_criterion(
    *, actor: Actor, lot: ExerciseLot, parent: AwardCriterion | None = None, **fields
) -> AwardCriterion:
    """Add a criterion to a lot, or below another one, after its siblings.

    What does not belong to its kind and method is left out. Side effects, in order: criterion,
    its parent (which is no longer rated itself), assignments, audit row.
    """
    exercise = writable(actor, lot.exercise)
    if parent is not None:
        if parent.lot_id != lot.pk:
            raise WrongState("The criterion above belongs to another lot.")
        parent = rows.hold(parent, None)
    row = AwardCriterion(
        lot=lot,
        parent=parent,
        key=new_key(),
        position=rows.next_position(lot.criteria.filter(parent=parent)),
    )
    _write(row, fields, has_parts=False)
    if parent is not None:
        _write(parent, {}, has_parts=True)
        rows.forget_assignments(exercise, lot.number, [parent.key])
    rows.record(actor, exercise, "criterion.added", lot=lot.number, criterion=row.key)
    return row


@transaction.atomic
def change_criterion(
    *, actor: Actor, criterion: AwardCriterion, seen: str | None = None, **fields
) -> AwardCriterion:
    """Change a criterion. ``seen`` is the stamp of what the person saw (``inputs.stamp``).

    What does not belong to its kind and method is taken out. Raises ``StaleSave`` where a colleague
    changed it meanwhile. Side effects, in order: criterion, audit row.
    """
    exercise = writable(actor, criterion.lot.exercise)
    row = rows.hold(criterion, seen)
    _write(row, fields, has_parts=row.sub_criteria.exists())
    rows.record(
        actor,
        exercise,
        "criterion.changed",
        lot=criterion.lot.number,
        criterion=row.key,
        fields=sorted(fields),
    )
    return row


@transaction.atomic
def move_criterion(*, actor: Actor, criterion: AwardCriterion, up: bool) -> None:
    """Move a criterion one place up or down among its siblings. Side effects, in order: places,
    audit row.
    """
    exercise = writable(actor, criterion.lot.exercise)
    row = rows.hold(criterion, None)
    siblings = AwardCriterion.objects.filter(lot=row.lot_id, parent=row.parent_id)
    rows.put_in_order(list(siblings.order_by("position", "pk")), row, up)
    rows.record(
        actor, exercise, "criterion.moved", lot=criterion.lot.number, criterion=row.key, up=up
    )


@transaction.atomic
def remove_criterion(*, actor: Actor, criterion: AwardCriterion) -> None:
    """Remove a criterion with everything below it. Side effects, in order: criteria, assignments,
    audit row.
    """
    exercise = writable(actor, criterion.lot.exercise)
    row = rows.hold(criterion, None)
    gone = _keys_below(row)
    key = row.key
    row.delete()
    rows.forget_assignments(exercise, criterion.lot.number, gone)
    rows.record(actor, exercise, "criterion.removed", lot=criterion.lot.number, criterion=key)


@transaction.atomic
def copy_criteria(*, actor: Actor, lot: ExerciseLot, source: ExerciseLot) -> None:
    """Copy the whole tree of another lot of the exercise to a lot that has no criteria yet.

    Side effects, in order: criteria, audit row.
    """
    exercise = writable(actor, lot.exercise)
    if source.exercise_id != exercise.pk or source.pk == lot.pk:
        raise WrongState("Choose another lot of this exercise.")
    if lot.criteria.exists():
        raise WrongState("This lot has criteria already. Remove them first.")
    below = {}
    for row in source.criteria.prefetch_related(*rows.JOINED).order_by("position", "pk"):
        below.setdefault(row.parent_id, []).append(row)
    _copy_level(below, lot, None, None)
    rows.record(actor, exercise, "criteria.copied", lot=lot.number, source=source.number)


def _copy_level(below: dict, lot: ExerciseLot, parent_of, parent) -> None:
    for row in below.get(parent_of, []):
        kept = {name: getattr(row, name) for name in CRITERION_FIELDS if name not in rows.JOINED}
        copy = AwardCriterion.objects.create(
            lot=lot, parent=parent, key=new_key(), position=row.position, **kept
        )
        rows.join(copy, {name: list(getattr(row, name).all()) for name in rows.JOINED})
        _copy_level(below, lot, row.pk, copy)


def _write(row: AwardCriterion, fields: dict, *, has_parts: bool) -> None:
    """Write and save a criterion without what its kind, method and place have no use for."""
    rows.write(row, CRITERION_FIELDS, fields)
    _keep_price_apart(row)
    is_rated = row.kind != CriterionKind.PRICE and not has_parts
    if row.kind == CriterionKind.SOCIAL_VALUE and not has_parts:
        row.social_value_method = row.social_value_method or SocialValueMethod.QUALITATIVE.value
        is_rated = row.social_value_method == SocialValueMethod.QUALITATIVE
    else:
        row.social_value_method = ""
    if row.social_value_method != SocialValueMethod.TARGET:
        row.target_gbp = None
    if not is_rated:
        row.is_pass_fail, row.word_limit = False, None
    if row.is_pass_fail:
        row.weight_percent = None
    if row.is_pass_fail or not is_rated:
        row.scale, row.minimum_rating = None, None
    row.save()
    rows.join(row, fields)
    if row.social_value_method in ("", SocialValueMethod.QUALITATIVE):
        row.measures.clear()


def _keep_price_apart(row: AwardCriterion) -> None:
    """Only a price has a method; it keeps the inputs of that method, and no weight to divide."""
    method = PriceMethod(row.price_method) if row.price_method else None
    if row.kind != CriterionKind.PRICE:
        row.price_method, row.price_basis, method = "", "", None
        row.abnormally_low_percent = None
    for name in PRICE_INPUTS:
        if method is None or name not in INPUTS_OF_METHOD[method]:
            setattr(row, name, None)
    if method is not None and method.ranks_by_ratio:
        row.weight_percent = None


def _keys_below(row: AwardCriterion) -> list[str]:
    """The key of a criterion and of everything below it. One query a level."""
    keys, level = [row.key], [row.pk]
    while level:
        found = list(AwardCriterion.objects.filter(parent__in=level).values_list("pk", "key"))
        keys += [key for _, key in found]
        level = [pk for pk, _ in found]
    return keys
