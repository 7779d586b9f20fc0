"""What the linter says: one remark for each thing found, with what to do about it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from commissioning.award_model.model import Criterion, Lot
from commissioning.award_model.terms import Worded


class Severity(Worded):
    """How much a remark weighs. Only errors block publication."""

    ERROR = "error", "Must be put right before publication"
    WARNING = "warning", "Look at this"
    NOTE = "note", "Good to know"


@dataclass(frozen=True)
class Remark:
    """One thing found in an award model.

    ``code`` names the rule and never changes; ``words`` say what is wrong and what to do; ``why``
    is the reason; ``basis`` the law, guidance or policy behind it, empty where it is plain logic.
    ``lot_number`` and ``criterion_key`` say where; both None where it concerns the whole model.
    """

    code: str
    severity: Severity
    words: str
    why: str
    basis: str = ""
    lot_number: int | None = None
    criterion_key: str | None = None


def remark(
    severity: Severity,
    code: str,
    words: str,
    why: str,
    *,
    basis: str = "",
    lot: Lot | None = None,
    criterion: Criterion | None = None,
) -> Remark:
    """A remark on a lot or on one of its criteria."""
    return Remark(
        code,
        severity,
        words,
        why,
        basis,
        lot.number if lot else None,
        criterion.key if criterion else None,
    )


error = partial(remark, Severity.ERROR)
warning = partial(remark, Severity.WARNING)
note = partial(remark, Severity.NOTE)


def named(criterion: Criterion) -> str:
    """How a remark names a criterion: its number and title."""
    return " ".join(part for part in (criterion.number, criterion.title) if part) or "A criterion"


def shown(number: Decimal) -> str:
    """A number without trailing zeros and, within reason, without an exponent."""
    if not -20 < number.adjusted() < 20:
        return str(number)
    return f"{number.normalize():f}"


def joined(parts: list[str], last: str = "and") -> str:
    """Parts as people list them: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
