"""Errors in plain English, in the site's own look."""

import sys

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import faults, kept


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"reason": exception}, status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """A fault of ours (500), or something that is not to be had just now (503).

    The page for the latter holds what was typed in a form that posts it again, but for passwords
    and files: it needs neither the database nor a session.
    """
    if not faults.lacking(sys.exc_info()[1]):
        return render(request, "errors/500.html", status=500)
    context = {}
    if request.method == "POST":
        fields = [
            (name, name.replace("_", " ").capitalize(), value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and "password" not in name
        ]
        had_secrets = bool(request.FILES) or any("password" in name for name in request.POST)
        context = {
            "path": request.get_full_path(),
            "csrf_token": get_token(request),
            "fields": fields,
            "had_secrets": had_secrets,
        }
    page = render_to_string("errors/503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "60"})


def csrf_failure(request, reason=""):
    """A form whose safety token is out of date: what was typed is kept, and the page offers it."""
    was_kept = kept.FIELD in request.POST and kept.keep(request)
    return render(request, "errors/csrf.html", {"was_kept": was_kept}, status=403)
