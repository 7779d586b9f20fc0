"""Writes to contracts: kept by hand, corrected, and given their level."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, StaleSave, WrongState, require
from commissioning import ocds
from commissioning.actions._import_organisations import ImportOrganisations
from commissioning.actions._import_records import as_text
from commissioning.enums import ContractStatus, CorrectableField
from commissioning.models import Commissioner, Contract, ContractParty, HandCorrection
from commissioning.rules import keeps_contracts_of
from principles.enums import Level
from principles.rules import RiskAnswers, propose_level
from providers.models import Provider

REFUSAL = "Only the commissioner's contract managers and procurement leads keep its contracts."


@transaction.atomic
def create_contract(
    *,
    actor: Actor,
    title: str,
    providers: Sequence[Provider],
    description: str = "",
    value_gbp: Decimal | None = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    awarded_on: datetime.date | None = None,
    status: str = ContractStatus.ACTIVE,
    new_provider_name: str = "",
    new_provider_company_number: str = "",
) -> Contract:
    """Keep a contract that no notice brought. The first of ``providers`` leads.

    A provider that isn't known is named by ``new_provider_name``: it becomes a reference row,
    unless its company number is known; a match by name is offered for confirmation. Side effects,
    in order: commissioner's profile and new provider where there is none, contract, parties, audit
    row.
    """
    commissioner = Commissioner.objects.filter(organisation=actor.organisation).first()
    if commissioner is None:
        require(
            actor.organisation is not None and actor.organisation.acts_as_commissioner,
            "Your organisation doesn't commission.",
        )
        commissioner, _ = Commissioner.objects.get_or_create(organisation=actor.organisation)
    require(keeps_contracts_of(actor, commissioner), REFUSAL)
    providers = list(providers)
    if new_provider_name.strip():
        providers.append(_provider_named(actor, new_provider_name, new_provider_company_number))
    if not providers:
        raise WrongState("A contract has at least one provider.")
    contract = Contract.objects.create(
        commissioner=commissioner,
        title=title,
        description=description,
        value_gbp=value_gbp,
        currency="GBP" if value_gbp is not None else "",
        starts_on=starts_on,
        ends_on=ends_on,
        awarded_on=awarded_on,
        status=status,
    )
    ContractParty.objects.bulk_create(
        [
            ContractParty(contract=contract, provider=row, is_lead=place == 0, position=place)
            for place, row in enumerate(dict.fromkeys(providers))
        ]
    )
    audit.record(
        actor=actor,
        verb="contract.created",
        subject=contract,
        case=contract.reference,
        facts={"providers": [provider.reference for provider in dict.fromkeys(providers)]},
    )
    return contract


@transaction.atomic
def correct_contract(
    *, actor: Actor, contract: Contract, field: str, value: Any, reason: str, seen: str
) -> HandCorrection:
    """Put one field right by hand; what was published is kept beside it.

    ``seen`` is the value, as text, that the person saw when they began. Side effects, in order: the
    former correction ends, correction, contract, audit row. Raises StaleSave with the contract when
    someone changed the field meanwhile, WrongState when the value can't stand.
    """
    contract = _locked(contract)
    require(keeps_contracts_of(actor, contract.commissioner), REFUSAL)
    field = CorrectableField(field)
    before = as_text(getattr(contract, field))
    if before != seen:
        raise StaleSave(contract)
    if as_text(value) == before:
        raise WrongState("This is the value already.")
    setattr(contract, field, value)
    if contract.starts_on and contract.ends_on and contract.ends_on < contract.starts_on:
        raise WrongState("The contract would end before it starts.")
    now = timezone.now()
    former = contract.corrections.filter(field=field, replaced_at=None).first()
    if former is not None:
        former.replaced_at, former.replaced_by = now, actor.user
        former.save(update_fields=["replaced_at", "replaced_by"])
    correction = HandCorrection.objects.create(
        contract=contract,
        field=field,
        published_value=former.published_value if former else before,
        corrected_value=as_text(value),
        reason=reason,
        corrected_at=now,
        corrected_by=actor.user,
    )
    contract.save(update_fields=[field])
    audit.record(
        actor=actor,
        verb="contract.corrected",
        subject=contract,
        case=contract.reference,
        facts={"field": field.value, "correction": correction.pk},
    )
    return correction


@transaction.atomic
def withdraw_correction(*, actor: Actor, correction: HandCorrection) -> Contract:
    """Let the published value stand again.

    Side effects, in order: correction ends, contract, audit row.
    """
    contract = _locked(correction.contract)
    require(keeps_contracts_of(actor, contract.commissioner), REFUSAL)
    correction = HandCorrection.objects.select_for_update().get(pk=correction.pk)
    if correction.replaced_at is not None:
        raise WrongState("This correction doesn't stand any more.")
    field = Contract._meta.get_field(correction.field)
    value = field.to_python(correction.published_value) if correction.published_value else None
    if value is None and not field.null:
        value = ""
    setattr(contract, correction.field, value)
    if contract.starts_on and contract.ends_on and contract.ends_on < contract.starts_on:
        raise WrongState("With the published date the contract would end before it starts.")
    correction.replaced_at, correction.replaced_by = timezone.now(), actor.user
    correction.save(update_fields=["replaced_at", "replaced_by"])
    contract.save(update_fields=[correction.field])
    audit.record(
        actor=actor,
        verb="contract.correction_withdrawn",
        subject=contract,
        case=contract.reference,
        facts={"field": correction.field, "correction": correction.pk},
    )
    return contract


@transaction.atomic
def set_level(
    *, actor: Actor, contract: Contract, answers: RiskAnswers, level: str = "", reason: str = ""
) -> Contract:
    """Answer the three risk questions and set how deep the contract is looked at.

    Without ``level`` the proposed one is taken; another one needs a reason. Side effects, in order:
    contract, audit row.
    """
    contract = _locked(contract)
    require(keeps_contracts_of(actor, contract.commissioner), REFUSAL)
    proposal = propose_level(contract.value_gbp, answers)
    level = Level(level or proposal.level)
    if level != proposal.level and not reason.strip():
        raise WrongState("Another level than the proposed one needs a reason.")
    contract.risk_answers = {name: getattr(answers, name) for name in answers.__dataclass_fields__}
    contract.level_proposed = proposal.level
    contract.level_proposed_because = proposal.reason[:500]
    contract.assurance_level = level
    contract.level_reason = reason.strip() if level != proposal.level else ""
    contract.level_set_at = timezone.now()
    contract.level_set_by = actor.user
    contract.save()
    audit.record(
        actor=actor,
        verb="contract.level_set",
        subject=contract,
        case=contract.reference,
        facts={"level": level, "proposed": proposal.level, **contract.risk_answers},
    )
    return contract


def _provider_named(actor: Actor, name: str, company_number: str) -> Provider:
    """Return the provider of this company number, else the commissioner's own row of this name."""
    name = " ".join(name.split())
    number = ocds.registered_identifier("GB-COH", company_number) if company_number else None
    pair = number or (f"{actor.organisation.reference}:name", f"{ocds.name_key(name)[:190]}|")
    fact = ocds.PartyFact("", name, (pair,), is_registered=number is not None)
    organisations = ImportOrganisations(timezone.now(), actor.organisation)
    organisations.load([fact])
    fact = organisations.within_reach(fact)
    organisations.add([fact])
    return organisations.providers_of([fact])[0]


def _locked(contract: Contract) -> Contract:
    return (
        Contract.objects.select_for_update(of=("self",))
        .select_related("commissioner__organisation")
        .get(pk=contract.pk)
    )
