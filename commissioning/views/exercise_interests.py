"""Interests in an exercise and its bidders, the conflicts assessment, and its notices."""

import json

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.enums import Duty
from commissioning.forms import ConflictsForm, ExerciseInterestForm, NoticeForm, ResolutionForm
from commissioning.rules import is_of_body, leads, may_resolve_declaration
from commissioning.views.exercise_team import the_exercise

IN_GENERAL = "in-general"


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def exercise_interests(request, reference):
    """What one has to declare oneself, and the declarations that one may read, with history."""
    exercise = the_exercise(request, reference)
    viewer = request.actor
    declares = is_of_body(viewer, exercise)
    own = queries.own_exercise_declarations(viewer, exercise)
    is_clear = queries.is_clear_in_general(viewer, exercise)
    bidders = list(queries.bidders_of(viewer, exercise)) if is_clear else []
    lines = [("The exercise in general", IN_GENERAL, own.get(None))]
    lines += [(str(row), row.reference, own.get(row.pk)) for row in bidders]
    return render(
        request,
        "commissioning/exercise_interests.html",
        {
            "exercise": exercise,
            "declares": declares,
            "lines": lines if declares else [],
            "is_clear": is_clear,
            "declarations": queries.exercise_declarations(viewer, exercise),
        },
    )


@door(*COMMISSIONER_ROLES)
def exercise_declare(request, reference, about):
    """Declare one's own interest in the exercise in general or in one bidder."""
    exercise = the_exercise(request, reference)
    provider = None
    if about != IN_GENERAL:
        if not queries.is_clear_in_general(request.actor, exercise):
            raise Http404
        known = queries.bidders_of(request.actor, exercise)
        provider = get_object_or_404(known, reference=about)
    form = ExerciseInterestForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            declaration = actions.declare_in_exercise(
                actor=request.actor,
                exercise=exercise,
                provider=provider,
                has_interest=form.cleaned_data["has_interest"] == "yes",
                description=form.cleaned_data["description"],
            )
        except WrongState as wrong:
            form.add_error("has_interest", str(wrong))
        else:
            if declaration.has_interest:
                messages.info(
                    request,
                    "Another person decides about it. Until then you see no bid of its lots.",
                )
            else:
                messages.success(request, "Declared: no interest")
            return redirect("commissioning:exercise-interests", reference)
    return render(
        request,
        "commissioning/exercise_declare.html",
        {
            "form": form,
            "exercise": exercise,
            "provider": provider,
            "prompts": queries.interest_prompts(request.actor, provider) if provider else [],
        },
    )


@door(*COMMISSIONER_ROLES)
def exercise_resolve(request, reference, pk):
    """Decide about another person's interest."""
    exercise = the_exercise(request, reference)
    rows = queries.exercise_declarations(request.actor, exercise).current()
    declaration = get_object_or_404(rows.filter(has_interest=True), pk=pk)
    team = queries.members(request.actor, exercise)
    leads_it = any(row.user_id == declaration.user_id and row.duty == Duty.LEAD for row in team)
    duties = queries.duties(request.actor, exercise)
    form = ResolutionForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.resolve_in_exercise(
            actor=request.actor, declaration=declaration, **form.cleaned_data
        )
        messages.success(request, "Decision recorded")
        return redirect("commissioning:exercise-interests", reference)
    return render(
        request,
        "commissioning/exercise_resolve.html",
        {
            "form": form,
            "exercise": exercise,
            "declaration": declaration,
            "may_resolve": may_resolve_declaration(request.actor, declaration, duties, leads_it),
        },
    )


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def exercise_conflicts(request, reference):
    """The conflicts assessment as it stands now, its confirmations, and the notices."""
    exercise = the_exercise(request, reference)
    viewer = request.actor
    duties = queries.duties(viewer, exercise)
    may_confirm = leads(viewer, exercise, duties)
    is_clear = queries.is_clear_in_general(viewer, exercise)
    may_read = viewer.has(Role.AUDITOR) or (is_clear and (may_confirm or Duty.APPROVER in duties))
    form = ConflictsForm(
        request.POST if may_confirm and request.method == "POST" else None,
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_conflicts_assessment(
                actor=viewer, exercise=exercise, **form.cleaned_data
            )
        except WrongState as wrong:
            form.add_error("perceived", str(wrong))
        else:
            messages.success(request, "Conflicts assessment confirmed")
            return redirect("commissioning:exercise-conflicts", reference)
    confirmed = list(queries.conflicts_assessments(viewer, exercise)) if may_read else []
    return render(
        request,
        "commissioning/exercise_conflicts.html",
        {
            "exercise": exercise,
            "form": form,
            "may_confirm": may_confirm,
            "may_read": may_read,
            "now": queries.conflicts_assessment(viewer, exercise) if may_read else None,
            "is_fresh": queries.fresh_conflicts_assessment(viewer, exercise) is not None,
            "confirmed": [(row, json.loads(row.content)) for row in confirmed],
            "notices": queries.notices_of(viewer, exercise),
        },
    )


@door(Role.PROCUREMENT_LEAD)
def notice_record(request, reference):
    """Record a notice that was published elsewhere."""
    exercise = the_exercise(request, reference)
    form = NoticeForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_notice(actor=request.actor, exercise=exercise, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Notice recorded")
            return redirect(reverse("commissioning:exercise-conflicts", args=[reference]))
    return render(request, "commissioning/notice_record.html", {"form": form, "exercise": exercise})
