"""Whether this session, and not only this account, has passed the second factor.

allauth notes in the session each time that the person proves who they are. A session in which no
code was given is older than the factor, or was made without it: the account's having a factor says
nothing about who sits in front of that session.
"""

import time

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled

from django.conf import settings

METHOD = "mfa"


def code_given_at(request) -> float | None:
    """When a code of the second factor was last given in this session, in seconds since 1970."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == METHOD]
    return max(times, default=None)


def is_recent(request) -> bool:
    """Whether a code was given in this session within ``RECENT_CODE_SECONDS``."""
    given_at = code_given_at(request)
    return given_at is not None and time.time() - given_at < settings.RECENT_CODE_SECONDS


def has_one(request) -> bool:
    """Whether the account has a second factor. One query."""
    return is_mfa_enabled(request.user)


def note_code_given(request) -> None:
    """Note in the session that a code was given: setting up an authenticator asks for one."""
    record_authentication(request, request.user, method=METHOD)


def forget_codes(request) -> None:
    """Take back what the session passed: the factor that it passed is gone."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record.get("method") != METHOD
    ]
