"""Asking for a self-assessment, and the commissioner's own answers."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.forms import RequestForm, ReturnForm
from commissioning.rules import is_contract_manager_of
from principles.queries import editions_in_force
from providers.enums import SelfAssessmentState
from providers.forms import AnswerForm
from providers.queries import evidence_to_offer, sections_of
from providers.views import drafts

USUAL_TIME = timedelta(days=28)
FIELDS = ("claimed_value", "narrative", "not_applicable", "not_applicable_reason", "version")


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def request_list(request):
    """The requests that the viewer may know of, newest first."""
    page = page_of(request, queries.requests(request.actor))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "commissioning/request_list.html", context)


@door(Role.CONTRACT_MANAGER)
def request_new(request, reference):
    """Ask a provider of this contract."""
    contract = queries.contract(request.actor, reference)
    if contract is None or not is_contract_manager_of(request.actor, contract.commissioner):
        raise Http404
    editions = editions_in_force(request.actor, timezone.localdate())
    initial = {
        "provider": next((row.provider_id for row in contract.parties.all()), None),
        "editions": [edition.pk for edition in editions],
        "level": contract.assurance_level,
        "due_on": timezone.localdate() + USUAL_TIME,
    }
    keys = [row.provider_id for row in contract.parties.all()]
    form = RequestForm(
        request.POST or None,
        providers=queries.providers_like(request.actor, "", keys),
        editions=editions,
        initial=initial | kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.request_self_assessment(
                actor=request.actor,
                contract=contract,
                **form.cleaned_data | {"editions": list(form.cleaned_data["editions"])},
            )
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"{made.provider} has been asked")
            return redirect("commissioning:request-detail", made.reference)
    return render(request, "commissioning/request_new.html", {"form": form, "contract": contract})


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def request_detail(request, reference):
    """One request: where it stands, and what the commissioner answers about itself."""
    row = _request(request, reference)
    is_open_case = queries.is_open_case(request.actor, row)
    answers = queries.commissioner_answers(request.actor, row) if is_open_case else {}
    criteria = queries.criteria_for_commissioner(request.actor, row)
    submitted = row.self_assessment.state == SelfAssessmentState.SUBMITTED
    may_manage = is_contract_manager_of(request.actor, row.contract.commissioner)
    versions = [v for v in row.versions.all() if v.state != SelfAssessmentState.DRAFTING]
    return render(
        request,
        "commissioning/request_detail.html",
        {
            "row": row,
            "sections": sections_of(criteria, answers) if is_open_case else [],
            "is_open_case": is_open_case,
            "versions": versions if is_open_case else [],
            "may_answer": may_manage and is_open_case,
            "may_return": may_manage and submitted and is_open_case and row.state == "open",
            "may_withdraw": may_manage and not submitted and row.state == "open",
            "is_late": row.is_late(timezone.localdate()) and not submitted,
            "declaration": queries.own_declaration(request.actor, row.contract, row.provider),
        },
    )


@door(Role.CONTRACT_MANAGER)
def request_return(request, reference):
    """Send a submitted self-assessment back with reasons."""
    row = _request(request, reference)
    if not queries.is_open_case(request.actor, row):
        raise Http404
    initial = {"due_on": timezone.localdate() + USUAL_TIME / 2}
    form = ReturnForm(request.POST or None, initial=initial | kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.return_to_provider(actor=request.actor, request=row, **form.cleaned_data)
        messages.success(request, f"Returned to {row.provider}")
        return redirect("commissioning:request-detail", reference)
    return render(request, "commissioning/request_return.html", {"form": form, "row": row})


@door(Role.CONTRACT_MANAGER)
def request_withdraw(request, reference):
    """Take a request back, after asking."""
    row = _request(request, reference)
    if request.method == "POST":
        actions.withdraw_request(actor=request.actor, request=row)
        messages.success(request, "Request withdrawn")
        return redirect("commissioning:contract-detail", row.contract.reference)
    return render(request, "commissioning/request_withdraw.html", {"row": row})


@door(Role.CONTRACT_MANAGER)
def answer_edit(request, reference, framework, code):
    """Answer one criterion for the commissioner."""
    row = _request(request, reference)
    if not queries.is_open_case(request.actor, row):
        raise Http404
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
