"""Two people who do the same thing at once: it is as if one came after the other.

Each race of ``races`` is run one after the other first, in a copy of the database. Then two threads
with connections of their own start together, several times, each time in a new copy. As many must
succeed and as many be refused, with as many rows in every table and as many of each verb in the
trail. Whoever is refused is told why: any other error fails.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from django.apps import apps
from django.db import connection

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from tests.architecture.races import RACES, Act
from tests.architecture.world import World, fill
from tests.conftest import make_demonstration
from tests.own_database import OwnDatabase, copied

# The mark makes the test database, from which the first copy is taken.
pytestmark = pytest.mark.django_db

ROUNDS = 3
DONE, REFUSED = "done", "refused"


@pytest.fixture(scope="module")
def start(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the world in it, committed."""
    with django_db_blocker.unblock(), copied(tmp_path_factory.mktemp("start")) as database:
        with database.in_use():
            world = fill(make_demonstration())
        yield database, world


@pytest.mark.parametrize("race", RACES, ids=str)
def test_two_at_once_is_as_one_after_the_other(race, start, django_db_blocker, tmp_path):
    database, world = start
    first, second = race.first, race.second or race.first
    with django_db_blocker.unblock(), copied(tmp_path, database) as prepared:
        if race.prepare:
            with prepared.in_use():
                race.prepare(world)
        orders = [(first, second)] if race.second is None else [(first, second), (second, first)]
        expected = [in_turn(prepared, tmp_path, world, order) for order in orders]
        assert {outcomes.count(DONE) for outcomes, _, _ in expected} == {race.done}
        for _ in range(ROUNDS):
            found = at_once(prepared, tmp_path, world, (first, second))
            assert found in expected, difference(found, expected[0])


def in_turn(prepared: OwnDatabase, folder, world: World, acts: tuple[Act, Act]):
    with copied(folder, prepared) as database, database.in_use():
        outcomes = [outcome(act, world) for act in acts]
        return sorted(outcomes), rows(), verbs()


def at_once(prepared: OwnDatabase, folder, world: World, acts: tuple[Act, Act]):
    barrier = threading.Barrier(len(acts), timeout=60)

    def run(act: Act) -> str:
        with database.in_use():
            connection.ensure_connection()
            barrier.wait()
            return outcome(act, world)

    with copied(folder, prepared) as database:
        with ThreadPoolExecutor(len(acts)) as pool:
            outcomes = list(pool.map(run, acts))
        with database.in_use():
            return sorted(outcomes), rows(), verbs()


def outcome(act: Act, world: World) -> str:
    """Done, refused with words for the person, or the error that nobody told them of."""
    try:
        act(world)
    except (WrongState, Refused, StaleSave):
        return REFUSED
    except Exception as error:
        return repr(error)
    return DONE


def rows() -> dict[str, int]:
    """How many rows stand in each table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: model._base_manager.count() for model in models}


def verbs() -> Counter:
    return Counter(AuditEvent.objects.values_list("verb", flat=True))


def difference(found, expected) -> str:
    outcomes, tables, trail = found
    other = {name: (tables[name], n) for name, n in expected[1].items() if tables[name] != n}
    said = {
        verb: (trail[verb], expected[2][verb])
        for verb in trail | expected[2]
        if trail[verb] != expected[2][verb]
    }
    return f"{outcomes} and not {expected[0]}; rows {other}; trail {said}"
