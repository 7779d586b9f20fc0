"""Check every row of a file of unit values and list every problem."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from accounts.numbers import NotANumber, NumberRule, read_number
from principles.enums import MeasureKind, ValueBasis
from principles.value_files.records import CheckedFile, KnownMeasure, RowProblem, ValueRow
from principles.value_files.tables import COLUMNS, read_table

ALIASES = {"£ per unit": "value_gbp", "value": "value_gbp", "measure code": "measure"}
UNIT_VALUES = NumberRule(most=10**9, decimals=10, unit="£", above_least=True)
MAX_LOCALITY, MAX_SOURCE = 120, 250
UK_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def check_file(content: bytes, measures: Iterable[KnownMeasure]) -> CheckedFile:
    """Read CSV or XLSX (told from the content) and check every row against ``measures``."""
    known = {measure.code: measure for measure in measures}
    table, problem = read_table(content)
    if problem:
        return CheckedFile((), (problem,), ())
    names, problems = _heading(table[0])
    if problems:
        return CheckedFile((), tuple(problems), ())
    rows, seen = [], {}
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        fields = dict(zip(names, (*cells, *[""] * len(names)), strict=False))
        row, found = _row(number, {name: text.strip() for name, text in fields.items()}, known)
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            found.append(RowProblem(number, "row", "has more cells than there are columns"))
        if row is not None:
            place = (row.measure, row.locality.casefold())
            if place in seen:
                cause = f"gives {row.measure} again, as row {seen[place]} does"
                found.append(RowProblem(number, "measure", cause))
            seen.setdefault(place, number)
            rows.append(row)
        problems.extend(found)
    if not rows and not problems:
        problems.append(RowProblem(1, "file", "has no values"))
    valued = {row.measure for row in rows}
    missing = [
        measure.code
        for measure in known.values()
        if measure.kind == MeasureKind.MONETISED and measure.code not in valued
    ]
    return CheckedFile(tuple(rows), tuple(sorted(problems)), tuple(missing))


def _heading(cells: list[str]) -> tuple[list[str], list[RowProblem]]:
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    names = [ALIASES.get(name, name) for name in names]
    problems = [
        RowProblem(1, column, "this column is missing") for column in COLUMNS if column not in names
    ]
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            problems.append(RowProblem(1, name or "heading", "this column is not known"))
        elif names.count(name) > 1:
            problems.append(RowProblem(1, name, "this column is there twice"))
    return names, problems


def _row(number, fields, known) -> tuple[ValueRow | None, list[RowProblem]]:
    problems: list[RowProblem] = []

    def fault(column: str, cause: str) -> None:
        problems.append(RowProblem(number, column, cause))

    code = fields["measure"].upper()
    measure = next((known[key] for key in known if key.upper() == code), None)
    if not code:
        fault("measure", "is empty")
    elif measure is None:
        fault("measure", f"{fields['measure'][:40]} is not a measure of this edition")
    elif measure.kind == MeasureKind.RECORD_ONLY:
        fault("measure", f"{measure.code} is record only and has no value in pounds")
    elif _plain(fields["unit"]) != _plain(measure.unit):
        fault("unit", f"{measure.code} is counted in '{measure.unit}', not '{fields['unit'][:40]}'")
    value = _value(fields["value_gbp"], fault)
    if (
        measure is not None
        and value is not None
        and measure.value_basis == ValueBasis.POUND_FOR_POUND
        and value != 1
    ):
        fault("value_gbp", f"{measure.code} counts £1 for each £1, so the value is 1")
    if measure is not None and fields["locality"] and measure.value_basis != ValueBasis.LOCALISED:
        fault("locality", f"the value of {measure.code} does not depend on the place")
    if len(fields["locality"]) > MAX_LOCALITY:
        fault("locality", f"is longer than {MAX_LOCALITY} characters")
    if not fields["source"]:
        fault("source", "is empty: say where the value comes from")
    elif len(fields["source"]) > MAX_SOURCE:
        fault("source", f"is longer than {MAX_SOURCE} characters")
    valued_on = _day(fields["date"])
    if valued_on is None:
        fault("date", f"'{fields['date'][:40]}' is not a date such as 2026-04-01 or 01/04/2026")
    if problems:
        return None, problems
    return (
        ValueRow(
            measure.code, measure.unit, value, fields["locality"], fields["source"], valued_on
        ),
        problems,
    )


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().replace("×", "x").split())


def _value(text: str, fault) -> Decimal | None:
    if not text:
        fault("value_gbp", "is empty")
        return None
    try:
        return read_number(text, UNIT_VALUES, f"“{text[:40]}”")
    except NotANumber as wrong:
        fault("value_gbp", str(wrong).removesuffix("."))
        return None


def _day(text: str) -> date | None:
    try:
        if found := UK_DATE.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None
