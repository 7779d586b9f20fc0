"""Access to a release in form (``forms.in_form``): what is absent is empty, and gaps are noted."""

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


@dataclass(frozen=True, slots=True)
class Node:
    """One object of a release, and the gaps met while reading it.

    `gaps` is shared by the nodes that are reached from this one, unless `apart` starts a new set.
    """

    data: dict[str, Any]
    gaps: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.data)

    def apart(self) -> "Node":
        """Return the same object with a set of gaps of its own."""
        return Node(self.data)

    def node(self, key: str) -> "Node":
        """Return the object under `key`, an empty one where it is absent or null."""
        return Node(self.data.get(key) or {}, self.gaps)

    def nodes(self, key: str) -> list["Node"]:
        """Return the objects in the list under `key`."""
        return [Node(item, self.gaps) for item in self.data.get(key) or []]

    def words(self, key: str) -> tuple[str, ...]:
        """Return the list of words under `key`."""
        return tuple(self.data.get(key) or ())

    def text(self, key: str, limit: int = MAX_TEXT) -> str:
        """Return the cleaned text under `key`, "" where there is none."""
        safe, codes = clean(self.data.get(key) or "", limit)
        self.gaps.update(codes)
        return safe

    def title(self, key: str = "title") -> str:
        """Return the cleaned text under `key` on one line."""
        return " ".join(self.text(key, MAX_TITLE).split())

    def key(self, key: str) -> str:
        """Return an id, a code or an address: text on which no gap hangs."""
        safe, _ = clean(self.data.get(key) or "", MAX_TITLE)
        return safe

    def flag(self, key: str) -> bool | None:
        """Return true, false, or None where nothing is said."""
        return self.data.get(key)

    def number(self, key: str) -> Decimal | None:
        """Return the number under `key`; None where there is none."""
        return self.data.get(key)

    def money(self, key: str) -> Money | None:
        """Return the amount of the value object under `key`; None where there is none that can be
        used.
        """
        value = self.node(key)
        net, gross = value.number("amount"), value.number("amountGross")
        amount = gross if net is None else net
        if amount is None:
            return None
        if amount < 0:
            self.gaps.add("value_negative")
            return None
        if gross is not None and gross < amount:
            self.gaps.add("value_gross_below_net")
            gross = None
        if net is None:
            self.gaps.add("value_gross_only")
        if amount == 0:
            self.gaps.add("value_zero")
        currency = value.key("currency").upper()[:3]
        if not currency:
            self.gaps.add("currency_not_published")
        elif currency != "GBP":
            self.gaps.add("value_not_in_pounds")
        return Money(amount, currency, gross)

    def day(self, key: str) -> date | None:
        """Return the calendar day under `key`, as it was written.

        The one exception is a midnight in British Summer Time that was written as 23:00 UTC of the
        day before.
        """
        value = self.data.get(key)
        if value is None:
            return None
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
