"""From the rows of an exercise to the plain award model, and from a version to what it says."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from commissioning.award_model import text
from commissioning.award_model.model import (
    AwardModel,
    Condition,
    Criterion,
    Lot,
    PriceRule,
    Scale,
    ScalePoint,
    SocialValueRule,
    Term,
)
from commissioning.award_model.terms import (
    CriterionKind,
    LotLimitMechanism,
    PriceMethod,
    Rounding,
    SocialValueMethod,
    TieBreak,
)
from commissioning.models import AwardCriterion, Exercise, ModelVersion
from principles.models import Criterion as FrameworkCriterion
from principles.models import Measure

# Where a row stands is no part of what people write in it.
PLACES = frozenset({"id", "number", "position"})


def stamp(row, names: Iterable[str] | None = None) -> str:
    """A short fingerprint of what is written in a row of the design, its joined rows included.

    It tells whether somebody saved the row since a page was opened. ``names`` are the fields that
    the page shows, where it shows a part of the row; None stands for all of them.
    """
    wanted = None if names is None else set(names)
    written = {
        field.attname: _as_text(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if (field.name not in PLACES if wanted is None else field.name in wanted)
    }
    for field in row._meta.many_to_many:
        if wanted is None or field.name in wanted:
            written[field.name] = sorted(one.pk for one in getattr(row, field.name).all())
    text = json.dumps(written, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _as_text(value) -> str:
    """The same text for the same value: databases do not all keep the order of keys."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)


def framework_code(row: FrameworkCriterion | Measure) -> str:
    """How an award model and a bid name a criterion or a measure: framework, edition and code.

    A code alone means another thing in the next edition.
    """
    edition = row.edition
    return f"{edition.framework.code} {edition.label} {row.code}"


def award_model_of(exercise: Exercise) -> AwardModel:
    """The award model as its rows are written now. A constant number of queries."""
    buyer = exercise.procurement.buyer
    criteria = (
        AwardCriterion.objects.filter(lot__exercise=exercise)
        .select_related("scale")
        .prefetch_related("draws_on__edition__framework", "measures__edition__framework")
    )
    by_parent = defaultdict(list)
    for row in criteria:
        by_parent[row.lot_id, row.parent_id].append(row)
    return AwardModel(
        title=exercise.procurement.title,
        regime=exercise.regime,
        body_type=buyer.body_type,
        subject_matter=exercise.subject_matter,
        value_gbp=exercise.value_gbp,
        tender_notice_on=exercise.tender_notice_on,
        scales=tuple(_scale(row) for row in exercise.scales.all()),
        lots=tuple(_lot(row, by_parent) for row in exercise.lots.all()),
        lots_per_supplier=exercise.lots_per_supplier,
        lot_limit_mechanism=_choice(LotLimitMechanism, exercise.lot_limit_mechanism),
        conditions=tuple(
            Condition(
                key=row.key,
                title=row.title,
                text=row.text,
                evidence=row.evidence,
                draws_on=_codes(row),
                is_ethics=row.is_ethics,
            )
            for row in _with_codes(exercise.conditions)
        ),
        terms=tuple(
            Term(
                key=row.key,
                title=row.title,
                text=row.text,
                is_kpi=row.is_kpi,
                target=row.target,
                draws_on=_codes(row),
                is_ethics=row.is_ethics,
            )
            for row in _with_codes(exercise.terms)
        ),
        chair_scores=exercise.chair_scores,
        names_hidden=exercise.names_hidden,
    )


def published_model(version: ModelVersion) -> AwardModel:
    """What the version says, read from its own text."""
    return text.from_text(version.model_text)


def _with_codes(manager):
    return manager.prefetch_related("draws_on__edition__framework")


def _codes(row) -> tuple[str, ...]:
    return tuple(sorted(framework_code(criterion) for criterion in row.draws_on.all()))


def _choice(choices, value: str):
    return choices(value) if value else None


def _scale(row) -> Scale:
    points = (
        ScalePoint(_decimal(point["value"]), point["label"], point.get("description", ""))
        for point in row.points
    )
    return Scale(row.code, row.title, tuple(sorted(points, key=lambda point: point.value)))


def _decimal(value: str):
    return AwardCriterion._meta.get_field("weight_percent").to_python(value)


def _lot(row, by_parent) -> Lot:
    return Lot(
        number=row.number,
        title=row.title,
        criteria=_criteria(row.pk, None, "", by_parent),
        winners=row.winners,
        description=row.description,
        value_gbp=row.value_gbp,
        minimum_total_percent=row.minimum_total_percent,
        decimal_places=row.decimal_places,
        rounding=_choice(Rounding, row.rounding),
        tie_breaks=tuple(TieBreak(value) for value in row.tie_breaks),
    )


def _criteria(lot: int, parent: int | None, above: str, by_parent) -> tuple[Criterion, ...]:
    found = []
    for place, row in enumerate(by_parent[lot, parent], start=1):
        number = f"{above}{place}"
        found.append(_criterion(row, number, _criteria(lot, row.pk, f"{number}.", by_parent)))
    return tuple(found)


def _criterion(row: AwardCriterion, number: str, below: tuple[Criterion, ...]) -> Criterion:
    kind = CriterionKind(row.kind)
    return Criterion(
        key=row.key,
        number=number,
        title=row.title,
        kind=kind,
        weight_percent=row.weight_percent,
        asks=row.asks,
        guidance=row.guidance,
        scale_code=row.scale.code if row.scale else "",
        minimum_rating=row.minimum_rating,
        is_pass_fail=row.is_pass_fail,
        word_limit=row.word_limit,
        price=_price(row) if kind == CriterionKind.PRICE else None,
        social_value=_social_value(row) if kind == CriterionKind.SOCIAL_VALUE else None,
        draws_on=_codes(row),
        sub_criteria=below,
        is_incomplete_as_published=row.is_incomplete_as_published,
    )


def _price(row: AwardCriterion) -> PriceRule:
    return PriceRule(
        method=_choice(PriceMethod, row.price_method),
        price_basis=row.price_basis,
        ceiling_gbp=row.ceiling_gbp,
        floor_gbp=row.floor_gbp,
        midpoint_percent=row.midpoint_percent,
        points_per_percent=row.points_per_percent,
        minimum_quality_percent=row.minimum_quality_percent,
        abnormally_low_percent=row.abnormally_low_percent,
    )


def _social_value(row: AwardCriterion) -> SocialValueRule:
    return SocialValueRule(
        method=_choice(SocialValueMethod, row.social_value_method) or SocialValueMethod.QUALITATIVE,
        target_gbp=row.target_gbp,
        measure_codes=tuple(sorted(framework_code(measure) for measure in row.measures.all())),
    )
