"""The terms of a value set, from a YAML file beside the values."""

from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from principles.packs import BadPack
from principles.packs.lines import read_document
from principles.value_files.records import ValueSetTerms

TEXT = {"type": "string", "pattern": r"\S"}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "edition",
        "title",
        "label",
        "licence",
        "in_force_from",
        "gross_of_deadweight",
        "is_illustrative",
    ],
    "properties": {
        "edition": {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+$"},
        "title": {**TEXT, "maxLength": 250},
        "label": {**TEXT, "maxLength": 40},
        "licence": {**TEXT, "maxLength": 4000},
        "in_force_from": {"type": "string", "format": "date"},
        "in_force_to": {"type": "string", "format": "date"},
        "gross_of_deadweight": {"type": "boolean"},
        "is_illustrative": {"type": "boolean"},
    },
}


def read_terms(path: Path) -> tuple[str, ValueSetTerms]:
    """The key of the edition that the values are for, and their terms.

    Raises ``BadPack`` with every problem, each with file, line and cause.
    """
    document = read_document(path)
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    problems = [
        document.problem(tuple(error.absolute_path), error.message)
        for error in validator.iter_errors(document.content)
    ]
    if problems:
        raise BadPack(problems)
    content = dict(document.content)
    key = content.pop("edition")
    terms = ValueSetTerms.from_plain(content)
    if terms.in_force_to and terms.in_force_to < terms.in_force_from:
        raise BadPack([document.problem(("in_force_to",), "is before in_force_from")])
    return key, terms
