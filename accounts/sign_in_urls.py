"""Signing in: allauth's pages, each behind a door of ours, and no others of its pages."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions

from django.urls import path, re_path

from accounts.access import PUBLIC, SIGNED_IN, asks_for_code, door


def _public(view):
    return door(PUBLIC)(view)


def _signed_in(view):
    """One's own account: open before the second factor is set up, so that it can be."""
    view.before_second_factor = True
    return door(SIGNED_IN)(view)


def _guarded(view):
    """What would take the second factor away, or the account over: a recent code is asked for."""
    return asks_for_code()(_signed_in(view))


urlpatterns = [
    path("", _public(account.login), name="account_login"),
    path("out/", _public(account.logout), name="account_logout"),
    path("closed/", _public(account.signup), name="account_signup"),
    path("inactive/", _public(account.account_inactive), name="account_inactive"),
    path("again/", _signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", _guarded(account.password_change), name="account_change_password"),
    path("password/reset/", _public(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/sent/",
        _public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    # The account's key holds no hyphen and the link's does, so the first hyphen parts them.
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        _public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        _public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", _signed_in(factor.index), name="mfa_index"),
    path("second-factor/enter/", _public(factor.authenticate), name="mfa_authenticate"),
    path("second-factor/again/", _signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/set-up/", _signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/remove/", _guarded(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", _guarded(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        _guarded(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        _guarded(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sessions/", _signed_in(sessions.list_usersessions), name="usersessions_list"),
]
