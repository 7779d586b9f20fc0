"""The note in a form."""

import pytest

from django.template import Context, Template

from accounts.access import Actor
from accounts.kept import token_for

pytestmark = pytest.mark.django_db

FORM = Template("{% load kept %}{% keep_text %}")


def test_keep_text_names_the_account(actor_of):
    actor = actor_of("sam")
    assert FORM.render(Context({"actor": actor})) == (
        f'<input type="hidden" name="kept_for" value="{token_for(actor.user)}">'
    )


@pytest.mark.parametrize("context", [{}, {"actor": Actor()}], ids=["no actor", "stranger"])
def test_keep_text_for_a_stranger_is_nothing(context):
    assert FORM.render(Context(context)) == ""
