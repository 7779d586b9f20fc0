"""Declaring an interest, and deciding about one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.forms import InterestForm, ResolutionForm
from commissioning.rules import may_resolve_interest


@door(*COMMISSIONER_ROLES)
def interest_list(request):
    """The declarations that one may read: one's own, and those to decide about."""
    page = page_of(request, queries.declarations(request.actor).current())
    return render(request, "commissioning/interest_list.html", {"page": page})


@door(*COMMISSIONER_ROLES)
def interest_declare(request, reference, provider):
    """Declare one's own interest in a provider and a contract. ``?next=`` leads on to the case."""
    contract = queries.contract(request.actor, reference)
    party = (
        next((row for row in contract.parties.all() if row.provider.reference == provider), None)
        if contract
        else None
    )
    if party is None:
        raise Http404
    form = InterestForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            declaration = actions.declare_interest(
                actor=request.actor,
                contract=contract,
                provider=party.provider,
                has_interest=form.cleaned_data["has_interest"] == "yes",
                description=form.cleaned_data["description"],
            )
        except WrongState as wrong:
            form.add_error("has_interest", str(wrong))
        else:
            if declaration.has_interest:
                messages.info(
                    request, "Another person decides about it. Until then the case is shut."
                )
                return redirect("commissioning:contract-detail", reference)
            messages.success(request, "Declared: no interest")
            return redirect(
                _next(request) or reverse("commissioning:contract-detail", args=[reference])
            )
    return render(
        request,
        "commissioning/interest_declare.html",
        {
            "form": form,
            "contract": contract,
            "provider": party.provider,
            "current": queries.own_declaration(request.actor, contract, party.provider),
        },
    )


@door(Role.CONTRACT_MANAGER, Role.APPROVER)
def interest_resolve(request, pk):
    """Decide about another person's interest."""
    rows = queries.declarations(request.actor).current().filter(has_interest=True)
    declaration = get_object_or_404(rows, pk=pk)
    form = ResolutionForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.resolve_interest(actor=request.actor, declaration=declaration, **form.cleaned_data)
        messages.success(request, "Decision recorded")
        return redirect("commissioning:interest-list")
    context = {
        "form": form,
        "declaration": declaration,
        "may_resolve": may_resolve_interest(request.actor, declaration),
    }
    return render(request, "commissioning/interest_resolve.html", context)


def _next(request) -> str:
    url = request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""
