"""Openers, rehearsals and the opening of bids."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import COMMISSIONER_ROLES, Role, WrongState, asks_for_code, door
from commissioning import actions, queries
from commissioning.actions.openers import DUTY_OF
from commissioning.enums import ExerciseState, SealKind
from commissioning.forms import OpenForm, PassphraseForm
from commissioning.rules import leads
from commissioning.views.exercise_team import the_exercise


def _kind(value):
    if value not in SealKind.values:
        raise Http404
    return SealKind(value)


@door(*COMMISSIONER_ROLES, Role.AUDITOR)
def exercise_openers(request, reference):
    """Who opens what, who is ready, rehearsals, and the log of openings."""
    exercise = the_exercise(request, reference)
    viewer = request.actor
    duties = queries.duties(viewer, exercise)
    return render(
        request,
        "commissioning/exercise_openers.html",
        {
            "exercise": exercise,
            "kinds": [
                {
                    "kind": kind,
                    "openers": queries.openers_of_kind(viewer, exercise, kind),
                    "is_mine": DUTY_OF[kind] in duties,
                    "keys": queries.opening_keys(viewer, exercise, kind),
                    "waits": actions.why_not_yet(exercise, kind, timezone.now()),
                }
                for kind in SealKind
            ],
            "set_aside": _set_aside(viewer, exercise),
            "may_lead": leads(viewer, exercise, duties),
            "in_design": exercise.state == ExerciseState.DESIGN,
            "may_rehearse": exercise.state in (ExerciseState.DESIGN, ExerciseState.PUBLISHED),
        },
    )


def _set_aside(viewer, exercise) -> list[tuple]:
    """(Opened bid, its envelopes that were set aside), of the lots that the viewer may see."""
    bids = list(queries.opened_bids(viewer, exercise))
    rows = queries.set_aside_by_bid(viewer, bids)
    return [(bid, rows[bid.pk]) for bid in bids if rows[bid.pk]]


@door(*COMMISSIONER_ROLES)
@asks_for_code(of_everyone=True)
def opener_set_up(request, reference, kind):
    """Set one's own passphrase as an opener."""
    exercise, kind = the_exercise(request, reference), _kind(kind)
    if DUTY_OF[kind] not in queries.duties(request.actor, exercise):
        raise Http404
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_up_opener(
                actor=request.actor,
                exercise=exercise,
                kind=kind,
                passphrase=form.cleaned_data["password"],
            )
        except WrongState as wrong:
            form.add_error("password", str(wrong))
        else:
            messages.success(request, "Your passphrase is set. It is kept nowhere but with you.")
            return redirect("commissioning:exercise-openers", reference)
    context = {"form": form, "exercise": exercise, "kind": kind}
    return render(request, "commissioning/opener_set_up.html", context)


@door(Role.PROCUREMENT_LEAD)
def recovery_share(request, reference, kind):
    """Make the offline recovery share; its code is on this page once."""
    exercise, kind = the_exercise(request, reference), _kind(kind)
    code = error = ""
    if request.method == "POST":
        try:
            _, code = actions.make_recovery_share(actor=request.actor, exercise=exercise, kind=kind)
        except WrongState as wrong:
            error = str(wrong)
    context = {"exercise": exercise, "kind": kind, "code": code, "error": error}
    return render(
        request, "commissioning/recovery_share.html", context, status=409 if error else 200
    )


@door(Role.PROCUREMENT_LEAD)
def rehearsal_start(request, reference, kind):
    """Start a rehearsal of the opening."""
    exercise, kind = the_exercise(request, reference), _kind(kind)
    if request.method == "POST":
        try:
            actions.start_rehearsal(actor=request.actor, exercise=exercise, kind=kind)
        except WrongState as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, "The rehearsal can begin: each opener does their part.")
        return redirect("commissioning:exercise-openers", reference)
    context = {"exercise": exercise, "kind": kind}
    return render(request, "commissioning/rehearsal_start.html", context)


@door(*COMMISSIONER_ROLES)
@asks_for_code(of_everyone=True)
def opening(request, reference, pk):
    """One opener's part, after the deadline, or in a rehearsal."""
    exercise = the_exercise(request, reference)
    key = queries.opening_key(request.actor, exercise, pk)
    if key is None or DUTY_OF[key.kind] not in queries.duties(request.actor, exercise):
        raise Http404
    waits = "" if key.is_rehearsal else actions.why_not_yet(exercise, key.kind, timezone.now())
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act = actions.act_as_opener(
                actor=request.actor,
                opening_key=key,
                secret=form.cleaned_data["password"],
                with_recovery_share=form.cleaned_data["which"] == "recovery",
            )
        except WrongState as wrong:
            form.add_error("password", str(wrong))
        else:
            done = not act.peeled
            messages.success(
                request,
                "Opened." if done else "Your part is done. Another opener does theirs now.",
            )
            return redirect("commissioning:exercise-openers", reference)
    return render(
        request,
        "commissioning/opening.html",
        {
            "form": form,
            "exercise": exercise,
            "key": key,
            "acts": list(key.acts.all()),
            "waits": waits,
        },
    )
