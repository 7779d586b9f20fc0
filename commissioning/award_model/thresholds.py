"""From what value the Procurement Act 2023 applies in full. Figures are pounds with VAT.

Source: a third party's data set that quotes SI 2025/1200; none was checked against the instrument.
They hold for two years each; for a day after the last period nothing is held.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissioning.award_model.terms import BodyCode, ContractSubject, Standing


@dataclass(frozen=True)
class Threshold:
    """``is_careful``: the kind of body leaves two figures open, and this is the lower one."""

    amount_gbp: Decimal
    basis: str
    standing: Standing
    is_careful: bool = False

    @property
    def words(self) -> str:
        amount = f"£{self.amount_gbp:,} with VAT"
        if not self.is_careful:
            return f"The threshold is {amount}."
        return (
            f"The threshold is at least {amount}. It is higher for a sub-central authority: check "
            "which your body is."
        )


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
        Decimal(138760),
        Decimal(213477),
        Decimal(5372609),
        Decimal(663540),
        "Procurement Act 2023, Schedule 1, figures for 2025",
    ),
    _Period(
        date(2026, 1, 1),
        date(2027, 12, 31),
        Decimal(135018),
        Decimal(207720),
        Decimal(5193000),
        Decimal(663540),
        "Procurement Act 2023, Schedule 1, figures of SI 2025/1200",
    ),
)
# Which figure applies to these bodies was not established.
_OPEN_BODIES = (BodyCode.NHS, BodyCode.DEVOLVED_WALES, BodyCode.OTHER)


def threshold(body_type: str, subject: str, on: date) -> Threshold | None:
    """The threshold of the Procurement Act 2023 for a body and a contract on a day.

    None for a day whose figures are not held, and for a devolved Scottish authority, which is
    outside the Act.
    """
    period = next((one for one in _PERIODS if one.first_day <= on <= one.last_day), None)
    if period is None or body_type == BodyCode.DEVOLVED_SCOTLAND:
        return None
    if subject == ContractSubject.WORKS:
        return Threshold(period.works, period.basis, Standing.THIRD_PARTY)
    if subject == ContractSubject.LIGHT_TOUCH:
        return Threshold(period.light_touch, period.basis, Standing.UNCHECKED)
    if body_type == BodyCode.SUB_CENTRAL:
        return Threshold(period.sub_central, period.basis, Standing.THIRD_PARTY)
    is_open = body_type in _OPEN_BODIES
    return Threshold(period.central, period.basis, Standing.THIRD_PARTY, is_careful=is_open)
