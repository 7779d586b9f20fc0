"""Excluding a supplier."""

from django.contrib import messages
from django.shortcuts import render

from accounts.access import WrongState, door, require
from accounts.kept import kept_initial
from commissioning.award_model.exclusion import LOOK_BACK
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import Topic
from scorecards import actions, queries
from scorecards.actions.results import LEAD_ONLY
from scorecards.forms import ExclusionForm
from scorecards.views.evaluations import READERS, back_to, the_bid, the_case


@door(*READERS)
def exclusion_edit(request, reference, number, code):
    """Exclude the supplier of a bid, after it was heard."""
    case = the_case(request, reference, number)
    line = the_bid(case, code)
    require(case.leads, LEAD_ONLY)
    form = ExclusionForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.exclude_supplier(
                actor=request.actor,
                evaluation=case.evaluation,
                bid_lot=line.bid_lot,
                **form.cleaned_data,
            )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"{line.name}: the supplier is excluded")
            return back_to(case, "bid-detail", code)
    rules = rules_for(case.evaluation.exercise.regime)
    context = {
        "form": form,
        "case": case,
        "line": line,
        "rule": rules.provision(Topic.EXCLUSION),
        "missing": rules.missing(Topic.EXCLUSION),
        "look_back": LOOK_BACK,
        "participation": queries.participation_of(request.actor, line.bid_lot),
    }
    return render(request, "scorecards/bid_exclusion.html", context)
