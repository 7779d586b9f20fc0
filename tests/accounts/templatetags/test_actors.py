"""Who did something, as pages name them."""

import re

import pytest

from django.conf import settings
from django.db import transaction
from django.template import Context, Template

from accounts import audit
from accounts.access import Actor
from scorecards.models import ScorecardStep

LABELS = re.compile(r"\{\{ *\w+\.(?:by|actor|started_by)_label[^}]*\}\}")
SHOWN_BESIDE_THE_KEY = {
    "trail_table.html": "{{ event|in_trail }}",
    "import_detail.html": "{{ run|starter_in_trail }}",
    "import_progress.html": "{{ run|starter_in_trail }}",
    "import_list.html": "{{ run|starter_in_trail }}",
}


@pytest.fixture
def pretender(people):
    """Carl, under a name by which the records would name a part of the system."""
    carl = people.users["carl"]
    carl.full_name = "system: importer"
    carl.save()
    return Actor.of(carl)


def shown(template: str, **context) -> str:
    return Template("{% load actors %}" + template).render(Context(context))


@pytest.mark.django_db
def test_trail_names_a_person_by_key_whatever_they_are_called(pretender):
    with transaction.atomic():
        event = audit.record(actor=pretender, verb="thing.done", subject=pretender.user)
    assert shown("{{ event|in_trail }}", event=event) == f"Person {pretender.user.reference}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "expected"),
    [(Actor.system("importer"), "The system (importer)"), (Actor(), "Nobody signed in")],
    ids=["system", "nobody"],
)
def test_trail_names_the_part_of_the_system(actor, expected):
    event = audit.record(actor=actor, verb="thing.done", subject=None)
    assert shown("{{ event|in_trail }}", event=event) == expected


@pytest.mark.django_db
def test_step_of_a_person_is_never_said_to_be_the_systems(pretender):
    step = ScorecardStep(by=pretender.user, by_label=pretender.label)
    assert shown("{{ step|in_history }}", step=step) == "system: importer"
    system = ScorecardStep(by=None, by_label=Actor.system("scoring").label)
    assert shown("{{ step|in_history }}", step=system) == "The system"


def test_every_page_that_shows_a_typed_name_shows_the_key_beside_it():
    found = {
        path.name: path.read_text()
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
        if LABELS.search(path.read_text())
    }
    assert set(found) == set(SHOWN_BESIDE_THE_KEY)
    assert [name for name, key in SHOWN_BESIDE_THE_KEY.items() if key not in found[name]] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["evaluator", "approver"], "evaluator, approver"),
        ([], "none"),
        (None, "none"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("CT-7F3KQ8M", "CT-7F3KQ8M"),
    ],
)
def test_fact_of_the_trail_is_said_without_signs_of_code(value, expected):
    assert shown("{{ value|fact }}", value=value) == expected
