"""Questions about an exercise, as the body that runs it reads and answers them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, door
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.forms import AnswerQuestionForm
from commissioning.rules import leads
from commissioning.views.exercise_team import the_exercise


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def exercise_clarifications(request, reference):
    """Questions and answers, without names."""
    exercise = the_exercise(request, reference)
    duties = queries.duties(request.actor, exercise)
    return render(
        request,
        "commissioning/exercise_clarifications.html",
        {
            "exercise": exercise,
            "page": page_of(request, queries.clarifications(request.actor, exercise)),
            "may_answer": leads(request.actor, exercise, duties),
        },
    )


@door(Role.PROCUREMENT_LEAD)
def clarification_answer(request, reference, number):
    """Answer a question, to everybody."""
    exercise = the_exercise(request, reference)
    row = get_object_or_404(queries.clarifications(request.actor, exercise), number=number)
    initial = {"published_question": row.question} | kept_initial(request)
    form = AnswerQuestionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_question(actor=request.actor, clarification=row, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Answered to everybody")
            return redirect("commissioning:exercise-clarifications", reference)
    context = {"form": form, "exercise": exercise, "row": row}
    return render(request, "commissioning/clarification_answer.html", context)
