"""What a file of unit values holds, and what can be wrong with a row of it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class KnownMeasure:
    """What a value is checked against."""

    code: str
    unit: str
    kind: str
    value_basis: str


@dataclass(frozen=True)
class ValueRow:
    """One checked row: pounds per unit of a measure, everywhere or in one place."""

    measure: str
    unit: str
    value_gbp: Decimal
    locality: str
    source: str
    valued_on: date


@dataclass(frozen=True, order=True)
class RowProblem:
    """What is wrong with a row. ``row`` counts as a spreadsheet does: the heading is row 1."""

    row: int
    column: str
    cause: str

    def __str__(self) -> str:
        return f"Row {self.row}, {self.column}: {self.cause}"


@dataclass(frozen=True)
class CheckedFile:
    """The outcome of a dry run. ``rows`` may be used only where there are no ``problems``."""

    rows: tuple[ValueRow, ...]
    problems: tuple[RowProblem, ...]
    measures_without_value: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class ValueSetTerms:
    """What comes with the values: their name, licence and period.

    ``gross_of_deadweight`` says that what would have happened anyway is still in the values.
    """

    title: str
    label: str
    licence: str
    in_force_from: date
    in_force_to: date | None
    gross_of_deadweight: bool
    is_illustrative: bool

    def as_plain(self) -> dict:
        """The terms as JSON can hold them: dates as ISO text."""
        plain = asdict(self)
        for name in ("in_force_from", "in_force_to"):
            plain[name] = plain[name] and plain[name].isoformat()
        return plain

    @classmethod
    def from_plain(cls, plain: dict) -> "ValueSetTerms":
        """The terms from ``as_plain`` or from a file. A date that is not there is None."""
        days = {
            name: date.fromisoformat(plain[name]) if plain.get(name) else None
            for name in ("in_force_from", "in_force_to")
        }
        return cls(**{**plain, **days})


def content_sha256(edition_key: str, terms: ValueSetTerms, rows: Iterable[ValueRow]) -> str:
    """A hash of the values and their terms. The order of the rows does not matter."""
    values = sorted(
        [r.measure, r.unit, format(r.value_gbp, "f"), r.locality, r.source, r.valued_on.isoformat()]
        for r in rows
    )
    plain = [edition_key, terms.as_plain(), values]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
