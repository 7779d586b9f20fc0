"""Figures as people read them. Only here, and on pages, is anything rounded."""

from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from accounts.numbers import pounds

NOT_PUBLISHED = "not published"
NOT_STATED = "not stated"


def percent_words(value: Decimal | None, missing: str = "not rated") -> str:
    """One decimal place, cut and not rounded up.

    A score of 79.96 must not be shown as 80.0 beside "under 80%".
    """
    if value is None:
        return missing
    return f"{value.quantize(Decimal('0.1'), rounding=ROUND_DOWN)}%"


def gbp_words(value: Decimal | None, missing: str = NOT_PUBLISHED) -> str:
    """As on pages: with pence where there are any."""
    return missing if value is None else pounds(value)


def number_words(value: Decimal | None, missing: str = NOT_STATED) -> str:
    """At most two decimal places, with thousands separated."""
    if value is None:
        return missing
    cut = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"{cut:,.2f}".rstrip("0").rstrip(".")


def day_words(value: date | None, missing: str = NOT_PUBLISHED) -> str:
    return missing if value is None else f"{value.day} {value:%B %Y}"


def moment_words(value: datetime) -> str:
    zone = value.tzname() or ""
    return f"{value.day} {value:%B %Y at %H:%M} {zone}".strip()


def count_words(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str] | tuple[str, ...]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
