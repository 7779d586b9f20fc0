"""Working days: no weekend, and no bank holiday in any part of the United Kingdom.

The calendars are those of the ``holidays`` library. A bank holiday that is proclaimed for one year
is known only once the installed version of the library has it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays

PARTS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@cache
def _bank_holidays(year: int) -> dict[date, tuple[tuple[str, str], ...]]:
    """(name, part of the UK) for each bank holiday of a year.

    Raises ``ValueError`` for a year that the library has no calendar for: an empty calendar would
    count every weekday.
    """
    found: dict[date, list[tuple[str, str]]] = {}
    for code, part in PARTS.items():
        calendar = holidays.country_holidays("GB", subdiv=code, years=year)
        for day, name in calendar.items():
            found.setdefault(day, []).append((name, part))
    if not found:
        raise ValueError(f"no bank holidays are known for {year}")
    return {day: tuple(names) for day, names in found.items()}


def bank_holiday(day: date) -> str:
    """Name and place of the bank holiday on a day, such as "2 January (Scotland)"; else empty."""
    found = _bank_holidays(day.year).get(day, ())
    if not found:
        return ""
    if len(found) == len(PARTS):
        return f"{found[0][0]} (United Kingdom)"
    names = dict.fromkeys(name for name, _part in found)
    parts = dict.fromkeys(part for _name, part in found)
    return f"{', '.join(names)} ({', '.join(parts)})"


def is_working_day(day: date) -> bool:
    """Whether a day is neither Saturday nor Sunday nor a bank holiday in any part of the UK."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_days_from(day: date) -> Iterator[date]:
    """Every working day from ``day`` on, ``day`` itself included if it is one."""
    while True:
        if is_working_day(day):
            yield day
        day += _ONE_DAY
