"""Which assurance bodies may read this commissioner."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Role, WrongState, door, require
from accounts.kept import kept_initial
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.forms import EngagementForm


@door(Role.ADMINISTRATOR)
def engagement_list(request):
    """The engagements that this commissioner gave."""
    return render(
        request,
        "commissioning/engagement_list.html",
        {
            "page": page_of(request, queries.given_engagements(request.actor)),
            "today": timezone.localdate(),
            "may_give": request.actor.organisation.acts_as_commissioner,
        },
    )


@door(Role.ADMINISTRATOR)
def engagement_new(request):
    """Let an assurance body read."""
    require(
        request.actor.organisation.acts_as_commissioner,
        "Only a commissioning body lets an assurance body read.",
    )
    form = EngagementForm(
        request.POST or None,
        bodies=queries.assurance_bodies(request.actor),
        contracts=queries.contracts_to_name(request.actor),
        initial=kept_initial(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            engagement = actions.give_engagement(actor=request.actor, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"Engagement {engagement.reference} given")
            return redirect("commissioning:engagement-list")
    return render(request, "commissioning/engagement_new.html", {"form": form})


@door(Role.ADMINISTRATOR)
def engagement_end(request, reference):
    """End an engagement, after asking."""
    engagement = get_object_or_404(queries.given_engagements(request.actor), reference=reference)
    if request.method == "POST":
        actions.end_engagement(actor=request.actor, engagement=engagement)
        messages.success(request, f"Engagement {engagement.reference} ended")
        return redirect("commissioning:engagement-list")
    return render(request, "commissioning/engagement_end.html", {"engagement": engagement})
