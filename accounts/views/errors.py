"""Errors in plain English, in the site's own look."""

from django.shortcuts import render

from accounts import kept


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", {"reason": exception}, status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    return render(request, "errors/500.html", status=500)


def csrf_failure(request, reason=""):
    """A form whose safety token is out of date: what was typed is kept, and the page offers it."""
    was_kept = kept.FIELD in request.POST and kept.keep(request)
    return render(request, "errors/csrf.html", {"was_kept": was_kept}, status=403)
