"""Two people who do the same thing at once: it is as if one came after the other.

Each race of ``races`` is run one after the other first, and rolled back. Then two threads with
connections of their own start together, in step. As many must succeed and as many be refused, with
as many new rows in every table and as many of each verb in the trail. Whoever is refused is told
why: any other error fails.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from django.apps import apps
from django.db import connection, transaction

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from tests.architecture.races import RACES, Act, Race
from tests.architecture.world import World, fill
from tests.conftest import make_demonstration
from tests.own_database import OwnDatabase, copied

# The mark makes the test database, from which the first copy is taken.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite lets one writer in at a time; the suite runs these on PostgreSQL",
    ),
]

DONE, REFUSED = "done", "refused"
# Between two statements, so that neither thread is through before the other has looked.
STEP_SECONDS = 0.004


class Course:
    """The database in which races are run: a new copy where an earlier race used up its rows."""

    def __init__(self, start: OwnDatabase, world: World, folder):
        self.start, self.world, self.folder = start, world, folder
        self.copy, self.database = ExitStack(), None
        self.renew()

    def renew(self) -> None:
        self.copy.close()
        self.database = self.copy.enter_context(copied(self.folder, self.start))

    def in_turn(self, race: Race, acts: tuple[Act, Act]):
        """What comes of the acts one after the other, rolled back."""
        with self.database.in_use(), transaction.atomic():
            prepared = outcome(race.prepare, self.world) if race.prepare else DONE
            if prepared != DONE:
                transaction.set_rollback(True)
                return [prepared], {}
            before = state()
            outcomes = sorted(outcome(act, self.world) for act in acts)
            found = outcomes, new(before)
            transaction.set_rollback(True)
        return found

    def at_once(self, race: Race, acts: tuple[Act, Act]):
        """What comes of the acts at once, committed."""
        barrier = threading.Barrier(len(acts), timeout=60)

        def run(act: Act) -> str:
            with self.database.in_use(), connection.execute_wrapper(in_step):
                connection.ensure_connection()
                barrier.wait()
                return outcome(act, self.world)

        with self.database.in_use():
            if race.prepare:
                race.prepare(self.world)
            before = state()
            with ThreadPoolExecutor(len(acts)) as pool:
                outcomes = sorted(pool.map(run, acts))
            return outcomes, new(before)


@pytest.fixture(scope="module")
def course(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the world in it, committed, and copies of it."""
    folder = tmp_path_factory.mktemp("races")
    with django_db_blocker.unblock(), copied(folder) as start:
        with start.in_use():
            world = fill(make_demonstration())
        made = Course(start, world, folder)
        yield made
        made.copy.close()


@pytest.mark.parametrize("race", RACES, ids=str)
def test_two_at_once_is_as_one_after_the_other(race, course, django_db_blocker):
    first, second = race.first, race.second or race.first
    orders = [(first, second), (second, first)] if race.second else [(first, second)]
    with django_db_blocker.unblock():
        expected = [course.in_turn(race, order) for order in orders]
        if expected[0][0].count(DONE) != race.done:
            course.renew()
            expected = [course.in_turn(race, order) for order in orders]
        assert expected[0][0].count(DONE) == race.done, expected
        assert course.at_once(race, (first, second)) in expected


def in_step(execute, sql, params, many, context):
    """Run the statement, then let the other thread run one of its own."""
    result = execute(sql, params, many, context)
    time.sleep(STEP_SECONDS)
    return result


def outcome(act: Act, world: World) -> str:
    """Done, refused with words for the person, or the error that nobody told them of."""
    try:
        act(world)
    except (WrongState, Refused, StaleSave):
        return REFUSED
    except Exception as error:
        return repr(error)
    return DONE


def state() -> Counter:
    """How many rows stand in each table, and how many of each verb in the trail."""
    models = apps.get_models(include_auto_created=True)
    counts = Counter({model._meta.label: model._base_manager.count() for model in models})
    return counts + Counter(AuditEvent.objects.values_list("verb", flat=True))


def new(before: Counter) -> dict[str, int]:
    """What is more or less than before."""
    now = state()
    return {name: now[name] - before[name] for name in now | before if now[name] != before[name]}
