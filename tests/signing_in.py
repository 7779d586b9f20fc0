"""A test client's session as a person's own sign-in leaves it."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator


def begin_session(client, user, *, code_age_seconds: float | None = 0):
    """Sign ``user`` in; those with a second factor gave a code ``code_age_seconds`` ago.

    ``None``: the session passed no second factor, as one that is older than the factor.
    """
    client.force_login(user)
    has_factor = Authenticator.objects.filter(user=user).exists()
    if has_factor and code_age_seconds is not None:
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "at": time.time() - code_age_seconds, "type": "totp"}
        ]
        session.save()
    return client
