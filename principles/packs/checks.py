"""Rules that a framework file keeps, beyond its shape. Each yields problems; none stops another."""

from collections.abc import Iterator
from datetime import date

from principles.packs.lines import Document
from principles.packs.records import Problem


def cross_problems(document: Document) -> Iterator[Problem]:
    """Every fault that the schema cannot see. Call only where the schema found none."""
    content = document.content
    yield from _name_problems(document)
    yield from _date_problems(document)
    yield from _source_problems(document)
    if is_for_assessment(content):
        yield from _scale_problems(document)
    else:
        yield from _design_problems(document)
    yield from _tree_problems(document)
    yield from _measure_problems(document)
    if "double_count_pairs" in content:
        yield from _pair_problems(document)


def is_for_assessment(content: dict) -> bool:
    """Whether anything is assessed against the edition; else it only helps to design."""
    return content["edition"].get("for_assessment", True)


def criteria_in(content: dict) -> Iterator[tuple[tuple, dict, dict | None]]:
    """Every criterion in reading order, as (path, criterion, parent or None)."""

    def below(path, criteria, parent):
        for index, criterion in enumerate(criteria):
            here = (*path, index)
            yield here, criterion, parent
            yield from below((*here, "criteria"), criterion.get("criteria", []), criterion)

    yield from below(("criteria",), content["criteria"], None)


def measures_in(content: dict) -> Iterator[tuple[tuple, dict, dict]]:
    """Every measure in reading order, as (path, measure, outcome)."""
    for path, criterion, _parent in criteria_in(content):
        for index, measure in enumerate(criterion.get("measures", [])):
            yield (*path, "measures", index), measure, criterion


def _name_problems(document):
    content = document.content
    expected = f"{content['framework']['code']}-{content['edition']['label']}.yaml"
    if document.file != expected:
        yield document.problem(
            ("edition", "label"), f"this code and label belong in a file named {expected}"
        )


def _date_problems(document):
    edition = document.content["edition"]
    until = edition.get("in_force_to")
    if until and date.fromisoformat(until) < date.fromisoformat(edition["in_force_from"]):
        yield document.problem(("edition", "in_force_to"), "is before in_force_from")


def _source_problems(document):
    content = document.content
    cited = [(("edition", "source"), content["edition"])]
    cited += [((*path, "source"), criterion) for path, criterion, _ in criteria_in(content)]
    cited += [((*path, "source"), measure) for path, measure, _ in measures_in(content)]
    cited += [
        (("double_count_pairs", index, "source"), pair)
        for index, pair in enumerate(content.get("double_count_pairs", []))
    ]
    for path, citing in cited:
        if citing["source"] not in content["sources"]:
            yield document.problem(path, f"'{citing['source']}' is not listed under sources")
    for unused in content["sources"].keys() - {citing["source"] for _, citing in cited}:
        yield document.problem(("sources", unused), f"the source '{unused}' is never cited")


def _scale_problems(document):
    content = document.content
    if "scale" not in content:
        for path, criterion, _parent in criteria_in(content):
            if "level" in criterion:
                yield document.problem(
                    path, f"{criterion['code']} can be assessed, but the file has no scale"
                )
                return
        return
    points = content["scale"]
    for index in range(1, len(points)):
        if points[index]["value"] <= points[index - 1]["value"]:
            yield document.problem(
                ("scale", index, "value"), "scale points go up, and each value is used once"
            )


def _design_problems(document):
    """What only helps to design procurements is never assessed, nor counted in pounds."""
    if "scale" in document.content:
        yield document.problem(("scale",), "an edition that is not for assessment has no scale")
    for path, criterion, _parent in criteria_in(document.content):
        for part in ("level", "measures"):
            if part in criterion:
                yield document.problem(
                    path,
                    f"{criterion['code']}: an edition that is not for assessment has no {part}",
                )


def _tree_problems(document):
    is_assessed = is_for_assessment(document.content)
    seen: set[str] = set()
    for path, criterion, parent in criteria_in(document.content):
        code = criterion["code"]
        if code.casefold() in seen:
            yield document.problem((*path, "code"), f"the code {code} is used twice")
        seen.add(code.casefold())
        if parent is not None and not code.startswith(parent["code"]):
            yield document.problem(
                (*path, "code"), f"{code} does not start with its parent's code {parent['code']}"
            )
        has_children = "criteria" in criterion or "measures" in criterion
        if "level" in criterion and has_children:
            yield document.problem(
                path, f"{code} has a level and parts of its own: only the lowest are assessed"
            )
        if is_assessed and "level" not in criterion and not has_children:
            yield document.problem(path, f"{code} has neither a level nor anything below it")
        if "criteria" in criterion and "measures" in criterion:
            yield document.problem(path, f"{code} has both criteria and measures below it")
        if parent is not None and criterion.get("phase") != parent.get("phase"):
            yield document.problem(path, f"{code} is in another phase than {parent['code']}")


def _measure_problems(document):
    seen: set[str] = set()
    for path, measure, _outcome in measures_in(document.content):
        code = measure["code"]
        if code.casefold() in seen:
            yield document.problem((*path, "code"), f"the measure {code} is used twice")
        seen.add(code.casefold())
        if (measure["kind"] == "record_only") != (measure["value_basis"] == "none"):
            yield document.problem(
                (*path, "value_basis"),
                f"{code}: a record-only measure has the value basis 'none', and no other has",
            )
        if measure["value_basis"] == "pound_for_pound" and not measure["unit"].startswith("£"):
            yield document.problem(
                (*path, "unit"), f"{code} is pound for pound, so its unit starts with £"
            )


def _pair_problems(document):
    known = {measure["code"] for _, measure, _ in measures_in(document.content)}
    seen: set[frozenset] = set()
    for index, pair in enumerate(document.content["double_count_pairs"]):
        path = ("double_count_pairs", index)
        for end in ("first", "second"):
            if pair[end] not in known:
                yield document.problem((*path, end), f"{pair[end]} is not a measure of this file")
        both = frozenset((pair["first"], pair["second"]))
        if len(both) == 1:
            yield document.problem(path, f"{pair['first']} is paired with itself")
        if both in seen:
            yield document.problem(path, f"the pair {' and '.join(sorted(both))} is listed twice")
        seen.add(both)
