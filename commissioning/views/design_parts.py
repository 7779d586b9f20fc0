"""Conditions of participation, contract terms, and ready sections for ethics and social value."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.forms import (
    ConditionForm,
    EthicsForm,
    SocialValueMeasuresForm,
    SocialValueModelForm,
    TermForm,
)
from commissioning.inputs import stamp
from commissioning.views._design import (
    READERS,
    WRITERS,
    attempt,
    conflict_context,
    counted_measures,
    exercise_of,
    page_context,
    standards,
    status_for,
    written_exercise,
)


@door(*READERS)
def condition_list(request, reference):
    """The conditions of participation in their order; the lead moves them here."""
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        row, up = _moved(request, exercise, queries.condition_keyed)
        actions.move_condition(actor=request.actor, condition=row, up=up)
        return redirect("commissioning:condition-list", reference)
    context = page_context(request, exercise)
    context["names"] = queries.names_in(request.actor, context["model"])
    return render(request, "commissioning/condition_list.html", context)


@door(*WRITERS)
def condition_new(request, reference):
    exercise = written_exercise(request, reference)

    def save(form):
        actions.add_condition(actor=request.actor, exercise=exercise, **form.changes())

    return _part_page(request, exercise, ConditionForm, None, save, "condition")


@door(*WRITERS)
def condition_change(request, reference, key):
    exercise = written_exercise(request, reference)
    row = _found(queries.condition_keyed(request.actor, exercise, key))

    def save(form):
        seen = form.cleaned_data["seen"]
        changes = form.changes()
        actions.change_condition(actor=request.actor, condition=row, seen=seen, **changes)

    return _part_page(request, exercise, ConditionForm, row, save, "condition")


@door(*WRITERS)
def condition_remove(request, reference, key):
    exercise = written_exercise(request, reference)
    row = _found(queries.condition_keyed(request.actor, exercise, key))
    if request.method == "POST":
        actions.remove_condition(actor=request.actor, condition=row)
        messages.success(request, "Condition removed")
        return redirect("commissioning:condition-list", reference)
    context = {
        "exercise": exercise,
        "what": f"the condition “{row.title}”",
        "words": "Its texts are removed with it.",
        "back": "commissioning:condition-list",
    }
    return render(request, "commissioning/design_remove.html", context)


@door(*READERS)
def term_list(request, reference):
    """The contract terms in their order; the lead moves them here."""
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        row, up = _moved(request, exercise, queries.term_keyed)
        actions.move_term(actor=request.actor, term=row, up=up)
        return redirect("commissioning:term-list", reference)
    context = page_context(request, exercise)
    context["names"] = queries.names_in(request.actor, context["model"])
    return render(request, "commissioning/term_list.html", context)


@door(*WRITERS)
def term_new(request, reference):
    exercise = written_exercise(request, reference)

    def save(form):
        actions.add_term(actor=request.actor, exercise=exercise, **form.changes())

    return _part_page(request, exercise, TermForm, None, save, "term")


@door(*WRITERS)
def term_change(request, reference, key):
    exercise = written_exercise(request, reference)
    row = _found(queries.term_keyed(request.actor, exercise, key))

    def save(form):
        seen = form.cleaned_data["seen"]
        actions.change_term(actor=request.actor, term=row, seen=seen, **form.changes())

    return _part_page(request, exercise, TermForm, row, save, "term")


@door(*WRITERS)
def term_remove(request, reference, key):
    exercise = written_exercise(request, reference)
    row = _found(queries.term_keyed(request.actor, exercise, key))
    if request.method == "POST":
        actions.remove_term(actor=request.actor, term=row)
        messages.success(request, "Term removed")
        return redirect("commissioning:term-list", reference)
    context = {
        "exercise": exercise,
        "what": f"the term “{row.title}”",
        "words": "Its texts are removed with it.",
        "back": "commissioning:term-list",
    }
    return render(request, "commissioning/design_remove.html", context)


def _part_page(request, exercise, form_class, row, save, noun: str):
    """The form of a condition or a term."""
    initial, drawn = {}, []
    if row is not None:
        names = [name for name in form_class.base_fields if name != "seen"]
        initial = {name: getattr(row, name) for name in names} | {"seen": stamp(row)}
        drawn = [one.pk for one in row.draws_on.all()]
    form = form_class(
        request.POST or None,
        initial=initial | kept_initial(request),
        standards=_ethics(request),
        draws_on=drawn,
    )
    current = None
    if request.method == "POST" and form.is_valid():
        done, current = attempt(form, lambda: save(form))
        if done:
            messages.success(request, f"{noun.capitalize()} saved")
            return redirect(f"commissioning:{noun}-list", exercise.reference)
    context = page_context(request, exercise) | conflict_context(form, current)
    context |= {
        "drawn_fields": form.group_fields("draws_on"),
        "row": row,
        "noun": noun,
        "back": f"commissioning:{noun}-list",
    }
    return render(request, "commissioning/part_change.html", context, status=status_for(current))


def _moved(request, exercise, find):
    for direction in ("up", "down"):
        if key := request.POST.get(direction):
            return _found(find(request.actor, exercise, key)), direction == "up"
    raise Http404


def _found(row):
    if row is None:
        raise Http404
    return row


def _ethics(request):
    return standards(queries.ethics_to_draw_on(request.actor, timezone.localdate()))


@door(*WRITERS)
def ready_ethics(request, reference):
    """Choose ethical expectations and what they become here; everything can be edited then."""
    exercise = written_exercise(request, reference)
    form = EthicsForm(
        request.POST or None,
        lots=queries.lots_of(request.actor, exercise),
        standards=_ethics(request),
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = queries.ethics_to_draw_on(request.actor, timezone.localdate()).filter(
            pk__in=form.ticked("criteria")
        )

        def add():
            if given["place"] == "conditions":
                actions.add_ethics_conditions(
                    actor=request.actor, exercise=exercise, criteria=chosen
                )
            elif given["place"] == "terms":
                actions.add_ethics_terms(actor=request.actor, exercise=exercise, criteria=chosen)
            else:
                actions.add_ethics_criterion(
                    actor=request.actor,
                    lot=given["lot"],
                    criteria=chosen,
                    weight_percent=given["weight_percent"],
                )

        if attempt(form, add)[0]:
            messages.success(request, "Added. Read it and make it fit this contract.")
            return _where_it_went(exercise, given["place"], given.get("lot"))
    return _ready_page(request, exercise, form, "ethics")


def _ready_page(request, exercise, form, kind: str):
    chosen = form.group_fields("criteria")
    names = {field.name for field in chosen}
    context = page_context(request, exercise) | {
        "form": form,
        "kind": kind,
        "plain_fields": [field for field in form.visible_fields() if field.name not in names],
        "chosen_fields": chosen,
    }
    return render(request, "commissioning/ready_section.html", context)


def _where_it_went(exercise, place: str, lot):
    if place == "criteria":
        return redirect("commissioning:lot-criteria", exercise.reference, lot.number)
    name = "condition-list" if place == "conditions" else "term-list"
    return redirect(f"commissioning:{name}", exercise.reference)


@door(*WRITERS)
def ready_value(request, reference):
    """Which ready section for social value: measures in pounds, or model award criteria."""
    exercise = written_exercise(request, reference)
    return render(request, "commissioning/ready_value.html", page_context(request, exercise))


@door(*WRITERS)
def ready_measures(request, reference):
    """Choose measures; one criterion that is computed from commitments to them is added."""
    exercise = written_exercise(request, reference)
    _needs_a_lot(request, exercise)
    measures = queries.measures_to_count(request.actor, timezone.localdate())
    form = SocialValueMeasuresForm(
        request.POST or None,
        lots=queries.lots_of(request.actor, exercise),
        standards=counted_measures(measures),
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, _ = attempt(
            form,
            lambda: actions.add_social_value_measures(
                actor=request.actor,
                lot=given["lot"],
                measures=measures.filter(pk__in=form.ticked("criteria")),
                weight_percent=given["weight_percent"],
                method=given["method"],
                target_gbp=given["target_gbp"] if given["method"] == "target" else None,
            ),
        )
        if done:
            messages.success(request, "Added. Read it and make it fit this contract.")
            return _where_it_went(exercise, "criteria", given["lot"])
    return _ready_page(request, exercise, form, "measures")


@door(*WRITERS)
def ready_model(request, reference):
    """Choose model award criteria; one criterion with a rated part for each is added."""
    exercise = written_exercise(request, reference)
    _needs_a_lot(request, exercise)
    criteria = queries.social_value_to_draw_on(request.actor)
    form = SocialValueModelForm(
        request.POST or None,
        lots=queries.lots_of(request.actor, exercise),
        standards=standards(criteria),
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, _ = attempt(
            form,
            lambda: actions.add_social_value_model(
                actor=request.actor,
                lot=given["lot"],
                criteria=criteria.filter(pk__in=form.ticked("criteria")),
                weight_percent=given["weight_percent"],
            ),
        )
        if done:
            messages.success(request, "Added. Read it and make it fit this contract.")
            return _where_it_went(exercise, "criteria", given["lot"])
    return _ready_page(request, exercise, form, "model")


def _needs_a_lot(request, exercise) -> None:
    if not queries.lots_of(request.actor, exercise).exists():
        raise WrongState("Add a lot first: award criteria belong to a lot.")
