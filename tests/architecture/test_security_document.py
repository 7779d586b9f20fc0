"""``docs/security.md`` has a row for every requirement, and cites nothing that is not there."""

import ast
import re
from dataclasses import dataclass

import pytest

from tests.architecture.sources import ROOT, shown, tree_of

DOCUMENT = ROOT / "docs" / "security.md"
# How many requirements of levels 1 and 2 each section of the ASVS 5.0.0 has: they are numbered on.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11,
    "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
REQUIREMENTS = [f"{name}.{at}" for name, count in SECTIONS.items() for at in range(1, count + 1)]
STATUSES = ("met", "met, no test", "partly met", "not met")
FEWEST_WORDS = 5

_ROW = re.compile(r"^\| ?(?P<number>\d+\.\d+\.\d+) ?\|(?P<rest>.*)\|$", re.MULTILINE)
_UNFIT = re.compile(r"^- \*\*(?P<numbers>[\d., ]+)\*\*: (?P<reason>.+)$", re.MULTILINE)
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?P<path>[\w.-]+(?:/[\w.-]+)*/?)(?:::(?P<name>\w+))?")
_ENDINGS = (".py", ".md", ".txt", ".yml", ".toml", ".json", ".js", ".html", ".sh", ".template")
_TOP_LEVEL = ("Dockerfile", ".dockerignore", "LICENSE", "Makefile")


@dataclass(frozen=True)
class Row:
    """One requirement: what is asked, whether it is met, and what shows it or why not."""

    number: str
    asked: str
    status: str
    shown_by: str


def text() -> str:
    return DOCUMENT.read_text()


def rows() -> list[Row]:
    """A row with too few cells gets empty ones, and is found by that."""
    found = []
    for match in _ROW.finditer(text()):
        cells = [cell.strip() for cell in match["rest"].split("|")]
        asked, status, shown_by = [*cells, "", "", ""][:3]
        found.append(Row(match["number"], asked, status, shown_by))
    return found


def unfit() -> dict[str, str]:
    """What does not apply: a requirement, a section or a chapter, each with its reason."""
    return {
        number.strip(): match["reason"]
        for match in _UNFIT.finditer(text())
        for number in match["numbers"].split(",")
    }


def cited(within: str) -> list[tuple[str, str]]:
    """The paths that a text cites in backticks, each with the name after it, or ""."""
    found = []
    for quoted in _QUOTED.findall(within):
        match = _PATH.fullmatch(quoted)
        if match and (
            "/" in quoted
            or "::" in quoted
            or quoted.endswith(_ENDINGS)
            or match["path"] in _TOP_LEVEL
        ):
            found.append((match["path"], match["name"] or ""))
    return found


def shows(path: str) -> bool:
    """Whether it is a test or a document: code alone shows nothing."""
    return path.startswith(("tests/", "docs/")) or path.endswith(".md")


def functions_in(path: str) -> set[str]:
    return {
        node.name
        for node in ast.walk(tree_of(ROOT / path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def words_of(cell: str) -> list[str]:
    """The words of a cell that say something: what it cites is left out."""
    return re.findall(r"[A-Za-z]{2,}", _QUOTED.sub("", cell))


ROWS = rows()
CITED = sorted(set(cited(text())))


def test_every_requirement_stands_in_a_row_or_is_said_not_to_apply():
    apart = unfit()
    in_rows = [row.number for row in ROWS]
    left_out = {
        number
        for number in REQUIREMENTS
        for name in (number, number.rsplit(".", 1)[0], number.split(".")[0])
        if name in apart
    }
    assert sorted(in_rows) == sorted(set(in_rows))
    assert set(in_rows) & left_out == set()
    assert set(in_rows) | left_out == set(REQUIREMENTS)


def test_what_does_not_apply_has_a_reason():
    assert [number for number, reason in unfit().items() if len(words_of(reason)) < 3] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_row_says_what_is_asked_and_whether_it_is_met(row):
    assert row.status in STATUSES
    assert len(words_of(row.asked)) >= 3


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)
def test_row_shows_that_it_is_met_or_says_why_not(row):
    if row.status == "met":
        assert [path for path, _ in cited(row.shown_by) if shows(path)]
    else:
        assert len(words_of(row.shown_by)) >= FEWEST_WORDS


@pytest.mark.parametrize(("path", "name"), CITED, ids=["::".join(one) for one in CITED])
def test_what_is_cited_exists(path, name):
    assert (ROOT / path).exists(), f"{path} does not exist."
    if name:
        assert name in functions_in(path), f"{path} has no function {name}."


def test_commands_that_are_named_exist():
    commands = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    named = set(re.findall(r"`manage\.py (\w+)", text()))
    assert named - commands == set()


def test_sections_that_are_named_exist():
    named = set(re.findall(r'"([A-Z][^"|]*)" above', text()))
    assert len(named) > 5
    assert named - set(re.findall(r"^### (.+)$", text(), re.MULTILINE)) == set()


def test_list_of_what_is_not_met_is_whole():
    """Whoever decides about an installation reads that list first."""
    opening = text().split("\n## ")[1]
    listed = set(re.findall(r"^- (\d+\.\d+\.\d+)\b", opening, re.MULTILINE))
    assert listed == {row.number for row in ROWS if row.status == "not met"}


def test_document_is_found_from_the_readme():
    readme = (ROOT / "README.md").read_text()
    assert [name for name in (shown(DOCUMENT), "SECURITY.md") if f"]({name})" not in readme] == []
