"""The self-assessment as a whole."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import Role, WrongState, door
from accounts.paging import page_of
from providers import actions, queries
from providers.actions.self_assessments import DECLARATION
from providers.enums import SelfAssessmentState
from providers.forms import DeclarationForm
from providers.rules import is_open, may_answer, may_submit, reads_as_auditor


@door(Role.CONTRIBUTOR, Role.SIGNATORY)
def self_assessment_list(request):
    """Everything that the provider was asked for."""
    return render(
        request,
        "providers/self_assessment_list.html",
        {"page": page_of(request, queries.own_self_assessments(request.actor))},
    )


@door(
    Role.CONTRIBUTOR, Role.SIGNATORY, Role.CONTRACT_MANAGER, Role.EVALUATOR, Role.APPROVER,
    Role.AUDITOR,
)  # fmt: skip
def self_assessment_detail(request, reference):
    """The task list while it is written; the answers as submitted after that."""
    self_assessment = get_object_or_404(
        queries.self_assessments(request.actor), reference=reference
    )
    if reads_as_auditor(request.actor):
        actions.record_reading(actor=request.actor, subject=self_assessment, what="answers")
    sections = queries.task_list(request.actor, self_assessment)
    lines = [line for section in sections for line in section.lines]
    context = {
        "self_assessment": self_assessment,
        "sections": sections,
        "measure_lines": queries.measure_lines(request.actor, self_assessment),
        "complete": sum(line.status == "Complete" for line in lines),
        "total": len(lines),
        "is_writer": may_answer(request.actor, self_assessment),
        "is_signatory": may_submit(request.actor, self_assessment),
    }
    if is_open(self_assessment):
        return render(request, "providers/self_assessment_tasks.html", context)
    return render(request, "providers/self_assessment_detail.html", context)


@door(Role.CONTRIBUTOR, Role.SIGNATORY)
def self_assessment_check(request, reference):
    """Check your answers, and what is missing."""
    self_assessment = get_object_or_404(
        queries.own_self_assessments(request.actor), reference=reference
    )
    return render(
        request,
        "providers/self_assessment_check.html",
        {
            "self_assessment": self_assessment,
            "sections": queries.task_list(request.actor, self_assessment),
            "measure_lines": queries.measure_lines(request.actor, self_assessment),
            "missing": queries.incomplete_criteria(request.actor, self_assessment),
            "is_open": is_open(self_assessment),
            "is_signatory": may_submit(request.actor, self_assessment),
        },
    )


@door(Role.SIGNATORY)
def self_assessment_submit(request, reference):
    """Accept the standards and submit."""
    self_assessment = get_object_or_404(
        queries.own_self_assessments(request.actor), reference=reference
    )
    if self_assessment.state == SelfAssessmentState.SUBMITTED:
        return redirect("providers:self-assessment-receipt", reference)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_self_assessment(actor=request.actor, self_assessment=self_assessment)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Self-assessment submitted")
            return redirect("providers:self-assessment-receipt", reference)
    return render(
        request,
        "providers/self_assessment_submit.html",
        {
            "self_assessment": self_assessment,
            "form": form,
            "declaration": DECLARATION,
            "editions": self_assessment.editions.select_related("framework"),
        },
    )


@door(Role.CONTRIBUTOR, Role.SIGNATORY)
def self_assessment_receipt(request, reference):
    """When it was submitted, by whom, and the hash of what was submitted."""
    self_assessment = get_object_or_404(
        queries.self_assessments(request.actor).filter(submission__isnull=False),
        reference=reference,
    )
    return render(
        request, "providers/self_assessment_receipt.html", {"self_assessment": self_assessment}
    )
