"""Reads of the rows in which an award model is written, for the body that runs the exercise."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, QuerySet, When

from accounts.access import Actor, WrongState
from commissioning.award_model.model import AwardModel
from commissioning.enums import ExerciseState
from commissioning.inputs import framework_code
from commissioning.models import (
    AwardCriterion,
    AwardScale,
    BidInvitation,
    ContractTerm,
    Exercise,
    ExerciseLot,
    ParticipationCondition,
    Procurement,
)
from commissioning.queries.exercises import exercises
from principles import queries as library
from principles.enums import AnsweredBy, MeasureKind
from principles.models import Criterion, Measure

SEVEN_PRINCIPLES = "seven-principles"


def exercise_of_procurement(viewer: Actor, procurement: Procurement) -> Exercise | None:
    """The exercise in which a procurement is run here, if it is."""
    return exercises(viewer).filter(procurement=procurement).first()


def lots_of(viewer: Actor, exercise: Exercise) -> QuerySet[ExerciseLot]:
    return ExerciseLot.objects.filter(exercise__in=_own(viewer, exercise)).order_by("number")


def lot_numbered(viewer: Actor, exercise: Exercise, number: int) -> ExerciseLot | None:
    return (
        lots_of(viewer, exercise)
        .filter(number=number)
        .select_related("exercise__procurement__buyer__organisation")
        .first()
    )


def criterion_keyed(viewer: Actor, lot: ExerciseLot, key: str) -> AwardCriterion | None:
    """A criterion of a lot with what it draws on, its measures and its scale."""
    return (
        AwardCriterion.objects.filter(lot__exercise__in=_own(viewer, lot.exercise))
        .filter(lot=lot, key=key)
        .select_related("lot__exercise__procurement__buyer__organisation", "scale", "parent")
        .prefetch_related("draws_on", "measures", "sub_criteria")
        .first()
    )


def scales_of(viewer: Actor, exercise: Exercise) -> QuerySet[AwardScale]:
    return AwardScale.objects.filter(exercise__in=_own(viewer, exercise)).order_by("title", "code")


def scale_coded(viewer: Actor, exercise: Exercise, code: str) -> AwardScale | None:
    rows = scales_of(viewer, exercise).filter(code=code)
    return rows.select_related("exercise__procurement__buyer__organisation").first()


def conditions_of(viewer: Actor, exercise: Exercise) -> QuerySet[ParticipationCondition]:
    rows = ParticipationCondition.objects.filter(exercise__in=_own(viewer, exercise))
    return rows.select_related("exercise__procurement__buyer__organisation").prefetch_related(
        "draws_on"
    )


def condition_keyed(viewer: Actor, exercise: Exercise, key: str) -> ParticipationCondition | None:
    return conditions_of(viewer, exercise).filter(key=key).first()


def terms_of(viewer: Actor, exercise: Exercise) -> QuerySet[ContractTerm]:
    rows = ContractTerm.objects.filter(exercise__in=_own(viewer, exercise))
    return rows.select_related("exercise__procurement__buyer__organisation").prefetch_related(
        "draws_on"
    )


def term_keyed(viewer: Actor, exercise: Exercise, key: str) -> ContractTerm | None:
    return terms_of(viewer, exercise).filter(key=key).first()


def invitations_of(viewer: Actor, exercise: Exercise) -> QuerySet[BidInvitation]:
    """The providers that were invited to bid, for the body that invited them and its auditors."""
    rows = BidInvitation.objects.filter(exercise__in=_own(viewer, exercise))
    return rows.select_related("provider__organisation", "invited_by")


def frameworks_to_call_off(viewer: Actor, exercise: Exercise) -> QuerySet[Exercise]:
    """Exercises of the same body that were published here and may be a framework for this one."""
    return (
        exercises(viewer)
        .filter(procurement__buyer=exercise.procurement.buyer_id)
        .exclude(pk=exercise.pk)
        .exclude(state=ExerciseState.DESIGN)
        .filter(versions__isnull=False)
        .distinct()
    )


def ethics_to_draw_on(viewer: Actor, on: date) -> QuerySet[Criterion]:
    """What providers are assessed against on that day: the criteria that a design may draw on.

    The Seven Principles come first.
    """
    rows = library.criteria_of_editions(viewer, library.editions_to_assess(viewer, on))
    first = Case(When(edition__framework__code=SEVEN_PRINCIPLES, then=0), default=1)
    return rows.filter(answered_by=AnsweredBy.PROVIDER).order_by(first, "edition_id", "position")


def social_value_to_draw_on(viewer: Actor) -> QuerySet[Criterion]:
    """The model award criteria of editions that only help to design: their lowest nodes."""
    return (
        Criterion.objects.visible_to(viewer)
        .filter(edition__in=library.editions_for_design(viewer), children__isnull=True)
        .select_related("edition__framework", "parent__parent__parent")
    )


def measures_to_count(viewer: Actor, on: date) -> QuerySet[Measure]:
    """The measures in pounds of the editions in force, in their order, with outcome and theme."""
    return (
        Measure.objects.visible_to(viewer)
        .filter(edition__in=library.editions_in_force(viewer, on), kind=MeasureKind.MONETISED)
        .select_related("outcome__parent", "edition__framework")
    )


def names_in(viewer: Actor, model: AwardModel) -> dict[str, str]:
    """The titles of what a model names by its code: framework criteria and measures.

    Two queries at most, whatever the size of the model.
    """
    leaves = [leaf for lot in model.lots for leaf in lot.tree()]
    drawn = {code for part in (*leaves, *model.conditions, *model.terms) for code in part.draws_on}
    counted = {
        code for leaf in leaves if leaf.social_value for code in leaf.social_value.measure_codes
    }
    found = {}
    if drawn:
        rows = Criterion.objects.visible_to(viewer).filter(
            code__in={code.rpartition(" ")[2] for code in drawn}
        )
        for row in rows.select_related("edition__framework"):
            if framework_code(row) in drawn:
                found[framework_code(row)] = f"{row.edition.framework.title}: {row.title}"
    for code, row in measures_by_code(viewer, counted).items():
        found[code] = f"{row.edition.framework.title}: {row.label}, {row.unit}"
    return found


def measures_by_code(viewer: Actor, codes: Iterable[str]) -> dict[str, Measure]:
    """Measures by framework, edition and code, as award models and bids name them.

    One query, and none for no code. Raises ``WrongState`` naming what the library does not hold:
    a commitment must never be left out of a page or of a sum.
    """
    wanted = set(codes)
    if not wanted:
        return {}
    rows = Measure.objects.visible_to(viewer).filter(
        code__in={code.rpartition(" ")[2] for code in wanted}
    )
    named = {framework_code(row): row for row in rows.select_related("edition__framework")}
    if unknown := wanted - set(named):
        raise WrongState(
            "The library of this service does not hold a measure that the tender documents name: "
            f"{min(unknown)}. Its operator loads that edition."
        )
    return {code: named[code] for code in wanted}


def _own(viewer: Actor, exercise: Exercise) -> QuerySet[Exercise]:
    """The exercise, if the viewer's body runs it or the viewer audits it."""
    return exercises(viewer).filter(pk=exercise.pk).order_by().values("pk")
