"""Joining by invitation."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login

from django.contrib import messages
from django.shortcuts import redirect, render

from accounts import actions, queries
from accounts.access import PUBLIC, door
from accounts.forms import AcceptInvitationForm
from accounts.middleware import ACTING_FOR


@door(PUBLIC)
def invitation_accept(request, secret):
    """Make an account, or add the organisation to the account of the address."""
    invitation = queries.invitation_behind(request.actor, secret)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    account = queries.account_of(request.actor, invitation.email)
    if account is not None and request.actor.user != account:
        return render(
            request, "accounts/invitation_sign_in.html", {"invitation": invitation}, status=200
        )
    if account is not None:
        if request.method == "POST":
            actions.accept_invitation(actor=request.actor, invitation=invitation)
            request.session[ACTING_FOR] = invitation.organisation_id
            messages.success(request, f"You now belong to {invitation.organisation}")
            return redirect("accounts:home")
        return render(request, "accounts/invitation_join.html", {"invitation": invitation})
    form = AcceptInvitationForm(
        request.POST or None,
        email=invitation.email,
        colleagues=queries.names_in(request.actor, invitation.organisation, but=invitation.email),
        initial={"full_name": invitation.full_name},
    )
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(
            actor=request.actor, invitation=invitation, **form.cleaned_data
        )
        return perform_login(request, Login(user=user, redirect_url="/"))
    return render(
        request, "accounts/invitation_accept.html", {"form": form, "invitation": invitation}
    )
