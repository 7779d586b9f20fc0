"""The rows of one process, made from its facts or brought up to date with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from commissioning.actions._import_organisations import ImportOrganisations
from commissioning.enums import ContractStatus, Regime
from commissioning.models import (
    Commissioner,
    Contract,
    ContractParty,
    Lot,
    Procurement,
    PublishedAwardCriterion,
)
from commissioning.ocds import ContractFact, Money, NoticeFact, UnreadField

# The notice as published is kept whole: a page needs no more of these.
MOST_UNREAD = 50


@dataclass
class Change:
    """What became of one row: which of its fields differ from before."""

    row: Any
    is_new: bool
    fields: list[str] = field(default_factory=list)


def as_text(value: Any) -> str:
    """Return a value as a correction keeps it: ISO dates, all digits, "" for not published."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def write_procurement(notice: NoticeFact, known: Procurement | None, buyer: Commissioner) -> Change:
    """Make the buyer's procurement, or update it, with its lots and criteria.

    Whose it is stays: an update never writes the buyer.
    """
    values = {
        "title": notice.title,
        "description": notice.description,
        "regime": notice.regime if notice.regime in Regime.values else Regime.UNKNOWN,
        "regime_reason": notice.regime_reason[:200],
        "method": notice.method[:60],
        "method_details": notice.method_details,
        "status": notice.status[:60],
        "published_on": notice.published_on,
        "tenders_due_on": notice.tenders_due_on,
        "source_publisher": notice.publisher[:200],
        "licence": notice.licence[:300],
        "notice_url": notice.notice_url,
        "gaps": list(notice.gaps),
        "unread_fields": _unread(notice.unread),
        "released_at": notice.released_at,
        **_money(notice.value),
    }
    if known is None:
        row = Procurement.objects.create(ocid=notice.ocid, buyer=buyer, **values)
        change = Change(row, is_new=True)
    else:
        change = Change(known, is_new=False, fields=_assign(known, values))
        if change.fields:
            known.save(update_fields=change.fields)
    change.fields += _write_lots(change, notice)
    return change


def _write_lots(change: Change, notice: NoticeFact) -> list[str]:
    """Replace lots and criteria where they differ: nothing else hangs on them."""
    procurement = change.row
    lots = [
        Lot(
            procurement=procurement,
            lot_id=lot.lot_id,
            title=lot.title,
            description=lot.description,
            published_amount=lot.value.amount if lot.value else None,
            gross_amount=lot.value.gross if lot.value else None,
            currency=lot.value.currency if lot.value else "",
            starts_on=lot.starts_on,
            ends_on=lot.ends_on,
            status=lot.status[:60],
            position=position,
        )
        for position, lot in enumerate(notice.lots)
    ]
    by_id = {lot.lot_id: lot for lot in lots}
    criteria = [
        PublishedAwardCriterion(
            procurement=procurement,
            lot=by_id.get(criterion.lot_id),
            name=criterion.name,
            description=criterion.description,
            criterion_type=criterion.criterion_type,
            weight=criterion.weight,
            is_incomplete=criterion.is_incomplete,
            position=position,
        )
        for position, criterion in enumerate(notice.criteria)
    ]
    if not change.is_new:
        old_lots = [_lot_facts(lot) for lot in procurement.lots.all()]
        old_criteria = [_criterion_facts(row) for row in procurement.criteria.all()]
        same_lots = old_lots == [_lot_facts(lot) for lot in lots]
        same_criteria = old_criteria == [_criterion_facts(row) for row in criteria]
        if same_lots and same_criteria:
            return []
        procurement.criteria.all().delete()
        procurement.lots.all().delete()
    Lot.objects.bulk_create(lots)
    PublishedAwardCriterion.objects.bulk_create(criteria)
    return [] if change.is_new else ["lots"]


def _lot_facts(lot: Lot) -> tuple:
    money = (lot.published_amount, lot.gross_amount, lot.currency)
    return (lot.lot_id, lot.title, lot.description, money, lot.starts_on, lot.ends_on, lot.status)


def _criterion_facts(row: PublishedAwardCriterion) -> tuple:
    lot_id = row.lot.lot_id if row.lot else ""
    facts = (row.name, row.description, row.criterion_type, row.weight, row.is_incomplete)
    return (lot_id, *facts)


def write_contracts(
    notice: NoticeFact, procurement: Procurement, organisations: ImportOrganisations, is_new: bool
) -> list[Change]:
    """Make or update the contracts of the process with their parties.

    An award that was known without a contract entry becomes the first contract that is published
    for it. A contract that the notices no longer name is kept, with that gap noted.
    """
    known = [] if is_new else list(procurement.contracts.all())
    changes = []
    for fact in notice.contracts:
        row = _known_contract(fact, known)
        if row is not None:
            known.remove(row)
        changes.append(_write_contract(fact, row, procurement, organisations))
    for row in known:
        if row.ocds_award_id or row.ocds_contract_id:
            fields = _assign(row, {"gaps": sorted({*row.gaps, "no_longer_published"})})
            if fields:
                row.save(update_fields=fields)
                changes.append(Change(row, is_new=False, fields=fields))
    return changes


def _known_contract(fact: ContractFact, known: Sequence[Contract]) -> Contract | None:
    def named(award_id: str, contract_id: str) -> Contract | None:
        pair = (award_id, contract_id)
        rows = [row for row in known if (row.ocds_award_id, row.ocds_contract_id) == pair]
        return rows[0] if rows else None

    return named(fact.award_id, fact.contract_id) or (
        named(fact.award_id, "") if fact.award_id else None
    )


def _write_contract(
    fact: ContractFact,
    row: Contract | None,
    procurement: Procurement,
    organisations: ImportOrganisations,
) -> Change:
    values = {
        "ocds_award_id": fact.award_id,
        "ocds_contract_id": fact.contract_id,
        "title": fact.title,
        "description": fact.description,
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "awarded_on": fact.awarded_on,
        "status": fact.status or ContractStatus.NOT_PUBLISHED,
        "gaps": list(fact.gaps),
        "unread_fields": _unread(fact.unread),
        **_money(fact.value),
    }
    if row is None:
        row = Contract.objects.create(
            procurement=procurement, commissioner_id=procurement.buyer_id, **values
        )
        change = Change(row, is_new=True)
    else:
        published = _keep_corrections(row, values)
        change = Change(row, is_new=False, fields=_assign(row, values))
        if change.fields:
            row.save(update_fields=change.fields)
        change.fields += published
    change.fields += _write_parties(change, fact, organisations)
    return change


def _keep_corrections(row: Contract, values: dict[str, Any]) -> list[str]:
    """Move new published values of corrected fields into their corrections; say which changed."""
    changed = []
    for correction in row.corrections.all():
        if correction.replaced_at is not None:
            continue
        published = as_text(values.pop(correction.field))
        if correction.published_value != published:
            correction.published_value = published
            correction.save(update_fields=["published_value"])
            changed.append(f"published {correction.field}")
    return changed


def _write_parties(
    change: Change, fact: ContractFact, organisations: ImportOrganisations
) -> list[str]:
    contract = change.row
    providers = organisations.providers_of(fact.suppliers)
    if not change.is_new:
        before = [party.provider_id for party in contract.parties.all()]
        if before == [provider.pk for provider in providers]:
            return []
        contract.parties.all().delete()
    ContractParty.objects.bulk_create(
        [
            ContractParty(
                contract=contract, provider=provider, is_lead=position == 0, position=position
            )
            for position, provider in enumerate(providers)
        ]
    )
    return [] if change.is_new else ["parties"]


def _money(value: Money | None) -> dict[str, Any]:
    return {
        "value_gbp": value.gbp if value else None,
        "published_amount": value.amount if value else None,
        "gross_amount": value.gross if value else None,
        "currency": value.currency if value else "",
    }


def _unread(fields: Sequence[UnreadField]) -> list[dict[str, str]]:
    return [{"field": row.field, "published": row.published} for row in fields[:MOST_UNREAD]]


def _assign(row: Any, values: dict[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
