"""How sign-in differs from allauth's defaults."""

import pytest

from accounts.adapters import AccountAdapter


def test_nobody_signs_up(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


def test_subject_carries_no_prefix():
    assert AccountAdapter().format_email_subject(" A new password\n") == "A new password"


@pytest.mark.parametrize("address", ["assurance@council.example"])
def test_mail_comes_from_the_installation(settings, address):
    settings.DEFAULT_FROM_EMAIL = address
    assert AccountAdapter().get_from_email() == address
