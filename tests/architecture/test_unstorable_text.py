"""Text that no database takes is refused at every address, in every place of a request.

Under PostgreSQL a NUL in a query is an error of the database; here it never comes that far.
"""

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import arguments
from tests.architecture.test_access_table import PAGE_ROWS
from tests.architecture.test_signatures import PATTERNS
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

ROW_OF = {address: of for address, of, _ in reversed(PAGE_ROWS)}
NAMES = [name for name, _ in PATTERNS]


@pytest.fixture(scope="module")
def browser(world, django_db_blocker):
    """Priya, who may open most pages; the refusal comes before any gate."""
    with django_db_blocker.unblock():
        return begin_session(Client(), world.people.users["priya"])


def address_of(world, name) -> str:
    return reverse(name, args=arguments(world, name, ROW_OF[name]))


@pytest.mark.parametrize("name", NAMES)
def test_address_refuses_what_no_database_takes(world, browser, name):
    path = address_of(world, name)
    found = {
        "path": browser.get(path.rstrip("/") + "%00/").status_code,
        "query": browser.get(f"{path}?q=%00&page=a%00b").status_code,
        "name in the query": browser.get(f"{path}?a%00b=1").status_code,
        "form": browser.post(path, {"title": "a\x00b"}).status_code,
    }
    assert found == {
        "path": 404,
        "query": 400,
        "name in the query": 400,
        "form": 400,
    }


def test_cookie_with_a_nul_is_refused():
    """Cookies quote characters by number, so a NUL passes every web server."""
    answer = Client().get("/", headers={"cookie": 'sessionid="\\000abc"'})
    assert answer.status_code == 400


def test_field_of_a_file_named_with_a_nul_is_refused(world, browser):
    file = SimpleUploadedFile("a.pdf", b"%PDF-")
    assert browser.post("/evidence/new/file/", {"fi\x00le": file}).status_code == 400
