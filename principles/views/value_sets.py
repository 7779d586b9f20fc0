"""Value sets: what units of measures are worth, and how an authority brings in its own."""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import SIGNED_IN, Role, WrongState, door, require
from accounts.paging import page_of
from principles import actions, queries
from principles.forms import ValueSetForm
from principles.models import ValueSet
from principles.rules import is_value_set_keeper_for
from principles.value_files import ValueSetTerms, as_csv, check_file, empty_csv
from principles.views.library import edition_or_404

PREVIEW_LASTS_SECONDS = 24 * 60 * 60


def value_set_or_404(request, reference: str) -> ValueSet:
    """The value set of the address, where the viewer may see it."""
    value_set = queries.value_set_named(request.actor, reference)
    if value_set is None:
        raise Http404("There is no such value set.")
    return value_set


@door(SIGNED_IN)
def value_set_list(request):
    """The value sets of the installation and of one's own organisation."""
    actor = request.actor
    may_add = actor.organisation is not None and is_value_set_keeper_for(actor, actor.organisation)
    return render(
        request,
        "principles/value_set_list.html",
        {"page": page_of(request, queries.value_sets(actor)), "may_add": may_add},
    )


@door(SIGNED_IN)
def value_set_detail(request, reference):
    """One value set: its terms and its values."""
    value_set = value_set_or_404(request, reference)
    return render(
        request,
        "principles/value_set_detail.html",
        {
            "value_set": value_set,
            "page": page_of(request, queries.unit_values_of(request.actor, value_set), 100),
            "may_withdraw": is_value_set_keeper_for(request.actor, value_set.owner)
            and not hasattr(value_set, "withdrawal"),
        },
    )


@door(Role.PROCUREMENT_LEAD, Role.ADMINISTRATOR)
def value_set_add(request):
    """Choose a file, see every problem or what it would bring, then publish it.

    Nothing is stored in between: the checked values come back signed with the second step.
    """
    require(
        is_value_set_keeper_for(request.actor, request.actor.organisation),
        "Only a commissioning body adds value sets of its own.",
    )
    if "preview" in request.POST:
        return _publish(request)
    editions = list(queries.editions_with_measures(request.actor))
    form = ValueSetForm(request.POST or None, request.FILES or None, editions=editions)
    checked = None
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        checked = check_file(
            form.cleaned_data["file"].read(), queries.known_measures(request.actor, edition)
        )
        if checked.is_usable:
            return render(
                request,
                "principles/value_set_preview.html",
                {
                    "edition": edition,
                    "terms": form.terms,
                    "checked": checked,
                    "preview": _sign(request, edition, form.terms, checked),
                },
            )
    return render(
        request,
        "principles/value_set_add.html",
        {"form": form, "checked": checked, "editions": editions},
    )


def _salt(request) -> str:
    """A preview is good for the organisation that it was made for only."""
    return f"principles.value-set-preview.{request.actor.organisation.reference}"


def _sign(request, edition, terms, checked) -> str:
    content = {"edition": edition.key, "terms": terms.as_plain(), "csv": as_csv(checked.rows)}
    return signing.dumps(content, salt=_salt(request), compress=True)


def _publish(request):
    try:
        content = signing.loads(
            request.POST["preview"],
            salt=_salt(request),
            max_age=PREVIEW_LASTS_SECONDS,
        )
    except signing.BadSignature:
        messages.warning(request, "The preview is out of date. Choose the file again.")
        return redirect("principles:value-set-add")
    edition = queries.edition_of_key(request.actor, content["edition"])
    checked = check_file(content["csv"].encode(), queries.known_measures(request.actor, edition))
    try:
        result = actions.publish_value_set(
            actor=request.actor,
            owner=request.actor.organisation,
            edition=edition,
            terms=ValueSetTerms.from_plain(content["terms"]),
            rows=checked.rows,
        )
    except WrongState as wrong:
        messages.warning(request, str(wrong))
        return redirect("principles:value-set-add")
    if result.is_new:
        messages.success(request, f"{result.value_set.title} published")
    else:
        messages.info(request, "This value set was published before. Nothing changed.")
    return redirect("principles:value-set-detail", result.value_set.reference)


@door(Role.PROCUREMENT_LEAD, Role.ADMINISTRATOR)
def value_set_withdraw(request, reference):
    """Take a value set out of use, after asking."""
    value_set = value_set_or_404(request, reference)
    require(
        is_value_set_keeper_for(request.actor, value_set.owner),
        "Only a procurement lead or administrator withdraws their organisation's value sets.",
    )
    if request.method == "POST":
        actions.withdraw_value_set(actor=request.actor, value_set=value_set)
        messages.success(request, f"{value_set.title} withdrawn")
        return redirect("principles:value-set-detail", reference)
    return render(request, "principles/value_set_withdraw.html", {"value_set": value_set})


@door(SIGNED_IN)
def value_file(request, framework, label):
    """An empty file of values for an edition, with a row for each measure that can have one."""
    edition = edition_or_404(request, framework, label)
    text = empty_csv(queries.known_measures(request.actor, edition))
    # The mark at the start tells spreadsheets that the file is UTF-8.
    response = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="values-{framework}-{label}.csv"'
    return response
