"""The library: frameworks, criteria and measures, for anyone signed in."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.access import SIGNED_IN, door
from principles import queries
from principles.forms import LibrarySearchForm
from principles.models import Edition


def edition_or_404(request, framework: str, label: str) -> Edition:
    """The edition of the address."""
    edition = queries.edition_named(request.actor, framework, label)
    if edition is None:
        raise Http404("There is no such edition.")
    return edition


@door(SIGNED_IN)
def framework_list(request):
    """Every framework with its editions; those in force today first."""
    today = timezone.localdate()
    in_force = {edition.pk for edition in queries.editions_in_force(request.actor, today)}
    editions = list(queries.editions_with_counts(request.actor))
    return render(
        request,
        "principles/framework_list.html",
        {
            "current": [edition for edition in editions if edition.pk in in_force],
            "others": [edition for edition in editions if edition.pk not in in_force],
        },
    )


@door(SIGNED_IN)
def edition_detail(request, framework, label):
    """One edition: what it is, its scale, and its tree of criteria by level and words."""
    edition = edition_or_404(request, framework, label)
    scale = list(queries.scale_of(request.actor, edition))
    form = LibrarySearchForm(request.GET, with_level=bool(scale))
    tree = queries.criterion_tree(request.actor, edition, **form.chosen)
    return render(
        request,
        "principles/edition_detail.html",
        {
            "edition": edition,
            "scale": scale,
            "form": form,
            "tree": tree,
            "found": sum(node.assessable_count for node in tree),
            "has_measures": queries.measures_of(request.actor, edition).exists(),
        },
    )


@door(SIGNED_IN)
def criterion_detail(request, framework, label, code):
    """One criterion with its guidance, scale, source and basis; or a heading with its parts."""
    edition = edition_or_404(request, framework, label)
    criterion = queries.criterion_named(request.actor, edition, code)
    if criterion is None:
        raise Http404("There is no such criterion.")
    context = {"edition": edition, "criterion": criterion}
    if criterion.is_assessable:
        before, after = queries.criteria_beside(request.actor, criterion)
        scale = queries.scale_of(request.actor, edition)
        context |= {"before": before, "after": after, "scale": scale}
    else:
        context["children"] = queries.children_of(request.actor, criterion)
        context["measures"] = queries.measures_of_outcome(request.actor, criterion)
    return render(request, "principles/criterion_detail.html", context)


@door(SIGNED_IN)
def measure_list(request, framework, label):
    """The measures of an edition by theme and outcome."""
    edition = edition_or_404(request, framework, label)
    form = LibrarySearchForm(request.GET, with_level=False)
    measures = list(queries.measures_of(request.actor, edition, form.chosen["words"]))
    return render(
        request,
        "principles/measure_list.html",
        {"edition": edition, "form": form, "measures": measures},
    )


@door(SIGNED_IN)
def measure_detail(request, framework, label, code):
    """One measure with its counting rule and what it may not be counted with."""
    edition = edition_or_404(request, framework, label)
    measure = queries.measure_named(request.actor, edition, code)
    if measure is None:
        raise Http404("There is no such measure.")
    return render(
        request,
        "principles/measure_detail.html",
        {
            "edition": edition,
            "measure": measure,
            "pairs": queries.pairs_of_measure(request.actor, measure),
        },
    )
