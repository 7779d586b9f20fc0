"""One reader for every number that a person or a file can give: over all forms and pages."""

import ast
import importlib
import re
from itertools import pairwise

import pytest

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import NumberField
from commissioning.forms import _design_fields as design
from tests.accounts.test_numbers import NO_NUMBERS
from tests.architecture.sources import FLOORS, ROOT, all_modules, dotted, modules, shown, tree_of

BARE = {"DecimalField", "FloatField", "IntegerField", "NumberFilter", "RangeFilter", "NumberInput"}
COUNTERS = "hidden counters of saves: the page writes them, and they are only compared"
# Modules that use a bare field of numbers, how often, and why.
BARE_FIELDS = {
    "commissioning/forms/bids.py": (2, COUNTERS),
    "providers/forms.py": (2, COUNTERS),
    "scorecards/forms/awards.py": (1, COUNTERS),
    "scorecards/forms/evaluations.py": (2, COUNTERS),
    "scorecards/forms/scorecards.py": (1, COUNTERS),
}
CHOICES = "turns what was chosen from a list into its number, after the choice was checked"
# Rooms where people's input arrives: modules that turn text into a number themselves, and why.
CONVERSIONS = {
    "accounts/fields.py": "a number that was read, and what the database kept",
    "accounts/numbers.py": "the reader itself",
    "accounts/widgets.py": "parts of a date, of one to four digits",
    "commissioning/forms/_design_fields.py": CHOICES,
    "commissioning/forms/bids.py": CHOICES,
    "commissioning/forms/design.py": "sorts numbers that were read",
    "commissioning/forms/exercises.py": CHOICES,
    "commissioning/templatetags/award_model.py": "a constant",
    "commissioning/templatetags/deadlines.py": "seconds that are left",
    "providers/forms.py": "a constant, and choices that were checked",
    "scorecards/filters.py": "hundredths of a percentage that was read",
}
ROOMS = ("forms", "filters", "views", "widgets", "fields", "numbers", "paging", "templatetags")


def bare_fields(path) -> int:
    return sum(
        isinstance(node, ast.Attribute)
        and node.attr in BARE
        and isinstance(node.value, ast.Name)
        and node.value.id in ("forms", "django_filters")
        for node in ast.walk(tree_of(path))
    )


def test_no_form_asks_a_number_without_the_one_reader():
    found = {shown(path): bare_fields(path) for path in all_modules() if bare_fields(path)}
    assert found == {path: number for path, (number, _) in BARE_FIELDS.items()}


@pytest.mark.parametrize("path", BARE_FIELDS)
def test_bare_fields_are_hidden(path):
    tree = next(tree_of(one) for one in all_modules() if shown(one) == path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "IntegerField":
            widgets = [ast.unparse(one.value) for one in node.keywords if one.arg == "widget"]
            assert widgets == ["forms.HiddenInput"]


def converts(path) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("int", "float", "Decimal")
        for node in ast.walk(tree_of(path))
    )


def test_rooms_where_input_arrives_turn_no_text_into_numbers_themselves():
    found = {
        shown(path)
        for app in FLOORS
        for path in modules(app)
        if dotted(path).split(".")[1:2] and dotted(path).split(".")[1] in ROOMS and converts(path)
    }
    assert found == set(CONVERSIONS)


def every_form() -> list[type[forms.Form]]:
    for path in all_modules():
        if "forms" in dotted(path).split("."):
            importlib.import_module(dotted(path))
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    return sorted(
        (kind for kind in found if kind.__module__.split(".")[0] in FLOORS),
        key=lambda kind: (kind.__module__, kind.__qualname__),
    )


def number_fields() -> list[tuple[str, NumberField]]:
    """Every number that a form declares, and those that the fields of a design are made of."""
    declared = [
        (f"{kind.__qualname__}.{name}", field)
        for kind in every_form()
        for name, field in kind.base_fields.items()
        if isinstance(field, NumberField)
    ]
    made = [
        ("pounds", design.pounds_field("Value")),
        ("percent", design.percent_field("Weight")),
        ("points", design.points_field("Least rating")),
        ("count", design.count_field("Winners", most=9)),
    ]
    return declared + made


FIELDS = number_fields()


def test_there_are_numbers_to_look_at():
    assert len(FIELDS) > 15


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[name for name, _ in FIELDS])
def test_number_of_a_form_refuses_what_is_none_in_our_own_words(name, field):
    for typed in NO_NUMBERS:
        error = refusal_of(field, typed)
        assert error is not None, typed
        (words,) = error.messages
        start = field.name or field.label
        assert words.startswith((f"{start} must be ", f"{start} is too long")), (typed, words)


def refusal_of(field, typed) -> ValidationError | None:
    """Why the field refuses what was typed; a draft keeps it, and says so where it is completed."""
    try:
        kept = field.clean(typed)
    except ValidationError as refused:
        return refused
    return field.refusal(kept) if hasattr(field, "refusal") else None


def test_money_is_written_by_the_one_writer():
    """Only the writer puts a pound sign before a figure, but for a quotient to six digits."""
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in all_modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.JoinedStr)
        for before, after in pairwise(node.values)
        if isinstance(after, ast.FormattedValue)
        and isinstance(before, ast.Constant)
        and str(before.value).endswith("£")
        and "six_digits" not in ast.unparse(after)
        and shown(path) != "accounts/numbers.py"
    ]
    assert found == []


def test_template_leaves_the_pound_sign_to_the_writer():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert pages
    assert [path.name for path in pages if re.search(r"£\s*\{[{%]", path.read_text())] == []
