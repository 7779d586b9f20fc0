"""What every request passes through: its id, its actor, kept text, and the door."""

import uuid

import structlog

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import kept
from accounts.access import PUBLIC, Actor, StaleSave, WrongState, door_of, may_open
from accounts.models import Organisation

ACTING_FOR = "acting_for"


def request_id(get_response):
    """Give every request a short id, in the log lines and in the audit rows that it writes."""

    def middleware(request):
        request.id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def acting_person(get_response):
    """Set ``request.actor``: the person, the organisation that they chose, and its roles."""

    def middleware(request):
        chosen = request.session.get(ACTING_FOR)
        organisation = Organisation.objects.filter(pk=chosen).first() if chosen else None
        request.actor = Actor.of(request.user, organisation)
        if organisation and request.actor.organisation is None:
            # The chosen membership has ended: act for another, if there is one.
            request.session.pop(ACTING_FOR, None)
            request.actor = Actor.of(request.user)
        return get_response(request)

    return middleware


def kept_text(get_response):
    """Keep what is posted without a session, before anything can refuse it."""

    def middleware(request):
        if (
            request.method == "POST"
            and not request.actor.is_signed_in
            and kept.FIELD in request.POST
            and kept.keep(request)
        ):
            if request.headers.get("X-Autosave"):
                return JsonResponse({"signed_out": True, "kept": True}, status=401)
            messages_later = {"next": request.path, "kept": "1"}
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(messages_later)}")
        response = get_response(request)
        saved_draft = response.status_code == 200 and "X-Autosave" in request.headers
        if request.method == "POST" and (300 <= response.status_code < 400 or saved_draft):
            kept.discard(request)
        return response

    return middleware


class Door:
    """Open a page only to those that its view's mark names; a view without a mark raises."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        marks = door_of(view)
        if marks is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{view.__qualname__} has no door: mark it with "
                "accounts.access.door."
            )
        if may_open(request.actor, marks):
            return None if PUBLIC in marks else self._second_factor(request, view)
        if request.actor.is_signed_in:
            raise PermissionDenied("Your role does not open this page.")
        return redirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )

    def _second_factor(self, request, view):
        """Send those who must have a second factor, and have none, to set one up first."""
        from allauth.mfa.utils import is_mfa_enabled

        if (
            request.actor.needs_second_factor
            and not getattr(view, "before_second_factor", False)
            and not is_mfa_enabled(request.user)
        ):
            messages.info(request, "Your role needs a second factor. Set it up to go on.")
            return redirect("mfa_activate_totp")
        return None

    def process_exception(self, request, exception):
        if isinstance(exception, WrongState):
            return render(request, "errors/wrong_state.html", {"reason": exception}, status=409)
        if isinstance(exception, StaleSave):
            return render(request, "errors/stale.html", status=409)
        return None
