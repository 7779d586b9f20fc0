"""Results: the sum step by step, ties, low prices, replay, lessons, and the test of a model."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import COMMISSIONER_ROLES, WrongState, door, require
from accounts.kept import kept_initial
from accounts.numbers import read_key
from commissioning import queries as exercises
from commissioning.enums import ExerciseState
from scorecards import actions, queries
from scorecards.actions.results import LEAD_ONLY, undrawn_ties
from scorecards.award_inputs import bid_key
from scorecards.enums import LotStage
from scorecards.forms import DrawForm, LowPriceDecisionForm, LowPriceQuestionForm
from scorecards.views.evaluations import READERS, back_to, the_bid, the_case

TO_CALCULATE = (LotStage.QUALITY_SIGNED, LotStage.CALCULATED)


def _with_result(request, reference, number):
    """The lot and its last result; 404 before the first one."""
    case = the_case(request, reference, number)
    found = queries.lot_outcome(request.actor, case)
    if found is None:
        raise Http404
    return case, found


@door(*READERS)
def result_detail(request, reference, number):
    """What the sum came to, or why there is none yet."""
    case = the_case(request, reference, number)
    return _result_page(request, case)


def _result_page(request, case, error: str = "", status: int = 200):
    found = queries.lot_outcome(request.actor, case)
    names = {bid_key(line.bid_lot): line.name for line in case.bids}
    context = {
        "case": case,
        "found": found,
        "names": names,
        "results": queries.results_of(request.actor, case.evaluation),
        "ties": undrawn_ties(found.row, case.evaluation.lot_number) if found else [],
        "may_calculate": case.leads and case.evaluation.stage in TO_CALCULATE,
        "prices_are_open": case.evaluation.exercise.state == ExerciseState.PRICES_OPENED,
        "why_prices_wait": queries.why_prices_wait(request.actor, case.evaluation.exercise),
        "error": error,
    }
    return render(request, "scorecards/result_detail.html", context, status=status)


@door(*READERS)
@require_POST
def result_calculate(request, reference, number):
    """Calculate the result of all lots together."""
    case = the_case(request, reference, number)
    try:
        actions.calculate_result(actor=request.actor, exercise=case.evaluation.exercise)
    except WrongState as wrong:
        return _result_page(request, case, error=str(wrong), status=409)
    messages.success(request, "The result is calculated")
    return back_to(case, "result-detail")


@door(*READERS)
def result_bid(request, reference, number, code):
    """Every step of the sum of one bid."""
    case, found = _with_result(request, reference, number)
    line = found.line(code)
    if line is None:
        raise Http404
    return render(
        request, "scorecards/result_bid.html", {"case": case, "found": found, "line": line}
    )


@door(*READERS)
def result_draw(request, reference, number):
    """Record the drawing of lots between level bids, and calculate with it."""
    case, found = _with_result(request, reference, number)
    require(case.leads, LEAD_ONLY)
    ties = undrawn_ties(found.row, case.evaluation.lot_number)
    if not ties:
        raise Http404
    names = {bid_key(line.bid_lot): line.name for line in case.bids}
    form = DrawForm(
        request.POST or None,
        bids=[(key, names[key]) for key in sorted(ties[0], key=names.get)],
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.calculate_result(
                actor=request.actor,
                exercise=case.evaluation.exercise,
                draw=(case.evaluation.lot_number, form.cleaned_data["order"]),
                draw_record=form.cleaned_data["draw_record"],
            )
        except WrongState as wrong:
            form.add_error("draw_record", str(wrong))
        else:
            messages.success(request, "The draw is recorded and the result is calculated with it")
            return back_to(case, "result-detail")
    return render(request, "scorecards/result_draw.html", {"form": form, "case": case})


@door(*READERS)
@require_POST
def result_replay(request, reference, number):
    """Compute the kept result again and compare."""
    case, found = _with_result(request, reference, number)
    replay = actions.replay_result(actor=request.actor, result=found.row)
    context = {"case": case, "found": found, "replay": replay}
    return render(request, "scorecards/result_replay.html", context)


@door(*READERS)
def low_price(request, reference, number, code):
    """Ask a bidder about its low price, then record the answer and the decision."""
    case = the_case(request, reference, number)
    line = the_bid(case, code)
    found = queries.lot_outcome(request.actor, case)
    result = found.line(code) if found else None
    inquiry = result.inquiry if result else None
    if result is None or (result.flag is None and inquiry is None):
        raise Http404
    if not case.leads or (inquiry is not None and inquiry.decided_at is not None):
        context = {"case": case, "line": line, "result": result, "inquiry": inquiry, "form": None}
        return render(request, "scorecards/result_low_price.html", context)
    make = LowPriceDecisionForm if inquiry else LowPriceQuestionForm
    initial = kept_initial(request) or ({} if inquiry else {"asked_on": timezone.localdate()})
    form = make(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if inquiry:
                actions.decide_about_low_price(
                    actor=request.actor,
                    evaluation=case.evaluation,
                    inquiry=inquiry,
                    **form.cleaned_data,
                )
            else:
                actions.ask_about_low_price(
                    actor=request.actor,
                    evaluation=case.evaluation,
                    bid_lot=line.bid_lot,
                    **form.cleaned_data,
                )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Decision recorded" if inquiry else "Question recorded")
            return back_to(case, "low-price", code)
    context = {"case": case, "line": line, "result": result, "inquiry": inquiry, "form": form}
    return render(request, "scorecards/result_low_price.html", context)


@door(*READERS)
def result_robustness(request, reference, number):
    """Whether the winner would have changed: a lesson, once the contract is entered into."""
    case, _ = _with_result(request, reference, number)
    report, why_not = queries.lesson(request.actor, case)
    context = {"case": case, "report": report, "why_not": why_not}
    return render(request, "scorecards/result_robustness.html", context)


@door(*COMMISSIONER_ROLES)
def model_test(request, reference):
    """Made-up bids through the model as it is written now, lot by lot."""
    exercise = exercises.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    wanted = request.GET.get("lot", "")
    test = queries.model_test(request.actor, exercise, read_key(wanted))
    if test is None:
        raise Http404
    model = exercises.model_as_written(request.actor, exercise)
    context = {"exercise": exercise, "test": test, "lots": model.lots}
    return render(request, "scorecards/result_model_test.html", context)
