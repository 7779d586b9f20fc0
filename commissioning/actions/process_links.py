"""Stating that an own contract was called off under a process that another body published."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Organisation
from commissioning.enums import LinkState
from commissioning.models import Contract, ProcessLink, Procurement
from commissioning.rules import keeps_contracts_of, may_dispute_link

REFUSAL = "Only the commissioner's contract managers and procurement leads keep its contracts."


@transaction.atomic
def state_link(
    *, actor: Actor, contract: Contract, ocid: str, publisher_name: str, reason: str
) -> ProcessLink:
    """Say under which process of another body an own contract was called off, and why.

    It gives no sight of that body's rows; where that body uses this installation, its people see
    the statement. Side effects, in order: link, audit row. Raises WrongState where the same is
    stated already, or where the process is the own one.
    """
    contract = (
        Contract.objects.select_for_update(of=("self",))
        .select_related("commissioner__organisation", "procurement")
        .get(pk=contract.pk)
    )
    require(keeps_contracts_of(actor, contract.commissioner), REFUSAL)
    own = Procurement.objects.filter(buyer=contract.commissioner, ocid=ocid)
    if contract.procurement and contract.procurement in own:
        raise WrongState("The contract came of this process already: it is your own.")
    if contract.process_links.standing().filter(ocid=ocid).exists():
        raise WrongState("The contract is linked to this process already.")
    publisher = _publisher(publisher_name, ocid)
    if publisher == contract.commissioner.organisation:
        raise WrongState("That is your own organisation. Name the body that published the process.")
    link = ProcessLink.objects.create(
        contract=contract,
        ocid=ocid,
        publisher_name=publisher_name,
        publisher=publisher,
        reason=reason,
        made_at=timezone.now(),
        made_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="contract.process_linked",
        subject=link,
        case=contract.reference,
        facts={"ocid": ocid, "publisher": publisher.reference if publisher else ""},
    )
    return link


@transaction.atomic
def withdraw_link(*, actor: Actor, link: ProcessLink) -> ProcessLink:
    """Take a statement back; it stays as history. Side effects, in order: link, audit row."""
    link = _locked(link)
    require(keeps_contracts_of(actor, link.contract.commissioner), REFUSAL)
    if link.state == LinkState.WITHDRAWN:
        raise WrongState("This link was withdrawn already.")
    link.state = LinkState.WITHDRAWN
    link.withdrawn_at, link.withdrawn_by = timezone.now(), actor.user
    link.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return _recorded(actor, link, "contract.process_link_withdrawn")


@transaction.atomic
def dispute_link(*, actor: Actor, link: ProcessLink, reason: str) -> ProcessLink:
    """Say, for the body that published the process, that the statement is wrong, and why.

    The contract's commissioner sees it. Side effects, in order: link, audit row.
    """
    link = _locked(link)
    published = Procurement.objects.filter(
        ocid=link.ocid, buyer__organisation=actor.organisation
    ).exists()
    require(
        may_dispute_link(actor, link) and published,
        "Only the body that published the process disputes this.",
    )
    if link.state != LinkState.STATED:
        raise WrongState("This link was disputed or withdrawn already.")
    link.state, link.dispute_reason = LinkState.DISPUTED, reason
    link.disputed_at, link.disputed_by = timezone.now(), actor.user
    link.save(update_fields=["state", "dispute_reason", "disputed_at", "disputed_by"])
    return _recorded(actor, link, "contract.process_link_disputed")


def _publisher(name: str, ocid: str) -> Organisation | None:
    """Return the body of that name that commissions: where several do, the one with the process."""
    found = Organisation.objects.filter(
        acts_as_commissioner=True, name__iexact=" ".join(name.split())
    )
    with_process = found.filter(
        pk__in=Procurement.objects.filter(ocid=ocid).values("buyer__organisation")
    )
    rows = list(with_process[:2]) or list(found[:2])
    return rows[0] if len(rows) == 1 else None


def _locked(link: ProcessLink) -> ProcessLink:
    return (
        ProcessLink.objects.select_for_update(of=("self",))
        .select_related("contract__commissioner__organisation")
        .get(pk=link.pk)
    )


def _recorded(actor: Actor, link: ProcessLink, verb: str) -> ProcessLink:
    audit.record(actor=actor, verb=verb, subject=link, case=link.contract.reference)
    return link
