"""From files to packs."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from principles.packs.checks import criteria_in, cross_problems, measures_in
from principles.packs.lines import Document, read_document
from principles.packs.records import (
    BadPack,
    Pack,
    PackCriterion,
    PackMeasure,
    PackPair,
    PackScalePoint,
    Problem,
)

FRAMEWORKS = Path(__file__).resolve().parent.parent / "frameworks"


def default_paths() -> list[Path]:
    """The framework files that ship with the product, by name."""
    return sorted(FRAMEWORKS.glob("*.yaml"))


def read_packs(paths: Iterable[Path]) -> list[Pack]:
    """Read several files; raise ``BadPack`` with the problems of all of them.

    Two files may not hold the same edition, nor give one framework two titles.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            packs.append(read_pack(path))
        except BadPack as bad:
            problems.extend(bad.problems)
    first_by_key: dict[str, Pack] = {}
    first_by_code: dict[str, Pack] = {}
    for pack in packs:
        same = first_by_key.setdefault(pack.key, pack)
        if same is not pack:
            problems.append(Problem(pack.file, pack.label_line, f"{pack.key} is given twice"))
        named = first_by_code.setdefault(pack.framework_code, pack)
        if named.framework_title != pack.framework_title:
            cause = f"{pack.framework_code} has another title in {named.file}"
            problems.append(Problem(pack.file, pack.label_line, cause))
    if problems:
        raise BadPack(problems)
    return packs


def read_pack(path: Path) -> Pack:
    """Read and check one file. Raises ``BadPack`` with every problem found."""
    document = read_document(Path(path))
    problems = [
        document.problem(tuple(error.absolute_path), _cause(error))
        for error in _validator().iter_errors(document.content)
    ]
    problems = problems or list(cross_problems(document))
    if problems:
        raise BadPack(problems)
    return _pack(document)


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((FRAMEWORKS / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())


def _cause(error: ValidationError) -> str:
    """The validator's message, with the place in words and long values cut."""
    where = ".".join(str(part) for part in error.absolute_path) or "the file"
    message = error.message if len(error.message) <= 200 else f"{error.message[:200]}…"
    return f"{where}: {message}"


def _pack(document: Document) -> Pack:
    content = document.content
    edition = content["edition"]
    sources = {
        key: f"{source['publisher']}: {source['title']}"
        for key, source in content["sources"].items()
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    until = edition.get("in_force_to")
    return Pack(
        file=document.file,
        label_line=document.problem(("edition", "label"), "").line,
        framework_code=content["framework"]["code"],
        framework_title=content["framework"]["title"],
        label=edition["label"],
        in_force_from=date.fromisoformat(edition["in_force_from"]),
        in_force_to=date.fromisoformat(until) if until else None,
        for_assessment=edition.get("for_assessment", True),
        publisher=edition["publisher"],
        licence=edition["licence"],
        source=sources[edition["source"]],
        basis=edition["basis"],
        basis_note=edition["basis_note"],
        content_sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        scale=tuple(PackScalePoint(**point) for point in content.get("scale", [])),
        criteria=tuple(_criteria(content, edition["basis"], sources)),
        measures=tuple(_measures(content, edition["basis"], sources)),
        pairs=tuple(
            PackPair(pair["first"], pair["second"], pair["reason"], sources[pair["source"]])
            for pair in content.get("double_count_pairs", [])
        ),
    )


def _criteria(content, basis, sources):
    for position, (_path, criterion, parent) in enumerate(criteria_in(content), start=1):
        yield PackCriterion(
            code=criterion["code"],
            parent_code=parent["code"] if parent else "",
            title=criterion["title"],
            basis=criterion.get("basis", basis),
            explanation=criterion["explanation"],
            level=criterion.get("level", ""),
            answered_by=criterion.get("answered_by", ""),
            phase=criterion.get("phase", ""),
            weight=Decimal(criterion.get("weight", "1")),
            good=criterion.get("good", ""),
            poor=criterion.get("poor", ""),
            evidence_to_ask=tuple(criterion.get("evidence_to_ask", ())),
            source=sources[criterion["source"]],
            locator=criterion["locator"],
            position=position,
        )


def _measures(content, basis, sources):
    for position, (_path, measure, outcome) in enumerate(measures_in(content), start=1):
        yield PackMeasure(
            code=measure["code"],
            outcome_code=outcome["code"],
            label=measure["label"],
            unit=measure["unit"],
            kind=measure["kind"],
            value_basis=measure["value_basis"],
            basis=measure.get("basis", basis),
            counting_rule=measure["counting_rule"],
            source=sources[measure["source"]],
            locator=measure["locator"],
            position=position,
        )
