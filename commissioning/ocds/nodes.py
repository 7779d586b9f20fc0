"""Typed access to a compiled release: a field of the wrong type raises, an absent one is empty."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from commissioning.ocds.facts import Money
from commissioning.ocds.texts import MAX_TEXT, MAX_TITLE, clean

_LONDON = ZoneInfo("Europe/London")
# Outside of these years a date is a slip or a placeholder, such as 0001-01-01 or 9999-12-31.
_YEARS = range(1900, 2200)
_LARGEST_AMOUNT = Decimal(10) ** 15
_MOST_DECIMALS = 20


class WrongType(ValueError):
    """A field has another type than the standard gives it; the message names the field."""


@dataclass(frozen=True, slots=True)
class Node:
    """One object of a release, with the path to it for messages and the gaps met while reading it.

    `gaps` is shared by the nodes that are reached from this one, unless `apart` starts a new set.
    """

    data: dict[str, Any]
    path: str = ""
    gaps: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.data)

    def apart(self) -> "Node":
        """Return the same object with a set of gaps of its own."""
        return Node(self.data, self.path, set())

    def _where(self, key: str) -> str:
        return f"{self.path}/{key}" if self.path else key

    def _fail(self, key: str, expected: str) -> WrongType:
        return WrongType(f"“{self._where(key)}” should be {expected}.")

    def node(self, key: str) -> "Node":
        """Return the object under `key`, an empty one where it is absent or null."""
        value = self.data.get(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self._fail(key, "an object")
        return Node(value, self._where(key), self.gaps)

    def nodes(self, key: str) -> list["Node"]:
        """Return the objects in the list under `key`."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._fail(key, "a list of objects")
        return [
            Node(item, f"{self._where(key)}[{index}]", self.gaps)
            for index, item in enumerate(value)
        ]

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list of words under `key`."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._fail(key, "a list of words")
        return tuple(value)

    def text(self, key: str, limit: int = MAX_TEXT) -> str:
        """Return the cleaned text under `key`, "" where there is none."""
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._fail(key, "text")
        safe, codes = clean(value, limit)
        self.gaps.update(codes)
        return safe

    def title(self, key: str = "title") -> str:
        """Return the cleaned text under `key` on one line."""
        return " ".join(self.text(key, MAX_TITLE).split())

    def key(self, key: str) -> str:
        """Return an identifier, which the standard allows to be text or a whole number."""
        value = self.data.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise self._fail(key, "text or a whole number")
        safe, _ = clean(str(value), MAX_TITLE)
        return safe

    def flag(self, key: str) -> bool | None:
        """Return true, false, or None where nothing is said."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._fail(key, "true or false")
        return value

    def money(self, key: str) -> Money | None:
        """Return the amount of the value object under `key`; None where there is none that can be
        used.
        """
        value = self.node(key)
        amount = value._amount("amount")
        if amount is None:
            amount = value._amount("amountGross")
            if amount is None:
                return None
            self.gaps.add("value_gross_only")
        currency = value.key("currency").upper()[:3]
        if amount < 0:
            self.gaps.add("value_negative")
            return None
        if amount == 0:
            self.gaps.add("value_zero")
        if not currency:
            self.gaps.add("currency_not_published")
        elif currency != "GBP":
            self.gaps.add("value_not_in_pounds")
        return Money(amount, currency)

    def _amount(self, key: str) -> Decimal | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._fail(key, "a number")
        amount = Decimal(str(value))
        if abs(amount) >= _LARGEST_AMOUNT:
            raise self._fail(key, "an amount below 10^15")
        if amount and amount.as_tuple().exponent < -_MOST_DECIMALS:
            raise self._fail(key, f"an amount with at most {_MOST_DECIMALS} decimal places")
        return amount

    def day(self, key: str) -> date | None:
        """Return the calendar day under `key`, as it was written.

        The one exception is a midnight in British Summer Time that was written as 23:00 UTC of the
        day before.
        """
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._fail(key, "a date")
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            moment = None
        if moment is None or moment.year not in _YEARS:
            self.gaps.add("date_unreadable")
            return None
        if moment.utcoffset() == timedelta(0) and (moment.hour, moment.minute, moment.second) == (
            23,
            0,
            0,
        ):
            return moment.astimezone(_LONDON).date()
        return moment.date()
