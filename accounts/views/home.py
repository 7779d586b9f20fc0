"""The home page, and whom one acts for."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import home as home_items
from accounts import queries
from accounts.access import SIGNED_IN, door
from accounts.middleware import ACTING_FOR


@door(SIGNED_IN)
def home(request):
    """What needs me now, what is late, what changed."""
    items = home_items.items_for(request.actor)
    return render(
        request,
        "accounts/home.html",
        {
            "needs_me": items[home_items.NEEDS_ME],
            "late": items[home_items.LATE],
            "changed": items[home_items.CHANGED],
            "organisations": queries.organisations_of(request.actor),
        },
    )


@door(SIGNED_IN)
@require_POST
def act_for(request):
    """Switch to another of one's own organisations."""
    chosen = get_object_or_404(
        queries.organisations_of(request.actor), reference=request.POST.get("organisation")
    )
    request.session[ACTING_FOR] = chosen.pk
    return redirect("accounts:home")


@door(SIGNED_IN)
def account(request):
    """Password, second factor and sessions of the signed-in person."""
    return render(request, "accounts/account.html")


# A person who has still to set up the second factor can read and do just this much.
account.before_second_factor = True
