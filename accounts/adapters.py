"""How sign-in differs here from allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter

from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """People join by invitation only; e-mail subjects carry no site prefix."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject.strip()

    def get_from_email(self) -> str:
        return settings.DEFAULT_FROM_EMAIL
