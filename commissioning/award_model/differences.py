"""What changed between two versions of an award model, in plain sentences for bidders.

Lots are matched by number, scales by code, criteria, conditions and terms by key, so that a new
title or a new place is told as such and not as something taken out and something added.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from accounts.numbers import pounds
from commissioning.award_model.bid_parts import BidPart
from commissioning.award_model.difference_words import FIELDS, LONG_TEXTS, NOTHING
from commissioning.award_model.model import AwardModel, Criterion, Lot, Scale
from commissioning.award_model.remarks import named, shown
from commissioning.award_model.terms import BodyCode, RegimeCode

_CODED = {"regime": RegimeCode, "body_type": BodyCode}
# What a bidder who answers a criterion or condition does not read.
_NOT_ASKED = {"key", "number", "sub_criteria", "is_incomplete_as_published"}
Key = Callable[[Any], Any]


def differences(before: AwardModel, after: AwardModel) -> tuple[str, ...]:
    """Every change, as one sentence each, in the order of the model. Empty only if both are equal.

    Within a lot keys are unique (the linter sees to it); of two parts with one key the last counts.
    """
    found = tuple(_model(before, after))
    if not found and before != after:
        return ("The award model is arranged in another way; nothing in it reads differently.",)
    return found


def part_differences(before: AwardModel, after: AwardModel, part: BidPart) -> tuple[str, ...]:
    """What changed of that which a part of a bid answers: its criterion with the scale on which it
    is rated, or its condition. Empty where one of the models does not have it.
    """
    if part.condition is not None:
        key = part.condition.key
        old, new = (_keyed(model.conditions, key) for model in (before, after))
        return tuple(_fields("The condition", old, new, _NOT_ASKED)) if old and new else ()
    if part.criterion is None:
        return ()
    key = part.criterion.key
    old, new = (_keyed(_leaves(model, part.lot_number), key) for model in (before, after))
    if old is None or new is None:
        return ()
    found = [*_fields("The criterion", old, new, _NOT_ASKED)]
    scales = [model.scale(new.scale_code) for model in (before, after)]
    if new.is_rated and old.scale_code == new.scale_code and all(scales):
        found += _scale("The scale", *scales)
    return tuple(found)


def _keyed(rows: Iterable, key: str):
    return next((row for row in rows if row.key == key), None)


def _leaves(model: AwardModel, lot_number: int) -> Iterator[Criterion]:
    for lot in model.lots:
        if lot.number == lot_number:
            yield from lot.leaves()


def _model(before: AwardModel, after: AwardModel) -> Iterator[str]:
    yield from _fields(
        "The exercise", before, after, skip={"lots", "scales", "conditions", "terms"}
    )
    yield from _matched(
        before.scales, after.scales, lambda scale: scale.code, _scale_name, _scale, "scales"
    )
    yield from _matched(
        before.lots,
        after.lots,
        lambda lot: lot.number,
        lambda lot: f"Lot {lot.number}",
        _lot,
        "lots",
    )
    for name, noun, plural in (
        ("conditions", "Condition", "conditions of participation"),
        ("terms", "Contract term", "contract terms"),
    ):
        yield from _matched(
            getattr(before, name),
            getattr(after, name),
            lambda row: row.key,
            lambda row, noun=noun: f"{noun} “{row.title}”",
            _fields,
            plural,
        )


def _scale_name(scale: Scale) -> str:
    return f"Scale “{scale.title or scale.code}”"


def _scale(name: str, before: Scale, after: Scale) -> Iterator[str]:
    yield from _fields(name, before, after, skip={"points"})
    yield from _matched(
        before.points,
        after.points,
        lambda point: point.value,
        lambda point: f"{name}, point {shown(point.value)}",
        _fields,
        f"points of {name}",
    )


def _lot(name: str, before: Lot, after: Lot) -> Iterator[str]:
    yield from _fields(name, before, after, skip={"criteria"})
    old, new = dict(_places(before.criteria, "")), dict(_places(after.criteria, ""))
    for key, (criterion, _parent) in old.items():
        if key not in new:
            yield f"{name}: criterion {named(criterion)} was taken out."
    for key, (criterion, parent) in new.items():
        label = f"{name}, criterion {named(criterion)}"
        if key not in old:
            yield f"{name}: criterion {named(criterion)} was added{_weight(criterion)}."
            continue
        former, former_parent = old[key]
        yield from _fields(label, former, criterion, skip={"sub_criteria"})
        if parent != former_parent:
            yield f"{label} was moved to another place."
    if list(old) != list(new) and old.keys() == new.keys():
        yield f"{name}: the order of the criteria changed."


def _places(criteria: Iterable[Criterion], parent: str) -> Iterator[tuple]:
    """(key, (criterion, key of its parent)) of everything, in reading order."""
    for criterion in criteria:
        yield criterion.key, (criterion, parent)
        yield from _places(criterion.sub_criteria, criterion.key)


def _weight(criterion: Criterion) -> str:
    weight = criterion.weight_percent
    return "" if weight is None else f" with the weight {shown(weight)}%"


def _matched(
    before: Iterable,
    after: Iterable,
    key: Key,
    name: Callable[[Any], str],
    inside: Callable[[str, Any, Any], Iterator[str]],
    plural: str,
) -> Iterator[str]:
    """Parts that were taken out, added, changed inside or put into another order."""
    old = {key(row): row for row in before}
    new = {key(row): row for row in after}
    for here, row in old.items():
        if here not in new:
            yield f"{name(row)} was taken out."
    for here, row in new.items():
        if here in old:
            yield from inside(name(row), old[here], row)
        else:
            yield f"{name(row)} was added."
    if list(old) != list(new) and old.keys() == new.keys():
        yield f"The order of the {plural} changed."


def _fields(name: str, before: Any, after: Any, skip: Iterable[str] = ()) -> Iterator[str]:
    """One sentence for each field that differs; rules of price and social value field by field."""
    for field in fields(after):
        if field.name in skip:
            continue
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if is_dataclass(old) and is_dataclass(new):
            yield from _fields(name, old, new)
        elif is_dataclass(old) or is_dataclass(new):
            verb = "was given" if new is not None else "has no longer"
            yield f"{name} {verb} {FIELDS[field.name]}."
        elif field.name in LONG_TEXTS and old and new:
            yield f"{name}: {FIELDS[field.name]} was changed."
        else:
            words = FIELDS[field.name]
            yield f"{name}: {words} is now {_told(new, field.name)} (was {_told(old, field.name)})."


def _told(value: Any, field: str) -> str:
    if value is None or value == "" or value == ():
        return NOTHING
    if field in _CODED and value in set(_CODED[field]):
        return f"“{_CODED[field](value).words}”"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return pounds(value) if field.endswith("_gbp") else shown(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple):
        return ", then ".join(_told(item, field) for item in value)
    if isinstance(value, Enum):
        return f"“{getattr(value, 'words', value.value)}”"
    return str(value) if isinstance(value, int) else f"“{value}”"
