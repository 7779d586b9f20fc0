"""Who did something, as pages name them."""

import re

import pytest

from django.conf import settings
from django.template import Context, Template

from accounts.access import Actor
from accounts.models import User

LABELS = re.compile(r"\{\{ *(\w+\.(?:by|actor|started_by)_label)([^}]*?) *\}\}")


@pytest.mark.parametrize(
    ("actor", "in_history", "in_trail"),
    [
        (Actor.system("scoring"), "The system", "The system (scoring)"),
        (Actor(user=User(full_name="Carl Osei")), "Carl Osei", "Carl Osei"),
    ],
    ids=["system", "person"],
)
def test_actor_is_named_as_the_subject_of_a_sentence(actor, in_history, in_trail):
    page = Template("{% load actors %}{{ label|in_history }} or {{ label|in_trail }}")
    assert page.render(Context({"label": actor.label})) == f"{in_history} or {in_trail}"


def test_every_page_that_names_who_did_something_does_so_in_words():
    found = [
        (path.name, label, words)
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
        for label, words in LABELS.findall(path.read_text())
    ]
    assert len(found) > 5
    assert [row for row in found if row[2] not in ("|in_history", "|in_trail")] == []
