"""Who may do what in commissioning: claims over facts that the action has loaded."""

from collections.abc import Iterable

from accounts.access import COMMISSIONER_ROLES, Actor, Role
from commissioning.enums import Duty
from commissioning.ocds import name_key


def may_import_for_any_buyer(actor: Actor) -> bool:
    """Only the operator's command, which acts as the system, imports whoever the buyer is."""
    return actor.is_system


def may_import_notices(actor: Actor, organisation) -> bool:
    """Procurement leads and contract managers import the notices of their own organisation."""
    return (
        organisation is not None
        and actor.organisation == organisation
        and actor.has(Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)
    )


def is_own_buyer_by_name(buyer_name: str, own_name: str) -> bool:
    """The buyer of a notice bears the organisation's own name: a person may confirm that it is the
    same.
    """
    return name_key(buyer_name) == name_key(own_name)


def is_contract_manager_of(actor: Actor, commissioner) -> bool:
    """The actor manages contracts for this commissioner."""
    return actor.organisation == commissioner.organisation and actor.has(Role.CONTRACT_MANAGER)


def keeps_contracts_of(actor: Actor, commissioner) -> bool:
    """The actor keeps this commissioner's contracts and procurements."""
    return actor.organisation == commissioner.organisation and actor.has(
        Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD
    )


def may_dispute_link(actor: Actor, link) -> bool:
    """The actor keeps the contracts of the body under whose process a contract was called off."""
    return (
        link.publisher_id is not None
        and actor.organisation is not None
        and actor.organisation.pk == link.publisher_id
        and actor.has(Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD)
    )


def is_first_signatory_of(actor: Actor, first) -> bool:
    """The actor signs for the provider for whom a first signatory was named."""
    return actor.organisation == first.provider.organisation and actor.has(Role.SIGNATORY)


def may_confirm_as_second(actor: Actor, first) -> bool:
    """The actor keeps contracts of another body than the one that named the signatory, and is not
    the person who named or was invited.
    """
    return (
        actor.organisation is not None
        and actor.organisation.pk not in (None, first.named_for_id)
        and actor.organisation != first.provider.organisation
        and actor.has(Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD)
        and actor.user.pk != first.named_by_id
        and actor.user.email != first.invitation.email
    )


def may_doubt_signatories(actor: Actor) -> bool:
    """The actor keeps contracts of a commissioner."""
    return actor.organisation is not None and actor.has(
        Role.CONTRACT_MANAGER, Role.PROCUREMENT_LEAD
    )


def is_of_commissioner_or_assurer(viewer: Actor) -> bool:
    """The organisation that the viewer acts for gives audit engagements, or is given them."""
    organisation = viewer.organisation
    return organisation is not None and (
        organisation.acts_as_commissioner or organisation.acts_as_assurer
    )


def is_administrator_of(actor: Actor, commissioner) -> bool:
    """The actor administers this commissioner."""
    return actor.organisation == commissioner.organisation and actor.has(Role.ADMINISTRATOR)


def may_decide_match(actor: Actor, match, concerned: Iterable[int]) -> bool:
    """Whether the actor may say that two organisations are one.

    ``concerned`` are the organisations (keys) of every commissioner whose contracts or whose own
    rows a confirmation would move or join. Operators decide all. A commissioner decides only
    between two rows that nobody belongs to, where its own contracts alone are concerned: so it
    never gives a register number, or a record, to anybody who has people here, itself included.
    """
    if actor.is_operator:
        return True
    if actor.organisation is None or not actor.has(Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER):
        return False
    if not (match.organisation.is_reference_row and match.candidate.is_reference_row):
        return False
    concerned = set(concerned)
    return bool(concerned) and concerned == {actor.organisation.pk}


def is_judge_of(actor: Actor, commissioner) -> bool:
    """The actor rates, approves, leads procurements or manages contracts for this commissioner."""
    return actor.organisation == commissioner.organisation and actor.has(*COMMISSIONER_ROLES)


def may_resolve_interest(actor: Actor, declaration) -> bool:
    """A contract manager or approver of the commissioner decides, and never about oneself."""
    return (
        actor.organisation == declaration.contract.commissioner.organisation
        and actor.has(Role.CONTRACT_MANAGER, Role.APPROVER)
        and actor.user.pk != declaration.user_id
    )


def may_start_exercise(actor: Actor, commissioner) -> bool:
    """A procurement lead of the commissioner starts an exercise and leads it."""
    return actor.organisation == commissioner.organisation and actor.has(Role.PROCUREMENT_LEAD)


def leads(actor: Actor, exercise, duties: Iterable[str]) -> bool:
    """The actor leads this exercise, for the body that runs it. ``duties`` are the actor's own."""
    return _runs(actor, exercise) and Duty.LEAD in duties


def holds_any(actor: Actor, exercise, duties: Iterable[str], *wanted: str) -> bool:
    """The actor holds one of the ``wanted`` duties in this exercise, for the body that runs it."""
    return _runs(actor, exercise) and any(duty in duties for duty in wanted)


def is_of_body(actor: Actor, exercise) -> bool:
    """The actor works on procurements or contracts for the body that runs the exercise."""
    return _runs(actor, exercise)


def may_resolve_declaration(actor: Actor, declaration, duties: Iterable[str], leads_it) -> bool:
    """The lead decides about the interests of others; the approver about those of a lead.

    ``leads_it`` says whether the declarant leads the exercise. Nobody decides about oneself.
    """
    if actor.user is None or actor.user.pk == declaration.user_id:
        return False
    wanted = Duty.APPROVER if leads_it else Duty.LEAD
    return holds_any(actor, declaration.exercise, duties, wanted)


def may_bid(actor: Actor, provider) -> bool:
    """The actor writes bids for the provider, once it is confirmed who signs for it."""
    return actor.organisation == provider.organisation and actor.provides


def may_submit_bid(actor: Actor, provider) -> bool:
    """Only an authorised signatory binds the provider by handing in a bid, or withdraws one."""
    return may_bid(actor, provider) and actor.has(Role.SIGNATORY)


def _runs(actor: Actor, exercise) -> bool:
    return actor.organisation == exercise.procurement.buyer.organisation and actor.has(
        *COMMISSIONER_ROLES
    )
