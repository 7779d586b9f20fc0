"""The evaluation of a lot: where it stands, reading bids, scoring them alone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Role, StaleSave, WrongState, door, require
from accounts.kept import kept_initial
from commissioning.award_model.dates import exclusion_deadline
from commissioning.enums import ExerciseState
from providers.views import drafts
from scorecards import actions, queries
from scorecards.actions.results import LEAD_ONLY, OPEN_FOR_STANDING, holds_exclusion, undrawn_ties
from scorecards.enums import LotStage
from scorecards.forms import BidRatingForm, StandingForm
from scorecards.workflow import LOT_STEPS

READERS = (*COMMISSIONER_ROLES, Role.AUDITOR)


def the_case(request, reference, number) -> queries.LotCase:
    """The lot, for who is cleared to see its bids; 404 otherwise."""
    evaluation = queries.evaluation(request.actor, reference, number)
    if evaluation is None:
        raise Http404
    return queries.lot_case(request.actor, evaluation)


def the_bid(case: queries.LotCase, code: str) -> queries.BidLine:
    line = case.bid(code)
    if line is None:
        raise Http404
    return line


def the_criterion(case: queries.LotCase, key: str):
    leaf = case.criterion(key)
    if leaf is None:
        raise Http404
    return leaf


def back_to(case: queries.LotCase, name: str = "evaluation-detail", *more):
    return redirect(f"scorecards:{name}", *case.address, *more)


@door(*READERS)
def evaluation_detail(request, reference, number):
    """Where the lot stands, what is next for the viewer, its bids and its dates."""
    case = the_case(request, reference, number)
    undecided = _undecided(request, case)
    context = {
        "case": case,
        "next": _next(request, case),
        "undecided": [
            (line, undecided[line.bid_lot.pk]) for line in case.bids if line.bid_lot.pk in undecided
        ],
        "steps": [
            (LOT_STEPS[row.step].words, row)
            for row in queries.lot_steps(request.actor, case.evaluation)
        ],
        "may_set_standing": case.leads and case.evaluation.stage in OPEN_FOR_STANDING,
        "has_result": case.evaluation.stage
        not in (LotStage.SCORING, LotStage.MODERATION, LotStage.CONFIRMING),
        "scores": bool(queries.own_keys(request.actor, case.evaluation)),
    }
    return render(request, "scorecards/evaluation_detail.html", context)


def _next(request, case: queries.LotCase) -> list[tuple[str, str]]:
    """What the viewer can do now: (words, address) of each. Says nothing of what others did."""
    stage, found = case.evaluation.stage, []
    if case.is_ended:
        return found

    def offer(words: str, name: str):
        found.append((words, reverse(f"scorecards:{name}", args=case.address)))

    if stage == LotStage.SCORING:
        if any(score.status != "Locked" for score in queries.own_scores(request.actor, case)):
            offer("Score the bids", "scoring-detail")
        if case.leads or case.chairs:
            offer("Go on to moderation, where all have locked their ratings", "moderation-begin")
    if stage == LotStage.MODERATION and case.is_concerned:
        offer("Record the consensus" if case.chairs else "Follow the moderation", "moderation-room")
    if stage == LotStage.CONFIRMING and case.is_concerned:
        offer("Read, confirm and sign the record", "record-detail")
    if stage == LotStage.QUALITY_SIGNED and case.leads and _prices_are_open(case):
        offer("Calculate the result", "result-detail")
    if stage == LotStage.CALCULATED and case.leads:
        result = queries.results_of(request.actor, case.evaluation).last()
        if undrawn_ties(result, case.evaluation.lot_number):
            offer("Record a drawing of lots", "result-draw")
        else:
            offer("Check the result and recommend", "result-detail")
    return found


def _undecided(request, case: queries.LotCase) -> dict[int, queries.DeclaredAgainst]:
    """By bid, what its bidder declared against it and nobody decided about. For the lead only:
    while names are hidden, a declaration may give them away.
    """
    if not case.leads:
        return {}
    rows = queries.undecided_declarations(request.actor, case.evaluation)
    return {row.bid_lot.pk: row for row in rows}


def _prices_are_open(case: queries.LotCase) -> bool:
    return case.evaluation.exercise.state == ExerciseState.PRICES_OPENED


@door(*READERS)
def bid_detail(request, reference, number, code):
    """What one bid says: answers, evidence, commitments, and the price once it is opened."""
    case = the_case(request, reference, number)
    line = the_bid(case, code)
    actions.record_bid_reading(
        actor=request.actor, evaluation=case.evaluation, bid_lot=line.bid_lot, what="bid"
    )
    answers = {row.criterion_key: row for row in queries.answers_of(request.actor, line.bid_lot)}
    participation = None
    if case.checks_declarations:
        participation = queries.participation_of(request.actor, line.bid_lot)
    context = {
        "case": case,
        "line": line,
        "answers": [(leaf, answers.get(leaf.key)) for leaf in case.rated],
        "commitments": queries.commitments_of(request.actor, line.bid_lot),
        "participation": participation,
        "conditions": _conditions(case, participation),
        "price": queries.price_of(request.actor, line.bid_lot),
        "prices_are_open": _prices_are_open(case),
        "history": _history(request, case, line),
        "declared": _undecided(request, case).get(line.bid_lot.pk),
        "may_set_standing": case.leads and case.evaluation.stage in OPEN_FOR_STANDING,
    }
    return render(request, "scorecards/bid_detail.html", context)


def _history(request, case: queries.LotCase, line: queries.BidLine) -> list[tuple]:
    """Each time that the bid was taken out or back in; with an exclusion, by when it is told."""
    exercise = case.evaluation.exercise
    body_type = exercise.procurement.buyer.body_type
    return [
        (
            row,
            exclusion_deadline(exercise.regime, body_type, timezone.localdate(row.at))
            if hasattr(row, "exclusion")
            else None,
        )
        for row in queries.standings(request.actor, case.evaluation)
        if row.bid_lot_id == line.bid_lot.pk
    ]


def _conditions(case: queries.LotCase, participation) -> list[tuple]:
    """Each published condition with what the bidder declared about it."""
    if participation is None:
        return []
    said = participation.conditions
    return [(condition, said.get(condition.key)) for condition in case.model.conditions]


@door(*READERS)
def standing_edit(request, reference, number, code):
    """Take a bid out of the assessment, or back into it."""
    case = the_case(request, reference, number)
    line = the_bid(case, code)
    require(case.leads, LEAD_ONLY)
    has_exclusion_page = holds_exclusion(case.evaluation.exercise.regime)
    form = StandingForm(
        request.POST or None,
        initial=kept_initial(request),
        has_exclusion_page=has_exclusion_page,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_standing(
                actor=request.actor,
                evaluation=case.evaluation,
                bid_lot=line.bid_lot,
                **form.cleaned_data,
            )
        except WrongState as wrong:
            form.add_error("standing", str(wrong))
        else:
            messages.success(request, f"{line.name}: recorded")
            return back_to(case, "bid-detail", code)
    context = {
        "form": form,
        "case": case,
        "line": line,
        "has_exclusion_page": has_exclusion_page,
        "declared": _undecided(request, case).get(line.bid_lot.pk),
    }
    return render(request, "scorecards/bid_standing.html", context)


@door(*READERS)
def scoring_detail(request, reference, number):
    """The viewer's own criteria and bids, with their own state only."""
    case = the_case(request, reference, number)
    scores = queries.own_scores(request.actor, case)
    if not scores:
        raise Http404
    return render(request, "scorecards/evaluation_scoring.html", {"case": case, "scores": scores})


@door(*READERS)
def bid_rating_edit(request, reference, number, key, code):
    """One bid on one criterion: what is asked, what the bid says, one's own rating."""
    case = the_case(request, reference, number)
    scores = queries.own_scores(request.actor, case)
    place = next(
        (at for at, one in enumerate(scores) if (one.leaf.key, one.line.code) == (key, code)), None
    )
    if place is None:
        raise Http404
    if request.method != "POST":
        actions.record_bid_reading(
            actor=request.actor,
            evaluation=case.evaluation,
            bid_lot=scores[place].line.bid_lot,
            what=key,
        )
        return _rating_page(request, case, scores, place)
    form = BidRatingForm(request.POST, points=case.points(scores[place].leaf))
    if not form.is_valid():
        if drafts.is_autosave(request):
            return drafts.refused(form)
        return _rating_page(request, case, scores, place, form)
    given = dict(form.cleaned_data)
    try:
        row = actions.save_bid_rating(
            actor=request.actor,
            evaluation=case.evaluation,
            bid_lot=scores[place].line.bid_lot,
            criterion_key=key,
            seen_revision=given.pop("version"),
            **given,
        )
    except (StaleSave, WrongState) as wrong:
        if drafts.is_autosave(request):
            return drafts.conflict(wrong)
        return _rating_not_saved(request, case, scores, place, form, wrong)
    if drafts.is_autosave(request):
        return drafts.saved(row.version)
    messages.success(request, "Your rating is saved")
    if "next" in request.POST and place + 1 < len(scores):
        after = scores[place + 1]
        return back_to(case, "bid-rating-edit", after.leaf.key, after.line.code)
    return back_to(case, "bid-rating-edit", key, code)


def _rating_page(request, case, scores, place: int, form=None, status: int = 200, **more):
    score = scores[place]
    leaf, line, row = score.leaf, score.line, score.row
    answer = queries.answer_of(request.actor, line.bid_lot, leaf.key)
    if form is None:
        form = BidRatingForm(
            initial=kept_initial(request) or _rating_initial(row), points=case.points(leaf)
        )
    context = {
        "form": form,
        "case": case,
        "score": score,
        "answer": answer,
        "commitments": queries.commitments_of(request.actor, line.bid_lot).filter(
            criterion_key=leaf.key
        ),
        "advice": queries.advice_on(request.actor, case, line, leaf, row, answer) if row else [],
        "before": scores[place - 1] if place else None,
        "after": scores[place + 1] if place + 1 < len(scores) else None,
        "place": place + 1,
        "total": len(scores),
        "is_open": case.is_blind and score.status != "Locked",
        "rating_words": case.rating_words(leaf, row.rating) if row else "Not rated",
        **more,
    }
    return render(request, "scorecards/bid_rating.html", context, status=status)


def _rating_initial(row) -> dict:
    if row is None:
        return {}
    return {
        "rating": row.rating,
        "rationale": row.rationale,
        "strengths": row.strengths,
        "shortcomings": row.shortcomings,
        "version": row.version,
    }


def _rating_not_saved(request, case, scores, place, form, wrong):
    """The typed text stays in the form, with the newer save beside it, or the reason."""
    if isinstance(wrong, StaleSave) and wrong.current is not None:
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        current_words = case.rating_words(scores[place].leaf, wrong.current.rating)
        return _rating_page(
            request,
            case,
            scores,
            place,
            form,
            409,
            current=wrong.current,
            current_words=current_words,
        )
    return _rating_page(request, case, scores, place, form, 409, closed=str(wrong))


@door(*READERS)
def scoring_lock(request, reference, number):
    """What is missing, and locking one's own ratings."""
    case = the_case(request, reference, number)
    scores = queries.own_scores(request.actor, case)
    if not scores:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            actions.lock_bid_ratings(actor=request.actor, evaluation=case.evaluation)
        except WrongState as wrong:
            error = str(wrong)
        else:
            messages.success(request, "Your ratings are locked")
            return back_to(case)
    context = {
        "case": case,
        "scores": scores,
        "missing": [score for score in scores if score.lacks],
        "is_open": case.is_blind and any(score.status != "Locked" for score in scores),
        "error": error,
    }
    return render(request, "scorecards/evaluation_lock.html", context, status=409 if error else 200)


@door(*READERS)
def moderation_begin(request, reference, number):
    """Go on to moderation where whoever had not locked has left the team."""
    case = the_case(request, reference, number)
    require(case.leads or case.chairs, "Only the lead or the chair.")
    error = ""
    if request.method == "POST":
        try:
            actions.begin_moderation(actor=request.actor, evaluation=case.evaluation)
        except WrongState as wrong:
            error = str(wrong)
        else:
            messages.success(request, "Moderation has begun")
            return back_to(case, "moderation-room")
    return render(
        request,
        "scorecards/moderation_begin.html",
        {"case": case, "error": error},
        status=409 if error else 200,
    )
