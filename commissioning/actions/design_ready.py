"""Adding ready sections to an exercise, and taking its criteria from a framework's exercise."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from accounts.access import Actor, WrongState
from commissioning.actions import _design_rows as rows
from commissioning.actions._model_rows import write_rows
from commissioning.actions.design import ready_scale
from commissioning.actions.exercises import FRAMEWORK_SETTINGS, new_key, writable
from commissioning.award_model import ready_sections
from commissioning.award_model.model import Criterion
from commissioning.award_model.terms import SocialValueMethod
from commissioning.enums import ExerciseKind, ExerciseState
from commissioning.inputs import framework_code, published_model
from commissioning.models import (
    AwardCriterion,
    AwardScale,
    ContractTerm,
    Exercise,
    ExerciseLot,
    ParticipationCondition,
)
from principles.models import Criterion as FrameworkCriterion
from principles.models import Measure


@transaction.atomic
def add_ethics_conditions(
    *, actor: Actor, exercise: Exercise, criteria: Iterable[FrameworkCriterion]
) -> list[ParticipationCondition]:
    """Add a condition of participation for each expectation, to be edited.

    Side effects, in order: conditions, audit row.
    """
    exercise = writable(actor, exercise)
    chosen = _chosen(criteria)
    made = []
    for item in ready_sections.ethics_conditions(_plain(chosen)):
        row = ParticipationCondition.objects.create(
            exercise=exercise,
            key=new_key(),
            position=rows.next_position(exercise.conditions),
            title=item.title,
            text=item.text,
            evidence=item.evidence,
            is_ethics=True,
        )
        row.draws_on.set([chosen[code] for code in item.draws_on])
        made.append(row)
    rows.record(actor, exercise, "ethics.added", place="conditions", count=len(made))
    return made


@transaction.atomic
def add_ethics_terms(
    *, actor: Actor, exercise: Exercise, criteria: Iterable[FrameworkCriterion]
) -> list[ContractTerm]:
    """Add a contract term for each expectation, to be edited. Side effects, in order: terms, audit
    row.
    """
    exercise = writable(actor, exercise)
    chosen = _chosen(criteria)
    made = []
    for item in ready_sections.ethics_terms(_plain(chosen)):
        row = ContractTerm.objects.create(
            exercise=exercise,
            key=new_key(),
            position=rows.next_position(exercise.terms),
            title=item.title,
            text=item.text,
            is_kpi=item.is_kpi,
            target=item.target,
            is_ethics=True,
        )
        row.draws_on.set([chosen[code] for code in item.draws_on])
        made.append(row)
    rows.record(actor, exercise, "ethics.added", place="terms", count=len(made))
    return made


@transaction.atomic
def add_ethics_criterion(
    *,
    actor: Actor,
    lot: ExerciseLot,
    criteria: Iterable[FrameworkCriterion],
    weight_percent: Decimal,
) -> AwardCriterion:
    """Add an award criterion about ethics to a lot, with a part for each expectation.

    Side effects, in order: scale (where the ready one is not there), criteria, audit row.
    """
    exercise = writable(actor, lot.exercise)
    chosen = _chosen(criteria)
    made = ready_sections.ethics_criterion(_plain(chosen), number="", weight_percent=weight_percent)
    row = _write(lot, None, made, ready_scale(exercise), chosen, {})
    rows.record(
        actor, exercise, "ethics.added", place="criteria", lot=lot.number, count=len(chosen)
    )
    return row


@transaction.atomic
def add_social_value_model(
    *,
    actor: Actor,
    lot: ExerciseLot,
    criteria: Iterable[FrameworkCriterion],
    weight_percent: Decimal,
) -> AwardCriterion:
    """Add a social value criterion to a lot, with a rated part for each model award criterion.

    Side effects, in order: scale (where the ready one is not there), criteria, audit row.
    """
    exercise = writable(actor, lot.exercise)
    chosen = _chosen(criteria)
    made = ready_sections.social_value_from_model(
        _plain(chosen), number="", weight_percent=weight_percent
    )
    row = _write(lot, None, made, ready_scale(exercise), chosen, {})
    rows.record(actor, exercise, "social_value.added", lot=lot.number, count=len(chosen))
    return row


@transaction.atomic
def add_social_value_measures(
    *,
    actor: Actor,
    lot: ExerciseLot,
    measures: Iterable[Measure],
    weight_percent: Decimal,
    method: str = SocialValueMethod.TARGET,
    target_gbp: Decimal | None = None,
) -> AwardCriterion:
    """Add a social value criterion to a lot that is computed from commitments to measures.

    Side effects, in order: criterion, audit row.
    """
    exercise = writable(actor, lot.exercise)
    known = {framework_code(measure): measure for measure in measures}
    if not known:
        raise WrongState("Choose at least one measure.")
    made = ready_sections.social_value_from_measures(
        known,
        number="",
        weight_percent=weight_percent,
        method=SocialValueMethod(method),
        target_gbp=target_gbp,
    )
    row = _write(lot, None, made, None, {}, known)
    rows.record(actor, exercise, "social_value.added", lot=lot.number, count=len(known))
    return row


@transaction.atomic
def take_from_framework(
    *, actor: Actor, exercise: Exercise, framework: Exercise, seen: str | None = None
) -> Exercise:
    """Let a call-off take lots, scales, criteria, conditions and terms from its framework.

    Whatever was written before is replaced. Refused once published. ``seen`` is the stamp of
    ``FRAMEWORK_SETTINGS`` as the person saw them: raises ``StaleSave`` where a colleague chose
    another framework meanwhile. Side effects, in order: rows of the model, assignments, exercise,
    audit row.
    """
    exercise = writable(actor, exercise)
    rows.refuse_stale(exercise, seen, FRAMEWORK_SETTINGS)
    if exercise.kind != ExerciseKind.CALL_OFF or exercise.state != ExerciseState.DESIGN:
        raise WrongState("Only a call-off that is being designed takes criteria from a framework.")
    if framework.procurement.buyer_id != exercise.procurement.buyer_id:
        raise WrongState("The framework was run by another body: type its reference instead.")
    version = framework.versions.order_by("number").last()
    if version is None:
        raise WrongState("That framework was never published here.")
    numbers = list(exercise.lots.values_list("number", flat=True))
    write_rows(exercise, published_model(version))
    for number in numbers:
        rows.forget_assignments(exercise, number, None)
    exercise.framework_exercise = framework
    exercise.framework_reference = ""
    exercise.save()
    rows.record(
        actor,
        exercise,
        "criteria.taken",
        framework=framework.reference,
        version=version.number,
    )
    return exercise


def _chosen(criteria: Iterable[FrameworkCriterion]) -> dict[str, FrameworkCriterion]:
    """Framework criteria by the code that an award model names them with."""
    chosen = {framework_code(row): row for row in criteria}
    if not chosen:
        raise WrongState("Choose at least one expectation.")
    return chosen


def _plain(chosen: dict[str, FrameworkCriterion]) -> list[ready_sections.FrameworkCriterion]:
    return [
        ready_sections.FrameworkCriterion(
            reference=code,
            code=row.code,
            title=row.title,
            explanation=row.explanation,
            good=row.good,
            evidence=tuple(row.evidence_to_ask),
        )
        for code, row in chosen.items()
    ]


def _write(
    lot: ExerciseLot,
    parent: AwardCriterion | None,
    made: Criterion,
    scale: AwardScale | None,
    frameworks: dict[str, FrameworkCriterion],
    measures: dict[str, Measure],
) -> AwardCriterion:
    """A proposed criterion and everything below it as rows, under keys of their own."""
    is_leaf, social = not made.sub_criteria, made.social_value
    row = AwardCriterion.objects.create(
        lot=lot,
        parent=parent,
        key=new_key(),
        position=rows.next_position(lot.criteria.filter(parent=parent)),
        kind=made.kind.value,
        title=made.title,
        weight_percent=made.weight_percent,
        asks=made.asks,
        guidance=made.guidance,
        scale=scale if is_leaf else None,
        social_value_method=social.method.value if social else "",
        target_gbp=social.target_gbp if social else None,
    )
    row.draws_on.set([frameworks[code] for code in made.draws_on])
    row.measures.set([measures[code] for code in social.measure_codes] if social else [])
    for part in made.sub_criteria:
        _write(lot, row, part, scale, frameworks, measures)
    return row
