"""Self-assessments that were asked for, and the commissioner's own answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.enums import RequestState
from commissioning.rules import is_contract_manager_of
from providers.enums import HANDED_IN, SelfAssessmentState
from providers.forms import AnswerForm
from providers.queries import evidence_to_offer, sections_of
from providers.views import drafts

FIELDS = ("claimed_value", "narrative", "not_applicable", "not_applicable_reason", "version")


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def request_list(request):
    """The requests that the viewer may know of, newest first."""
    page = page_of(request, queries.requests(request.actor))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "commissioning/request_list.html", context)


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def request_detail(request, reference):
    """One request: where it stands, and what the commissioner answers about itself."""
    row = _request(request, reference)
    actions.record_opening(actor=request.actor, subject=row, case=row.contract.reference)
    answers = queries.commissioner_answers(request.actor, row)
    criteria = queries.criteria_for_commissioner(request.actor, row)
    drafting = row.self_assessment.state == SelfAssessmentState.DRAFTING
    return render(
        request,
        "commissioning/request_detail.html",
        {
            "row": row,
            "sections": sections_of(criteria, answers),
            "versions": [v for v in row.versions.all() if v.state in HANDED_IN],
            "may_answer": is_contract_manager_of(request.actor, row.contract.commissioner)
            and row.state == RequestState.OPEN,
            "is_late": row.is_late(timezone.localdate()) and drafting,
        },
    )


@door(Role.CONTRACT_MANAGER)
def answer_edit(request, reference, framework, code):
    """Answer one criterion for the commissioner."""
    row = _request(request, reference)
    criteria = queries.criteria_for_commissioner(request.actor, row)
    criterion = get_object_or_404(criteria, code=code, edition__framework__code=framework)
    answer = queries.commissioner_answers(request.actor, row).get(criterion.pk)
    attached = list(answer.evidence.all()) if answer else []
    form = AnswerForm(
        request.POST or None,
        initial=_initial(answer) | kept_initial(request),
        scale=list(criterion.edition.scale_points.all()),
        evidence=evidence_to_offer(request.actor, attached, request.GET.get("find", "")),
    )
    context = {"form": form, "row": row, "criterion": criterion}
    if request.method != "POST":
        return render(request, "commissioning/answer_edit.html", context)
    if not form.is_valid():
        if drafts.is_autosave(request):
            return drafts.refused(form)
        return render(request, "commissioning/answer_edit.html", context)
    given = form.cleaned_data | {"evidence": list(form.cleaned_data["evidence"])}
    try:
        answer = actions.save_commissioner_answer(
            actor=request.actor, request=row, criterion=criterion, **given
        )
    except (StaleSave, WrongState) as wrong:
        if drafts.is_autosave(request):
            return drafts.conflict(wrong)
        if isinstance(wrong, WrongState):
            raise
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        context["current"] = wrong.current
        return render(request, "commissioning/answer_edit.html", context, status=409)
    if drafts.is_autosave(request):
        return drafts.saved(answer.version)
    messages.success(request, f"Answer to {criterion.code} saved")
    return redirect(_next_url(row, list(criteria), criterion))


def _request(request, reference):
    row = queries.request_of(request.actor, reference)
    if row is None:
        raise Http404
    return row


def _initial(answer) -> dict:
    if answer is None:
        return {}
    return {name: getattr(answer, name) for name in FIELDS} | {
        "evidence": [item.pk for item in answer.evidence.all()]
    }


def _next_url(row, criteria: list, here) -> str:
    """The next criterion of the commissioner's part, or the request after the last."""
    place = [criterion.pk for criterion in criteria].index(here.pk) + 1
    if place == len(criteria):
        return reverse("commissioning:request-detail", args=[row.reference])
    following = criteria[place]
    return reverse(
        "commissioning:answer-edit",
        args=[row.reference, following.edition.framework.code, following.code],
    )
