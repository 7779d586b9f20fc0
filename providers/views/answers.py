"""Writing one answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from principles.models import Criterion
from providers import actions, queries
from providers.forms import AnswerForm, MeasureAnswerForm
from providers.models import SelfAssessment
from providers.rules import is_open
from providers.views import drafts

FIELDS = ("claimed_value", "narrative", "not_applicable", "not_applicable_reason", "version")
FIGURES = (
    "committed_quantity", "committed_basis", "delivered_quantity", "attribution_percent",
    "deadweight_percent", "note", "version",
)  # fmt: skip


def initial_of(answer, fields) -> dict:
    """What a form starts from: the saved answer, or nothing."""
    if answer is None:
        return {}
    return {name: getattr(answer, name) for name in fields} | {
        "evidence": [item.pk for item in answer.evidence.all()]
    }


def _reused(former) -> dict:
    """An earlier answer as the start of this one; its version is that of the answer here."""
    if former is None:
        return {}
    return initial_of(former, [name for name in FIELDS if name != "version"])


def _next_url(self_assessment: SelfAssessment, lines: list, here) -> str:
    """The page after this one in the task list, or the list itself after the last."""
    keys = [line.criterion.pk for line in lines]
    place = keys.index(here.pk) + 1
    if place < len(lines):
        return answer_url(self_assessment, lines[place].criterion)
    return reverse("providers:self-assessment-detail", args=[self_assessment.reference])


def answer_url(self_assessment: SelfAssessment, criterion: Criterion) -> str:
    """The page on which this criterion is answered."""
    return reverse(
        "providers:answer-edit",
        args=[self_assessment.reference, criterion.edition.framework.code, criterion.code],
    )


@door(Role.CONTRIBUTOR, Role.SIGNATORY)
def answer_edit(request, reference, framework, code):
    """One criterion: what it asks, what was said before, and the answer."""
    self_assessment = get_object_or_404(
        queries.own_self_assessments(request.actor), reference=reference
    )
    criterion = get_object_or_404(
        queries.criteria_to_answer(request.actor, self_assessment),
        code=code,
        edition__framework__code=framework,
    )
    if not is_open(self_assessment) and request.method != "POST":
        return redirect("providers:self-assessment-detail", reference)
    answers = queries.answers_by_criterion(request.actor, self_assessment)
    answer = answers.get(criterion.pk)
    attached = list(answer.evidence.all()) if answer else []
    earlier = list(queries.earlier_answers(request.actor, self_assessment, criterion))
    reused = next((row for row in earlier if str(row.pk) == request.GET.get("reuse")), None)
    attached += list(reused.evidence.all()) if reused else []
    form = AnswerForm(
        request.POST or None,
        initial=kept_initial(request) or (initial_of(answer, FIELDS) | _reused(reused)),
        scale=list(criterion.edition.scale_points.all()),
        evidence=queries.evidence_to_offer(request.actor, attached, request.GET.get("find", "")),
    )
    context = {
        "form": form,
        "self_assessment": self_assessment,
        "criterion": criterion,
        "earlier": earlier,
        "reused": reused,
        "find": request.GET.get("find", ""),
    }
    if request.method == "POST":
        if not form.is_valid():
            if drafts.is_autosave(request):
                return drafts.refused(form)
            return render(request, "providers/answer_edit.html", context)
        given = dict(form.cleaned_data)
        given["evidence"] = list(given["evidence"])
        try:
            answer = actions.save_answer(
                actor=request.actor, self_assessment=self_assessment, criterion=criterion, **given
            )
        except (StaleSave, WrongState) as wrong:
            if drafts.is_autosave(request):
                return drafts.conflict(wrong)
            return _not_saved(request, form, wrong, context, "answer")
        if drafts.is_autosave(request):
            return drafts.saved(answer.version)
        if "look" in request.POST:
            return redirect(f"{request.path}?{urlencode({'find': request.POST.get('find', '')})}")
        if "add_evidence" in request.POST:
            query = urlencode({"for": reference, "framework": framework, "code": code})
            return redirect(f"{reverse('providers:evidence-new-file')}?{query}")
        messages.success(request, f"Answer to {criterion.code} saved as a draft")
        if "to_list" in request.POST:
            return redirect("providers:self-assessment-detail", reference)
        sections = queries.task_list(request.actor, self_assessment)
        lines = [line for section in sections for line in section.lines]
        return redirect(_next_url(self_assessment, lines, criterion))
    return render(request, "providers/answer_edit.html", context)


@door(Role.CONTRIBUTOR, Role.SIGNATORY)
def measure_edit(request, reference, framework, code):
    """One measure of social value: committed, delivered, attribution."""
    self_assessment = get_object_or_404(
        queries.own_self_assessments(request.actor), reference=reference
    )
    measure = get_object_or_404(
        queries.measures(request.actor, self_assessment),
        code=code,
        edition__framework__code=framework,
    )
    if not is_open(self_assessment) and request.method != "POST":
        return redirect("providers:self-assessment-detail", reference)
    lines = queries.measure_lines(request.actor, self_assessment)
    figures = next(line.figures for line in lines if line.measure == measure)
    attached = list(figures.evidence.all()) if figures else []
    form = MeasureAnswerForm(
        request.POST or None,
        initial=kept_initial(request) or initial_of(figures, FIGURES),
        measure=measure,
        asks_deadweight=self_assessment.asks_deadweight,
        evidence=queries.evidence_to_offer(request.actor, attached),
    )
    context = {"form": form, "self_assessment": self_assessment, "measure": measure}
    if request.method == "POST":
        if not form.is_valid():
            if drafts.is_autosave(request):
                return drafts.refused(form)
            return render(request, "providers/measure_edit.html", context)
        given = dict(form.cleaned_data)
        given["evidence"] = list(given["evidence"])
        try:
            figures = actions.save_measure_answer(
                actor=request.actor, self_assessment=self_assessment, measure=measure, **given
            )
        except (StaleSave, WrongState) as wrong:
            if drafts.is_autosave(request):
                return drafts.conflict(wrong)
            return _not_saved(request, form, wrong, context, "measure")
        if drafts.is_autosave(request):
            return drafts.saved(figures.version)
        messages.success(request, f"Figures of {measure.code} saved as a draft")
        return redirect("providers:self-assessment-detail", reference)
    return render(request, "providers/measure_edit.html", context)


def _not_saved(request, form, wrong, context, noun):
    """The typed text stays in the form. A newer version stands beside it, and saving again goes on
    from there; once the self-assessment is closed, the page says so.
    """
    if isinstance(wrong, StaleSave):
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        context = {**context, "current": wrong.current}
    else:
        context = {**context, "closed": str(wrong)}
    return render(request, f"providers/{noun}_edit.html", context, status=409)
