"""What a framework file holds, as frozen records, and what can be wrong with one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file. ``line`` counts from 1."""

    file: str
    line: int
    cause: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.cause}"


class BadPack(Exception):
    """At least one framework file cannot be used. ``problems`` lists every fault, in file order."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class PackScalePoint:
    value: int
    label: str
    description: str


@dataclass(frozen=True)
class PackCriterion:
    """A node of the tree. ``position`` counts from 1 in reading order, through all depths."""

    code: str
    parent_code: str
    title: str
    basis: str
    explanation: str
    level: str
    answered_by: str
    phase: str
    weight: Decimal
    good: str
    poor: str
    evidence_to_ask: tuple[str, ...]
    source: str
    locator: str
    position: int

    @property
    def is_assessable(self) -> bool:
        return bool(self.level)


@dataclass(frozen=True)
class PackMeasure:
    code: str
    outcome_code: str
    label: str
    unit: str
    kind: str
    value_basis: str
    basis: str
    counting_rule: str
    source: str
    locator: str
    position: int


@dataclass(frozen=True)
class PackPair:
    first_code: str
    second_code: str
    reason: str
    source: str


@dataclass(frozen=True)
class Pack:
    """One edition of a framework.

    ``content_sha256`` is taken over the content, not the bytes: a comment or a new line break
    changes nothing, a changed word does. ``label_line`` is where the file names the edition.
    """

    file: str
    label_line: int
    framework_code: str
    framework_title: str
    label: str
    in_force_from: date
    in_force_to: date | None
    for_assessment: bool
    publisher: str
    licence: str
    source: str
    basis: str
    basis_note: str
    content_sha256: str
    scale: tuple[PackScalePoint, ...]
    criteria: tuple[PackCriterion, ...]
    measures: tuple[PackMeasure, ...]
    pairs: tuple[PackPair, ...]

    @property
    def key(self) -> str:
        """The natural key, such as ``cipfa-ifac@2014.1``."""
        return f"{self.framework_code}@{self.label}"
