"""The audit trail and the installation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, queries
from accounts.access import OPERATOR, Refused, Role, WrongState, asks_for_code, door
from accounts.forms import OrganisationForm, ShutAccountForm
from accounts.paging import page_of

MOST_FAILED_JOBS = 20


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
            "failed_jobs": queries.failed_jobs(request.actor)[:MOST_FAILED_JOBS],
            "page": page_of(request, queries.organisations_with_people(request.actor)),
            "role_requests": queries.role_requests(request.actor),
            "shut": queries.shut_accounts(request.actor),
        },
    )


@door(OPERATOR)
@asks_for_code()
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


@door(OPERATOR)
@asks_for_code()
def account_shut(request):
    """Shut an account: its sessions end, and nobody signs in with it."""
    form = ShutAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = queries.account_of(request.actor, form.cleaned_data["email"])
        try:
            if user is None:
                raise WrongState("No open account has this address.")
            actions.shut_account(actor=request.actor, user=user, reason=form.cleaned_data["reason"])
        except (WrongState, Refused) as wrong:
            form.add_error("email", str(wrong))
        else:
            messages.success(request, f"The account {user.email} is shut")
            return redirect("accounts:installation")
    return render(request, "accounts/account_shut.html", {"form": form})


@door(OPERATOR)
@asks_for_code()
def account_open(request, reference):
    """Let the person of a shut account sign in again, after asking."""
    user = get_object_or_404(queries.shut_accounts(request.actor), reference=reference)
    if request.method == "POST":
        actions.open_account(actor=request.actor, user=user)
        messages.success(request, f"The account {user.email} is open again")
        return redirect("accounts:installation")
    return render(request, "accounts/account_open.html", {"account": user})
