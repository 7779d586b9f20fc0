"""What every page knows."""

import pytest

from accounts.access import Actor
from accounts.context import acting_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("installation", "expected"), [("demonstration", True), ("production", False), ("test", False)]
)
def test_page_says_where_it_is_a_demonstration(rf, settings, installation, expected):
    settings.INSTALLATION = installation
    assert acting_person(rf.get("/"))["is_demonstration"] is expected


def test_stranger_has_no_menu(rf):
    request = rf.get("/")
    request.actor = Actor()
    assert "navigation" not in acting_person(request)


def test_error_page_before_anybody_is_known_has_no_actor(rf):
    assert acting_person(rf.get("/"))["actor"] is None


def test_page_says_on_whose_behalf_one_acts(browse):
    text = browse("priya").get("/").content.decode()
    assert "Priya Raman, acting for <strong>City of Doncaster Council</strong>" in text
