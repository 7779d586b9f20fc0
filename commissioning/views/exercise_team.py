"""The team of an exercise: who does what, and who scores which criterion."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.actions.team import chair_scores
from commissioning.award_model.duties import pairs
from commissioning.enums import Duty
from commissioning.forms import AssignmentForm, MemberForm
from commissioning.rules import leads


def the_exercise(request, reference):
    """The exercise of the viewer's own body, or that the viewer audits; 404 otherwise."""
    exercise = queries.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    return exercise


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def exercise_team(request, reference):
    """Who is on the team, and which duties may be combined."""
    exercise = the_exercise(request, reference)
    duties = queries.duties(request.actor, exercise)
    return render(
        request,
        "commissioning/exercise_team.html",
        {
            "exercise": exercise,
            "members": queries.members(request.actor, exercise),
            "pairs": pairs(chair_scores=chair_scores(exercise)),
            "may_name": leads(request.actor, exercise, duties),
        },
    )


@door(Role.PROCUREMENT_LEAD)
def member_new(request, reference):
    """Name a person for a duty."""
    exercise = the_exercise(request, reference)
    form = MemberForm(
        request.POST or None,
        people=queries.people_to_name(request.actor, exercise),
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_member(actor=request.actor, exercise=exercise, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error("duty", str(wrong))
        else:
            messages.success(request, "Duty given")
            return redirect("commissioning:exercise-team", reference)
    return render(request, "commissioning/member_new.html", {"form": form, "exercise": exercise})


@door(Role.PROCUREMENT_LEAD)
def member_end(request, reference, pk):
    """End a duty, after asking."""
    exercise = the_exercise(request, reference)
    member = queries.member(request.actor, exercise, pk)
    if member is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            actions.end_member(actor=request.actor, member=member)
        except WrongState as wrong:
            error = str(wrong)
        else:
            messages.success(request, "Duty ended")
            return redirect("commissioning:exercise-team", reference)
    context = {"exercise": exercise, "member": member, "error": error}
    return render(request, "commissioning/member_end.html", context, status=409 if error else 200)


@door(Role.PROCUREMENT_LEAD)
def member_assign(request, reference, pk):
    """Choose the criteria that an evaluator scores."""
    exercise = the_exercise(request, reference)
    member = queries.member(request.actor, exercise, pk)
    if member is None or member.duty != Duty.EVALUATOR:
        raise Http404
    model = queries.model_as_written(request.actor, exercise)
    choices = [
        (f"{lot.number}/{leaf.key}", f"Lot {lot.number}: {leaf.number} {leaf.title}")
        for lot in model.lots
        for leaf in lot.leaves()
        if leaf.is_rated
    ]
    initial = {
        "criteria": [f"{row.lot_number}/{row.criterion_key}" for row in member.assignments.all()]
    }
    form = AssignmentForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_criteria(
                actor=request.actor, member=member, criteria=form.cleaned_data["criteria"]
            )
        except WrongState as wrong:
            form.add_error("criteria", str(wrong))
        else:
            messages.success(request, "Criteria assigned")
            return redirect("commissioning:exercise-team", reference)
    context = {"form": form, "exercise": exercise, "member": member}
    return render(request, "commissioning/member_assign.html", context)
