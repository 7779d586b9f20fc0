"""Everything a report says, as plain data.

`scorecards/reports.py` loads the rows and fills these; `layout.py` turns them
into words, `report.html` into a page, `data.py` into the file inside the PDF.
Nothing here reads a clock or a database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from scorecards.scoring import ScorecardInput, ScorecardOutcome


class Basis(StrEnum):
    """Where the text of an edition comes from; shown to the reader."""

    OFFICIAL = "official"
    OWN_SYNTHESIS = "own_synthesis"
    RECONSTRUCTED = "reconstructed"


@dataclass(frozen=True)
class EvidenceText:
    """One item that a rating rests on. `sha256` is empty for a link."""

    reference: str
    title: str
    covers_from: date | None
    covers_to: date | None
    valid_until: date | None
    sha256: str = ""
    url: str = ""


@dataclass(frozen=True)
class CriterionText:
    """The words of one criterion; its figures are in the scoring inputs by code.

    `answered_by` is "provider" or "commissioner".
    """

    code: str
    title: str
    explanation: str
    level: str
    answered_by: str
    narrative: str = ""
    rationale: str = ""
    found_where: str = ""
    not_applicable_reason: str = ""
    evidence: tuple[EvidenceText, ...] = ()


@dataclass(frozen=True)
class FrameworkText:
    """An edition as its reader should know it; `code` joins it to the scoring inputs."""

    code: str
    edition: str
    title: str
    publisher: str
    licence: str
    source: str
    basis: Basis
    basis_note: str
    scale_points: tuple[tuple[int, str, str], ...]
    criteria: tuple[CriterionText, ...]


@dataclass(frozen=True)
class MeasuresText:
    """The edition of the measures and the value set behind the pounds."""

    edition: str
    title: str
    publisher: str
    basis: Basis
    basis_note: str
    value_set_title: str
    value_set_licence: str


@dataclass(frozen=True)
class FindingText:
    """`priority` is the word that is shown: high, medium, low."""

    reference: str
    priority: str
    criterion_code: str
    title: str
    detail: str


@dataclass(frozen=True)
class HistoryEntry:
    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class ContractText:
    reference: str
    title: str
    commissioner: str
    provider: str
    ocid: str
    value_gbp: Decimal | None
    starts_on: date | None
    ends_on: date | None
    source: str = ""


@dataclass(frozen=True)
class VerificationText:
    """How a reader checks the file. `key_id` is empty until a PDF is made."""

    url: str
    key_id: str


@dataclass(frozen=True)
class ReportContent:
    """`versions` are the (name, version) pairs that the report row records."""

    reference: str
    scorecard_reference: str
    is_draft: bool
    created_at: datetime
    level: str
    contract: ContractText
    inputs: ScorecardInput
    outcome: ScorecardOutcome
    frameworks: tuple[FrameworkText, ...]
    measures: MeasuresText | None
    findings: tuple[FindingText, ...]
    history: tuple[HistoryEntry, ...]
    verification: VerificationText
    versions: tuple[tuple[str, str], ...]
    supersedes: str = ""
    language: str = "en-GB"

    @property
    def title(self) -> str:
        kind = "Draft ethics assurance report" if self.is_draft else "Ethics assurance report"
        return f"{kind}: {self.contract.provider}, {self.contract.title}"

    @property
    def identifier(self) -> bytes:
        """The PDF's permanent identifier: the report's reference."""
        return self.reference.encode()
