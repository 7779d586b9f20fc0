"""The dates of a procurement: tendering period, standstill, notices after the contract.

Each function answers None, or nothing, for a regime whose rule is not held; ``regimes`` has the
words that a page then shows.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import NoticePurpose, Topic
from commissioning.award_model.terms import BodyCode, ContractSubject, Standing, Worded
from commissioning.award_model.working_days import bank_holiday, working_days_from

STANDSTILL_WORKING_DAYS = 8
TENDERING_DAYS = 25
TENDERING_DAYS_AFTER_PLANNED_NOTICE = 10
DETAILS_NOTICE_DAYS, DETAILS_NOTICE_DAYS_LIGHT_TOUCH = 30, 120
CONTRACT_COPY_DAYS, CONTRACT_COPY_DAYS_LIGHT_TOUCH = 90, 180
EXCLUSION_TOLD_DAYS = 30
# s.52 and the copy of the contract: "more than", so exactly £5,000,000 is not over it.
LARGE_CONTRACT_GBP = Decimal(5_000_000)
KPIS_OF_A_LARGE_CONTRACT = 3


@dataclass(frozen=True)
class Standstill:
    """The standstill after a contract award notice.

    ``days`` are the working days that count, in their order. ``skipped`` are the weekdays between
    them that do not count, each with the bank holiday.
    """

    published_on: date
    days: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]
    basis: str
    standing: Standing

    @property
    def last_day(self) -> date:
        """The last day on which the contract may not be entered into: it ends at midnight."""
        return self.days[-1]

    @property
    def may_enter_from(self) -> date:
        """The first day on which the contract may be entered into."""
        return self.last_day + timedelta(days=1)

    @property
    def publication_day_counts(self) -> bool:
        return self.days[0] == self.published_on

    def is_over(self, on: date) -> bool:
        return on >= self.may_enter_from


def standstill(
    published_on: date, regime: str, *, working_days: int = STANDSTILL_WORKING_DAYS
) -> Standstill | None:
    """The standstill that begins with the day of publication; None where no rule is held.

    The day of publication is the first working day of the period if it is one itself; published on
    a weekend or a bank holiday, the period begins with the next working day. ``working_days`` may
    be more than eight where the notice says so. Raises ``ValueError`` for fewer than eight.
    """
    if working_days < STANDSTILL_WORKING_DAYS:
        raise ValueError("a standstill is never shorter than eight working days")
    rule = rules_for(regime).provision(Topic.STANDSTILL)
    if rule is None:
        return None
    days = tuple(islice(working_days_from(published_on), working_days))
    span = (published_on + timedelta(days=count) for count in range((days[-1] - published_on).days))
    skipped = tuple(
        (day, name) for day in span if day.weekday() < 5 and (name := bank_holiday(day))
    )
    return Standstill(published_on, days, skipped, rule.basis, rule.standing)


class StandstillException(Worded):
    """When the mandatory standstill does not apply, as far as s.51(3) and s.50(6) are known to us.

    None was read in the Act itself: the page that offers them says so, and that a standstill may
    still be given voluntarily, of eight working days or more.
    """

    URGENCY = "urgency", "Direct award for extreme and unavoidable urgency"
    PROTECT_LIFE = "protect_life", "Direct award under regulations to protect life and health"
    USER_CHOICE = (
        "user_choice",
        "Direct award where the person who uses the service chooses the supplier: "
        "no contract award notice is needed, so no standstill begins",
    )
    FRAMEWORK = "framework", "Call-off from a framework"
    DYNAMIC_MARKET = "dynamic_market", "Contract awarded by reference to a dynamic market"
    LIGHT_TOUCH = "light_touch", "Light touch contract"
    PRIVATE_UTILITY = "private_utility", "Contract of a private utility"

    @property
    def standing(self) -> Standing:
        known = (StandstillException.PROTECT_LIFE, StandstillException.USER_CHOICE)
        return Standing.THIRD_PARTY if self in known else Standing.UNCHECKED

    @property
    def basis(self) -> str:
        section = "s.50(6)" if self is StandstillException.USER_CHOICE else "s.51(3)"
        return f"Procurement Act 2023, {section}: check it before you rely on it"


@dataclass(frozen=True)
class TenderingCheck:
    """How long suppliers have, against the minimum. Days run from the day after publication."""

    days: int
    minimum_days: int
    basis: str
    standing: Standing

    @property
    def is_short(self) -> bool:
        return self.days < self.minimum_days

    @property
    def words(self) -> str:
        if self.is_short:
            return (
                f"Suppliers have {self.days} days, and the minimum is {self.minimum_days}. Move "
                "the deadline, or make sure that a shorter period applies."
            )
        return f"Suppliers have {self.days} days; the minimum is {self.minimum_days}."


def tendering_check(
    regime: str,
    *,
    published_on: date,
    due_on: date,
    has_planned_notice: bool = False,
    subject: str = ContractSubject.GOODS_OR_SERVICES,
) -> TenderingCheck | None:
    """Whether the deadline leaves enough days; None where no rule is held.

    For light touch contracts none is held. ``has_planned_notice``: a qualifying planned procurement
    notice came before.
    """
    rule = rules_for(regime).provision(Topic.TENDERING_PERIOD)
    if rule is None or subject == ContractSubject.LIGHT_TOUCH:
        return None
    minimum = TENDERING_DAYS_AFTER_PLANNED_NOTICE if has_planned_notice else TENDERING_DAYS
    return TenderingCheck((due_on - published_on).days, minimum, rule.basis, rule.standing)


@dataclass(frozen=True)
class Deadline:
    """Something to publish by a day. ``code`` is that of the notice, empty for a document."""

    code: str
    title: str
    due_on: date
    basis: str
    standing: Standing


def last_day_of(days: int, first_day: date) -> date:
    """The last of so many days that begin with ``first_day``, which is the first of them."""
    return first_day + timedelta(days=days - 1)


def contract_deadlines(
    regime: str,
    *,
    entered_on: date,
    is_light_touch: bool,
    value_gbp: Decimal | None,
    body_type: str = "",
) -> tuple[Deadline, ...]:
    """What is to be published after a contract was entered into, and by when.

    A copy of the contract is asked for above £5 million, not of a devolved Welsh authority; with no
    value known it is left out.
    """
    rules = rules_for(regime, body_type)
    rule = rules.provision(Topic.CONTRACT_DETAILS)
    notice = rules.notice(NoticePurpose.CONTRACT_DETAILS)
    if rule is None or notice is None:
        return ()
    days = DETAILS_NOTICE_DAYS_LIGHT_TOUCH if is_light_touch else DETAILS_NOTICE_DAYS
    due_on = last_day_of(days, entered_on)
    found = [Deadline(notice.code, notice.title, due_on, rule.basis, rule.standing)]
    is_large = value_gbp is not None and value_gbp > LARGE_CONTRACT_GBP
    if is_large and body_type != BodyCode.DEVOLVED_WALES:
        days = CONTRACT_COPY_DAYS_LIGHT_TOUCH if is_light_touch else CONTRACT_COPY_DAYS
        due_on = last_day_of(days, entered_on)
        found.append(Deadline("", "Copy of the contract", due_on, rule.basis, rule.standing))
    return tuple(found)


def exclusion_deadline(regime: str, body_type: str, excluded_on: date) -> Deadline | None:
    """By when, and to whom, it is told that a supplier was excluded; None where no rule is held."""
    rule = rules_for(regime).provision(Topic.EXCLUSION)
    if rule is None:
        return None
    whom = (
        "the Welsh Ministers"
        if body_type == BodyCode.DEVOLVED_WALES
        else "a Minister of the Crown, or as a transferred Northern Ireland authority the Northern "
        "Ireland department,"
    )
    return Deadline(
        "",
        f"Tell {whom} that the supplier was excluded",
        last_day_of(EXCLUSION_TOLD_DAYS, excluded_on),
        "Procurement Act 2023, s.59",
        rule.standing,
    )


@dataclass(frozen=True)
class KpiRequirement:
    """How many key performance indicators a contract needs, and how many it has."""

    minimum: int
    count: int
    basis: str
    standing: Standing

    @property
    def is_met(self) -> bool:
        return self.count >= self.minimum


def kpi_requirement(
    regime: str, value_gbp: Decimal | None, kpi_count: int
) -> KpiRequirement | None:
    """The key performance indicators that the value asks for; None where none are asked for.

    Exempt contracts (frameworks, light touch, where indicators cannot measure the performance) are
    for the caller to leave out.
    """
    rule = rules_for(regime).provision(Topic.KEY_PERFORMANCE_INDICATORS)
    if rule is None or value_gbp is None or value_gbp <= LARGE_CONTRACT_GBP:
        return None
    return KpiRequirement(KPIS_OF_A_LARGE_CONTRACT, kpi_count, rule.basis, rule.standing)
