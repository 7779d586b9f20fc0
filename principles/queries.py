"""Reads. The first argument is who asks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.access import Actor
from principles.enums import Level
from principles.models import (
    Criterion,
    DoubleCountPair,
    Edition,
    Measure,
    ScalePoint,
    UnitValue,
    ValueSet,
)
from principles.value_files import KnownMeasure


def editions(viewer: Actor) -> QuerySet[Edition]:
    """Every published edition, with its framework; the newest of each framework first."""
    return Edition.objects.visible_to(viewer).select_related("framework")


def editions_in_force(viewer: Actor, on: date) -> QuerySet[Edition]:
    """The edition of each framework that is in force on that day, with its framework."""
    return editions(viewer).in_force(on)


def editions_to_assess(viewer: Actor, on: date) -> QuerySet[Edition]:
    """Those of ``editions_in_force`` that a contract and its provider may be assessed against."""
    return editions_in_force(viewer, on).filter(for_assessment=True)


def editions_for_design(viewer: Actor) -> QuerySet[Edition]:
    """Those that only help to design procurements, whether in force or not.

    A procurement keeps the model under which it began, and a body that is not bound may choose.
    """
    return editions(viewer).filter(for_assessment=False)


def editions_with_counts(viewer: Actor) -> QuerySet[Edition]:
    """``editions`` with ``core_count``, ``standard_count``, ``enhanced_count``, ``measure_count``.

    The counts nest as the levels do: the enhanced count is that of all assessable criteria.
    """
    counts = {
        f"{level}_count": Count(
            "criteria", filter=Q(criteria__level__in=level.included), distinct=True
        )
        for level in Level
    }
    return editions(viewer).annotate(**counts, measure_count=Count("measures", distinct=True))


def edition_named(viewer: Actor, code: str, label: str) -> Edition | None:
    """The edition with this natural key."""
    return editions(viewer).filter(framework__code=code, label=label).first()


def edition_of_key(viewer: Actor, key: str) -> Edition | None:
    """The edition with a key such as ``cipfa-ifac@2014.1``."""
    code, _, label = key.partition("@")
    return edition_named(viewer, code, label)


def scale_of(viewer: Actor, edition: Edition) -> QuerySet[ScalePoint]:
    """The rating scale of an edition, from the lowest point up. Empty where nothing is rated."""
    return ScalePoint.objects.visible_to(viewer).filter(edition=edition)


def criteria_of(
    viewer: Actor, edition: Edition, level: str = Level.ENHANCED
) -> QuerySet[Criterion]:
    """The assessable criteria of an edition at a level, in reading order, with their parents."""
    return criteria_of_editions(viewer, [edition], level)


def criteria_of_editions(
    viewer: Actor, editions: Iterable[Edition], level: str = Level.ENHANCED
) -> QuerySet[Criterion]:
    """The assessable criteria of several editions at a level, in reading order, with parents."""
    return (
        Criterion.objects.visible_to(viewer)
        .filter(edition__in=editions)
        .at_level(level)
        .select_related("edition__framework", "parent__parent__parent")
    )


@dataclass
class Node:
    """A criterion with what is below it. ``depth`` counts from 0 at the principle."""

    criterion: Criterion
    depth: int
    children: list["Node"] = field(default_factory=list)

    @property
    def assessable_count(self) -> int:
        own = 1 if self.criterion.is_assessable else 0
        return own + sum(child.assessable_count for child in self.children)


def criterion_tree(
    viewer: Actor, edition: Edition, level: str = Level.ENHANCED, words: str = ""
) -> list[Node]:
    """The tree of an edition. One query.

    Only what is assessed at ``level`` and whose text holds ``words`` is kept, with the headings
    above it. An edition of measures keeps its outcomes, as they have no level.
    """
    rows = list(Criterion.objects.visible_to(viewer).filter(edition=edition))
    parents = {row.parent_id for row in rows}
    included = {*Level(level).included, ""}
    kept = {
        row.pk
        for row in rows
        if row.pk not in parents and row.level in included and _mentions(row, words)
    }
    for row in reversed(rows):
        if row.pk in kept and row.parent_id:
            kept.add(row.parent_id)
    nodes: dict[int, Node] = {}
    roots: list[Node] = []
    for row in rows:
        if row.pk not in kept:
            continue
        above = nodes.get(row.parent_id)
        nodes[row.pk] = Node(row, above.depth + 1 if above else 0)
        (above.children if above else roots).append(nodes[row.pk])
    return roots


def _mentions(criterion: Criterion, words: str) -> bool:
    text = " ".join(
        (
            criterion.code,
            criterion.title,
            criterion.explanation,
            criterion.good,
            criterion.poor,
            *criterion.evidence_to_ask,
        )
    ).casefold()
    return all(word in text for word in words.casefold().split())


def criterion_named(viewer: Actor, edition: Edition, code: str) -> Criterion | None:
    """A criterion by its code, with the headings above it."""
    return (
        Criterion.objects.visible_to(viewer)
        .filter(edition=edition, code=code)
        .select_related("edition__framework", "parent__parent__parent")
        .first()
    )


def criteria_beside(viewer: Actor, criterion: Criterion) -> tuple:
    """The assessable criteria before and after this one in its edition; None at the ends."""
    rows = (
        Criterion.objects.visible_to(viewer)
        .filter(edition=criterion.edition_id, is_assessable=True)
        .order_by("position")
    )
    return (
        rows.filter(position__lt=criterion.position).last(),
        rows.filter(position__gt=criterion.position).first(),
    )


def children_of(viewer: Actor, criterion: Criterion) -> QuerySet[Criterion]:
    """What stands directly below a heading."""
    return Criterion.objects.visible_to(viewer).filter(parent=criterion)


def measures_of(viewer: Actor, edition: Edition, words: str = "") -> QuerySet[Measure]:
    """The measures of an edition in reading order, with outcome and theme."""
    rows = (
        Measure.objects.visible_to(viewer)
        .filter(edition=edition)
        .select_related("outcome__parent", "edition__framework")
    )
    for word in words.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(label__icontains=word)
            | Q(counting_rule__icontains=word)
            | Q(outcome__title__icontains=word)
        )
    return rows


def measures_of_outcome(viewer: Actor, outcome: Criterion) -> QuerySet[Measure]:
    """The measures of one outcome."""
    return Measure.objects.visible_to(viewer).filter(outcome=outcome)


def known_measures(viewer: Actor, edition: Edition) -> list[KnownMeasure]:
    """What a file of values for this edition is checked against."""
    return [
        KnownMeasure(row.code, row.unit, row.kind, row.value_basis)
        for row in Measure.objects.visible_to(viewer).filter(edition=edition)
    ]


def measure_named(viewer: Actor, edition: Edition, code: str) -> Measure | None:
    """A measure by its code, with outcome and theme."""
    return measures_of(viewer, edition).filter(code=code).first()


def double_count_pairs_of(viewer: Actor, edition: Edition) -> QuerySet[DoubleCountPair]:
    """The pairs of measures of an edition that can count the same thing twice."""
    return (
        DoubleCountPair.objects.visible_to(viewer)
        .filter(edition=edition)
        .select_related("first", "second")
    )


def pairs_of_measure(viewer: Actor, measure: Measure) -> list[tuple[Measure, DoubleCountPair]]:
    """Each measure that this one could overlap with, and the pair that says why."""
    pairs = double_count_pairs_of(viewer, measure.edition).filter(
        Q(first=measure) | Q(second=measure)
    )
    return [(pair.second if pair.first_id == measure.pk else pair.first, pair) for pair in pairs]


def value_sets(viewer: Actor) -> QuerySet[ValueSet]:
    """The value sets that the viewer may see, withdrawn ones too, with edition and owner."""
    return ValueSet.objects.visible_to(viewer).select_related(
        "edition__framework", "owner", "withdrawal"
    )


def value_sets_in_use(
    viewer: Actor, on: date, edition: Edition | None = None
) -> QuerySet[ValueSet]:
    """The value sets that a scorecard of that day may be computed with."""
    rows = value_sets(viewer).in_use(on)
    return rows if edition is None else rows.filter(edition=edition)


def value_set_named(viewer: Actor, reference: str) -> ValueSet | None:
    """A value set by its reference."""
    return value_sets(viewer).filter(reference=reference).first()


def unit_values_of(viewer: Actor, value_set: ValueSet) -> QuerySet[UnitValue]:
    """The values of a set in the order of the measures, with measure."""
    return (
        UnitValue.objects.visible_to(viewer).filter(value_set=value_set).select_related("measure")
    )


def unit_values_by_measure(
    viewer: Actor, value_set: ValueSet, locality: str = ""
) -> dict[int, UnitValue]:
    """One value for each measure (by primary key): that of the place, else that for everywhere."""
    rows = unit_values_of(viewer, value_set).filter(locality__in=["", locality])
    return {row.measure_id: row for row in sorted(rows, key=lambda row: bool(row.locality))}


def editions_with_measures(viewer: Actor) -> QuerySet[Edition]:
    """The editions that a value set can be for."""
    return editions(viewer).filter(measures__isnull=False).distinct()
