"""How sign-in differs here from allauth's defaults."""

from base64 import b64decode, b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter

from django.conf import settings
from django.urls import reverse

from accounts import server_keys

SECOND_FACTOR_PURPOSE = b"cea-2nd-factor-1"
SEALED = "sealed:"
TOO_MANY = "Too many attempts. Wait at least 5 minutes, then try again"


class AccountAdapter(DefaultAccountAdapter):
    """People join by invitation only; e-mail subjects carry no site prefix.

    Links in mails begin with ``SITE_URL``: the request's Host is what its sender wrote there.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong",
        "enter_current_password": "This is not your current password",
        "incorrect_password": "This is not your password",
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject.strip()

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", args=key.split("-", 1))
        return f"{settings.SITE_URL}{path}"

    def pre_authenticate(self, request, **credentials) -> None:
        """Count the attempt against the account, the address, and the account from that address.

        Raises ``ValidationError`` where any of the limits is reached.
        """
        # The narrow limit first: what it refuses uses up nothing of the wider ones, so that one
        # address cannot spend the whole account's tries.
        account = self._get_login_attempts_cache_key(request, **credentials)
        self._usage_here = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_here",
            key=f"{account} {ratelimit.get_ip(request)}",
        )
        if not self._usage_here:
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if usage := getattr(self, "_usage_here", None):
            usage.rollback()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticators and recovery codes lie sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code does not work. Enter the code that your app shows now",
    }

    def encrypt(self, text: str) -> str:
        sealed = server_keys.seal(text.encode(), purpose=SECOND_FACTOR_PURPOSE)
        return SEALED + b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ``CryptoError`` where the server's key is another one.

        What was kept before secrets were sealed is read as it is.
        """
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        sealed = b64decode(encrypted_text.removeprefix(SEALED))
        return server_keys.unseal(sealed, purpose=SECOND_FACTOR_PURPOSE).decode()
