"""Procurements as they were published."""

from django.http import Http404
from django.shortcuts import render

from accounts.access import COMMISSIONER_ROLES, Role, door
from accounts.paging import page_of
from commissioning import actions, ocds, queries
from commissioning.filters import ProcurementFilter
from commissioning.rules import keeps_contracts_of, may_start_exercise


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def procurement_list(request):
    """The procurements that the viewer may see."""
    found = ProcurementFilter(request.GET, queryset=queries.procurements(request.actor))
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "commissioning/procurement_list.html", context)


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def procurement_detail(request, reference):
    """One procurement: lots, award criteria, gaps, contracts and the releases behind it."""
    procurement = queries.procurement(request.actor, reference)
    if procurement is None:
        raise Http404
    actions.record_opening(actor=request.actor, subject=procurement)
    return render(
        request,
        "commissioning/procurement_detail.html",
        {
            "procurement": procurement,
            "gaps": [ocds.GAPS.get(code, code) for code in procurement.gaps],
            "exercise": queries.exercise_of_procurement(request.actor, procurement),
            "may_start": may_start_exercise(request.actor, procurement.buyer),
            "releases": queries.releases_of(request.actor, procurement),
            "named_elsewhere_on": queries.named_elsewhere_on(request.actor, procurement),
            "links": queries.links_to_process(request.actor, procurement),
            "may_dispute": keeps_contracts_of(request.actor, procurement.buyer),
        },
    )
