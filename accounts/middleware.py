"""What every request passes through: its id, its actor, kept text, and the door."""

import re
import time
import uuid

import structlog

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpResponseNotFound, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import faults, kept, second_factor
from accounts.access import (
    PUBLIC,
    Actor,
    StaleSave,
    WrongState,
    code_asked_by,
    door_of,
    may_open,
)
from accounts.models import Organisation

ACTING_FOR = "acting_for"
SIGNED_IN_AT = "signed_in_at"
USED_AT = "used_at"
HEALTH_PATH = "/health/"
# NUL, and halves of characters.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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


def health_host(get_response):
    """Answer under the container's own host name for the health page only."""

    def middleware(request):
        host = request.META.get("HTTP_HOST", "").partition(":")[0].lower().removesuffix(".")
        if host == settings.HEALTH_HOST and request.path_info != HEALTH_PATH:
            return HttpResponseNotFound()
        return get_response(request)

    return middleware


def response_headers(get_response):
    """Let no page be kept by browsers or proxies, nor use what it has no need of."""

    def middleware(request):
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def storable_text(get_response):
    """Refuse text that no database takes, wherever it stands in a request.

    A NUL in the address is an address that does not exist; anywhere else the request is wrong.
    """

    def middleware(request):
        if UNSTORABLE.search(request.path_info):
            return render(request, "errors/404.html", status=404)
        if any(UNSTORABLE.search(text) for text in _texts_of(request)):
            return render(request, "errors/400.html", status=400)
        return get_response(request)

    return middleware


def _texts_of(request):
    """Every name and text of the query, the form and the cookies. Django cleans names of files."""
    yield from request.COOKIES.values()
    for given in (request.GET, request.POST):
        for name, values in given.lists():
            yield name
            yield from values
    yield from request.FILES


class Session(SessionMiddleware):
    """Django's sessions, with two differences.

    A session is written when something of it changed, or when its last use was written down more
    than ``SESSION_USE_WRITTEN_EVERY_SECONDS`` ago, so that it ends that much sooner at most.

    A database that went away is no session that somebody ended. Django takes every failure to save
    a session for that, and answers 400. By then the view has done its work, so the session is saved
    once more, on a new connection: otherwise somebody whose work was saved would be told to try
    again.
    """

    def process_response(self, request, response):
        self._note_use(request.session)
        try:
            return super().process_response(request, response)
        except (SessionInterrupted, OperationalError, InterfaceError) as failed:
            if not faults.lacking(failed):
                raise
        faults.drop_dead_connection()
        try:
            return super().process_response(request, response)
        except SessionInterrupted as failed:
            if not faults.lacking(failed):
                raise
            raise OperationalError("The session could not be saved.") from failed

    @staticmethod
    def _note_use(session) -> None:
        if not session.accessed or session.is_empty():
            return
        age = time.time() - session.get(USED_AT, 0)
        if session.modified or age >= settings.SESSION_USE_WRITTEN_EVERY_SECONDS:
            session[USED_AT] = int(time.time())


def session_limit(get_response):
    """End a session that began longer ago than ``SESSION_LIMIT_SECONDS``, however busy it is."""

    def middleware(request):
        if request.user.is_authenticated:
            began_at = request.session.get(SIGNED_IN_AT, 0)
            if time.time() - began_at > settings.SESSION_LIMIT_SECONDS:
                logout(request)
        return get_response(request)

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
        done = 300 <= response.status_code < 400 and not getattr(request, "awaits_code", False)
        if request.method == "POST" and (done or saved_draft):
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
        """Send people to set up the factor, or to enter a code, before the page is theirs.

        It is this session that must have passed the factor, not the account that must have one.
        What was typed into a form is kept meanwhile, and offered in the form afterwards.
        """
        asked = code_asked_by(view)
        if getattr(view, "before_second_factor", False) and asked is None:
            return None
        must = request.actor.needs_second_factor or asked == "everyone"
        passed = second_factor.code_given_at(request) is not None
        if passed and (asked is None or second_factor.is_recent(request)):
            return None
        if not passed and not must and (asked is None or not second_factor.has_one(request)):
            return None
        if not passed and not second_factor.has_one(request):
            messages.info(request, "This needs a second factor. Set it up to go on.")
            return redirect("mfa_activate_totp")
        if request.method == "POST" and kept.FIELD in request.POST:
            request.awaits_code = kept.keep_for(request.user, request)
        messages.info(request, "Enter a code of your second factor to go on.")
        after = request.get_full_path() if request.method in ("GET", "POST") else "/"
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': after})}")

    def process_exception(self, request, exception):
        if isinstance(exception, WrongState):
            return render(request, "errors/wrong_state.html", {"reason": exception}, status=409)
        if isinstance(exception, StaleSave):
            return render(request, "errors/stale.html", status=409)
        return None
