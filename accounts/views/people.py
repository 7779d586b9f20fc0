"""The people of one's own organisation."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, queries
from accounts.access import OPERATOR, Role, WrongState, asks_for_code, door
from accounts.enums import InvitationState
from accounts.forms import InvitationForm, RolesForm
from accounts.paging import page_of
from accounts.rules import (
    is_administrator_of,
    is_signatory_of,
    may_bring_people_to,
    may_decide_role_request,
)


@door(Role.ADMINISTRATOR, Role.SIGNATORY)
def person_list(request):
    """Members with their roles, and invitations that are open."""
    organisation = request.actor.organisation
    return render(
        request,
        "accounts/person_list.html",
        {
            "page": page_of(request, queries.people_of_own_organisation(request.actor)),
            "invitations": queries.open_invitations(request.actor),
            "role_requests": queries.role_requests(request.actor),
            "may_administer": is_administrator_of(request.actor, organisation),
            "may_bring_people": may_bring_people_to(request.actor, organisation),
            "may_approve": is_signatory_of(request.actor, organisation),
        },
    )


@door(Role.ADMINISTRATOR)
@asks_for_code()
def person_invite(request):
    """Invite someone to the organisation."""
    organisation = request.actor.organisation
    form = InvitationForm(
        request.POST or None,
        organisation=organisation,
        colleagues=queries.names_in(request.actor, organisation),
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite_person(
                actor=request.actor, organisation=organisation, **form.cleaned_data
            )
        except WrongState as wrong:
            form.add_error("email", str(wrong))
        else:
            messages.success(
                request,
                f"{invitation.email} can be invited once an authorised signatory approves"
                if invitation.state == InvitationState.AWAITING_APPROVAL
                else f"Invitation sent to {invitation.email}",
            )
            return redirect("accounts:person-list")
    return render(request, "accounts/person_invite.html", {"form": form})


@door(Role.ADMINISTRATOR)
@asks_for_code()
def person_roles(request, membership_id):
    """Change what a member does."""
    membership = get_object_or_404(
        queries.people_of_own_organisation(request.actor), pk=membership_id
    )
    held = [row.role for row in membership.roles.all()]
    form = RolesForm(
        request.POST or None, organisation=membership.organisation, initial={"roles": held}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_roles(
                actor=request.actor, membership=membership, roles=form.cleaned_data["roles"]
            )
        except WrongState as wrong:
            form.add_error("roles", str(wrong))
        else:
            messages.success(request, f"Roles of {membership.user} saved")
            asked = queries.role_requests(request.actor).filter(membership=membership).first()
            if asked is not None:
                messages.info(
                    request,
                    f"Another administrator or an operator decides about: "
                    f"{', '.join(asked.role_names)}",
                )
            return redirect("accounts:person-list")
    return render(request, "accounts/person_roles.html", {"form": form, "membership": membership})


@door(Role.ADMINISTRATOR)
def person_end(request, membership_id):
    """End a membership, after asking."""
    membership = get_object_or_404(
        queries.people_of_own_organisation(request.actor), pk=membership_id
    )
    if request.method == "POST":
        actions.end_membership(actor=request.actor, membership=membership)
        messages.success(request, f"Membership of {membership.user} ended")
        return redirect("accounts:person-list")
    return render(request, "accounts/person_end.html", {"membership": membership})


@door(Role.ADMINISTRATOR)
@asks_for_code()
def person_sessions(request, membership_id):
    """End every session of a member, after asking."""
    membership = get_object_or_404(
        queries.people_of_own_organisation(request.actor), pk=membership_id
    )
    if request.method == "POST":
        ended = actions.end_sessions(actor=request.actor, membership=membership)
        messages.success(
            request,
            f"{membership.user} is signed out everywhere"
            if ended
            else f"{membership.user} was not signed in anywhere",
        )
        return redirect("accounts:person-list")
    return render(request, "accounts/person_sessions.html", {"membership": membership})


@door(Role.ADMINISTRATOR, OPERATOR)
@asks_for_code()
def role_request(request, reference):
    """Confirm or decline roles that somebody asked for themselves."""
    asked = get_object_or_404(queries.role_requests(request.actor), reference=reference)
    if request.method == "POST":
        if request.POST.get("decision") == "confirm":
            actions.confirm_roles(actor=request.actor, request=asked)
            messages.success(request, f"{asked.membership.user} has the roles now")
        else:
            actions.decline_roles(actor=request.actor, request=asked)
            messages.success(request, f"{asked.membership.user} does not get the roles")
        return redirect("accounts:home")
    return render(
        request,
        "accounts/role_request.html",
        {"asked": asked, "may_decide": may_decide_role_request(request.actor, asked)},
    )


@door(Role.SIGNATORY)
@asks_for_code()
def signatory_approve(request, reference):
    """Let the invitation of a further signatory go out."""
    invitation = get_object_or_404(queries.open_invitations(request.actor), reference=reference)
    if request.method == "POST":
        actions.approve_signatory(actor=request.actor, invitation=invitation)
        messages.success(request, f"Invitation sent to {invitation.email}")
        return redirect("accounts:person-list")
    return render(request, "accounts/signatory_approve.html", {"invitation": invitation})


@door(Role.ADMINISTRATOR, Role.SIGNATORY)
def invitation_withdraw(request, reference):
    """Take an open invitation back, after asking."""
    invitation = get_object_or_404(queries.open_invitations(request.actor), reference=reference)
    if request.method == "POST":
        actions.withdraw_invitation(actor=request.actor, invitation=invitation)
        messages.success(request, f"Invitation of {invitation.email} withdrawn")
        return redirect("accounts:person-list")
    return render(request, "accounts/invitation_withdraw.html", {"invitation": invitation})
