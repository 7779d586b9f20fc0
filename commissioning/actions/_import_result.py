"""What came of an import, process by process."""

from collections import Counter
from dataclasses import dataclass, field

from commissioning import ocds
from commissioning.models import ImportRun

SEPARATOR = "|"
CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"


@dataclass
class Outcome:
    """What became of one process (ocid)."""

    ocid: str
    outcome: str
    title: str = ""
    reference: str = ""
    reason: str = ""
    gaps: tuple[str, ...] = ()
    buyer: str = ""
    buyer_key: str = ""

    def as_record(self) -> dict:
        record = {"ocid": self.ocid, "outcome": self.outcome, "title": self.title}
        return record | {
            "reference": self.reference,
            "reason": self.reason,
            "gaps": list(self.gaps),
        }


@dataclass
class ImportResult:
    """Everything that an import did, or would do. ``run`` is None for a dry run."""

    outcomes: list[Outcome] = field(default_factory=list)
    run: ImportRun | None = None
    files: list[dict] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(1 for one in self.outcomes if one.outcome == outcome)

    @property
    def read(self) -> int:
        """How many distinct ocids the files name."""
        return len({one.ocid for one in self.outcomes if one.ocid})

    @property
    def refused(self) -> list[dict[str, str]]:
        rows = [one for one in self.outcomes if one.outcome == REFUSED]
        return [{"ocid": one.ocid, "reason": one.reason} for one in rows]

    @property
    def gaps(self) -> dict[str, int]:
        """How many ocids have each gap, by code."""
        return dict(sorted(Counter(code for one in self.outcomes for code in one.gaps).items()))

    @property
    def buyers_to_confirm(self) -> dict[str, str]:
        """Identifiers of buyers that bear the uploader's name and aren't known as it yet."""
        rows = [one for one in self.outcomes if one.buyer_key]
        return {one.buyer_key: _shown(one.buyer, one.buyer_key) for one in rows}

    def report(self) -> dict:
        """Return the counts and lists that ``--report`` writes."""
        return {
            "read": self.read,
            "created": self.count(CREATED),
            "updated": self.count(UPDATED),
            "unchanged": self.count(UNCHANGED),
            "refused": self.refused,
            "gaps": self.gaps,
            "gap_meanings": {code: ocds.meaning_of(code) for code in self.gaps},
            "files": self.files,
        }


def _shown(buyer: str, key: str) -> str:
    """A buyer with its number, or with the postcode where it is known by name and postcode."""
    scheme, value = key.split(SEPARATOR, 1)
    if scheme.endswith(":name"):
        value = value.rpartition(SEPARATOR)[2]
    return f"{buyer}, {value}" if value else buyer
