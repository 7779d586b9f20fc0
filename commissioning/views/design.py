"""Designing a procurement: settings, framework, lots, limits, scales."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import door
from accounts.kept import kept_initial
from accounts.numbers import read_key
from commissioning import actions, queries
from commissioning.actions.exercises import (
    FRAMEWORK_SETTINGS,
    GENERAL_SETTINGS,
    LIMIT_SETTINGS,
    said_once,
)
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.forms import (
    FrameworkForm,
    LotForm,
    LotLimitForm,
    ScaleForm,
    SettingsForm,
)
from commissioning.inputs import stamp
from commissioning.views._design import (
    READERS,
    WRITERS,
    attempt,
    conflict_context,
    exercise_of,
    page_context,
    status_for,
    written_exercise,
)
from principles import queries as library

POINTS_TO_ADD = 3
PLACES_OF_A_NEW_LOT = 2


@door(*WRITERS)
def exercise_settings(request, reference):
    """Rules, subject-matter, value, dates, how it is run."""
    exercise = written_exercise(request, reference)
    said = said_once(exercise)
    asked = tuple(name for name in GENERAL_SETTINGS if name not in said)
    initial = SettingsForm.initial_of(exercise) | {"seen": stamp(exercise, asked)}
    value_sets = library.value_sets_in_use(request.actor, timezone.localdate())
    form = SettingsForm(
        request.POST or None,
        value_sets=value_sets,
        said_once=said,
        initial=initial | kept_initial(request),
    )
    current = None
    if request.method == "POST" and form.is_valid():
        done, current = attempt(
            form,
            lambda: actions.change_settings(
                actor=request.actor, exercise=exercise, **form.settings
            ),
            asked,
        )
        if done:
            messages.success(request, "Settings saved")
            return redirect("commissioning:exercise-detail", reference)
    shown = SettingsForm.initial_of(current) if current else None
    context = page_context(request, exercise) | conflict_context(form, current, shown)
    return render(
        request, "commissioning/exercise_settings.html", context, status=status_for(current)
    )


@door(*WRITERS)
def exercise_framework(request, reference):
    """Under which framework a call-off runs, and its criteria."""
    exercise = written_exercise(request, reference)
    frameworks = queries.frameworks_to_call_off(request.actor, exercise)
    initial = FrameworkForm.initial_of(exercise) | {"seen": stamp(exercise, FRAMEWORK_SETTINGS)}
    form = FrameworkForm(
        request.POST or None, frameworks=frameworks, initial=initial | kept_initial(request)
    )
    current = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def save():
            if given["framework"]:
                actions.take_from_framework(
                    actor=request.actor,
                    exercise=exercise,
                    framework=given["framework"],
                    seen=given["seen"],
                )
            else:
                actions.change_settings(
                    actor=request.actor,
                    exercise=exercise,
                    seen=given["seen"],
                    framework_exercise=None,
                    framework_reference=given["framework_reference"].strip(),
                )

        done, current = attempt(form, save, FRAMEWORK_SETTINGS)
        if done:
            messages.success(request, "Framework saved")
            return redirect("commissioning:exercise-detail", reference)
    shown = FrameworkForm.initial_of(current) if current else None
    context = page_context(request, exercise) | conflict_context(form, current, shown)
    return render(
        request, "commissioning/exercise_framework.html", context, status=status_for(current)
    )


@door(*READERS)
def lot_list(request, reference):
    """The lots in their order; the lead moves them here."""
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        number, up = moved(request)
        lot = queries.lot_numbered(request.actor, exercise, number) if number else None
        if lot is None:
            raise Http404
        actions.move_lot(actor=request.actor, lot=lot, up=up)
        return redirect("commissioning:lot-list", reference)
    context = page_context(request, exercise) | {
        "mechanism": LotLimitMechanism(exercise.lot_limit_mechanism).words
        if exercise.lot_limit_mechanism
        else "",
    }
    return render(request, "commissioning/lot_list.html", context)


def moved(request) -> tuple[int | None, bool]:
    """Which row a button moves, and whether up."""
    for direction in ("up", "down"):
        value = request.POST.get(direction, "")
        if (number := read_key(value)) is not None:
            return number, direction == "up"
    return None, False


@door(*WRITERS)
def lot_new(request, reference):
    exercise = written_exercise(request, reference)
    initial = {"winners": 1, "decimal_places": PLACES_OF_A_NEW_LOT, "rounding": "half_up"}
    form = LotForm(request.POST or None, initial=initial | kept_initial(request))
    if request.method == "POST" and form.is_valid():
        fields = _without_stamp(form)
        done, _ = attempt(
            form, lambda: actions.add_lot(actor=request.actor, exercise=exercise, **fields)
        )
        if done:
            messages.success(request, "Lot added")
            return redirect("commissioning:lot-list", reference)
    context = page_context(request, exercise) | {"form": form, "lot": None}
    return render(request, "commissioning/lot_change.html", context)


@door(*WRITERS)
def lot_change(request, reference, number):
    """Title, value, winners, rounding, tie-break and least total of a lot."""
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    initial = LotForm.initial_of(lot) | {"seen": stamp(lot)} | kept_initial(request)
    form, current = LotForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        done, current = attempt(
            form, lambda: actions.change_lot(actor=request.actor, lot=lot, **form.cleaned_data)
        )
        if done:
            messages.success(request, f"Lot {number} saved")
            return redirect("commissioning:lot-list", reference)
    shown = LotForm.initial_of(current) if current else None
    context = page_context(request, exercise) | conflict_context(form, current, shown)
    context["lot"] = lot
    return render(request, "commissioning/lot_change.html", context, status=status_for(current))


@door(*WRITERS)
def lot_remove(request, reference, number):
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    if request.method == "POST":
        actions.remove_lot(actor=request.actor, lot=lot)
        messages.success(request, f"Lot {number} removed")
        return redirect("commissioning:lot-list", reference)
    context = {
        "exercise": exercise,
        "what": f"lot {number}: {lot.title}",
        "words": "All its award criteria are removed with it.",
        "back": "commissioning:lot-list",
    }
    return render(request, "commissioning/design_remove.html", context)


@door(*WRITERS)
def lot_limit(request, reference):
    """How many lots one supplier may win, and by which objective rule it keeps which."""
    exercise = written_exercise(request, reference)
    initial = {
        "lots_per_supplier": exercise.lots_per_supplier,
        "lot_limit_mechanism": exercise.lot_limit_mechanism,
        "seen": stamp(exercise, LIMIT_SETTINGS),
    }
    form = LotLimitForm(request.POST or None, initial=initial | kept_initial(request))
    current = None
    if request.method == "POST" and form.is_valid():
        done, current = attempt(
            form,
            lambda: actions.change_settings(
                actor=request.actor, exercise=exercise, **form.cleaned_data
            ),
            LIMIT_SETTINGS,
        )
        if done:
            messages.success(request, "Limit saved")
            return redirect("commissioning:lot-list", reference)
    context = page_context(request, exercise) | conflict_context(form, current)
    return render(request, "commissioning/lot_limit.html", context, status=status_for(current))


def lot_of(request, exercise, number):
    """The lot, or 404."""
    lot = queries.lot_numbered(request.actor, exercise, number)
    if lot is None:
        raise Http404
    return lot


@door(*READERS)
def scale_list(request, reference):
    """The scales with their points; the ready one is added here."""
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        scale = actions.add_ready_scale(actor=request.actor, exercise=exercise)
        messages.success(request, f"Scale “{scale.title}” added")
        return redirect("commissioning:scale-list", reference)
    return render(request, "commissioning/scale_list.html", page_context(request, exercise))


@door(*WRITERS)
def scale_new(request, reference):
    exercise = written_exercise(request, reference)

    def save(form):
        fields = _without_stamp(form)
        actions.add_scale(actor=request.actor, exercise=exercise, **fields)

    return _scale_page(request, exercise, None, {}, save)


@door(*WRITERS)
def scale_change(request, reference, code):
    """A scale with its points; empty boxes at the end make room for more."""
    exercise = written_exercise(request, reference)
    scale = _scale_of(request, exercise, code)
    initial = ScaleForm.initial_of(scale) | {"seen": stamp(scale)}

    def save(form):
        actions.change_scale(actor=request.actor, scale=scale, **form.cleaned_data)

    return _scale_page(request, exercise, scale, initial, save)


def _scale_page(request, exercise, scale, initial: dict, save):
    """The form of a scale. “Room for more points” shows more boxes and saves nothing."""
    given = request.POST or kept_initial(request)
    typed = sum(name.startswith("value_") for name in given)
    rows = typed or len(scale.points if scale else []) + POINTS_TO_ADD
    current = None
    if "more" in request.POST:
        kept = dict(request.POST.items())
        form = ScaleForm(rows=rows + POINTS_TO_ADD, initial=kept)
    else:
        form = ScaleForm(request.POST or None, rows=rows, initial=initial | kept_initial(request))
        if request.method == "POST" and form.is_valid():
            done, current = attempt(form, lambda: save(form))
            if done:
                messages.success(request, "Scale saved")
                return redirect("commissioning:scale-list", exercise.reference)
    context = page_context(request, exercise) | conflict_context(form, current)
    context |= {"scale": scale, "their_points": current.points if current else []}
    return render(request, "commissioning/scale_change.html", context, status=status_for(current))


@door(*WRITERS)
def scale_remove(request, reference, code):
    exercise = written_exercise(request, reference)
    scale = _scale_of(request, exercise, code)
    if request.method == "POST":
        actions.remove_scale(actor=request.actor, scale=scale)
        messages.success(request, "Scale removed")
        return redirect("commissioning:scale-list", reference)
    context = {
        "exercise": exercise,
        "what": f"the scale “{scale.title}”",
        "words": "A scale on which criteria are rated cannot be removed.",
        "back": "commissioning:scale-list",
    }
    return render(request, "commissioning/design_remove.html", context)


def _scale_of(request, exercise, code):
    scale = queries.scale_coded(request.actor, exercise, code)
    if scale is None:
        raise Http404
    return scale


def _without_stamp(form) -> dict:
    return {name: value for name, value in form.cleaned_data.items() if name != "seen"}
