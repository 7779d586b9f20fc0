"""The ethics schedule of the tender pack."""

from datetime import datetime

from commissioning.award_model.ethics_schedule import SchedulePart, ethics_schedule
from commissioning.award_model.model import AwardModel
from commissioning.inputs import framework_code
from commissioning.models import Exercise
from principles.models import Criterion
from scorecards.documents.document import (
    DocumentContent,
    Section,
    document,
    paragraph,
    section,
    table,
)


def schedule_document(
    exercise: Exercise, model: AwardModel, *, reference: str, at: datetime
) -> DocumentContent:
    """The schedule in words: what is expected, where it is tested, how it is shown and watched."""
    schedule = ethics_schedule(model, _titles(model))
    return document(
        *(_section(part) for part in schedule.parts),
        kind="Ethics schedule",
        title=schedule.title,
        reference=reference,
        issued_by=str(exercise.procurement.buyer),
        made_at=at,
        issued_on=at.date(),
        facts=(("Procurement", exercise.reference),),
    )


def _titles(model: AwardModel) -> dict[str, str]:
    """Titles of the framework criteria that the model names, by the names that it uses."""
    places = [*model.conditions, *model.terms]
    wanted = {code for place in places for code in place.draws_on}
    wanted |= {code for lot in model.lots for node in lot.tree() for code in node.draws_on}
    if not wanted:
        return {}
    labels = {code.split(" ")[1] for code in wanted}
    rows = Criterion.objects.filter(edition__label__in=labels).select_related("edition__framework")
    return {framework_code(row): row.title for row in rows if framework_code(row) in wanted}


def _section(part: SchedulePart) -> Section:
    blocks = [paragraph(text) for text in part.paragraphs]
    if part.columns:
        blocks.append(table(part.heading, part.columns, part.rows))
    return section(part.heading, *blocks)
