"""Who signs for a provider: its own page, a commissioner's, and the operator's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import OPERATOR, Role, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.forms import (
    ConfirmSignatoryForm,
    DoubtDecisionForm,
    DoubtForm,
    EnterCodeForm,
    SendCodeForm,
)
from commissioning.rules import may_confirm_as_second

KEEPERS = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)


@door(Role.SIGNATORY)
def signatory_own(request):
    """What an unconfirmed signatory may do meanwhile, and how they are confirmed; enters a code."""
    first = queries.own_first_signatory(request.actor)
    if first is None:
        return redirect("accounts:home")
    form = EnterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            is_right = actions.enter_confirmation_code(
                actor=request.actor, first=first, code=form.cleaned_data["code"]
            )
        except WrongState as wrong:
            form.add_error("code", str(wrong))
        else:
            if is_right:
                messages.success(request, f"It is confirmed that you sign for {first.provider}")
                return redirect("accounts:home")
            form.add_error("code", "This is not the code. Check it with whoever gave it to you")
    return _own(request, first, form=form)


@door(Role.SIGNATORY)
@require_POST
def signatory_code(request):
    """Send a code to a published address."""
    first = queries.own_first_signatory(request.actor)
    if first is None:
        raise Http404
    sending = SendCodeForm(request.POST, contacts=queries.published_contacts(request.actor, first))
    if sending.is_valid():
        try:
            actions.send_confirmation_code(
                actor=request.actor, first=first, address=sending.cleaned_data["address"]
            )
        except WrongState as wrong:
            sending.add_error("address", str(wrong))
        else:
            messages.success(request, "Code sent. Ask whoever reads that mailbox for it")
            return redirect("commissioning:signatory-own")
    return _own(request, first, sending=sending)


def _own(request, first, *, form=None, sending=None):
    contacts = queries.published_contacts(request.actor, first)
    context = {
        "first": first,
        "contacts": contacts,
        "form": form or EnterCodeForm(),
        "sending": sending or SendCodeForm(contacts=contacts),
    }
    return render(request, "commissioning/signatory_own.html", context)


@door(*KEEPERS)
def signatory_detail(request, reference, provider_reference):
    """Who was named to sign for a provider of one's contract; a second commissioner confirms."""
    contract, provider = _party(request, reference, provider_reference)
    first = queries.first_signatory_of(request.actor, provider)
    if first is not None and first.confirmed_at is not None:
        first = None
    if request.method == "POST":
        if first is None:
            raise Http404
        actions.confirm_signatory_as_second(actor=request.actor, first=first)
        messages.success(request, f"Confirmed: {first.invitation.full_name} signs for {provider}")
        return redirect("commissioning:contract-detail", reference)
    context = {
        "contract": contract,
        "provider": provider,
        "first": first,
        "doubt": queries.own_doubt(request.actor, provider),
        "may_confirm": first is not None and may_confirm_as_second(request.actor, first),
    }
    return render(request, "commissioning/signatory_detail.html", context)


@door(*KEEPERS)
def signatory_doubt(request, reference, provider_reference):
    """Say that the wrong person signs for a provider of one's contract."""
    contract, provider = _party(request, reference, provider_reference)
    form = DoubtForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.doubt_signatory(actor=request.actor, provider=provider, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error("reason", str(wrong))
        else:
            messages.success(request, "An operator will look into who signs")
            return redirect("commissioning:contract-detail", reference)
    context = {"contract": contract, "provider": provider, "form": form}
    return render(request, "commissioning/signatory_doubt.html", context)


@door(OPERATOR)
def signatory_list(request):
    """First signatories that nobody has confirmed, and doubts that wait for a decision."""
    context = {
        "page": page_of(request, queries.first_signatories(request.actor).to_confirm()),
        "doubts": queries.signatory_doubts(request.actor).to_decide(),
    }
    return render(request, "commissioning/signatory_list.html", context)


@door(OPERATOR)
def signatory_confirm(request, reference):
    """Confirm who signs, with how it was checked."""
    first = queries.first_signatory(request.actor, reference)
    if first is None or first.confirmed_at is not None:
        raise Http404
    form = ConfirmSignatoryForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.confirm_signatory_as_operator(actor=request.actor, first=first, **form.cleaned_data)
        messages.success(request, f"Confirmed: {first.invitation.full_name} signs")
        return redirect("commissioning:signatory-list")
    context = {"first": first, "form": form}
    return render(request, "commissioning/signatory_confirm.html", context)


@door(OPERATOR)
def doubt_decide(request, reference):
    """Decide whether somebody else signs for a provider from now on."""
    doubt = queries.signatory_doubt(request.actor, reference)
    if doubt is None or doubt.outcome:
        raise Http404
    known = {"full_name": doubt.known_name, "email": doubt.known_email}
    form = DoubtDecisionForm(request.POST or None, initial=known | kept_initial(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if given["decision"] == "recover":
            actions.recover_organisation(
                actor=request.actor,
                doubt=doubt,
                email=given["email"],
                full_name=given["full_name"],
                reason=given["reason"],
            )
            messages.success(request, f"{given['full_name']} is invited to sign")
        else:
            actions.keep_signatory(actor=request.actor, doubt=doubt, reason=given["reason"])
            messages.success(request, "Decided: the same person signs")
        return redirect("commissioning:signatory-list")
    first = queries.first_signatory_of(request.actor, doubt.provider)
    context = {"doubt": doubt, "first": first, "form": form}
    return render(request, "commissioning/doubt_decide.html", context)


def _party(request, reference, provider_reference):
    contract = queries.contract(request.actor, reference)
    if contract is None or contract.commissioner.organisation != request.actor.organisation:
        raise Http404
    provider = queries.party_of(request.actor, contract, provider_reference)
    if provider is None:
        raise Http404
    return contract, provider
