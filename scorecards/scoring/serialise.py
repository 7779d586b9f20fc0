"""Inputs and outcomes as canonical JSON text, and back, without losing a digit.

Decimals are strings, dates are ISO dates, members of enumerations are their
values. Keys are sorted, so equal figures give equal text.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from scorecards.scoring.award_inputs import AwardLotsInput
from scorecards.scoring.award_lots import award_lots
from scorecards.scoring.award_outcome import AwardLotsOutcome
from scorecards.scoring.card import ScorecardInput, ScorecardOutcome, evaluate
from scorecards.scoring.errors import ScoringError
from scorecards.scoring.policy import Policy

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Dicts, lists, strings, whole numbers, booleans and None only."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    raise ScoringError(f"a {type(value).__name__} cannot be kept")


def from_plain(kind: type[T], data: Any) -> T:
    """The dataclass `kind` out of what `to_plain` made of it."""
    result: T = _build(kind, data, kind.__name__)
    return result


def to_text(value: Any) -> str:
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def inputs_from_text(text: str) -> ScorecardInput:
    return from_plain(ScorecardInput, json.loads(text))


def outcome_from_text(text: str) -> ScorecardOutcome:
    return from_plain(ScorecardOutcome, json.loads(text))


def policy_from_plain(data: dict[str, Any]) -> Policy:
    """The policy kept in a JSON column."""
    return from_plain(Policy, data)


def replay(inputs_text: str) -> str:
    """Compute a kept scorecard again; the same text as when it was first computed."""
    return to_text(evaluate(inputs_from_text(inputs_text)))


def award_lots_inputs_from_text(text: str) -> AwardLotsInput:
    return from_plain(AwardLotsInput, json.loads(text))


def award_lots_outcome_from_text(text: str) -> AwardLotsOutcome:
    return from_plain(AwardLotsOutcome, json.loads(text))


def replay_award_lots(inputs_text: str) -> str:
    """Compute the kept result of all lots again; the same text as when it was first computed."""
    return to_text(award_lots(award_lots_inputs_from_text(inputs_text)))


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, data: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (UnionType, Union):
        if data is None and NoneType in get_args(kind):
            return None
        (kind,) = (option for option in get_args(kind) if option is not NoneType)
        return _build(kind, data, where)
    if origin is tuple:
        _require(isinstance(data, list), where, "a list")
        kinds = get_args(kind)
        if kinds[-1] is not Ellipsis:
            _require(len(data) == len(kinds), where, f"a list of {len(kinds)}")
            return tuple(_build(k, item, f"{where}[]") for k, item in zip(kinds, data, strict=True))
        return tuple(_build(get_args(kind)[0], item, f"{where}[]") for item in data)
    if is_dataclass(kind):
        return _build_dataclass(kind, data, where)
    return _build_leaf(kind, data, where)


def _build_dataclass(kind: Any, data: Any, where: str) -> Any:
    _require(isinstance(data, dict), where, "an object")
    types = _types_of(kind)
    unknown = sorted(set(data) - set(types))
    _require(not unknown, where, f"without {', '.join(unknown)}")
    try:
        return kind(**{k: _build(types[k], v, f"{where}.{k}") for k, v in data.items()})
    except TypeError as error:
        raise ScoringError(f"{where} is incomplete: {error}") from error


def _build_leaf(kind: Any, data: Any, where: str) -> Any:
    if kind in (bool, int, str):
        _require(type(data) is kind, where, f"of type {kind.__name__}")
        return data
    _require(isinstance(data, str), where, "a string")
    try:
        if kind is Decimal:
            number = Decimal(data)
            _require(number.is_finite(), where, "a finite number")
            return number
        if kind in (date, datetime):
            return kind.fromisoformat(data)
        return kind(data)
    except (ValueError, InvalidOperation) as error:
        raise ScoringError(f"{where} cannot be read: {data!r}") from error


def _require(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise ScoringError(f"{where} should be {what}")
