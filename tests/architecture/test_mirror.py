"""The tests mirror the code, file for file."""

import ast
import io
import tokenize
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, all_modules, shown, tree_of

FEW_LINES = 15
# Modules that are tested together, where, and why that is sensible.
TOGETHER = {
    "*/apps.py": ("tests/architecture/test_access_table.py", "registers what the site then shows"),
    "*/urls.py": ("tests/architecture/test_access_table.py", "one table holds every address"),
    "accounts/models/*.py": ("tests/accounts/models/test_constraints.py", "rows that are refused"),
    "principles/models/*.py": ("tests/principles/models/test_constraints.py", "as above"),
    "providers/models/*.py": ("tests/providers/models/test_constraints.py", "as above"),
    "commissioning/models/*.py": ("tests/commissioning/models/test_constraints.py", "as above"),
    "scorecards/models/*.py": ("tests/scorecards/models/test_constraints.py", "as above"),
    "scorecards/actions/_lot_steps.py": (
        "tests/scorecards/actions/test_bid_ratings.py",
        "what every action of a lot begins with",
    ),
    "commissioning/actions/_import_*.py": (
        "tests/commissioning/actions/test_imports.py",
        "private parts of one action",
    ),
    "config/management/commands/backup.py": (
        "tests/journeys/test_restore_drill.py",
        "what was backed up is restored, as processes",
    ),
    "config/management/commands/restore*.py": ("tests/journeys/test_restore_drill.py", "as above"),
    "config/management/commands/verify_documents.py": (
        "tests/config/test_document_check.py",
        "what the command says of a file that was changed",
    ),
    "config/management/commands/*_trail.py": (
        "tests/config/test_trail_check.py",
        "what the commands say of a trail that was changed",
    ),
    "commissioning/actions/_design_rows.py": (
        "tests/commissioning/actions/test_design.py",
        "what the actions of a design share",
    ),
    "commissioning/actions/_exercise_steps.py": (
        "tests/commissioning/actions/test_exercises.py",
        "what the actions of an exercise share",
    ),
    "commissioning/actions/_model_rows.py": (
        "tests/commissioning/test_inputs.py",
        "rows written from a model are read back as that model",
    ),
    "commissioning/award_model/price_inputs.py": (
        "tests/commissioning/award_model/test_outline.py",
        "plain records, which the outline puts into sentences",
    ),
    "commissioning/forms/_design_fields.py": (
        "tests/commissioning/forms/test_design.py",
        "fields that the forms of a design share",
    ),
    "commissioning/forms/_bid_fields.py": (
        "tests/commissioning/forms/test_bids.py",
        "the field of numbers in a draft",
    ),
    "commissioning/actions/_opened_rows.py": (
        "tests/commissioning/actions/test_bid_openings.py",
        "what an opening writes",
    ),
    "commissioning/views/*.py": (
        "tests/commissioning/views/test_lists.py",
        "the pages of a case are tested in the order in which people use them",
    ),
    "commissioning/ocds/facts.py": ("tests/commissioning/ocds/test_mapping.py", "plain records"),
    "principles/packs/records.py": ("tests/principles/packs/test_reading.py", "plain records"),
    "scorecards/award_documents/*.py": (
        "tests/scorecards/award_documents/test_summaries.py",
        "facts, wording and files of documents that are looked at whole",
    ),
    "scorecards/documents/[cdp]*.py": (
        "tests/scorecards/documents/test_report.py",
        "parts of one document, which is looked at whole",
    ),
    "scorecards/documents/layout_social_value.py": (
        "tests/scorecards/documents/test_layout.py",
        "a part of the layout",
    ),
    "scorecards/documents/verifying.py": (
        "tests/scorecards/documents/test_signing.py",
        "a signature is made and checked in one breath",
    ),
    "scorecards/scoring/*.py": (
        "tests/scorecards/scoring/test_card.py",
        "private parts of one pure function; its properties and worked examples stand beside it",
    ),
}


def code_lines(path: Path) -> int:
    """Lines of code: without blank lines, comments and docstrings."""
    ignored = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    rows: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
        if token.type not in ignored:
            rows |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            rows -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(rows)


def mirror_of(path: Path) -> bool:
    """Whether a test file, or a folder of test files, has the module's own place and name."""
    place = (ROOT / "tests" / path.relative_to(ROOT)).with_suffix("")
    return place.with_name(f"test_{place.name}.py").exists() or place.is_dir()


def group_of(path: Path) -> str | None:
    """The line of ``TOGETHER`` that the module falls under: the most exact one."""
    return max((group for group in TOGETHER if fnmatch(shown(path), group)), key=len, default=None)


MODULES = [
    path for path in all_modules() if path.name != "__init__.py" and code_lines(path) > FEW_LINES
]


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_has_its_tests(path):
    group = group_of(path)
    assert mirror_of(path) or (group is not None and (ROOT / TOGETHER[group][0]).exists())


def test_groups_are_all_in_use():
    used = {group_of(path) for path in MODULES if not mirror_of(path)}
    assert sorted(set(TOGETHER) - used) == []


def test_tests_fake_none_of_our_own_code():
    found = [
        shown(path)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for name in {
            alias.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        if name in ("mock", "unittest.mock", "Mock", "MagicMock", "patch")
    ]
    assert found == []
