"""The project's own code, as the architecture tests read it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("accounts", "principles", "providers", "commissioning", "scorecards")
APPS = (*FLOORS, "config")


def modules(app: str) -> list[Path]:
    """The Python files of an app, without its migrations."""
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def all_modules() -> list[Path]:
    return [path for app in APPS for path in modules(app)]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def dotted(path: Path) -> str:
    """``accounts.views.home`` for the file that holds it."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions that a module defines at its top, by name."""
    return {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}


def imported_names(path: Path) -> set[str]:
    """Every dotted name that the module imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def attributes_used(path: Path) -> set[str]:
    """The names after a dot, anywhere in the module."""
    return {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
