"""Links of own contracts to processes that other bodies published."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import Role, WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.forms import LinkDisputeForm, ProcessLinkForm

KEEPERS = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)


@door(*KEEPERS)
def link_new(request, reference):
    """Say under which process of another body a contract was called off, and why."""
    contract = queries.contract(request.actor, reference)
    if contract is None:
        raise Http404
    form = ProcessLinkForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_link(actor=request.actor, contract=contract, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error("ocid", str(wrong))
        else:
            messages.success(request, "Contract linked")
            return redirect("commissioning:contract-detail", reference)
    return render(request, "commissioning/link_new.html", {"contract": contract, "form": form})


@door(*KEEPERS)
def link_withdraw(request, reference):
    """Take a link back, after asking."""
    link = _link(request, reference)
    if link.contract.commissioner.organisation != request.actor.organisation:
        raise Http404
    if request.method == "POST":
        actions.withdraw_link(actor=request.actor, link=link)
        messages.success(request, "Link withdrawn")
        return redirect("commissioning:contract-detail", link.contract.reference)
    return render(request, "commissioning/link_withdraw.html", {"link": link})


@door(*KEEPERS)
def link_dispute(request, reference):
    """Say that a contract of another body was not called off under the own process, and why."""
    link = _link(request, reference)
    procurement = queries.process_of_link(request.actor, link)
    if procurement is None:
        raise Http404
    form = LinkDisputeForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.dispute_link(actor=request.actor, link=link, **form.cleaned_data)
        messages.success(request, "Link disputed")
        return redirect("commissioning:procurement-detail", procurement.reference)
    context = {"link": link, "procurement": procurement, "form": form}
    return render(request, "commissioning/link_dispute.html", context)


def _link(request, reference):
    link = queries.process_link(request.actor, reference)
    if link is None:
        raise Http404
    return link
