"""Help, accessibility, privacy, and whether the site is up."""

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

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
    """Answers 200 when the web process and its database work. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
