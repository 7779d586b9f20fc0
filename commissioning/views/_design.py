"""What the pages of procurement design share: who may write, the checks, saving with care."""

import datetime
from collections.abc import Callable, Iterable

from django.http import Http404
from django.urls import reverse

from accounts.access import COMMISSIONER_ROLES, Role, StaleSave, WrongState, require
from commissioning import queries
from commissioning.award_model.linter import lint
from commissioning.award_model.model import AwardModel
from commissioning.award_model.remarks import Remark, Severity
from commissioning.forms import Group
from commissioning.inputs import stamp
from commissioning.rules import leads

READERS = (*COMMISSIONER_ROLES, Role.AUDITOR)
WRITERS = (Role.PROCUREMENT_LEAD,)
# Where a remark about the whole model, or about a lot as a whole, is put right.
PAGE_OF_CODE = {
    "subject_matter_missing": "exercise-settings",
    "regime_unknown": "exercise-settings",
    "regime_not_held": "exercise-rules",
    "no_lots": "lot-list",
    "lot_number_repeated": "lot-list",
    "lot_limit_missing": "lot-limit",
    "lot_limit_not_positive": "lot-limit",
    "lot_limit_without_mechanism": "lot-limit",
    "lot_limit_without_effect": "lot-limit",
    "scale_too_short": "scale-list",
    "scale_point_repeated": "scale-list",
    "scale_point_undescribed": "scale-list",
    "ethics_missing": "ready-ethics",
    "kpis_too_few": "term-list",
    "kpi_without_target": "term-list",
}
ABOUT_LOT_ITSELF = ("decimal_", "rounding_", "tie_break_", "minimum_total_", "no_winner")


def exercise_of(request, reference: str):
    """The exercise, if the viewer's body runs it or the viewer audits it; otherwise 404."""
    exercise = queries.exercise(request.actor, reference)
    if exercise is None:
        raise Http404
    return exercise


def may_lead(request, exercise) -> bool:
    return leads(request.actor, exercise, queries.duties(request.actor, exercise))


def led_exercise(request, reference: str):
    """The exercise, for its lead; 403 for others of the body."""
    exercise = exercise_of(request, reference)
    require(may_lead(request, exercise), "Only the lead of the exercise changes it.")
    return exercise


def written_exercise(request, reference: str):
    """The exercise, for its lead and while it may be written; 409 once it is published."""
    exercise = led_exercise(request, reference)
    if not exercise.is_written:
        raise WrongState("It is published. Open an amendment to change it.")
    return exercise


def page_context(request, exercise, model: AwardModel | None = None) -> dict:
    """What every page of a design shows: the exercise, its checks, whether the viewer may write."""
    model = model or queries.model_as_written(request.actor, exercise)
    remarks = lint(model)
    leads_it = may_lead(request, exercise)
    return {
        "exercise": exercise,
        "model": model,
        "remarks": remarks,
        "counts": counts_of(remarks),
        "leads_it": leads_it,
        "may_write": leads_it and exercise.is_written,
    }


def counts_of(remarks: Iterable[Remark]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    remarks = list(remarks)
    return {
        f"{severity.value}s": sum(remark.severity is severity for remark in remarks)
        for severity in Severity
    }


def place_of(exercise, remark: Remark) -> str:
    """The address at which a remark is put right."""
    reference, lot = exercise.reference, remark.lot_number
    if lot is not None and remark.criterion_key:
        return _url("criterion-change", reference, lot, remark.criterion_key)
    if lot is not None and remark.code.startswith(ABOUT_LOT_ITSELF):
        return _url("lot-change", reference, lot)
    if lot is not None:
        return _url("lot-criteria", reference, lot)
    return _url(PAGE_OF_CODE.get(remark.code, "exercise-settings"), reference)


def _url(name: str, *args) -> str:
    return reverse(f"commissioning:{name}", args=args)


def attempt(
    form, deed: Callable[[], object], names: Iterable[str] | None = None
) -> tuple[bool, object]:
    """Do what a form asks for: whether it was done, and the row where a colleague was quicker.

    What is in the wrong state is an error of the form. After a colleague's save the form carries
    the stamp of theirs, so that saving again replaces it knowingly. ``names`` are those that the
    stamp is of (``inputs.stamp``).
    """
    try:
        deed()
    except StaleSave as stale:
        form.data = form.data.copy()
        form.data["seen"] = stamp(stale.current, names)
        return False, stale.current
    except WrongState as wrong:
        form.add_error(None, str(wrong))
        return False, None
    return True, None


def conflict_context(form, current, shown: dict | None = None) -> dict:
    """What ``design_conflict.html`` shows beside the form where a colleague was quicker.

    ``current`` is the row as they saved it, or None; ``shown`` is what the form would show for it,
    where that differs from the row's own fields.
    """
    if current is None:
        return {"form": form, "is_conflict": False, "theirs": []}
    if shown is None:
        names = [field.name for field in form if hasattr(type(current), field.name)]
        shown = {name: getattr(current, name) for name in names}
    theirs = [
        (field.label, _in_words(field.field, shown[field.name]))
        for field in form.visible_fields()
        if field.name in shown
        and _plain(form.cleaned_data.get(field.name, field.data)) != _plain(shown[field.name])
    ]
    return {"form": form, "is_conflict": True, "theirs": theirs}


def _plain(value) -> str:
    """The same text for what is typed and what is kept, where both mean the same."""
    value = getattr(value, "pk", value)
    if value is None or value is False:
        return ""
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value)


def _in_words(field, value):
    """A value as the page words it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    choices = getattr(field, "choices", ())
    return next((words for key, words in choices if str(key) == _plain(value)), value)


def status_for(current) -> int:
    """409 where a colleague was quicker, else 200."""
    return 200 if current is None else 409


def standards(criteria) -> list[Group]:
    """Framework criteria to tick, under their frameworks and principles."""
    return _grouped(
        (
            f"{row.edition.framework.title}: {row.principle.title}",
            (str(row.pk), f"{row.code} {row.title}"),
        )
        for row in criteria
    )


def counted_measures(measures) -> list[Group]:
    """Measures to tick, under their themes."""
    return _grouped(
        (
            f"{row.edition.framework.title}: {row.outcome.parent.title}",
            (str(row.pk), f"{row.code} {row.label} ({row.unit})"),
        )
        for row in measures
    )


def _grouped(rows) -> list[Group]:
    found: dict[str, list] = {}
    for title, choice in rows:
        found.setdefault(title, []).append(choice)
    return [Group(title, tuple(choices)) for title, choices in found.items()]
