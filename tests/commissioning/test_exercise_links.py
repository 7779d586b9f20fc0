"""What upper floors put on a exercise's page."""

from accounts.access import Actor
from commissioning import exercise_links
from commissioning.exercise_links import ExerciseLink


def test_links_come_in_the_order_of_registration_and_each_source_once(monkeypatch):
    monkeypatch.setattr(exercise_links, "_SOURCES", [])

    def first(viewer, exercise):
        return [ExerciseLink("One", f"/{exercise}/")]

    def second(viewer, exercise):
        yield ExerciseLink("Two", "/two/", is_action=True)

    for source in (first, second, first):
        exercise_links.register(source)
    found = exercise_links.links_for(Actor(), "CT-1")
    assert [(link.text, link.url, link.is_action) for link in found] == [
        ("One", "/CT-1/", False),
        ("Two", "/two/", True),
    ]
