"""The tree of award criteria of a lot: read, add, change, move, remove, copy."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.actions.design_criteria import CRITERION_FIELDS
from commissioning.award_model.outline import outline
from commissioning.award_model.terms import CriterionKind
from commissioning.forms import CopyForm, CriterionForm, KindForm
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
from commissioning.views.design import lot_of


@door(*READERS)
def lot_criteria(request, reference, number):
    """The criteria of a lot with their weights and what each counts; the lead moves them here."""
    exercise = exercise_of(request, reference)
    if request.method == "POST":
        return _move(request, exercise, lot_of(request, exercise, number))
    context = page_context(request, exercise)
    lot = next((one for one in context["model"].lots if one.number == number), None)
    if lot is None:
        raise Http404
    context |= {
        "lot": lot,
        "level": outline(lot),
        "lot_remarks": [one for one in context["remarks"] if one.lot_number == number],
        "marked": _marks(context["remarks"], number),
        "others": [one for one in context["model"].lots if one.number != number and one.criteria],
    }
    return render(request, "commissioning/lot_criteria.html", context)


def _move(request, exercise, lot):
    for direction in ("up", "down"):
        if key := request.POST.get(direction):
            criterion = queries.criterion_keyed(request.actor, lot, key)
            if criterion is None:
                raise Http404
            actions.move_criterion(actor=request.actor, criterion=criterion, up=direction == "up")
            return redirect("commissioning:lot-criteria", exercise.reference, lot.number)
    raise Http404


def _marks(remarks, number: int) -> dict[str, str]:
    """The gravest thing that is said about each criterion of a lot, by its key."""
    found: dict[str, str] = {}
    for remark in remarks:
        if remark.lot_number == number and remark.criterion_key:
            incomplete = remark.code == "incomplete_as_published"
            found.setdefault(remark.criterion_key, "incomplete" if incomplete else remark.severity)
    return found


@door(*WRITERS)
def criterion_new(request, reference, number):
    """First what it is about, then the fields of that kind."""
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    parent = None
    if above := request.GET.get("above", ""):
        parent = queries.criterion_keyed(request.actor, lot, above)
        if parent is None:
            raise Http404
    given = request.POST or kept_initial(request) or request.GET
    if given.get("kind") not in set(CriterionKind):
        asked = "kind" in request.GET or request.method == "POST"
        form = KindForm({"kind": given.get("kind", "")} if asked else None)
        if parent:
            form.initial["kind"] = parent.kind
        context = page_context(request, exercise) | {"form": form, "lot": lot, "above": parent}
        return render(request, "commissioning/criterion_kind.html", context)

    def save(form):
        changes = form.changes()
        actions.add_criterion(actor=request.actor, lot=lot, parent=parent, **changes)

    return _criterion_page(request, exercise, lot, None, parent, save)


@door(*WRITERS)
def criterion_change(request, reference, number, key):
    """A criterion; only the fields of its kind and method are shown."""
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    criterion = _criterion_of(request, lot, key)

    def save(form):
        actions.change_criterion(
            actor=request.actor,
            criterion=criterion,
            seen=form.cleaned_data["seen"],
            **form.changes(),
        )

    return _criterion_page(request, exercise, lot, criterion, criterion.parent, save)


def _criterion_page(request, exercise, lot, criterion, parent, save):
    """The form of a criterion. Another kind or method shows its fields before it is saved."""
    kept = kept_initial(request)
    kind, method = _shown(request, criterion, kept)
    options = {
        "kind": kind,
        "method": method,
        "has_parts": criterion is not None and len(criterion.sub_criteria.all()) > 0,
        "scales": queries.scales_of(request.actor, exercise),
        "standards": standards(
            [
                *queries.ethics_to_draw_on(request.actor, timezone.localdate()),
                *queries.social_value_to_draw_on(request.actor),
            ]
        ),
        "measures": counted_measures(
            queries.measures_to_count(request.actor, timezone.localdate())
        ),
    }
    initial = {}
    if criterion is not None:
        initial = {name: getattr(criterion, name, None) for name in CRITERION_FIELDS}
        initial |= {"scale": criterion.scale_id, "seen": stamp(criterion)}
        options |= {
            "draws_on": [row.pk for row in criterion.draws_on.all()],
            "counted": [row.pk for row in criterion.measures.all()],
            "is_incomplete": criterion.is_incomplete_as_published,
        }
        initial.pop("draws_on")
        initial.pop("measures")
    current = None
    shown = f"{kind}:{method}"
    if request.method == "POST" and ("show" in request.POST or request.POST.get("shown") != shown):
        form = CriterionForm(initial=_typed(request), **options)
    else:
        form = CriterionForm(request.POST or None, initial=initial | kept, **options)
        if request.method == "POST" and form.is_valid():
            done, current = attempt(form, lambda: save(form))
            if done:
                messages.success(request, "Criterion saved")
                return redirect("commissioning:lot-criteria", exercise.reference, lot.number)
    context = page_context(request, exercise) | conflict_context(form, current)
    context |= {
        "measure_fields": form.group_fields("measures"),
        "drawn_fields": form.group_fields("draws_on"),
        "lot": lot,
        "criterion": criterion,
        "above": parent,
        "shows_another": request.method == "POST" and not form.is_bound,
    }
    if criterion is not None:
        context["own_remarks"] = [
            one
            for one in context["remarks"]
            if one.lot_number == lot.number and one.criterion_key == criterion.key
        ]
    return render(
        request, "commissioning/criterion_change.html", context, status=status_for(current)
    )


def _shown(request, criterion, kept: dict) -> tuple[str, str]:
    """The kind and the method whose fields are shown: what was chosen, or what the row says."""
    given = request.POST or kept or request.GET
    row_kind = criterion.kind if criterion else CriterionKind.QUALITY.value
    kind = given.get("kind", row_kind)
    if kind not in set(CriterionKind):
        kind = row_kind
    names = {"price": "price_method", "social_value": "social_value_method"}
    name = names.get(kind)
    if name is None:
        return kind, ""
    method = given.get(name, getattr(criterion, name, "") if criterion else "")
    known = {value for value, _ in CriterionForm.methods_of(kind)}
    return kind, method if method in known else ""


def _typed(request) -> dict:
    """What was posted, as a form's ``initial``."""
    return {
        name: values[0] if len(values) == 1 else values for name, values in request.POST.lists()
    }


@door(*WRITERS)
def criterion_remove(request, reference, number, key):
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    criterion = _criterion_of(request, lot, key)
    if request.method == "POST":
        actions.remove_criterion(actor=request.actor, criterion=criterion)
        messages.success(request, "Criterion removed")
        return redirect("commissioning:lot-criteria", reference, number)
    context = {
        "exercise": exercise,
        "lot": lot,
        "what": f"the criterion “{criterion.title}”",
        "words": "Everything below it is removed with it."
        if criterion.sub_criteria.all()
        else "Its texts are removed with it.",
        "back": "commissioning:lot-criteria",
    }
    return render(request, "commissioning/design_remove.html", context)


@door(*WRITERS)
def criteria_copy(request, reference, number):
    """Copy the tree of another lot to a lot that has none yet."""
    exercise = written_exercise(request, reference)
    lot = lot_of(request, exercise, number)
    others = queries.lots_of(request.actor, exercise).exclude(pk=lot.pk)
    if not others:
        raise WrongState("There is no other lot to copy from.")
    form = CopyForm(request.POST or None, lots=others)
    if request.method == "POST" and form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.copy_criteria(
                actor=request.actor, lot=lot, source=form.cleaned_data["source"]
            ),
        )
        if done:
            messages.success(request, "Criteria copied")
            return redirect("commissioning:lot-criteria", reference, number)
    context = page_context(request, exercise) | {"form": form, "lot": lot}
    return render(request, "commissioning/criteria_copy.html", context)


def _criterion_of(request, lot, key):
    criterion = queries.criterion_keyed(request.actor, lot, key)
    if criterion is None:
        raise Http404
    return criterion
