"""What the sign-in library announces, written into the trail.

allauth does the signing in and calls nobody of ours; its signals are the only place where a failed
attempt or a new authenticator can be seen. Connected by ``AppConfig.ready``.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset
from allauth.account.signals import user_logged_in as passed_the_door
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)

from django.contrib.auth.signals import user_logged_in, user_login_failed

from accounts import actions, second_factor
from accounts.access import Actor
from accounts.middleware import SIGNED_IN_AT


def connect() -> None:
    """Listen to the library. Safe to call twice."""
    for signal, receiver in (
        (user_logged_in, session_began),
        (passed_the_door, signed_in),
        (user_login_failed, password_failed),
        (authentication_failed, code_failed),
        (authenticator_added, factor_added),
        (authenticator_removed, factor_removed),
        (authenticator_reset, factor_made_anew),
        (password_changed, new_password),
        (password_reset, new_password),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")


def session_began(sender, request, user, **kwargs) -> None:
    request.session[SIGNED_IN_AT] = time.time()


def signed_in(sender, request, user, **kwargs) -> None:
    actions.record_sign_in(actor=Actor.of(user), network_address=_network_address(request))


def password_failed(sender, credentials, request=None, **kwargs) -> None:
    if request is not None:
        actions.record_failed_sign_in(
            actor=Actor(),
            email=credentials.get("email", ""),
            network_address=_network_address(request),
        )


def code_failed(sender, request, user, **kwargs) -> None:
    actions.record_failed_sign_in(
        actor=Actor(), email=user.email, network_address=_network_address(request), step="code"
    )


def factor_added(sender, request, user, authenticator, **kwargs) -> None:
    # The person typed a code to set it up: that session has passed the factor, no other has.
    second_factor.note_code_given(request)
    _changed(request, user, "second_factor.added", authenticator.type)


def factor_removed(sender, request, user, authenticator, **kwargs) -> None:
    second_factor.forget_codes(request)
    _changed(request, user, "second_factor.removed", authenticator.type)


def factor_made_anew(sender, request, user, authenticator, **kwargs) -> None:
    _changed(request, user, "second_factor.made_anew", authenticator.type)


def new_password(sender, request, user, **kwargs) -> None:
    _changed(request, user, "password.changed", "password")


def _changed(request, user, verb: str, kind: str) -> None:
    actions.record_factor_change(
        actor=Actor.of(user),
        user=user,
        verb=verb,
        kind=str(kind),
        keep_session=request.session.session_key,
    )


def _network_address(request) -> str:
    return get_adapter(request).get_client_ip(request)
