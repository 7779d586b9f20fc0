"""Questions whether two organisations are one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import OPERATOR, Role, WrongState, door
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.enums import MatchState
from commissioning.filters import MatchFilter
from commissioning.forms import MatchForm
from commissioning.rules import may_decide_match

KEEPERS = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)


@door(*KEEPERS, OPERATOR)
def match_list(request):
    """The open questions; decided ones on demand."""
    given = request.GET if "state" in request.GET else {"state": MatchState.PROPOSED}
    found = MatchFilter(given, queryset=queries.matches(request.actor))
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "commissioning/match_list.html", context)


@door(*KEEPERS, OPERATOR)
def match_decide(request, pk):
    """Both organisations side by side, and the answer."""
    match = get_object_or_404(queries.matches(request.actor), pk=pk)
    concerned = queries.commissioners_concerned(request.actor, match)
    may_decide = may_decide_match(request.actor, match, concerned)
    form = MatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["decision"] == "same"
        decide = actions.confirm_match if same else actions.reject_match
        try:
            decide(actor=request.actor, match=match)
        except WrongState as wrong:
            form.add_error("decision", str(wrong))
        else:
            messages.success(request, "Merged" if same else "Kept apart")
            return redirect("commissioning:match-list")
    context = {"match": match, "form": form, "may_decide": may_decide}
    return render(request, "commissioning/match_decide.html", context)
