"""The note in a form."""

import pytest

from django.contrib.sessions.backends.db import SessionStore
from django.template import Context, Template

from accounts.access import Actor
from accounts.kept import token_for

pytestmark = pytest.mark.django_db

FORM = Template("{% load kept %}{% keep_text %}")


def test_keep_text_names_the_account(actor_of, rf, time_machine):
    time_machine.move_to("2026-11-02 10:00", tick=False)
    actor = actor_of("sam")
    request = rf.get("/")
    request.session = SessionStore(session_key="a session")
    assert FORM.render(Context({"actor": actor, "request": request})) == (
        f'<input type="hidden" name="kept_for" value="{token_for(actor.user, "a session")}">'
    )


@pytest.mark.parametrize("context", [{}, {"actor": Actor()}], ids=["no actor", "stranger"])
def test_keep_text_for_a_stranger_is_nothing(context):
    assert FORM.render(Context(context)) == ""
