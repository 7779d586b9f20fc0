"""What a notice says, as frozen dataclasses. Nothing here is a database row.

Dates are calendar days in the United Kingdom. `None` means that the notice doesn't say:
it is never replaced by zero, an empty date or a guess.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from commissioning.ocds.forms import UnreadField


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that isn't imported, and why. `ocid` is "" where even that couldn't be read."""

    ocid: str
    reason: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class RawRelease:
    """One release as published, numbers as decimals. `sha256` is over its canonical JSON."""

    ocid: str
    release_id: str
    released_at: datetime
    tags: tuple[str, ...]
    sha256: str
    body: dict[str, Any]
    publisher: str = ""
    licence: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file that could be read: its releases, and the parts of it that are refused."""

    name: str
    sha256: str
    kind: str
    publisher: str
    licence: str
    releases: tuple[RawRelease, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as published, in the currency that the notice names.

    ``gross`` is the amount with VAT where the notice says it. Then ``amount`` is without VAT, or
    the same where that alone was published. Without ``gross`` the notice doesn't say which of the
    two ``amount`` is.
    """

    amount: Decimal
    currency: str
    gross: Decimal | None = None

    @property
    def gbp(self) -> Decimal | None:
        """Return the amount in pounds, or None where the notice isn't in pounds: nothing is
        converted.
        """
        return self.amount if self.currency == "GBP" else None

    @property
    def vat(self) -> str:
        """Return "without" or "with" as ``amount`` is, "" where the notice doesn't say."""
        if self.gross is None:
            return ""
        return "with" if self.gross == self.amount else "without"


@dataclass(frozen=True, slots=True)
class PartyFact:
    """An organisation as one notice names it.

    `identifiers` are (scheme, value) pairs that stand for this organisation alone: first those of
    public registers, then the publisher's own, and always at least one. What `is_registered` says
    is whether the first of them is a public register's.
    """

    party_id: str
    name: str
    identifiers: tuple[tuple[str, str], ...]
    is_registered: bool
    postcode: str = ""
    region: str = ""
    is_sme: bool | None = None
    is_vcse: bool | None = None
    body_type: str = "other"


@dataclass(frozen=True, slots=True)
class LotFact:
    """One lot of a procurement."""

    lot_id: str
    title: str
    description: str
    value: Money | None
    starts_on: date | None
    ends_on: date | None
    status: str


@dataclass(frozen=True, slots=True)
class CriterionFact:
    """One award criterion, with its weight as it was written ("60", "15-40%", "")."""

    lot_id: str
    name: str
    description: str
    criterion_type: str
    weight: str
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class ContractFact:
    """One contract: an entry in `contracts`, or an award for which no such entry was published."""

    award_id: str
    contract_id: str
    title: str
    description: str
    value: Money | None
    starts_on: date | None
    ends_on: date | None
    awarded_on: date | None
    status: str
    suppliers: tuple[PartyFact, ...]
    gaps: tuple[str, ...]
    unread: tuple[UnreadField, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """Everything known of one contracting process, after its releases were merged."""

    ocid: str
    buyer: PartyFact
    title: str
    description: str
    regime: str
    regime_reason: str
    method: str
    method_details: str
    status: str
    value: Money | None
    published_on: date | None
    tenders_due_on: date | None
    publisher: str
    licence: str
    notice_url: str
    released_at: datetime
    lots: tuple[LotFact, ...] = ()
    criteria: tuple[CriterionFact, ...] = ()
    contracts: tuple[ContractFact, ...] = ()
    gaps: tuple[str, ...] = ()
    unread: tuple[UnreadField, ...] = ()

    @property
    def all_gaps(self) -> tuple[str, ...]:
        """Return the gap codes of the notice and of its contracts, each once, sorted."""
        return tuple(
            sorted({*self.gaps, *(code for contract in self.contracts for code in contract.gaps)})
        )
