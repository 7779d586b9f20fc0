"""What every write to the rows of an award model shares: lock, comparison, order, audit row."""

from collections.abc import Iterable

from accounts import audit
from accounts.access import Actor, StaleSave, WrongState
from commissioning.enums import ExerciseState
from commissioning.inputs import stamp
from commissioning.models import EvaluatorAssignment, Exercise

JOINED = ("draws_on", "measures")


def hold(row, seen: str | None):
    """The row as it is now, held until the transaction ends.

    Raises ``WrongState`` where it was removed meanwhile, and ``StaleSave`` where it is no longer
    what the person saw (``inputs.stamp``); None stands for somebody who need not have seen it.
    """
    held = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise WrongState("A colleague removed this meanwhile.")
    refuse_stale(held, seen)
    return held


def refuse_stale(held, seen: str | None, names: Iterable[str] | None = None) -> None:
    """Raise ``StaleSave`` where a held row is no longer what the person saw, as ``hold`` does.

    ``names`` are the fields that the person saw; None stands for all of them.
    """
    if seen is not None and seen != stamp(held, names):
        raise StaleSave(held)


def write(row, known: Iterable[str], changes: dict) -> None:
    """Put the changes into the row, unsaved. Raises ``TypeError`` for anything unknown."""
    unknown = sorted(set(changes) - set(known))
    if unknown:
        raise TypeError(f"no fields to write: {', '.join(unknown)}")
    for name, value in changes.items():
        if name not in JOINED:
            setattr(row, name, value)


def join(row, changes: dict) -> None:
    """Replace the joined rows that the changes name."""
    for name in JOINED:
        if name in changes:
            getattr(row, name).set(changes[name])


def put_in_order(rows: list, row, up: bool) -> None:
    """Move a row one place up or down among its siblings and number their places from 0.

    At the end of the line nothing moves.
    """
    at = next(place for place, one in enumerate(rows) if one.pk == row.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for place, one in enumerate(rows):
        if one.position != place:
            one.position = place
            one.save(update_fields=["position"])


def next_position(rows) -> int:
    """The place after the last of the rows."""
    last = rows.order_by("position").last()
    return last.position + 1 if last else 0


def forget_assignments(exercise: Exercise, lot_number: int, keys: Iterable[str] | None) -> None:
    """While it is designed, nobody goes on being assigned to what was taken out.

    ``keys`` None stands for the whole lot. In an amendment assignments stay, as it may be given up.
    """
    if exercise.state != ExerciseState.DESIGN:
        return
    rows = EvaluatorAssignment.objects.filter(member__exercise=exercise, lot_number=lot_number)
    if keys is not None:
        rows = rows.filter(criterion_key__in=list(keys))
    rows.delete()


def record(actor: Actor, exercise: Exercise, verb: str, **facts) -> None:
    """The audit row of a change of design: which row and which fields, never what was written."""
    audit.record(
        actor=actor, verb=verb, subject=exercise, case=exercise.reference, facts=dict(facts)
    )
