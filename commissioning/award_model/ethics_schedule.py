"""The ethics schedule of the tender pack: what is expected, where it is tested, how it is watched.

Plain content; documents are drawn elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from commissioning.award_model.model import AwardModel, Criterion
from commissioning.award_model.remarks import named, shown
from commissioning.award_model.terms import CriterionKind

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class SchedulePart:
    """One part: a heading, paragraphs, and a table where there are ``columns``."""

    heading: str
    paragraphs: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class EthicsSchedule:
    title: str
    parts: tuple[SchedulePart, ...]


def ethics_schedule(model: AwardModel, titles: Mapping[str, str] | None = None) -> EthicsSchedule:
    """The schedule of a model. ``titles`` names the framework criteria by their references.

    A part for which the model holds nothing says so.
    """
    names = titles or {}
    return EthicsSchedule(
        f"Ethical standards: {model.title}",
        (
            _expected(model, names),
            _tested(model, names),
            _shown_by_bidders(model),
            _monitored(model),
        ),
    )


def _expected(model: AwardModel, names: Mapping[str, str]) -> SchedulePart:
    references = dict.fromkeys(
        reference for _where, references in _places(model) for reference in references
    )
    if not references:
        return SchedulePart(
            "What is expected", ("This tender names no standard of a framework that it draws on.",)
        )
    return SchedulePart(
        "What is expected",
        (
            "Whoever provides this service uses public money and acts on the public's behalf. "
            "These standards are expected of the provider, and of its subcontractors on this "
            "contract.",
        ),
        ("Standard", "Source"),
        tuple((names.get(reference, reference), reference) for reference in references),
    )


def _tested(model: AwardModel, names: Mapping[str, str]) -> SchedulePart:
    places: dict[str, list[str]] = {}
    for where, references in _places(model):
        for reference in references or ("",):
            places.setdefault(reference, []).append(where)
    rows = tuple(
        (names.get(reference, reference) or "Without a named standard", where)
        for reference, found in places.items()
        for where in found
    )
    if not rows:
        return SchedulePart(
            "Where each is tested",
            ("No condition, award criterion or contract term of this tender is about ethics.",),
        )
    return SchedulePart(
        "Where each is tested",
        (
            "A condition of participation is met or not met. An award criterion earns points by "
            "its weight. A contract term binds the provider for the whole term.",
        ),
        ("Standard", "Tested by"),
        rows,
    )


def _shown_by_bidders(model: AwardModel) -> SchedulePart:
    rows = [
        (f"Condition: {one.title}", one.text, one.evidence or "A statement that it is met")
        for one in model.conditions
        if one.is_ethics
    ]
    rows += [
        (f"Lot {number}, {named(leaf)}", leaf.asks, "The answer to this question")
        for number, leaf, _weight in _ethics_leaves(model)
    ]
    if not rows:
        return SchedulePart("How bidders show it", ("Bidders are asked nothing about ethics.",))
    return SchedulePart(
        "How bidders show it",
        ("Answer each of these in your tender.",),
        ("Where", "What is asked", "Evidence"),
        tuple(rows),
    )


def _monitored(model: AwardModel) -> SchedulePart:
    rows = tuple(
        (
            term.title,
            term.text,
            (term.target or "No target is stated") if term.is_kpi else "Not an indicator",
        )
        for term in model.terms
        if term.is_ethics
    )
    if not rows:
        return SchedulePart(
            "How it is monitored", ("No contract term of this tender is about ethics.",)
        )
    return SchedulePart(
        "How it is monitored",
        (
            "These terms become part of the contract. Those with a target are key performance "
            "indicators and are reported on.",
        ),
        ("Term", "What holds", "Target"),
        rows,
    )


def _places(model: AwardModel) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where ethics is found, in words, each with the references that it draws on."""
    for condition in model.conditions:
        if condition.is_ethics:
            yield f"Condition of participation: {condition.title}", condition.draws_on
    for number, leaf, weight in _ethics_leaves(model):
        counts = "pass or fail" if weight is None else f"{shown(round(weight, 2))}% of all points"
        yield f"Award criterion of lot {number}: {named(leaf)} ({counts})", leaf.draws_on
    for term in model.terms:
        if term.is_ethics:
            yield f"Contract term: {term.title}", term.draws_on


def _ethics_leaves(model: AwardModel) -> Iterator[tuple[int, Criterion, Decimal | None]]:
    """(lot number, leaf, overall weight in per cent or None where it is pass or fail)."""
    for lot in model.lots:
        for criterion in lot.criteria:
            for leaf, weight in _weighted(criterion, HUNDRED):
                if leaf.kind is CriterionKind.ETHICS:
                    yield lot.number, leaf, weight


def _weighted(criterion: Criterion, above: Decimal) -> Iterator[tuple[Criterion, Decimal | None]]:
    if criterion.is_pass_fail:
        yield criterion, None
        return
    own = above * (criterion.weight_percent or Decimal(0)) / HUNDRED
    if not criterion.sub_criteria:
        yield criterion, own
    for child in criterion.sub_criteria:
        yield from _weighted(child, own)
