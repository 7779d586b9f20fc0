"""What an envelope has to hold before any of it is taken in: its shape, checked to the last value.

The same check stands where a bid is handed in, where its bidder reads it back and where it is
opened. Content that passes can be written on either engine; for anything else ``UnfitContent``
says what is wrong, in words for people.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from accounts.numbers import NotANumber, NumberRule, read_number
from commissioning.award_model.bid_parts import (
    LARGEST_NUMBER,
    PLACES_OF_A_PRICE,
    PLACES_OF_A_QUANTITY,
    BidPart,
    PartKind,
    bid_parts,
    short_code,
)
from commissioning.award_model.exclusion import GROUND_BY_CODE
from commissioning.award_model.model import AwardModel
from commissioning.enums import EnvelopeKind

PRICE = NumberRule(most=LARGEST_NUMBER, decimals=PLACES_OF_A_PRICE, unit="£", above_least=True)
QUANTITY = NumberRule(most=LARGEST_NUMBER, decimals=PLACES_OF_A_QUANTITY)
MOST_BYTES = 64 * 1024 * 1024
MOST_CHARACTERS = 100_000
MOST_OF_NOTES = 5000
MOST_EVIDENCE = 1000
SHARE_CODE = re.compile(r"([A-Za-z0-9-]{4,60})?")
REFERENCE = re.compile(r"[A-Z0-9-]{1,16}")
YES, NO = "yes", "no"


class UnfitContent(ValueError):
    """The content cannot be taken in. ``str()`` says why."""


def parsed(content: bytes) -> Any:
    """The content as plain data. Raises ``UnfitContent`` where it is no JSON of ours."""
    if len(content) > MOST_BYTES:
        raise UnfitContent("It is larger than anything that this service seals.")
    try:
        return json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as wrong:
        raise UnfitContent("It is not in the form in which this service seals bids.") from wrong


def check(
    content: Any, kind: str, lot_number: int, *, model: AwardModel, lots: Iterable[int]
) -> None:
    """Raise ``UnfitContent`` unless ``content`` is what an envelope of this kind holds.

    ``model`` is that of the version under which the bid was handed in, and ``lots`` are the lots
    that it was handed in for.
    """
    parts = [part for part in bid_parts(model, lots) if part.lot_number == lot_number]
    _CHECKS[EnvelopeKind(kind)](content, parts, sorted(lots))


def _participation(content: Any, parts: list[BidPart], lots: list[int]) -> None:
    given = _mapping(content, "The declarations", ("lots", "preferences", "grounds", "conditions"))
    if _numbers(given["lots"]) != lots or not set(_numbers(given["preferences"])) <= set(lots):
        raise UnfitContent("It names other lots than those that the bid was handed in for.")
    _grounds(given["grounds"])
    wanted = {part.condition.key: part.title for part in parts if part.condition}
    for key, said in _each(given["conditions"], "The conditions", wanted):
        name = f"The condition “{wanted[key]}”"
        _mapping(said, name, ("met", "words"))
        if said["met"] is not None and not isinstance(said["met"], bool):
            raise UnfitContent(f"{name} is answered with neither yes nor no.")
        _text(said["words"], name, MOST_OF_NOTES)


def _grounds(content: Any) -> None:
    name = "The declaration on exclusion grounds"
    given = _mapping(content, name, (), ("share_code", "answers", "grounds"))
    _text(given.get("share_code", ""), name, 60, SHARE_CODE)
    for part in ("answers", "grounds"):
        for code, said in _mapping(given.get(part, {}), name, (), GROUND_BY_CODE).items():
            if part == "answers" and said not in (YES, NO):
                raise UnfitContent(f"{name} is answered with neither yes nor no ({code}).")
            _text(said, name, MOST_OF_NOTES)


def _quality(content: Any, parts: list[BidPart], lots: list[int]) -> None:
    given = _mapping(content, "The answers", ("answers", "commitments"))
    wanted = _titles(parts, PartKind.ANSWER)
    for key, said in _each(given["answers"], "The answers", wanted):
        name = f"The answer to “{wanted[key]}”"
        _mapping(said, name, ("text",), ("evidence",))
        _text(said["text"], name, MOST_CHARACTERS)
        _references(said.get("evidence", []), name)
    measures = {
        part.criterion.key: part.criterion.social_value.measure_codes
        for part in parts
        if part.kind == PartKind.COMMITMENTS
    }
    wanted = _titles(parts, PartKind.COMMITMENTS)
    for key, said in _each(given["commitments"], "The commitments", wanted):
        name = f"The commitments under “{wanted[key]}”"
        for code, promise in _mapping(said, name, (), measures[key]).items():
            measure = short_code(code)
            _mapping(promise, f"The commitment {measure}", ("quantity",), ("note",))
            if promise["quantity"] != "":
                _number(promise["quantity"], QUANTITY, f"The quantity of {measure}")
            _text(promise.get("note", ""), f"The note on {measure}", MOST_OF_NOTES)


def _prices(content: Any, parts: list[BidPart], lots: list[int]) -> None:
    given = _mapping(content, "The price", ("prices",))
    for _, said in _each(given["prices"], "The price", _titles(parts, PartKind.PRICE)):
        _mapping(said, "The price", ("amount_gbp",), ("note",))
        _number(said["amount_gbp"], PRICE, "The price")
        _text(said.get("note", ""), "The note on the price", MOST_OF_NOTES)


def _titles(parts: list[BidPart], kind: PartKind) -> dict[str, str]:
    return {part.criterion.key: part.title for part in parts if part.kind == kind}


def _each(content: Any, name: str, wanted: dict[str, str]):
    """What is said to each of the wanted keys, of which none may be missing."""
    return _mapping(content, name, tuple(wanted)).items()


def _mapping(content: Any, name: str, needed: Iterable[str], more: Iterable[str] = ()) -> dict:
    """The content, where it has every needed key and none but those and ``more``."""
    if not isinstance(content, dict):
        raise UnfitContent(f"{name}: not in the form in which this service seals bids.")
    if missing := [key for key in needed if key not in content]:
        raise UnfitContent(f"{name}: something is missing ({len(missing)}).")
    if set(content) - set(needed) - set(more):
        raise UnfitContent(f"{name}: there is something that was not asked for.")
    return content


def _text(content: Any, name: str, most: int, form: re.Pattern | None = None) -> None:
    """Text that both engines keep: no null characters and no halves of characters."""
    if not isinstance(content, str):
        raise UnfitContent(f"{name} is not a text.")
    if len(content) > most:
        raise UnfitContent(f"{name} is longer than {most:,} characters.")
    if "\0" in content or any("\ud800" <= one <= "\udfff" for one in content):
        raise UnfitContent(f"{name} holds characters that no text has.")
    if form is not None and not form.fullmatch(content):
        raise UnfitContent(f"{name} holds a code that is none.")


def _number(content: Any, rule: NumberRule, name: str) -> None:
    if not isinstance(content, str):
        raise UnfitContent(f"{name} is not a text in digits.")
    try:
        read_number(content, rule, name)
    except NotANumber as wrong:
        raise UnfitContent(str(wrong)) from wrong


def _numbers(content: Any) -> list[int]:
    """Numbers of lots, each once."""
    if not isinstance(content, list) or any(type(one) is not int for one in content):
        raise UnfitContent("The numbers of its lots are not numbers.")
    if len(set(content)) < len(content):
        raise UnfitContent("It names a lot twice.")
    return content


def _references(content: Any, name: str) -> None:
    if not isinstance(content, list) or len(content) > MOST_EVIDENCE:
        raise UnfitContent(f"{name}: its evidence is not a list of references.")
    for reference in content:
        _text(reference, f"{name}: the reference of its evidence", 16, REFERENCE)
    if len(set(content)) < len(content):
        raise UnfitContent(f"{name} names the same evidence twice.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A name stands twice.")
    return found


def _constant(literal: str) -> None:
    raise ValueError(f"{literal} is no number.")


_CHECKS: dict[EnvelopeKind, Callable[[Any, list[BidPart], list[int]], None]] = {
    EnvelopeKind.PARTICIPATION: _participation,
    EnvelopeKind.QUALITY: _quality,
    EnvelopeKind.PRICE: _prices,
}
