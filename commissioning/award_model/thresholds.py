"""From what value the Procurement Act 2023 applies in full. Figures are pounds with VAT.

Source: s.85(3) and Schedule 1 as amended, in the summaries of three practitioners. Figures hold for
two years; for a day after the last period nothing is held.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.numbers import pounds
from commissioning.award_model.terms import BodyCode, ContractSubject, RegimeCode, Standing


@dataclass(frozen=True)
class Threshold:
    """``to_check``: what the kind of body leaves open, since this is the lower of two figures."""

    amount_gbp: Decimal
    basis: str
    standing: Standing
    to_check: str = ""

    @property
    def words(self) -> str:
        amount = f"{pounds(self.amount_gbp)} with VAT"
        if not self.to_check:
            return f"The threshold is {amount}."
        return f"The threshold is at least {amount}. {self.to_check}"


@dataclass(frozen=True)
class _Period:
    first_day: date
    last_day: date
    central: Decimal
    sub_central: Decimal
    works: Decimal
    light_touch: Decimal
    basis: str


_PERIODS = (
    _Period(
        date(2025, 2, 24),
        date(2025, 12, 31),
        Decimal(139688),
        Decimal(214904),
        Decimal(5372609),
        Decimal(663540),
        "Procurement Act 2023, s.85(3) and Schedule 1, figures until the end of 2025",
    ),
    _Period(
        date(2026, 1, 1),
        date(2027, 12, 31),
        Decimal(135018),
        Decimal(207720),
        Decimal(5193000),
        Decimal(663540),
        "Procurement Act 2023, s.85(3) and Schedule 1, figures of SI 2025/1200",
    ),
)
_TO_CHECK = {
    BodyCode.NHS: "NHS trusts count as central government. It is higher for a sub-central "
    "authority: check which your body is.",
    BodyCode.DEVOLVED_WALES: "It is higher for a sub-central authority, and procurements that the "
    "Welsh Ministers oversee have an instrument of their own: check which your body is.",
    BodyCode.OTHER: "It is higher for a sub-central authority: check which your body is.",
}


def threshold(body_type: str, subject: str, on: date) -> Threshold | None:
    """The threshold of the Procurement Act 2023 for a body and a contract on a day.

    None for a day whose figures are not held, and for a devolved Scottish authority, which is
    outside the Act.
    """
    period = next((one for one in _PERIODS if one.first_day <= on <= one.last_day), None)
    if period is None or body_type == BodyCode.DEVOLVED_SCOTLAND:
        return None
    if subject == ContractSubject.WORKS:
        return Threshold(period.works, period.basis, Standing.SOURCED)
    if subject == ContractSubject.LIGHT_TOUCH:
        return Threshold(period.light_touch, period.basis, Standing.SOURCED)
    if body_type == BodyCode.SUB_CENTRAL:
        return Threshold(period.sub_central, period.basis, Standing.SOURCED)
    to_check = _TO_CHECK.get(BodyCode(body_type), "")
    return Threshold(period.central, period.basis, Standing.SOURCED, to_check)


def thresholds(
    regime: str, body_type: str, on: date
) -> tuple[tuple[ContractSubject, Threshold], ...]:
    """The threshold for each kind of contract on a day; none where no figure is held."""
    if regime != RegimeCode.PROCUREMENT_ACT_2023:
        return ()
    found = ((subject, threshold(body_type, subject, on)) for subject in ContractSubject)
    return tuple((subject, held) for subject, held in found if held is not None)
