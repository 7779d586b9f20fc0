"""The contract that comes of an award, with what it carries into assurance."""

import datetime
from decimal import Decimal

from django.db import transaction

from accounts import audit
from accounts.access import Actor, require
from commissioning.actions._exercise_steps import duties_of
from commissioning.award_model.model import Term
from commissioning.enums import CarriedKind, ContractStatus
from commissioning.inputs import framework_code, published_model
from commissioning.models import BidLot, CarriedTerm, Contract, ContractParty, Exercise
from commissioning.rules import leads
from principles.models import Criterion
from providers.models import Provider


@transaction.atomic
def contract_from_award(
    *,
    actor: Actor,
    exercise: Exercise,
    bid_lot: BidLot,
    title: str,
    value_gbp: Decimal,
    entered_on: datetime.date,
) -> Contract:
    """Keep the contract with a winner of a competition, with the terms that were published and the
    commitments that it bid.

    Side effects, in order: contract, party, what it carries, audit row.
    """
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise records its contract.",
    )
    contract = _contract(exercise, bid_lot.provider, title, value_gbp, entered_on)
    terms = published_model(exercise.versions.order_by("number").last()).terms
    _carry(contract, terms)
    place = contract.carried_terms.count()
    commitments = bid_lot.commitments.select_related("measure").order_by("measure__code", "pk")
    CarriedTerm.objects.bulk_create(
        CarriedTerm(
            contract=contract,
            kind=CarriedKind.COMMITMENT,
            title=f"{row.measure.code} {row.measure.label}",
            text=row.note,
            measure=row.measure,
            quantity=row.quantity,
            position=place + number,
        )
        for number, row in enumerate(commitments)
    )
    _record(actor, exercise, contract)
    return contract


@transaction.atomic
def contract_from_direct_award(
    *,
    actor: Actor,
    exercise: Exercise,
    provider: Provider,
    terms: tuple[Term, ...],
    value_gbp: Decimal,
    entered_on: datetime.date,
) -> Contract:
    """Keep the contract of an award without competition. Side effects as above."""
    require(
        leads(actor, exercise, duties_of(actor, exercise)),
        "Only the lead of the exercise records its contract.",
    )
    contract = _contract(exercise, provider, exercise.procurement.title, value_gbp, entered_on)
    _carry(contract, terms)
    _record(actor, exercise, contract)
    return contract


def _contract(
    exercise: Exercise,
    provider: Provider,
    title: str,
    value_gbp: Decimal,
    entered_on: datetime.date,
) -> Contract:
    starts_on = exercise.contract_starts_on
    ends_on = exercise.contract_ends_on
    contract = Contract.objects.create(
        commissioner=exercise.procurement.buyer,
        procurement=exercise.procurement,
        title=title,
        description=exercise.subject_matter,
        value_gbp=value_gbp,
        currency="GBP",
        starts_on=starts_on,
        ends_on=ends_on,
        awarded_on=entered_on,
        status=ContractStatus.ACTIVE,
    )
    ContractParty.objects.create(contract=contract, provider=provider, is_lead=True)
    return contract


def _carry(contract: Contract, terms: tuple[Term, ...]) -> None:
    codes = {code for term in terms for code in term.draws_on}
    known = (
        {
            framework_code(row): row
            for row in Criterion.objects.select_related("edition__framework")
            if framework_code(row) in codes
        }
        if codes
        else {}
    )
    for position, term in enumerate(terms):
        row = CarriedTerm.objects.create(
            contract=contract,
            kind=_kind(term),
            title=term.title,
            text=term.text,
            target=term.target,
            position=position,
        )
        row.draws_on.set(known[code] for code in term.draws_on if code in known)


def _kind(term: Term) -> CarriedKind:
    if term.is_kpi:
        return CarriedKind.KPI
    return CarriedKind.ETHICS_TERM if term.is_ethics else CarriedKind.TERM


def _record(actor: Actor, exercise: Exercise, contract: Contract) -> None:
    audit.record(
        actor=actor,
        verb="contract.entered",
        subject=contract,
        case=contract.reference,
        facts={"exercise": exercise.reference, "carried": contract.carried_terms.count()},
    )
