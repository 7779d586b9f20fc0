"""The menu of each person."""

import pytest

from django.urls import resolve

from accounts.access import Actor, door_of, may_open
from accounts.navigation import menu_for
from tests.personas import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [person.key for person in PEOPLE])
def test_every_entry_opens_to_who_sees_it(actor_of, name):
    viewer = actor_of(name)
    doors = [door_of(resolve(entry["url"]).func) for entry in menu_for(viewer, "/")]
    assert [may_open(viewer, marks) for marks in doors] == [True] * len(doors)


def test_menu_of_a_stranger_is_empty():
    assert menu_for(Actor(), "/") == []


def test_menu_of_the_operator(actor_of):
    entries = [entry["text"] for entry in menu_for(actor_of("olive"), "/")]
    assert entries == ["Home", "Notices", "Frameworks", "Who signs", "Audit trail", "Installation"]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["Home"]), ("/people/", ["People"]), ("/people/invite/", ["People"])],
)
def test_entry_of_the_present_page_is_marked(actor_of, path, current):
    menu = menu_for(actor_of("adam"), path)
    assert [entry["text"] for entry in menu if entry["is_current"]] == current
