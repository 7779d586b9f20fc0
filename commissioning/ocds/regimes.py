"""Which procurement rules a contracting process runs under, derived only where the notice allows
it.

Dates and scope: Procurement Act 2023 in force on 24 February 2025 for England, Wales and Northern
Ireland; processes begun before stay under the Public Contracts Regulations 2015; devolved Scottish
authorities are outside the Act (Procurement Reform (Scotland) Act 2014, Public Contracts (Scotland)
Regulations 2015); health services in England come under the Provider Selection Regime (SI
2023/1348). A wrong regime would hang wrong duties on a contract, so "unknown" is the answer
wherever there is doubt.
"""

import re
from collections.abc import Iterable
from datetime import date

from commissioning.ocds.facts import PartyFact
from commissioning.ocds.nodes import Node
from commissioning.ocds.parties import SCOTTISH_SOURCE

ACT_IN_FORCE = date(2025, 2, 24)

PROCUREMENT_ACT_2023 = "procurement_act_2023"
REGULATIONS_2015 = "regulations_2015"
SCOTLAND = "scotland"
PROVIDER_SELECTION = "provider_selection"
BELOW_THRESHOLD = "below_threshold"
UNKNOWN = "unknown"

_UK_NOTICE = re.compile(r"^UK\d{1,2}$")
_PROVIDER_SELECTION = re.compile(
    r"provider selection regime|health care services \(provider selection", re.IGNORECASE
)


def regime_of(
    release: Node, source: str, buyer: PartyFact, tags: Iterable[str], first_seen_on: date
) -> tuple[str, str]:
    """Return (regime code, reason in plain English).

    `tags` are those of all releases of the process; `first_seen_on` is the day of the earliest of
    them.
    """
    tender = release.node("tender")
    details = tender.title("procurementMethodDetails")
    basis = tender.node("legalBasis").key("id")
    awarded = [day for award in release.nodes("awards") if (day := award.day("date"))]
    if source == SCOTTISH_SOURCE:
        return SCOTLAND, "The notice was published on Public Contracts Scotland."
    if _is_scottish(buyer):
        return (
            UNKNOWN,
            "The buyer's address is in Scotland, but its notice isn't from the Scottish site.",
        )
    if basis == "2023/1348" or _PROVIDER_SELECTION.search(
        f"{tender.text('title')} {tender.text('description')} {details}"
    ):
        return PROVIDER_SELECTION, "The notice names the Provider Selection Regime."
    if tender.flag("aboveThreshold") is False or "below threshold" in details.lower():
        return BELOW_THRESHOLD, "The notice says that the contract is below the threshold."
    if basis == "2023/54":
        return PROCUREMENT_ACT_2023, "The notice gives the Procurement Act 2023 as its legal basis."
    if any(_UK_NOTICE.match(kind) for kind in _notice_types(release)):
        return (
            PROCUREMENT_ACT_2023,
            "The notice is of a type that exists only under the Procurement Act 2023.",
        )
    if basis == "32014L0024":
        return (
            REGULATIONS_2015,
            "The notice gives the directive behind the 2015 Regulations as its legal basis.",
        )
    if set(tags) <= {"planning", "planningUpdate"}:
        return UNKNOWN, "The procurement is planned and has not begun."
    began = _began_on(tender, awarded, first_seen_on)
    if began is not None and began < ACT_IN_FORCE:
        return (
            REGULATIONS_2015,
            f"The procurement had begun by {_plain(began)}, before the Procurement Act 2023.",
        )
    if "call-off" in details.lower():
        return (
            UNKNOWN,
            "A call-off follows the rules of its framework, and the notice doesn't date that.",
        )
    return UNKNOWN, "The notice doesn't say which rules apply, nor when the procurement began."


def _is_scottish(buyer: PartyFact) -> bool:
    return buyer.region.startswith(("UKM", "TLM"))


def _notice_types(release: Node) -> set[str]:
    holders = [
        release.node("planning"),
        release.node("tender"),
        *release.nodes("awards"),
        *release.nodes("contracts"),
    ]
    return {
        document.key("noticeType") for holder in holders for document in holder.nodes("documents")
    }


def _began_on(tender: Node, awarded: list[date], first_seen_on: date) -> date | None:
    """Return a day by which the procurement had begun: the earliest of its dates."""
    period = tender.node("tenderPeriod")
    known = [
        tender.day("datePublished"),
        period.day("startDate"),
        period.day("endDate"),
        *awarded,
        first_seen_on,
    ]
    return min((day for day in known if day is not None), default=None)


def _plain(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
