"""Writing the rows of an exercise anew from an award model: for a framework's call-off, and to
discard an amendment.
"""

from collections.abc import Iterable

from accounts.access import WrongState
from commissioning.actions.exercises import new_key
from commissioning.award_model.model import AwardModel, Criterion
from commissioning.inputs import framework_code
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


def write_rows(exercise: Exercise, model: AwardModel) -> None:
    """Replace scales, lots, criteria, conditions and terms by those of the model, keys and all."""
    exercise.lots.all().delete()
    exercise.scales.all().delete()
    exercise.conditions.all().delete()
    exercise.terms.all().delete()
    frameworks = {
        framework_code(row): row
        for row in FrameworkCriterion.objects.select_related("edition__framework")
    }
    measures = {
        framework_code(row): row for row in Measure.objects.select_related("edition__framework")
    }
    scales = {
        scale.code: AwardScale.objects.create(
            exercise=exercise,
            code=scale.code,
            title=scale.title,
            points=[
                {
                    "value": str(point.value),
                    "label": point.label,
                    "description": point.description,
                }
                for point in scale.points
            ],
        )
        for scale in model.scales
    }
    for lot in model.lots:
        row = ExerciseLot.objects.create(
            exercise=exercise,
            number=lot.number,
            title=lot.title,
            value_gbp=lot.value_gbp,
            winners=lot.winners,
            description=lot.description,
            minimum_total_percent=lot.minimum_total_percent,
            decimal_places=lot.decimal_places,
            rounding=lot.rounding or "",
            tie_breaks=[str(step.value) for step in lot.tie_breaks],
        )
        for position, criterion in enumerate(lot.criteria):
            _write_criterion(row, None, position, criterion, scales, frameworks, measures)
    for position, item in enumerate(model.conditions):
        condition = ParticipationCondition.objects.create(
            exercise=exercise,
            key=item.key or new_key(),
            position=position,
            title=item.title,
            text=item.text,
            evidence=item.evidence,
            is_ethics=item.is_ethics,
        )
        condition.draws_on.set(_known(frameworks, item.draws_on))
    for position, item in enumerate(model.terms):
        term = ContractTerm.objects.create(
            exercise=exercise,
            key=item.key or new_key(),
            position=position,
            title=item.title,
            text=item.text,
            is_kpi=item.is_kpi,
            target=item.target,
            is_ethics=item.is_ethics,
        )
        term.draws_on.set(_known(frameworks, item.draws_on))


def _write_criterion(
    lot: ExerciseLot,
    parent: AwardCriterion | None,
    position: int,
    criterion: Criterion,
    scales: dict[str, AwardScale],
    frameworks: dict[str, FrameworkCriterion],
    measures: dict[str, Measure],
) -> None:
    price, social = criterion.price, criterion.social_value
    row = AwardCriterion.objects.create(
        lot=lot,
        parent=parent,
        key=criterion.key,
        position=position,
        kind=criterion.kind.value,
        title=criterion.title,
        weight_percent=criterion.weight_percent,
        asks=criterion.asks,
        guidance=criterion.guidance,
        scale=scales.get(criterion.scale_code),
        minimum_rating=criterion.minimum_rating,
        is_pass_fail=criterion.is_pass_fail,
        is_incomplete_as_published=criterion.is_incomplete_as_published,
        word_limit=criterion.word_limit,
        price_method=price.method.value if price and price.method else "",
        price_basis=price.price_basis if price else "",
        ceiling_gbp=price.ceiling_gbp if price else None,
        floor_gbp=price.floor_gbp if price else None,
        midpoint_percent=price.midpoint_percent if price else None,
        points_per_percent=price.points_per_percent if price else None,
        minimum_quality_percent=price.minimum_quality_percent if price else None,
        abnormally_low_percent=price.abnormally_low_percent if price else None,
        social_value_method=social.method.value if social else "",
        target_gbp=social.target_gbp if social else None,
    )
    row.draws_on.set(_known(frameworks, criterion.draws_on))
    if social:
        row.measures.set(_known(measures, social.measure_codes))
    for place, below in enumerate(criterion.sub_criteria):
        _write_criterion(lot, row, place, below, scales, frameworks, measures)


def _known(rows: dict, codes: Iterable[str]) -> list:
    """The rows that the codes name. Raises ``WrongState`` naming what the library lacks."""
    if unknown := [code for code in codes if code not in rows]:
        raise WrongState(
            f"The library does not hold {', '.join(unknown)}: load that edition first."
        )
    return [rows[code] for code in codes]
