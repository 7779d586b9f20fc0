"""Rules 3, 4, 5 and 8: actors, viewers, doors, and an audit row behind every action."""

import ast
import importlib
import inspect
import re
import textwrap

import pytest

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from accounts import audit
from accounts.access import Actor, door_of
from tests.architecture.sources import (
    FLOORS,
    ROOT,
    all_modules,
    attributes_used,
    dotted,
    functions_of,
    imported_names,
    modules,
    shown,
)

# Public names of actions packages that are no actions.
NO_ACTIONS = {
    "commissioning.actions.ImportResult": "what an import says about itself",
    "commissioning.actions.as_text": "a value as the text that a correction keeps",
    "commissioning.actions.why_not_yet": "why an opening waits, which page and action both say",
}
# Actions without ``transaction.atomic`` around them, and why.
NOT_ATOMIC_ITSELF = {
    "commissioning.actions.act_as_opener": "keeps a wrong guess though the rest is rolled back",
    "commissioning.actions.import_notices": "opens its transaction itself, for the dry run",
    "commissioning.actions.import_confirmed": "opens one for each process, so that progress shows",
    "commissioning.actions.preview_notices": "writes nothing: its transaction is rolled back",
    "commissioning.actions.preview_of": "keeps in one statement what the dry run found",
    "providers.actions.add_evidence_file": "proves and scans the file before any row is locked",
}
# Actions that leave no audit row, and why.
LEAVES_NO_TRACE = {
    "accounts.actions.chain_trail": "is the witness of the trail, and not its subject",
    "accounts.actions.keep_head": "as above",
    "commissioning.actions.preview_notices": "writes nothing",
    "commissioning.actions.preview_of": "keeps what a dry run found, with the file that waits",
}


def actions():
    """Every public action, by its dotted name."""
    found = {}
    for app in FLOORS:
        module = importlib.import_module(f"{app}.actions")
        names = getattr(module, "__all__", None) or [
            name
            for name, value in vars(module).items()
            if inspect.isfunction(value)
            and value.__module__ == module.__name__
            and not name.startswith("_")
        ]
        for name in names:
            key = f"{app}.actions.{name}"
            if key not in NO_ACTIONS:
                found[key] = getattr(module, name)
    return found


def queries():
    """Every public function of a ``queries`` module or package, by its dotted name."""
    found = {}
    for app in FLOORS:
        module = importlib.import_module(f"{app}.queries")
        for name, value in vars(module).items():
            if (
                inspect.isfunction(value)
                and f"{value.__module__}.".startswith(f"{module.__name__}.")
                and not name.startswith("_")
            ):
                found[f"{app}.queries.{name}"] = value
    return found


# Functions of ``queries`` that read no row: they shape rows that the caller has.
NO_READS = {
    "commissioning.queries.is_open_for_bids": "compares a deadline with the clock",
    "commissioning.queries.names_are_hidden": "reads the exercise that it is given",
    "commissioning.queries.takes_questions": "compares a day with the clock",
    "commissioning.queries.wants_preferences": "reads the model that it is given",
    "providers.queries.sections_of": "groups criteria and answers that it is given",
    "scorecards.queries.declaration_url": "an address",
}
ACTIONS, QUERIES = actions(), queries()


def is_atomic(action) -> bool:
    """The function stands inside ``transaction.atomic``."""
    name = inspect.unwrap(action).__name__
    path = ROOT / inspect.getsourcefile(inspect.unwrap(action))
    marks = [ast.unparse(mark) for mark in functions_of(path)[name].decorator_list]
    return any(mark.startswith("transaction.atomic") for mark in marks)


def called_by(function) -> list:
    """The functions of the apps that a function calls by a name of its module.

    Making an object of a class of ours counts as calling its methods.
    """
    names = function.__globals__
    found = []
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            called = names.get(node.func.id)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            called = getattr(names.get(node.func.value.id), node.func.attr, None)
        else:
            called = None
        home = getattr(called, "__module__", None) or ""
        if home.split(".")[0] not in FLOORS:
            continue
        if inspect.isclass(called) and not issubclass(called, Exception | models.Model):
            found += [value for value in vars(called).values() if inspect.isfunction(value)]
        elif callable(called) and inspect.isfunction(inspect.unwrap(called)):
            found.append(inspect.unwrap(called))
    return [one for one in found if one.__code__.co_filename.startswith(str(ROOT))]


def leads_to_the_trail(function, seen: frozenset = frozenset()) -> bool:
    """Whether the function calls ``audit.record``, itself or through what it calls."""
    function = inspect.unwrap(function)
    if function is audit.record:
        return True
    return any(
        leads_to_the_trail(called, seen | {function})
        for called in called_by(function)
        if called not in seen
    )


@pytest.mark.parametrize("name", ACTIONS)
def test_action_is_keyword_only_and_names_its_actor_first(name):
    parameters = list(inspect.signature(ACTIONS[name]).parameters.values())
    # ``**fields`` can be given by name only: such an action names the fields that it knows, and
    # raises ``TypeError`` for any other.
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    assert {row.kind for row in parameters} <= by_name
    assert (parameters[0].name, parameters[0].annotation) == ("actor", Actor)


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in NOT_ATOMIC_ITSELF])
def test_action_is_one_transaction(name):
    assert is_atomic(ACTIONS[name])


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in LEAVES_NO_TRACE])
def test_action_leads_to_an_audit_row(name):
    assert leads_to_the_trail(ACTIONS[name])


@pytest.mark.parametrize("name", QUERIES)
def test_query_leaves_no_audit_row(name):
    assert not leads_to_the_trail(QUERIES[name])


def test_exceptions_for_actions_are_still_actions():
    assert sorted({*NOT_ATOMIC_ITSELF, *LEAVES_NO_TRACE} - set(ACTIONS)) == []


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in NO_READS])
def test_query_names_its_viewer_first(name):
    first = next(iter(inspect.signature(QUERIES[name]).parameters.values()))
    assert (first.name, first.annotation) == ("viewer", Actor)


def every_pattern(resolver: URLResolver | None = None, space: str = ""):
    """(url name, view) of the whole site."""
    for row in (resolver or get_resolver()).url_patterns:
        if isinstance(row, URLPattern):
            yield f"{space}{row.name}", row.callback
        else:
            yield from every_pattern(row, f"{row.namespace}:" if row.namespace else space)


PATTERNS = list(every_pattern())


@pytest.mark.parametrize(("name", "view"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_view_has_a_door(name, view):
    assert door_of(view) is not None


@pytest.mark.parametrize("name", [name for name, _ in PATTERNS if ":" in name])
def test_url_name_is_app_and_noun_or_noun_and_verb(name):
    assert re.fullmatch(rf"({'|'.join(FLOORS)}):[a-z]+(-[a-z]+)*", name)


def view_modules():
    return [
        path
        for app in FLOORS
        for path in modules(app)
        if path.parent.name == "views" or path.name == "views.py"
    ]


@pytest.mark.parametrize("path", view_modules(), ids=shown)
def test_view_module_touches_no_manager(path):
    managers = {"objects", "_default_manager", "_base_manager", "save", "delete"}
    assert sorted(attributes_used(path) & managers) == []


WRITES = {
    "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save", "delete",
}  # fmt: skip
# Modules that write rows and are no actions, and why.
OTHER_WRITERS = {
    "accounts/audit.py": "the one writer of the trail",
    "accounts/jobs.py": "the one writer of job rows",
    "accounts/kept.py": "the one writer of kept text: nobody acts, somebody's session has ended",
    "accounts/models/user.py": "how an account is made",
    "accounts/demonstration.py": "people who exist in demonstrations and tests only",
    "commissioning/demonstration.py": "profiles of invented bodies; work goes through actions",
    "scorecards/demonstration_awards.py": "as above",
    "scorecards/documents/document_docx.py": "saves a file of words in memory, and no row",
    "scorecards/demonstration.py": "saves a picture; work is written through the actions",
    "config/management/commands/seed_demonstration.py": "calls the two above",
    "accounts/file_reader/pictures.py": "saves pictures in memory, and no row",
    "providers/evidence_files.py": "keeps pictures as files, and no row",
}


def test_nothing_but_actions_writes():
    found = [
        shown(path)
        for path in all_modules()
        if dotted(path).split(".")[1:2] != ["actions"] and attributes_used(path) & WRITES
    ]
    assert sorted(found) == sorted(OTHER_WRITERS)


def lower_rooms():
    """(module, what it may not import) for rooms below the actions."""
    rooms = {
        "models": ("actions", "queries", "views", "forms"),
        "rules.py": ("actions", "queries", "models", "views", "forms"),
        "workflow.py": ("actions", "queries", "models", "views", "forms"),
        "enums.py": ("actions", "queries", "models", "views", "forms", "rules"),
    }
    return [
        (path, forbidden)
        for app in FLOORS
        for path in modules(app)
        for room, forbidden in rooms.items()
        if room in path.relative_to(ROOT / app).parts
    ]


@pytest.mark.parametrize(
    ("path", "forbidden"), lower_rooms(), ids=[shown(path) for path, _ in lower_rooms()]
)
def test_lower_room_knows_nothing_of_upper_ones(path, forbidden):
    rooms = {f"{app}.{room}" for app in FLOORS for room in forbidden}
    used = {".".join(name.split(".")[:2]) for name in imported_names(path)}
    assert sorted(used & rooms) == []


PAGES = ("django.shortcuts", "django.http")


def test_actions_take_no_request_and_render_nothing():
    found = [
        dotted(path)
        for app in FLOORS
        for path in modules(app)
        if "actions" in dotted(path).split(".")[1:2]
        and any(
            name.startswith(("django.shortcuts", "django.http")) for name in imported_names(path)
        )
    ]
    assert found == []


def test_longest_module_has_four_hundred_lines():
    lengths = {
        shown(path): len(path.read_text().splitlines()) for app in FLOORS for path in modules(app)
    }
    assert {path: number for path, number in lengths.items() if number > 400} == {}
