"""The pages on which an award takes its steps, with and without competition: one form or one button
each, and then back to the award.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.shortcuts import redirect, render

from accounts.access import WrongState


@dataclass(frozen=True)
class AwardPlace:
    """The award that takes the step: ``caption`` names it, ``url`` is its own page."""

    caption: str
    url: str


def form_page(
    request,
    place: AwardPlace,
    form: Form,
    take: Callable[[dict], object],
    *,
    title: str,
    button: str,
    done: str,
    hint: str = "",
    field: str | None = None,
):
    """Take the step with what the form holds. Why it is refused stands at ``field``, or above all
    fields.
    """
    if request.method == "POST" and form.is_valid():
        try:
            take(form.cleaned_data)
        except WrongState as wrong:
            form.add_error(field, str(wrong))
        else:
            messages.success(request, done)
            return redirect(place.url)
    context = {"form": form, "place": place, "title": title, "button": button, "hint": hint}
    return render(request, "commissioning/award_step.html", context)


def confirm_page(
    request,
    place: AwardPlace,
    take: Callable[[], object],
    *,
    title: str,
    words: list[str],
    button: str,
    done: str,
):
    """Take the step after asking. Why it is refused stands above the button, with status 409."""
    error = ""
    if request.method == "POST":
        try:
            take()
        except WrongState as wrong:
            error = str(wrong)
        else:
            messages.success(request, done)
            return redirect(place.url)
    context = {"place": place, "title": title, "words": words, "button": button, "error": error}
    status = 409 if error else 200
    return render(request, "commissioning/award_step_confirm.html", context, status=status)
