"""Writing conditions of participation and contract terms."""

from django.db import transaction

from accounts.access import Actor
from commissioning.actions import _design_rows as rows
from commissioning.actions.exercises import new_key, writable
from commissioning.models import ContractTerm, Exercise, ParticipationCondition

CONDITION_FIELDS = ("title", "text", "evidence", "is_ethics", "draws_on")
TERM_FIELDS = ("title", "text", "is_kpi", "target", "is_ethics", "draws_on")


@transaction.atomic
def add_condition(*, actor: Actor, exercise: Exercise, **fields) -> ParticipationCondition:
    """Add a condition of participation at the end. Side effects, in order: condition, audit row."""
    exercise = writable(actor, exercise)
    row = ParticipationCondition(
        exercise=exercise, key=new_key(), position=rows.next_position(exercise.conditions)
    )
    _save(row, CONDITION_FIELDS, fields)
    rows.record(actor, exercise, "condition.added", condition=row.key)
    return row


@transaction.atomic
def change_condition(
    *, actor: Actor, condition: ParticipationCondition, seen: str | None = None, **fields
) -> ParticipationCondition:
    """Change a condition. ``seen`` is the stamp of what the person saw (``inputs.stamp``).

    Raises ``StaleSave`` where a colleague changed it meanwhile. Side effects, in order: condition,
    audit row.
    """
    exercise = writable(actor, condition.exercise)
    row = rows.hold(condition, seen)
    _save(row, CONDITION_FIELDS, fields)
    rows.record(actor, exercise, "condition.changed", condition=row.key, fields=sorted(fields))
    return row


@transaction.atomic
def move_condition(*, actor: Actor, condition: ParticipationCondition, up: bool) -> None:
    """Move a condition one place up or down. Side effects, in order: places, audit row."""
    exercise = writable(actor, condition.exercise)
    row = rows.hold(condition, None)
    rows.put_in_order(list(exercise.conditions.all()), row, up)
    rows.record(actor, exercise, "condition.moved", condition=row.key, up=up)


@transaction.atomic
def remove_condition(*, actor: Actor, condition: ParticipationCondition) -> None:
    """Remove a condition. Side effects, in order: condition, audit row."""
    exercise = writable(actor, condition.exercise)
    row = rows.hold(condition, None)
    key = row.key
    row.delete()
    rows.record(actor, exercise, "condition.removed", condition=key)


@transaction.atomic
def add_term(*, actor: Actor, exercise: Exercise, **fields) -> ContractTerm:
    """Add a contract term at the end. Side effects, in order: term, audit row."""
    exercise = writable(actor, exercise)
    row = ContractTerm(
        exercise=exercise, key=new_key(), position=rows.next_position(exercise.terms)
    )
    _save(row, TERM_FIELDS, fields)
    rows.record(actor, exercise, "term.added", term=row.key)
    return row


@transaction.atomic
def change_term(
    *, actor: Actor, term: ContractTerm, seen: str | None = None, **fields
) -> ContractTerm:
    """Change a term. ``seen`` as in ``change_condition``. Side effects, in order: term, audit
    row.
    """
    exercise = writable(actor, term.exercise)
    row = rows.hold(term, seen)
    _save(row, TERM_FIELDS, fields)
    rows.record(actor, exercise, "term.changed", term=row.key, fields=sorted(fields))
    return row


@transaction.atomic
def move_term(*, actor: Actor, term: ContractTerm, up: bool) -> None:
    """Move a term one place up or down. Side effects, in order: places, audit row."""
    exercise = writable(actor, term.exercise)
    row = rows.hold(term, None)
    rows.put_in_order(list(exercise.terms.all()), row, up)
    rows.record(actor, exercise, "term.moved", term=row.key, up=up)


@transaction.atomic
def remove_term(*, actor: Actor, term: ContractTerm) -> None:
    """Remove a term. Side effects, in order: term, audit row."""
    exercise = writable(actor, term.exercise)
    row = rows.hold(term, None)
    key = row.key
    row.delete()
    rows.record(actor, exercise, "term.removed", term=key)


def _save(row, known: tuple[str, ...], fields: dict) -> None:
    rows.write(row, known, fields)
    row.save()
    rows.join(row, fields)
