"""The moderation room: what each gave side by side, what was agreed, the record and its signing."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from accounts.access import StaleSave, WrongState, door, require
from accounts.kept import kept_initial
from accounts.paging import page_of
from providers.views import drafts
from scorecards import actions, queries
from scorecards.actions.bid_ratings import unscored
from scorecards.actions.consensus import members_to_confirm, record_sha256
from scorecards.enums import LotStage
from scorecards.forms import ConsensusForm, ReopenForm, ReopenScoringForm
from scorecards.views.evaluations import READERS, back_to, the_bid, the_case, the_criterion

CHAIR_ONLY = "Only the chair of moderation does this."
CRITERIA_A_PAGE = 10


def _room(request, reference, number) -> queries.LotCase:
    """The lot, for who reads what the panel gave, once all have locked their ratings."""
    case = the_case(request, reference, number)
    if not case.is_concerned or case.is_blind:
        raise Http404
    return case


@door(*READERS)
def moderation_room(request, reference, number):
    """The criteria, and on how many bids the panel has agreed."""
    return _room_page(request, _room(request, reference, number))


def _room_page(request, case, error: str = "", form=None, status: int = 200):
    is_open = case.evaluation.stage == LotStage.MODERATION
    without = unscored(case.evaluation) if is_open else ()
    agreed = queries.agreed_counts(request.actor, case)
    total = len(case.assessed)
    lines = [(leaf, agreed.get(leaf.key, 0)) for leaf in case.rated]
    context = {
        "case": case,
        "lines": lines,
        "total": total,
        "is_whole": all(count == total for _, count in lines),
        "unscored": without,
        "may_propose": case.chairs and is_open and not without,
        "may_reopen": (case.leads or case.chairs) and bool(without),
        "error": error,
        "form": form or ReopenScoringForm(),
        **_polling(),
    }
    return render(request, "scorecards/moderation_room.html", context, status=status)


@door(*READERS)
@require_POST
def scoring_reopen(request, reference, number):
    """Go back to scoring, with the reason, where nobody whose rating counts scored a criterion."""
    case = _room(request, reference, number)
    require(case.leads or case.chairs, "Only the lead or the chair.")
    form = ReopenScoringForm(request.POST)
    if not form.is_valid():
        return _room_page(request, case, form=form)
    try:
        actions.reopen_scoring(actor=request.actor, evaluation=case.evaluation, **form.cleaned_data)
    except WrongState as wrong:
        return _room_page(request, case, error=str(wrong), form=form, status=409)
    messages.success(request, "The scoring is open again")
    return redirect("scorecards:evaluation-detail", *case.address)


@door(*READERS)
def moderation_criterion(request, reference, number, key):
    """All bids on one criterion: what each evaluator gave, and what was agreed."""
    case = _room(request, reference, number)
    leaf = the_criterion(case, key)
    at = case.rated.index(leaf)
    context = {
        "case": case,
        "leaf": leaf,
        "places": queries.places(request.actor, case, (leaf,), case.assessed),
        "before": case.rated[at - 1] if at else None,
        "after": case.rated[at + 1] if at + 1 < len(case.rated) else None,
        **_polling(),
    }
    return render(request, "scorecards/moderation_criterion.html", context)


@door(*READERS)
def consensus_edit(request, reference, number, key, code):
    """One bid on one criterion: ratings and rationales side by side, and the consensus."""
    case = _room(request, reference, number)
    leaf, line = the_criterion(case, key), the_bid(case, code)
    (place,) = queries.places(request.actor, case, (leaf,), (line,))
    if request.method != "POST":
        return _consensus_page(request, case, place)
    require(case.chairs, CHAIR_ONLY)
    form = ConsensusForm(request.POST, points=case.points(leaf), given=place.counted)
    if not form.is_valid():
        return _consensus_page(request, case, place, form)
    given = dict(form.cleaned_data)
    try:
        actions.record_consensus(
            actor=request.actor,
            evaluation=case.evaluation,
            bid_lot=line.bid_lot,
            criterion_key=key,
            seen_revision=given.pop("version"),
            **given,
        )
    except StaleSave as stale:
        if stale.current is not None:
            form.data = form.data.copy()
            form.data["version"] = stale.current.version
        (place,) = queries.places(request.actor, case, (leaf,), (line,))
        return _consensus_page(request, case, place, form, 409, is_stale=True)
    except WrongState as wrong:
        return _consensus_page(request, case, place, form, 409, closed=str(wrong))
    messages.success(request, f"Consensus on {line.name} recorded")
    return back_to(case, "moderation-criterion", key)


def _consensus_page(request, case, place, form=None, status: int = 200, **more):
    if form is None:
        form = ConsensusForm(
            initial=kept_initial(request) or _consensus_initial(place),
            points=case.points(place.leaf),
            given=place.counted,
        )
    answer = queries.answer_of(request.actor, place.line.bid_lot, place.leaf.key)
    actions.record_bid_reading(
        actor=request.actor,
        evaluation=case.evaluation,
        bid_lot=place.line.bid_lot,
        what=place.leaf.key,
    )
    context = {
        "case": case,
        "place": place,
        "form": form,
        "answer": answer,
        "revisions": [
            (case.rating_words(place.leaf, row.rating), row)
            for row in (queries.revisions_of(request.actor, place.agreed) if place.agreed else ())
        ],
        "may_write": (
            case.chairs and case.evaluation.stage == LotStage.MODERATION and place.line.is_assessed
        ),
        **_polling(),
        **more,
    }
    return render(request, "scorecards/moderation_consensus.html", context, status=status)


def _consensus_initial(place: queries.Place) -> dict:
    """What was recorded before; where nothing was, no rating is chosen and none is suggested."""
    row = place.agreed
    if row is None:
        return {}
    return {
        "rating": row.rating,
        "reasons": row.reasons,
        "discussion": row.discussion,
        "higher_score": row.higher_score,
        "version": row.version,
        **{ConsensusForm.name_for(user): why for user, why in place.moves.items()},
    }


def _polling() -> dict:
    """From when on a page that is open asks for changes."""
    return {"since": timezone.now().isoformat()}


@door(*READERS)
def moderation_changes(request, reference, number):
    """What others recorded since a moment, as JSON for the pages that are open."""
    case = _room(request, reference, number)
    since = parse_datetime(request.GET.get("since", "").replace(" ", "+"))
    if since is None or timezone.is_naive(since):
        return JsonResponse({"error": "since is no moment"}, status=400)
    titles = {leaf.key: f"{leaf.number} {leaf.title}" for leaf in case.rated}
    names = {line.bid_lot.pk: line for line in case.bids}
    rows = queries.changes_since(request.actor, case.evaluation, since)
    changed = [
        {
            "by": row.recorded_by.full_name,
            "at": drafts.time_of_day(row.recorded_at),
            "bid": names[row.bid_lot_id].name,
            "criterion": titles.get(row.criterion_key, row.criterion_key),
            "place": f"{row.criterion_key}/{names[row.bid_lot_id].code}",
        }
        for row in rows
    ]
    return JsonResponse({"stage": case.evaluation.stage, "changed": changed})


@door(*READERS)
def record_detail(request, reference, number):
    """The whole record of the consensus with its hash, and who has confirmed it."""
    case = _room(request, reference, number)
    stage = case.evaluation.stage
    if stage == LotStage.MODERATION:
        return back_to(case, "moderation-room")
    return _record_page(request, case)


def _record_page(request, case, error: str = "", form=None, status: int = 200):
    page = page_of(request, case.rated, per_page=CRITERIA_A_PAGE)
    sha256 = record_sha256(case.evaluation)
    confirmed = list(queries.confirmations(request.actor, case.evaluation, sha256))
    missing = members_to_confirm(case.evaluation)
    is_open = case.evaluation.stage == LotStage.CONFIRMING
    context = {
        "case": case,
        "page": page,
        "places": queries.places(request.actor, case, tuple(page.object_list), case.assessed),
        "sha256": sha256,
        "confirmed": confirmed,
        "missing": missing,
        "may_confirm": is_open and request.actor.user in missing,
        "may_sign": is_open and case.chairs and not missing,
        "may_reopen": is_open and case.chairs,
        "error": error,
        "form": form or ReopenForm(),
    }
    return render(request, "scorecards/moderation_record.html", context, status=status)


@door(*READERS)
@require_POST
def record_propose(request, reference, number):
    """Put the whole record to the members."""
    case = _room(request, reference, number)
    actions.propose_record(actor=request.actor, evaluation=case.evaluation)
    messages.success(request, "The record is put to the members")
    return back_to(case, "record-detail")


@door(*READERS)
@require_POST
def record_confirm(request, reference, number):
    """Confirm the record that was on the page."""
    case = _room(request, reference, number)
    try:
        actions.confirm_record(
            actor=request.actor,
            evaluation=case.evaluation,
            sha256=request.POST.get("sha256", ""),
        )
    except WrongState as wrong:
        return _record_page(request, case, error=str(wrong), status=409)
    messages.success(request, "You have confirmed the record")
    return back_to(case, "record-detail")


@door(*READERS)
@require_POST
def record_reopen(request, reference, number):
    """Open the moderation again, with the reason."""
    case = _room(request, reference, number)
    require(case.chairs, CHAIR_ONLY)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _record_page(request, case, form=form)
    try:
        actions.reopen_moderation(
            actor=request.actor, evaluation=case.evaluation, **form.cleaned_data
        )
    except WrongState as wrong:
        return _record_page(request, case, error=str(wrong), form=form, status=409)
    messages.success(request, "The moderation is open again")
    return back_to(case, "moderation-room")


@door(*READERS)
@require_POST
def record_sign(request, reference, number):
    """Sign the consensus on quality."""
    case = _room(request, reference, number)
    try:
        actions.sign_quality(actor=request.actor, evaluation=case.evaluation)
    except WrongState as wrong:
        return _record_page(request, case, error=str(wrong), status=409)
    messages.success(request, "The consensus on quality is signed")
    return redirect("scorecards:evaluation-detail", *case.address)


@door(*READERS)
def consistency_detail(request, reference, number):
    """For the lead: how each evaluator rated beside the others, and how far the panel agrees."""
    case = the_case(request, reference, number)
    if not case.leads:
        raise Http404
    report, why_not = queries.consistency(request.actor, case)
    context = {"case": case, "report": report, "why_not": why_not}
    return render(request, "scorecards/moderation_consistency.html", context)
