"""E-mail."""

import pytest

from accounts.notifications import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def template(settings, tmp_path):
    """Write a template of a text: ``template("hello", "Subject: …")``."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [tmp_path],
            "OPTIONS": {},
        }
    ]

    def write(name, text):
        (tmp_path / f"{name}.txt").write_text(text)

    return write


def test_each_address_gets_its_own_message_after_the_commit(
    template, mailoutbox, django_capture_on_commit_callbacks
):
    template("hello", "Subject: Hello {{ name }}\n\nRead {{ site_url }}\n")
    with django_capture_on_commit_callbacks(execute=True):
        send(to=["a@example.org", "b@example.org"], template="hello", context={"name": "you"})
        assert mailoutbox == []
    assert [(mail.to, mail.subject, mail.body) for mail in mailoutbox] == [
        ([address], "Hello you", "Read http://127.0.0.1:8000\n")
        for address in ("a@example.org", "b@example.org")
    ]


def test_message_without_subject_is_refused(template):
    template("hello", "Hello\n")
    with pytest.raises(ValueError, match="does not begin with its subject"):
        send(to=["a@example.org"], template="hello", context={})
