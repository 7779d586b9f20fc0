"""YAML with line numbers, and without YAML's surprises.

Dates and numbers with a point stay text, a repeated key is an error, and aliases are refused: a
file is what it looks like.
"""

import re
from pathlib import Path

import yaml

from principles.packs.records import BadPack, Problem

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")


def _whole_number(text: str) -> int:
    if not WHOLE_NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


PLAIN_TAGS = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:timestamp": str,
    "tag:yaml.org,2002:int": _whole_number,
    "tag:yaml.org,2002:null": lambda _text: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in {"true", "yes", "on"},
}


class _NotPlain(yaml.MarkedYAMLError):
    """YAML that is allowed elsewhere and not here."""


class _Loader(yaml.SafeLoader):
    """Composes nodes, and stops at an alias or at a depth that no framework file has."""

    depth = 0

    def compose_node(self, parent, index):
        mark = self.peek_event().start_mark
        if self.check_event(yaml.AliasEvent):
            raise _NotPlain(problem="uses a YAML alias", problem_mark=mark)
        if self.depth == MAX_DEPTH:
            raise _NotPlain(problem="is nested too deeply", problem_mark=mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class Document:
    """The plain content of a file, and the line on which each part of it starts."""

    def __init__(self, file: str, content: object, lines: dict[tuple, int]):
        self.file = file
        self.content = content
        self._lines = lines

    def problem(self, path: tuple, cause: str) -> Problem:
        """A fault at ``path`` (keys and indexes from the top), or at the nearest part above it."""
        path = tuple(path)
        while path and path not in self._lines:
            path = path[:-1]
        return Problem(self.file, self._lines.get(path, 1), cause)


def read_document(path: Path) -> Document:
    """Parse one file. Raises ``BadPack`` where it cannot be read or is not plain YAML."""
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise BadPack([Problem(path.name, 1, f"cannot be read: {wrong.strerror}")]) from wrong
    if len(raw) > MAX_BYTES:
        raise BadPack([Problem(path.name, 1, f"is larger than {MAX_BYTES // 1024**2} MB")])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise BadPack([Problem(path.name, line, "is not UTF-8 text")]) from wrong
    try:
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        cause = str(wrong.problem)
        if not isinstance(wrong, _NotPlain):
            cause = f"is not valid YAML: {cause}"
        raise BadPack([Problem(path.name, mark.line + 1 if mark else 1, cause)]) from wrong
    except yaml.YAMLError as wrong:
        raise BadPack([Problem(path.name, 1, f"is not valid YAML: {wrong}")]) from wrong
    if root is None:
        raise BadPack([Problem(path.name, 1, "is empty")])
    problems: list[Problem] = []
    lines: dict[tuple, int] = {}
    content = _plain(root, (), path.name, lines, problems)
    if problems:
        raise BadPack(problems)
    return Document(path.name, content, lines)


def _plain(node, path, file, lines, problems):
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(item, (*path, index), file, lines, problems)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        content = {}
        for key_node, value_node in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key, str):
                problems.append(Problem(file, line, "has a key that is not plain text"))
                continue
            if key in content:
                problems.append(Problem(file, line, f"repeats the key '{key}'"))
            lines[(*path, key)] = line
            content[key] = _plain(value_node, (*path, key), file, lines, problems)
        return content
    if node.tag == "tag:yaml.org,2002:float":
        cause = f"write the number {node.value} in quotes, so that it stays exact"
    elif node.tag not in PLAIN_TAGS:
        cause = f"has a value of the kind {node.tag}, which is not used here"
    else:
        try:
            return PLAIN_TAGS[node.tag](node.value)
        except ValueError:
            cause = f"'{node.value}' is not a plain whole number"
    problems.append(Problem(file, node.start_mark.line + 1, cause))
    return None
