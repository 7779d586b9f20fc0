"""Rating, criterion by criterion."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.access import Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from providers.views import drafts
from providers.views.evidence import page_numbers
from scorecards import actions, queries
from scorecards.forms import AGREE, DISAGREE, FindingForm, RatingForm
from scorecards.rules import is_audit, is_being_rated
from scorecards.views.scorecards import JUDGES, found, permissions


@dataclass(frozen=True)
class Place:
    """Where a criterion stands among those to rate."""

    line: queries.CriterionLine
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


def _place(case: queries.Case, framework: str, code: str) -> Place | None:
    urls = [rating_url(case.scorecard, line.criterion) for line in case.lines]
    for at, line in enumerate(case.lines):
        criterion = line.criterion
        if (criterion.edition.framework.code, criterion.code) == (framework, code):
            return Place(
                line=line,
                number=at + 1,
                total=len(urls),
                before=urls[at - 1] if at else "",
                after=urls[at + 1] if at + 1 < len(urls) else "",
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
    case = queries.case(request.actor, scorecard)
    place = _place(case, framework, code)
    if place is None:
        return redirect("scorecards:scorecard-detail", reference)
    line, criterion = place.line, place.line.criterion
    may = permissions(request.actor, scorecard)
    if not may["see_ratings"]:
        raise Http404
    if is_audit(request.actor):
        actions.record_opening(
            actor=request.actor, scorecard=scorecard, what=f"rating {criterion.code}"
        )
    form = RatingForm(
        request.POST or None,
        initial=kept_initial(request) or _initial(line.rating),
        scale=list(criterion.edition.scale_points.all()),
        claims_not_applicable=bool(line.answer and line.answer.not_applicable),
    )
    context = {
        "form": form,
        "scorecard": scorecard,
        "case": case,
        "place": place,
        "line": line,
        "criterion": criterion,
        "may": may,
        "is_open": is_being_rated(scorecard) and may["rate"],
        "pages": SimpleLazyObject(lambda: _other_pages(line)),
        "findings": queries.findings(request.actor, scorecard).filter(criterion=criterion),
    }
    if request.method != "POST":
        return render(request, "scorecards/rating_edit.html", context)
    if not form.is_valid():
        if drafts.is_autosave(request):
            return drafts.refused(form)
        return render(request, "scorecards/rating_edit.html", context)
    try:
        rating = actions.save_rating(
            actor=request.actor, scorecard=scorecard, criterion=criterion, **form.cleaned_data
        )
    except (StaleSave, WrongState) as wrong:
        if drafts.is_autosave(request):
            return drafts.conflict(wrong)
        return _not_saved(request, form, wrong, context)
    if drafts.is_autosave(request):
        now = queries.case(request.actor, scorecard)
        return drafts.saved(rating.version, now.progress)
    messages.success(request, f"{criterion.code} rated")
    if "finding" in request.POST:
        return redirect("scorecards:finding-new", reference, framework, code)
    return redirect(
        place.after or reverse("scorecards:scorecard-detail", args=[scorecard.reference])
    )


def _other_pages(line: queries.CriterionLine) -> dict[int, range]:
    """The pages of each PDF after its first, by the key of the item."""
    items = line.answer.evidence.all() if line.answer else ()
    return {item.pk: page_numbers(item)[1:] for item in items}


def _not_saved(request, form, wrong, context):
    """The typed text stays in the form, with the newer rating beside it, or the reason."""
    if isinstance(wrong, StaleSave):
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        context = {**context, "current": wrong.current}
    else:
        context = {**context, "closed": str(wrong)}
    return render(request, "scorecards/rating_edit.html", context, status=409)


@door(Role.EVALUATOR)
def finding_new(request, reference, framework, code):
    """Raise a finding from a criterion."""
    scorecard = found(request, reference)
    place = _place(queries.case(request.actor, scorecard), framework, code)
    if place is None:
        return redirect("scorecards:scorecard-detail", reference)
    criterion = place.line.criterion
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
