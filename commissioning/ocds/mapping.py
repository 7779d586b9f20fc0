"""A compiled release → the facts that this product keeps.

An award without a contract entry becomes a contract; a contract with several suppliers becomes one
contract with several suppliers; a planning or tender notice becomes a procurement without
contracts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from commissioning.ocds.criteria import criteria_of, gaps_of
from commissioning.ocds.facts import (
    ContractFact,
    LotFact,
    Money,
    NoticeFact,
    PartyFact,
    RawRelease,
)
from commissioning.ocds.forms import NO_ID, UnreadField, unread_fields, who_is_named
from commissioning.ocds.nodes import Node
from commissioning.ocds.parties import (
    Parties,
    are_one_body,
    source_of,
)
from commissioning.ocds.reading import NO_RELEASE_ID
from commissioning.ocds.regimes import regime_of

_MAX_PARTIES = 50_000
_MAX_ENTRIES = 5_000
_CONTRACT_STATUSES = {"pending", "active", "cancelled", "terminated"}


class NotMappable(ValueError):
    """The process can't become a record; the message says why in plain English."""


def buyers_of(release: RawRelease) -> tuple[PartyFact, ...]:
    """Return the buyers that one release names, each once; none where it names nobody.

    Where it names no buyer, the body that runs the procurement counts as one.
    """
    source = source_of(release.ocid, release.publisher)
    node = Node(who_is_named(release.body))
    ids = {one.key("id") for one in _buyer_nodes(node)}
    found = _buyers(node, Parties(node, source, ids))
    return tuple({party.identifiers[0]: party for party in found}.values())


def map_notice(
    ocid: str,
    compiled: dict[str, Any],
    releases: Sequence[RawRelease],
    buyer: PartyFact | None = None,
) -> NoticeFact:
    """Map one compiled release, made of `releases` (oldest first, at least one), as the process of
    `buyer`; without it, of the first buyer that is named. Raises NotMappable.
    """
    release = Node(compiled)
    newest = releases[-1]
    source = source_of(ocid, newest.publisher)
    aside = release.apart()
    parties = Parties(aside, source)
    if len(parties) > _MAX_PARTIES:
        raise NotMappable(f"The notice has more than {_MAX_PARTIES:,} parties.")
    if any(len(release.nodes(rows)) > _MAX_ENTRIES for rows in ("awards", "contracts")):
        raise NotMappable(f"The notice has more than {_MAX_ENTRIES:,} awards or contracts.")
    buyers = _buyers(aside, parties)
    buyer = _buyer(buyers, buyer)
    tender = release.node("tender")
    title = (
        tender.title()
        or release.title()
        or next((a.title() for a in release.nodes("awards") if a.title()), "")
    )
    description = tender.text("description") or release.text("description")
    tags = {tag for one in releases for tag in one.tags}
    regime, regime_reason = regime_of(
        release.apart(), source, buyer, tags, releases[0].released_at.date()
    )
    value = tender.money("value")
    lots = _lots(tender)
    criteria = criteria_of(tender)
    _note_missing(release.gaps, title=title, description=description, value=value)
    if len({party.party_id for party in buyers}) > 1:
        release.gaps.add("several_buyers")
    if not buyer.is_registered:
        release.gaps.add("buyer_unregistered")
    release.gaps.update(gaps_of(criteria))
    if newest.release_id.startswith(NO_RELEASE_ID):
        release.gaps.add("release_id_not_published")
    published_on = tender.day("datePublished") or releases[0].released_at.date()
    tenders_due_on = tender.node("tenderPeriod").day("endDate")
    contracts = _contracts(release, parties, title)
    unread = tuple(unread_fields(compiled))
    elsewhere = (field for field in unread if not field.field.startswith(("awards[", "contracts[")))
    _note_unread(release.gaps, elsewhere)
    return NoticeFact(
        ocid=ocid,
        buyer=buyer,
        title=title or f"Untitled notice {ocid}",
        description=description,
        regime=regime,
        regime_reason=regime_reason,
        method=tender.key("procurementMethod"),
        method_details=tender.title("procurementMethodDetails"),
        status=tender.key("status"),
        value=value,
        published_on=published_on,
        tenders_due_on=tenders_due_on,
        publisher=newest.publisher,
        licence=newest.licence,
        notice_url=_notice_url(release),
        released_at=newest.released_at,
        lots=lots,
        criteria=criteria,
        contracts=contracts,
        gaps=tuple(sorted(release.gaps)),
        unread=unread,
    )


def _buyer_nodes(release: Node) -> list[Node]:
    """Return what may name a buyer, the strongest first; the last is the body that runs it."""
    named = [node for node in release.nodes("parties") if "buyer" in node.words("roles")]
    return [release.node("buyer"), *named, release.node("tender").node("procuringEntity")]


def _buyers(release: Node, parties: Parties) -> list[PartyFact]:
    *named, entity = _buyer_nodes(release)
    found = [parties.of(node) for node in named]
    if not any(found):
        found = [parties.of(entity)]
    return [party for party in found if party is not None]


def _buyer(found: Sequence[PartyFact], wanted: PartyFact | None) -> PartyFact:
    """Return the buyer as the compiled release names it, else as one release did."""
    if wanted is not None:
        return next((party for party in found if are_one_body(party, wanted)), wanted)
    if not found:
        raise NotMappable("The notice names no buyer, so nobody's record would hold it.")
    return found[0]


def _note_missing(gaps: set[str], *, title: str, description: str, value: Money | None) -> None:
    if not title:
        gaps.add("title_not_published")
    if not description:
        gaps.add("description_not_published")
    if value is None:
        gaps.add("value_not_published")


# What is not said to be unpublished where one of these fields was published and can't be read.
_PUBLISHED_BY = {
    "title_not_published": ("title",),
    "description_not_published": ("description",),
    "value_not_published": ("value", "value/amount", "value/amountGross"),
    "supplier_not_published": ("suppliers",),
    "award_date_not_published": ("date", "dateSigned"),
    "start_date_not_published": (
        "period",
        "contractPeriod",
        "period/startDate",
        "contractPeriod/startDate",
    ),
    "end_date_not_published": (
        "period",
        "contractPeriod",
        "period/endDate",
        "contractPeriod/endDate",
    ),
    "award_criteria_not_published": ("awardCriteria", "awardCriteria/criteria"),
}


def _note_unread(gaps: set[str], fields: Iterable[UnreadField]) -> None:
    for field in fields:
        gaps.add(field.code)
        # Below the tender, the award or the contract.
        name = field.field.partition("/")[2]
        gaps.difference_update(code for code, names in _PUBLISHED_BY.items() if name in names)


def _lots(tender: Node) -> tuple[LotFact, ...]:
    found: dict[str, LotFact] = {}
    for lot in tender.nodes("lots"):
        lot = lot.apart()
        period = lot.node("contractPeriod")
        starts_on, ends_on = _in_order(lot.gaps, period.day("startDate"), period.day("endDate"))
        lot_id = lot.key("id")
        found[lot_id] = LotFact(
            lot_id=lot_id,
            title=lot.title(),
            description=lot.text("description"),
            value=lot.money("value"),
            starts_on=starts_on,
            ends_on=ends_on,
            status=lot.key("status"),
        )
        tender.gaps.update(
            lot.gaps
            & {
                "line_breaks_lost",
                "text_damaged",
                "text_shortened",
                "text_changed",
                "date_unreadable",
            }
        )
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Pair:
    """A contract entry and the award it belongs to; one of the two may be an empty node."""

    contract: Node
    award: Node


def _pairs(release: Node) -> list[_Pair]:
    awards = {award.key("id"): award for award in release.nodes("awards")}
    nothing = Node({})
    found = []
    with_contract = set()
    for contract in release.nodes("contracts"):
        award = awards.get(contract.key("awardID"))
        if award is not None:
            with_contract.add(award.key("id"))
        found.append(_Pair(contract, award or nothing))
    for award_id, award in awards.items():
        if award_id in with_contract:
            continue
        if award.key("status") == "unsuccessful":
            release.gaps.add("award_unsuccessful")
            continue
        found.append(_Pair(nothing, award))
    return found


def _contracts(release: Node, parties: Parties, notice_title: str) -> tuple[ContractFact, ...]:
    lots = {
        lot.key("id"): lot.title() for lot in release.apart().node("tender").apart().nodes("lots")
    }
    found = {}
    for pair in _pairs(release):
        contract, award = pair.contract.apart(), pair.award.apart()
        fact = _contract(contract, award, parties, notice_title, lots)
        found[(fact.award_id, fact.contract_id)] = fact
    return tuple(found.values())


def _contract(
    contract: Node,
    award: Node,
    parties: Parties,
    notice_title: str,
    lots: dict[str, str],
) -> ContractFact:
    gaps: set[str] = set()
    suppliers = _suppliers(award, contract, parties, gaps)
    unread = (*unread_fields(award.data, "award"), *unread_fields(contract.data, "contract"))
    value = contract.money("value") or award.money("value")
    period, fallback = contract.node("period"), award.node("contractPeriod")
    starts_on, ends_on = _in_order(
        gaps,
        period.day("startDate") or fallback.day("startDate"),
        period.day("endDate") or fallback.day("endDate"),
    )
    awarded_on = award.day("date") or contract.day("dateSigned")
    lot_title = next((lots[lot] for lot in award.words("relatedLots") if lots.get(lot)), "")
    title = contract.title() or award.title() or lot_title or notice_title
    description = contract.text("description") or award.text("description")
    if contract and not award:
        gaps.add("award_not_found")
    if any(node.key("id").startswith(NO_ID) for node in (contract, award)):
        gaps.add("award_id_not_published")
    if not title:
        gaps.add("title_not_published")
    if value is None:
        gaps.add("value_not_published")
    for day, code in ((starts_on, "start_date"), (ends_on, "end_date"), (awarded_on, "award_date")):
        if day is None and "dates_in_wrong_order" not in gaps:
            gaps.add(f"{code}_not_published")
    _note_unread(gaps, unread)
    status = contract.key("status") or award.key("status")
    award_id, contract_id = award.key("id") or contract.key("awardID"), contract.key("id")
    return ContractFact(
        award_id=award_id[:200],
        contract_id=contract_id[:200],
        title=title or f"Untitled contract {contract_id or award_id}",
        description=description,
        value=value,
        starts_on=starts_on,
        ends_on=ends_on,
        awarded_on=awarded_on,
        status=status if status in _CONTRACT_STATUSES else "",
        suppliers=suppliers,
        gaps=tuple(sorted(gaps | contract.gaps | award.gaps)),
        unread=unread,
    )


def _suppliers(
    award: Node, contract: Node, parties: Parties, gaps: set[str]
) -> tuple[PartyFact, ...]:
    """Return the suppliers in the order of the notice, each once."""
    found: dict[tuple[str, str], PartyFact] = {}
    for reference in award.nodes("suppliers") or contract.nodes("suppliers"):
        party = parties.of(reference)
        if party is None:
            gaps.add("supplier_name_not_published")
            continue
        if party.name.startswith("Name not published"):
            gaps.add("supplier_name_not_published")
        if not party.is_registered:
            gaps.add("supplier_unregistered")
        found.setdefault(party.identifiers[0], party)
    if not found:
        gaps.add("supplier_not_published")
    return tuple(found.values())


def _in_order(
    gaps: set[str], starts_on: date | None, ends_on: date | None
) -> tuple[date | None, date | None]:
    if starts_on and ends_on and ends_on < starts_on:
        gaps.add("dates_in_wrong_order")
        return None, None
    return starts_on, ends_on


def _notice_url(release: Node) -> str:
    """Return the address of the newest notice that people can read, "" where none is published."""
    holders = [
        *release.nodes("contracts"),
        *release.nodes("awards"),
        release.node("tender"),
        release.node("planning"),
    ]
    links = [
        (doc.key("documentType"), doc.key("url"))
        for holder in holders
        for doc in holder.nodes("documents")
    ]
    links.sort(key=lambda link: "notice" not in link[0].lower())
    found = [url for kind, url in links if "notice" in kind.lower()]
    found += [link.key("href") for link in release.nodes("links")]
    return next(
        (url for url in found if url.startswith(("https://", "http://")) and len(url) <= 290), ""
    )
