"""Help, accessibility, privacy, and whether the site is up."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts import faults
from accounts.access import PUBLIC, door
from accounts.enums import ROLE_DESCRIPTIONS


@door(PUBLIC)
def help_page(request):
    return render(request, "pages/help.html", {"roles": ROLE_DESCRIPTIONS})


@door(PUBLIC)
def accessibility(request):
    return render(request, "pages/accessibility.html")


@door(PUBLIC)
def privacy(request):
    return render(request, "pages/privacy.html")


@door(PUBLIC)
def health(request):
    """Answers "ok" where all that the service stands on answers; else 503 and what does not."""
    missing = [name for name, is_there in faults.health().items() if not is_there]
    if missing:
        text = "\n".join(f"{name}: unavailable" for name in missing)
        return HttpResponse(text, content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
