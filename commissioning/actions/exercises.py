"""Starting an exercise, setting it up, and ending it."""

import re
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.numbers import NotANumber, NumberRule, read_number
from commissioning.actions import _design_rows as rows
from commissioning.actions._exercise_steps import duties_of, lock_exercise, take_exercise_step
from commissioning.award_model.terms import CriterionKind
from commissioning.enums import Duty, ExerciseKind, Regime
from commissioning.models import (
    AwardCriterion,
    Commissioner,
    Exercise,
    ExerciseLot,
    ExerciseMember,
    Procurement,
)
from commissioning.ocds import CODE
from commissioning.rules import leads, may_start_exercise

PUBLISHED_WEIGHTS = NumberRule(most=10**6, decimals=6, unit="%")
KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FRAMEWORK_SETTINGS = ("framework_exercise", "framework_reference")
LIMIT_SETTINGS = ("lots_per_supplier", "lot_limit_mechanism")
GENERAL_SETTINGS = (
    "regime",
    "subject_matter",
    "value_gbp",
    "is_open",
    "chair_scores",
    "names_hidden",
    "minimum_scores",
    "value_set",
    "locality",
    "tender_notice_on",
    "questions_due_at",
    "tenders_due_at",
    "contract_starts_on",
    "contract_ends_on",
)
SETTINGS = (*GENERAL_SETTINGS, *FRAMEWORK_SETTINGS, *LIMIT_SETTINGS)


def new_key() -> str:
    """A key for a criterion, condition or term, never used again when its row is removed."""
    return get_random_string(8, KEY_LETTERS)


@transaction.atomic
def start_exercise(
    *,
    actor: Actor,
    commissioner: Commissioner | None,
    kind: str,
    procurement: Procurement | None = None,
    title: str = "",
    description: str = "",
    regime: str = "",
    value_gbp: Decimal | None = None,
) -> Exercise:
    """Start a procurement in this service; the actor leads it.

    With a ``procurement`` that came from a notice, its lots and award criteria are taken over: a
    weight without its sub-criteria is marked incomplete as published. Without one, a procurement
    is kept by hand. A body that never bought here has no commissioning profile: ``None`` makes the
    one of the actor's. Side effects, in order: commissioner's profile where there is none,
    procurement (by hand only), exercise, lots, criteria, the lead's duty, audit row.
    """
    if commissioner is None:
        commissioner = _own_profile(actor)
    require(
        may_start_exercise(actor, commissioner),
        "Only a procurement lead of the body starts a procurement.",
    )
    if procurement is None:
        if not title.strip():
            raise WrongState("Enter the title of the procurement.")
        procurement = Procurement.objects.create(
            buyer=commissioner,
            title=title.strip(),
            description=description.strip(),
            regime=regime or Regime.UNKNOWN,
            value_gbp=value_gbp,
            currency="GBP" if value_gbp is not None else "",
        )
    else:
        procurement = Procurement.objects.select_for_update(of=("self",)).get(pk=procurement.pk)
        require(procurement.buyer_id == commissioner.pk, "Another body buys here.")
        if Exercise.objects.filter(procurement=procurement).exists():
            raise WrongState("This procurement has been started here already.")
    now = timezone.now()
    exercise = Exercise.objects.create(
        procurement=procurement,
        kind=ExerciseKind(kind),
        regime=regime or procurement.regime,
        subject_matter=(procurement.description or procurement.title).strip(),
        value_gbp=procurement.pounds_with_vat if value_gbp is None else value_gbp,
        created_at=now,
        created_by=actor.user,
    )
    if kind != ExerciseKind.DIRECT_AWARD:
        _take_over_lots(exercise, procurement)
    ExerciseMember.objects.create(
        exercise=exercise, user=actor.user, duty=Duty.LEAD, named_at=now, named_by=actor.user
    )
    audit.record(
        actor=actor,
        verb="exercise.started",
        subject=exercise,
        case=exercise.reference,
        facts={"procurement": procurement.reference, "kind": kind, "regime": exercise.regime},
    )
    return exercise


def _own_profile(actor: Actor) -> Commissioner:
    require(
        actor.organisation is not None and actor.organisation.acts_as_commissioner,
        "Your organisation doesn't commission.",
    )
    return Commissioner.objects.get_or_create(organisation=actor.organisation)[0]


def _take_over_lots(exercise: Exercise, procurement: Procurement) -> None:
    """The lots and criteria of the notice, or one lot for the whole.

    Criteria that were published as a code stand for none: who designs names them.
    """
    published = list(procurement.lots.all())
    criteria = [row for row in procurement.criteria.all() if row.criterion_type != CODE]
    if not published:
        lot = ExerciseLot.objects.create(
            exercise=exercise,
            number=1,
            title=procurement.title,
            value_gbp=procurement.pounds_with_vat,
        )
        _take_over_criteria(lot, criteria)
        return
    for number, row in enumerate(published, start=1):
        lot = ExerciseLot.objects.create(
            exercise=exercise,
            number=number,
            title=row.title or f"Lot {row.lot_id}"[:300],
            description=row.description,
            value_gbp=row.pounds_with_vat,
        )
        _take_over_criteria(lot, [item for item in criteria if item.lot_id in (None, row.pk)])


def _take_over_criteria(lot: ExerciseLot, published: list) -> None:
    AwardCriterion.objects.bulk_create(
        AwardCriterion(
            lot=lot,
            key=new_key(),
            position=position,
            kind=kind_of(row.criterion_type, row.name),
            title=row.name or row.criterion_type or "Criterion",
            guidance=row.description,
            weight_percent=weight_of(row.weight),
            is_incomplete_as_published=True,
        )
        for position, row in enumerate(published)
    )


def kind_of(criterion_type: str, name: str) -> CriterionKind:
    """What a published criterion is about, by its type and its name."""
    words = f"{criterion_type} {name}".lower()
    if re.search(r"\bsocial\b", words):
        return CriterionKind.SOCIAL_VALUE
    if re.search(r"\bethic|\bintegrity\b", words):
        return CriterionKind.ETHICS
    if re.search(r"\bprice\b|\bcost\b|\bcommercial\b", words):
        return CriterionKind.PRICE
    return CriterionKind.QUALITY


def weight_of(published: str) -> Decimal | None:
    """A published weight where it is one number; a range or words are none."""
    try:
        return read_number(published, PUBLISHED_WEIGHTS)
    except NotANumber:
        return None


@transaction.atomic
def change_settings(
    *, actor: Actor, exercise: Exercise, seen: str | None = None, **changes
) -> Exercise:
    """Change what ``SETTINGS`` names, while the exercise is designed or an amendment is open.

    ``seen`` is the stamp of these settings as the person saw them (``inputs.stamp``). Raises
    ``StaleSave`` where a colleague changed one of them meanwhile, ``WrongState`` where one of
    ``said_once`` would change after publication, and ``TypeError`` for anything else. Side
    effects, in order: exercise, audit row.
    """
    unknown = sorted(set(changes) - set(SETTINGS))
    if unknown:
        raise TypeError(f"no settings of an exercise: {', '.join(unknown)}")
    exercise = writable(actor, exercise)
    rows.refuse_stale(exercise, seen, changes)
    said = [name for name in said_once(exercise) if name in changes]
    if any(getattr(exercise, name) != changes[name] for name in said):
        raise WrongState(
            "Whether every provider may bid, and the values by which commitments are scored, stay"
            " as they were published."
        )
    for name, value in changes.items():
        setattr(exercise, name, value)
    exercise.save()
    audit.record(
        actor=actor,
        verb="exercise.changed",
        subject=exercise,
        case=exercise.reference,
        facts={"fields": sorted(changes)},
    )
    return exercise


def said_once(exercise: Exercise) -> tuple[str, ...]:
    """The settings that no version holds and that bidders go by: they stay once it is published.

    Values for commitments may still be chosen where none were.
    """
    if exercise.published_at is None:
        return ()
    return ("is_open",) if exercise.value_set_id is None else ("is_open", "value_set", "locality")


def writable(actor: Actor, exercise: Exercise) -> Exercise:
    """The locked exercise, where the actor may write its award model now.

    Raises ``Refused`` for anybody but a lead, and ``WrongState`` after publication unless an
    amendment is open.
    """
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise changes it.",
    )
    exercise = lock_exercise(exercise)
    if not exercise.is_written:
        raise WrongState("It is published. Open an amendment to change it.")
    return exercise


@transaction.atomic
def end_exercise(*, actor: Actor, exercise: Exercise, reason: str) -> Exercise:
    """End the exercise without going on, with the reason. Side effects: those of the step."""
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise ends it.",
    )
    exercise = lock_exercise(exercise)
    exercise.amendment_opened_at = None
    take_exercise_step(actor=actor, exercise=exercise, name="end", reason=reason)
    return exercise
