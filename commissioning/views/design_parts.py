"""Conditions of participation, contract terms, and ready sections for ethics and social value."""

from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Kind:
    """What the pages of conditions and those of terms differ in. ``noun`` is also the name under
    which the actions take a row.
    """

    noun: str
    form: type[ConditionForm]
    find: Callable
    add: Callable
    change: Callable
    move: Callable
    remove: Callable

    @property
    def list_page(self) -> str:
        return f"commissioning:{self.noun}-list"


CONDITION = _Kind(
    "condition",
    ConditionForm,
    queries.condition_keyed,
    actions.add_condition,
    actions.change_condition,
    actions.move_condition,
    actions.remove_condition,
)
TERM = _Kind(
    "term",
    TermForm,
    queries.term_keyed,
    actions.add_term,
    actions.change_term,
    actions.move_term,
    actions.remove_term,
)


@door(*READERS)
def condition_list(request, reference):
    """The conditions of participation in their order; the lead moves them here."""
    return _list_page(request, reference, CONDITION)


@door(*WRITERS)
def condition_new(request, reference):
    return _new_page(request, reference, CONDITION)


@door(*WRITERS)
def condition_change(request, reference, key):
    return _change_page(request, reference, CONDITION, key)


@door(*WRITERS)
def condition_remove(request, reference, key):
    return _remove_page(request, reference, CONDITION, key)


@door(*READERS)
def term_list(request, reference):
    """The contract terms in their order; the lead moves them here."""
    return _list_page(request, reference, TERM)


@door(*WRITERS)
def term_new(request, reference):
    return _new_page(request, reference, TERM)


@door(*WRITERS)
def term_change(request, reference, key):
    return _change_page(request, reference, TERM, key)


@door(*WRITERS)
def term_remove(request, reference, key):
    return _remove_page(request, reference, TERM, key)


def _list_page(request, reference, kind: _Kind):
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        row, up = _moved(request, exercise, kind)
        kind.move(actor=request.actor, up=up, **{kind.noun: row})
        return redirect(kind.list_page, reference)
    context = page_context(request, exercise)
    context["names"] = queries.names_in(request.actor, context["model"])
    return render(request, f"commissioning/{kind.noun}_list.html", context)


def _new_page(request, reference, kind: _Kind):
    exercise = written_exercise(request, reference)

    def save(form):
        kind.add(actor=request.actor, exercise=exercise, **form.changes())

    return _form_page(request, exercise, kind, None, save)


def _change_page(request, reference, kind: _Kind, key):
    exercise = written_exercise(request, reference)
    row = _found(request, exercise, kind, key)

    def save(form):
        seen, of_row = form.cleaned_data["seen"], {kind.noun: row}
        kind.change(actor=request.actor, seen=seen, **of_row, **form.changes())

    return _form_page(request, exercise, kind, row, save)


def _remove_page(request, reference, kind: _Kind, key):
    exercise = written_exercise(request, reference)
    row = _found(request, exercise, kind, key)
    if request.method == "POST":
        kind.remove(actor=request.actor, **{kind.noun: row})
        messages.success(request, f"{kind.noun.capitalize()} removed")
        return redirect(kind.list_page, reference)
    context = {
        "exercise": exercise,
        "what": f"the {kind.noun} “{row.title}”",
        "words": "Its texts are removed with it.",
        "back": kind.list_page,
    }
    return render(request, "commissioning/design_remove.html", context)


def _form_page(request, exercise, kind: _Kind, row, save):
    initial, drawn = {}, []
    if row is not None:
        names = [name for name in kind.form.base_fields if name != "seen"]
        initial = {name: getattr(row, name) for name in names} | {"seen": stamp(row)}
        drawn = [one.pk for one in row.draws_on.all()]
    form = kind.form(
        request.POST or None,
        initial=initial | kept_initial(request),
        standards=_ethics(request),
        draws_on=drawn,
    )
    current = None
    if request.method == "POST" and form.is_valid():
        done, current = attempt(form, lambda: save(form))
        if done:
            messages.success(request, f"{kind.noun.capitalize()} saved")
            return redirect(kind.list_page, exercise.reference)
    context = page_context(request, exercise) | conflict_context(form, current)
    context |= {
        "drawn_fields": form.group_fields("draws_on"),
        "row": row,
        "noun": kind.noun,
        "back": kind.list_page,
    }
    return render(request, "commissioning/part_change.html", context, status=status_for(current))


def _moved(request, exercise, kind: _Kind):
    for direction in ("up", "down"):
        if key := request.POST.get(direction):
            return _found(request, exercise, kind, key), direction == "up"
    raise Http404


def _found(request, exercise, kind: _Kind, key):
    row = kind.find(request.actor, exercise, key)
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
