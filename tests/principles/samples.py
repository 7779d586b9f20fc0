"""The smallest good framework file, to be spoilt by tests."""

from copy import deepcopy
from pathlib import Path

import yaml

from principles.packs import Pack, read_pack

SMALL = {
    "framework": {"code": "small", "title": "A small framework"},
    "edition": {
        "label": "1",
        "in_force_from": "2026-01-01",
        "publisher": "This project",
        "licence": "Ours",
        "basis": "own_synthesis",
        "basis_note": "Made for tests.",
        "source": "book",
    },
    "sources": {"book": {"title": "A book", "publisher": "A publisher"}},
    "scale": [
        {"value": 0, "label": "No", "description": "Not there."},
        {"value": 1, "label": "Yes", "description": "There."},
    ],
    "criteria": [
        {
            "code": "P1",
            "title": "A principle",
            "explanation": "What it means.",
            "source": "book",
            "locator": "Page 1",
            "criteria": [
                {
                    "code": "P1.1",
                    "title": "An expectation",
                    "explanation": "What is expected.",
                    "level": "core",
                    "answered_by": "provider",
                    "good": "Good.",
                    "poor": "Poor.",
                    "evidence_to_ask": ["A paper"],
                    "source": "book",
                    "locator": "Page 2",
                }
            ],
        },
        {
            "code": "T1",
            "title": "A theme",
            "explanation": "What it means.",
            "source": "book",
            "locator": "Page 3",
            "measures": [
                {
                    "code": code,
                    "label": f"Measure {code}",
                    "unit": unit,
                    "kind": kind,
                    "value_basis": value_basis,
                    "counting_rule": "Count it.",
                    "source": "book",
                    "locator": "Page 4",
                }
                for code, unit, kind, value_basis in (
                    ("M1", "hours", "monetised", "fixed"),
                    ("M2", "£ spent", "monetised", "localised"),
                    ("M3", "£ invested", "monetised", "pound_for_pound"),
                    ("M4", "percent", "record_only", "none"),
                )
            ],
        },
    ],
    "double_count_pairs": [
        {"first": "M1", "second": "M2", "reason": "The same.", "source": "book"}
    ],
}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def small() -> dict:
    """A copy to change."""
    return deepcopy(SMALL)


def write(folder: Path, content: dict, name: str = "") -> Path:
    """Write the content under the file name that belongs to it, or under ``name``."""
    code = content.get("framework", {}).get("code", "x")
    label = content.get("edition", {}).get("label", "x")
    path = folder / (name or f"{code}-{label}.yaml")
    path.write_text(
        yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True), "utf-8"
    )
    return path


def pack(folder: Path, **changes) -> Pack:
    """The small framework as a pack, with changes to its edition."""
    content = small()
    content["edition"].update(changes)
    return read_pack(write(folder, content))
