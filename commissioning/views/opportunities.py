"""What providers may bid for: lists, the award model as bidders read it, questions, starting."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import PROVIDER_ROLES, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.award_model.model import AwardModel
from commissioning.enums import Regime
from commissioning.forms import LotsForm, QuestionForm
from commissioning.inputs import published_model
from commissioning.models import Exercise


@door(*PROVIDER_ROLES)
def opportunity_list(request):
    """What is open, by deadline; what is closed, in a second list."""
    are_open = request.GET.get("show") != "closed"
    page = page_of(request, queries.opportunities(request.actor, are_open=are_open))
    own = queries.bids_by_exercise(request.actor, page.object_list)
    return render(
        request,
        "commissioning/opportunity_list.html",
        {"page": page, "own": own, "are_open": are_open},
    )


@door(*PROVIDER_ROLES)
def opportunity_detail(request, reference):
    """One of them: dates, the award model, its amendments, questions and answers."""
    viewer, exercise = request.actor, the_opportunity(request, reference)
    versions = list(queries.versions(viewer, exercise))
    model = published_model(versions[-1])
    return render(
        request,
        "commissioning/opportunity_detail.html",
        {
            "exercise": exercise,
            "model": model,
            "names": queries.names_in(viewer, model),
            "amendments": versions[:0:-1],
            "in_force": versions[-1],
            "rules": Regime(model.regime).label,
            "questions": list(queries.clarifications(viewer, exercise)),
            "is_open": queries.is_open_for_bids(exercise, versions[-1]),
            "takes_questions": queries.takes_questions(exercise, versions[-1]),
            "bid": queries.bid_in(viewer, exercise),
        },
    )


@door(*PROVIDER_ROLES)
def question_ask(request, reference):
    """Ask a question, which all will read without a name."""
    viewer, exercise = request.actor, the_opportunity(request, reference)
    form = QuestionForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_question(
                actor=viewer,
                exercise=exercise,
                provider=own_provider(request),
                **form.cleaned_data,
            )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Question sent. All bidders will read the answer.")
            return redirect("commissioning:opportunity-detail", reference)
    context = {"form": form, "exercise": exercise}
    return render(request, "commissioning/opportunity_ask.html", context)


@door(*PROVIDER_ROLES)
def bid_start(request, reference):
    """Choose lots and start a bid. With one lot there is nothing to choose."""
    viewer, exercise = request.actor, the_opportunity(request, reference)
    bid = queries.bid_in(viewer, exercise)
    if bid is not None:
        return redirect("commissioning:bid-detail", bid.reference)
    model = queries.model_in_force(viewer, exercise)
    form = LotsForm(
        request.POST or None, model=model, initial={"lots": [lot.number for lot in model.lots]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            bid = actions.start_bid(
                actor=viewer, exercise=exercise, provider=own_provider(request), **form.cleaned_data
            )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Your bid is started. Only your organisation can see it.")
            return redirect("commissioning:bid-detail", bid.reference)
    context = {"form": form, "exercise": exercise, "has_lots": has_lots(model)}
    return render(request, "commissioning/bid_start.html", context)


def the_opportunity(request, reference) -> Exercise:
    """What the address names, where it is offered to the viewer's organisation."""
    exercise = queries.opportunity(request.actor, reference)
    if exercise is None:
        raise Http404
    return exercise


def own_provider(request):
    """The viewer's own profile. Raises ``WrongState`` where the organisation has none yet."""
    provider = queries.own_provider(request.actor)
    if provider is None:
        raise WrongState(
            "Your organisation has no provider profile yet. Ask the operator of this service for"
            " one."
        )
    return provider


def has_lots(model: AwardModel) -> bool:
    """Whether there is a choice between lots."""
    return len(model.lots) > 1
