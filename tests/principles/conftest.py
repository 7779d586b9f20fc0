"""The shipped frameworks and the illustrative values, as rows."""

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import Actor
from principles import actions, queries
from principles.models import Edition, ValueSet
from principles.packs import FRAMEWORKS, Pack, default_paths, read_packs
from principles.value_files import check_file, read_terms

LOADER = Actor.system("frameworks loader")


@pytest.fixture(scope="session")
def shipped_packs() -> list[Pack]:
    """The shipped framework files, read once."""
    return read_packs(default_paths())


@pytest.fixture
def editions(db, shipped_packs) -> dict[str, Edition]:
    """The shipped editions, published, by the code of their framework."""
    published = actions.publish_editions(actor=LOADER, packs=shipped_packs)
    return {result.edition.framework.code: result.edition for result in published}


@pytest.fixture
def illustrative(editions) -> ValueSet:
    """The shipped illustrative value set, published for the installation."""
    folder = FRAMEWORKS / "value-sets"
    key, terms = read_terms(folder / "illustrative.yaml")
    edition = queries.edition_of_key(LOADER, key)
    checked = check_file(
        (folder / "illustrative.csv").read_bytes(), queries.known_measures(LOADER, edition)
    )
    result = actions.publish_value_set(
        actor=LOADER, owner=None, edition=edition, terms=terms, rows=checked.rows
    )
    return result.value_set


@pytest.fixture
def library_queries():
    """``library_queries(call)``: how many queries on tables of this app the call runs.

    What every page costs (session, person, roles) is counted where it belongs, in accounts.
    """

    def count(call) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return sum('"principles_' in query["sql"] for query in captured)

    return count
