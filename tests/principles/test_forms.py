import pytest

from django.core.files.uploadedfile import SimpleUploadedFile

from principles.enums import Level
from principles.forms import LibrarySearchForm, ValueSetForm
from principles.value_files import MAX_BYTES

GOOD = {
    "edition": "national-toms@2019.1",
    "title": "County",
    "label": "county-1",
    "licence": "Licensed.",
    "in_force_from_0": "1",
    "in_force_from_1": "4",
    "in_force_from_2": "2026",
    "deadweight": "gross",
}


def form(editions, content=b"x", **changes):
    names = {"in_force_from": "in_force_from_", "in_force_to": "in_force_to_"}
    data = {**GOOD, **changes}
    blank = ValueSetForm(editions=editions.values())
    for name in names:
        parts = blank.fields[name].widget.widgets_names
        for index, part in enumerate(parts):
            if f"{name}_{index}" in data:
                data[f"{name}{part}"] = data.pop(f"{name}_{index}")
    return ValueSetForm(
        data, {"file": SimpleUploadedFile("v.csv", content)}, editions=editions.values()
    )


@pytest.mark.parametrize("address", [{}, {"level": "deep"}, {"words": "x" * 101}])
def test_search_shows_everything_for_nonsense(address):
    assert LibrarySearchForm(address, with_level=True).chosen == {
        "level": Level.ENHANCED,
        "words": "",
    }


def test_search_keeps_what_was_asked():
    search = LibrarySearchForm({"level": "core", "words": "gifts"}, with_level=True)
    assert search.chosen == {"level": "core", "words": "gifts"}


def test_value_set_form_gives_terms(editions):
    filled = form(editions, is_illustrative="on")
    assert filled.is_valid(), filled.errors
    assert filled.terms.gross_of_deadweight
    assert filled.terms.is_illustrative
    assert filled.terms.in_force_from.isoformat() == "2026-04-01"
    assert filled.terms.in_force_to is None


@pytest.mark.parametrize(
    ("changes", "name", "error"),
    [
        ({"edition": ""}, "edition", "Choose the edition that the values are for"),
        ({"title": ""}, "title", "Enter a title"),
        (
            {"label": "two words"},
            "label",
            "A label has letters, numbers, points and hyphens, such as county-2026.1",
        ),
        ({"licence": ""}, "licence", "Enter the licence that lets you use these values"),
        ({"deadweight": ""}, "deadweight", "Choose whether deadweight is still in the values"),
        (
            {"in_force_to_0": "1", "in_force_to_1": "1", "in_force_to_2": "2020"},
            "in_force_to",
            "Last day in force must be after the first day",
        ),
        ({"content": b""}, "file", "The file is empty"),
        ({"content": b"x" * (MAX_BYTES + 1)}, "file", "The file must be smaller than 2 MB"),
    ],
)
def test_value_set_form_says_what_is_wrong(editions, changes, name, error):
    assert form(editions, **changes).errors == {name: [error]}
