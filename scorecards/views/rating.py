"""Rating, criterion by criterion."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from principles.models import Criterion
from providers.queries import EvidencePictures, evidence_pictures
from providers.views import drafts
from scorecards import actions, queries
from scorecards.forms import AGREE, DISAGREE, FindingForm, RatingForm
from scorecards.rules import is_audit, is_being_rated, sees_ratings
from scorecards.views.scorecards import JUDGES, found, permissions


@dataclass(frozen=True)
class Place:
    """Where a criterion stands among those to rate."""

    criterion: Criterion
    number: int
    total: int
    before: str
    after: str


def rating_url(scorecard, criterion) -> str:
    """The page on which this criterion is rated."""
    return reverse(
        "scorecards:rating-edit",
        args=[scorecard.reference, criterion.edition.framework.code, criterion.code],
    )


def _place(request, scorecard, framework: str, code: str) -> Place | None:
    criteria = list(queries.criteria_to_rate(request.actor, scorecard))
    for at, criterion in enumerate(criteria):
        if (criterion.edition.framework.code, criterion.code) == (framework, code):
            after = criteria[at + 1] if at + 1 < len(criteria) else None
            return Place(
                criterion=criterion,
                number=at + 1,
                total=len(criteria),
                before=rating_url(scorecard, criteria[at - 1]) if at else "",
                after=rating_url(scorecard, after) if after else "",
            )
    return None


def _initial(rating) -> dict:
    if rating is None:
        return {}
    agreed = rating.not_applicable_agreed
    return {
        "value": rating.value,
        "rationale": rating.rationale,
        "evidence_strength": rating.evidence_strength,
        "found_where": rating.found_where,
        "version": rating.version,
        "not_applicable": None if agreed is None else (AGREE if agreed else DISAGREE),
    }


@door(*JUDGES, Role.AUDITOR)
def rating_edit(request, reference, framework, code):
    """Expectation, scale, claim, narrative, evidence, last time's rating, and the rating."""
    scorecard = found(request, reference)
    place = _place(request, scorecard, framework, code)
    if place is None:
        return redirect("scorecards:scorecard-detail", reference)
    criterion = place.criterion
    if not sees_ratings(request.actor, scorecard):
        raise Http404
    if is_audit(request.actor):
        actions.record_opening(
            actor=request.actor, scorecard=scorecard, what=f"rating {criterion.code}"
        )
    if request.method != "POST":
        return _page(request, scorecard, place)
    form = RatingForm(
        request.POST,
        scale=list(criterion.edition.scale_points.all()),
        claims_not_applicable=queries.claims_not_applicable(request.actor, scorecard, criterion),
    )
    if not form.is_valid():
        if drafts.is_autosave(request):
            return drafts.refused(form)
        return _page(request, scorecard, place, form)
    try:
        rating = actions.save_rating(
            actor=request.actor, scorecard=scorecard, criterion=criterion, **form.cleaned_data
        )
    except (StaleSave, WrongState) as wrong:
        if drafts.is_autosave(request):
            return drafts.conflict(wrong)
        return _not_saved(request, scorecard, place, form, wrong)
    if drafts.is_autosave(request):
        now = queries.case(request.actor, scorecard)
        return drafts.saved(rating.version, now.progress)
    messages.success(request, f"{criterion.code} rated")
    if "finding" in request.POST:
        return redirect("scorecards:finding-new", reference, framework, code)
    return redirect(
        place.after or reverse("scorecards:scorecard-detail", args=[scorecard.reference])
    )


def _page(request, scorecard, place: Place, form: RatingForm | None = None, **more):
    """The page of one criterion, with the whole case behind its line of progress."""
    case = queries.case(request.actor, scorecard)
    line = next(line for line in case.lines if line.criterion == place.criterion)
    may = permissions(request.actor, scorecard)
    if form is None:
        form = RatingForm(
            initial=kept_initial(request) or _initial(line.rating),
            scale=list(line.criterion.edition.scale_points.all()),
            claims_not_applicable=bool(line.answer and line.answer.not_applicable),
        )
    context = {
        "form": form,
        "scorecard": scorecard,
        "case": case,
        "place": place,
        "line": line,
        "criterion": line.criterion,
        "may": may,
        "is_open": is_being_rated(scorecard) and may["rate"],
        "pictures": _pictures(request, line),
        "findings": queries.findings(request.actor, scorecard).filter(criterion=line.criterion),
        **more,
    }
    status = 409 if more else 200
    return render(request, "scorecards/rating_edit.html", context, status=status)


def _pictures(request, line: queries.CriterionLine) -> dict[int, EvidencePictures]:
    """What is shown of each item of evidence, by its key."""
    items = line.answer.evidence.all() if line.answer else ()
    return {item.pk: evidence_pictures(request.actor, item) for item in items}


def _not_saved(request, scorecard, place, form, wrong):
    """The typed text stays in the form, with the newer rating beside it, or the reason."""
    if isinstance(wrong, StaleSave):
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        return _page(request, scorecard, place, form, current=wrong.current)
    return _page(request, scorecard, place, form, closed=str(wrong))


@door(Role.EVALUATOR)
def finding_new(request, reference, framework, code):
    """Raise a finding from a criterion."""
    scorecard = found(request, reference)
    place = _place(request, scorecard, framework, code)
    if place is None:
        return redirect("scorecards:scorecard-detail", reference)
    criterion = place.criterion
    form = FindingForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.raise_finding(
            actor=request.actor, scorecard=scorecard, criterion=criterion, **form.cleaned_data
        )
        messages.success(request, "Finding raised")
        return redirect(rating_url(scorecard, criterion))
    return render(
        request,
        "scorecards/finding_new.html",
        {"form": form, "scorecard": scorecard, "criterion": criterion},
    )


@door(Role.EVALUATOR)
def finding_remove(request, reference, finding_reference):
    """Take a finding back, after asking."""
    scorecard = found(request, reference)
    finding = get_object_or_404(
        queries.findings(request.actor, scorecard), reference=finding_reference
    )
    if request.method == "POST":
        actions.remove_finding(actor=request.actor, finding=finding)
        messages.success(request, "Finding removed")
        return redirect("scorecards:scorecard-detail", reference)
    return render(
        request, "scorecards/finding_remove.html", {"scorecard": scorecard, "finding": finding}
    )
