"""An award model as canonical text, and back.

The text is JSON with sorted keys and no spaces, every field named. A Decimal is written as the
string of its digits, so that reading gives back exactly what was published: "10.0" stays "10.0".
A text that was written before a field existed is read with that field's default.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from commissioning.award_model.model import AwardModel

FORMAT = 1


def to_text(model: AwardModel) -> str:
    """The canonical text: equal models give equal text, byte for byte.

    Raises ``ValueError`` for a number that is not finite.
    """
    content = {"format": FORMAT, "model": _plain(model)}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> AwardModel:
    """The model of a text. Raises ``ValueError``, in words, for anything that is no such text."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"not the text of an award model in format {FORMAT}")
    return _value(AwardModel, content.get("model"), "model")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no number that can be published")
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _value(wanted: Any, plain: Any, where: str) -> Any:
    """``plain`` as the type that is wanted. ``where`` names the place in messages."""
    options = get_args(wanted)
    if NoneType in options:
        if plain is None:
            return None
        return _value(next(option for option in options if option is not NoneType), plain, where)
    if options:
        if not isinstance(plain, list):
            raise ValueError(f"{where} is no list")
        return tuple(
            _value(options[0], item, f"{where}[{index}]") for index, item in enumerate(plain)
        )
    if is_dataclass(wanted):
        return _record(wanted, plain, where)
    return _single(wanted, plain, where)


def _record(wanted: type, plain: Any, where: str) -> Any:
    hints = _hints(wanted)
    if not isinstance(plain, dict) or not plain.keys() <= hints.keys():
        raise ValueError(f"{where} has fields that are not known")
    given = {name: _value(hints[name], item, f"{where}.{name}") for name, item in plain.items()}
    try:
        return wanted(**given)
    except TypeError as error:
        raise ValueError(f"{where} lacks a field") from error


def _single(wanted: type, plain: Any, where: str) -> Any:
    if wanted in (bool, int, str):
        if type(plain) is not wanted:
            raise ValueError(f"{where} is no {wanted.__name__}")
        return plain
    if not isinstance(plain, str):
        raise ValueError(f"{where} is no text")
    try:
        value = date.fromisoformat(plain) if wanted is date else wanted(plain)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"{where} is no {wanted.__name__}: {plain}") from error
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{where} is no number: {plain}")
    return value


@cache
def _hints(wanted: type) -> dict[str, Any]:
    return get_type_hints(wanted)
