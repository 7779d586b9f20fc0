"""The audit trail and the installation."""

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts import actions, queries
from accounts.access import OPERATOR, Role, door
from accounts.forms import OrganisationForm
from accounts.paging import page_of


@door(Role.ADMINISTRATOR, OPERATOR)
def trail(request):
    """What was done on behalf of the organisation, newest first."""
    return render(
        request,
        "accounts/trail.html",
        {"page": page_of(request, queries.trail(request.actor), per_page=50)},
    )


@door(OPERATOR)
def installation(request):
    """The state of the service, and the organisations that use it."""
    return render(
        request,
        "accounts/installation.html",
        {
            "jobs": queries.job_counts(request.actor),
            "page": page_of(request, queries.organisations_with_people(request.actor)),
        },
    )


@door(OPERATOR)
def organisation_new(request):
    """Add an organisation and invite its first administrator."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.open_tenancy(
            actor=request.actor,
            name=given["name"],
            kinds=given["kinds"],
            email=given["email"],
            full_name=given["full_name"],
        )
        messages.success(request, f"{given['name']} added and {given['email']} invited")
        return redirect("accounts:installation")
    return render(request, "accounts/organisation_new.html", {"form": form})
