"""The facts of law and policy that the service rests on, each with where it comes from.

One row is one fact: what the code holds, what is right, and the source. A figure that changes in
the law changes here first; one that changes in the code alone fails here. Rules that are carried
out by more than a value are tested where they are carried out.
"""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import pytest

from commissioning.award_model import dates, social_value_minimum
from commissioning.award_model.exclusion import (
    AUTHORITY_GROUNDS,
    GROUNDS,
    LOOK_BACK,
    NOTES,
    GroundKind,
)
from commissioning.award_model.regime_texts import ACT_NOTICES, ACT_PROVISIONS, WELSH_PROVISIONS
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import ConflictsCheck, Topic
from commissioning.award_model.terms import PriceMethod, Standing
from commissioning.award_model.thresholds import threshold
from commissioning.award_model.working_days import PARTS
from commissioning.enums import NoticeCode
from principles.packs import default_paths, read_packs
from principles.rules import VERY_LARGE_VALUE_GBP
from scorecards.award_documents.summaries import WINNER_PARTS
from scorecards.scoring import OutcomeState

ACT = "procurement_act_2023"


class Fact(NamedTuple):
    what: str
    held: object
    right: object
    source: str


def _threshold(body: str, subject: str, on: str) -> Decimal:
    return threshold(body, subject, date.fromisoformat(on)).amount_gbp


def _found(on: str, value: str, regime: str) -> social_value_minimum.SocialValueMinimum:
    return social_value_minimum.social_value_minimum(
        regime=regime,
        body_type="central",
        tender_notice_on=date.fromisoformat(on),
        value_gbp=Decimal(value),
    )


def _minimum(on: str, value: str = "9000000", regime: str = ACT) -> tuple[str, Decimal | None]:
    found = _found(on, value, regime)
    return found.policy, found.percent


THRESHOLDS = "Procurement Act 2023, s.85(3) and Schedule 1, as amended by SI 2025/1200"
PPNS = "Procurement Policy Notes 06/20, 002 and 026 of the Cabinet Office"
FIGURES = [
    Fact("central, until the end of 2025", _threshold("central", "goods_or_services", "2025-12-31"),
         139_688, THRESHOLDS),
    Fact("sub-central, until the end of 2025",
         _threshold("sub_central", "goods_or_services", "2025-12-31"), 214_904, THRESHOLDS),
    Fact("works, until the end of 2025", _threshold("central", "works", "2025-02-24"),
         5_372_609, THRESHOLDS),
    Fact("central, from 2026", _threshold("central", "goods_or_services", "2026-01-01"),
         135_018, THRESHOLDS),
    Fact("sub-central, from 2026", _threshold("sub_central", "goods_or_services", "2026-01-01"),
         207_720, THRESHOLDS),
    Fact("works, from 2026", _threshold("sub_central", "works", "2027-12-31"),
         5_193_000, THRESHOLDS),
    Fact("light touch, from 2026", _threshold("sub_central", "light_touch", "2026-01-01"),
         663_540, THRESHOLDS),
    Fact("NHS trusts count as central", _threshold("nhs", "goods_or_services", "2026-01-01"),
         135_018, "Procurement Act 2023, Schedule 1"),
    Fact("first day of the Act", threshold("central", "works", date(2025, 2, 23)), None,
         "Procurement Act 2023 (Commencement No. 3) Regulations 2024: in force 24 February 2025"),
    Fact("tendering period", dates.TENDERING_DAYS, 25, "Procurement Act 2023, s.54"),
    Fact("after a qualifying planned notice", dates.TENDERING_DAYS_AFTER_PLANNED_NOTICE, 10,
         "Procurement Act 2023, s.54"),
    Fact("standstill, working days", dates.STANDSTILL_WORKING_DAYS, 8,
         "Procurement Act 2023, s.51; government guidance on contract award notices"),
    Fact("the day of publication counts",
         dates.standstill(date(2026, 11, 2), ACT).days[0], date(2026, 11, 2),
         "Procurement Act 2023, s.51"),
    Fact("a bank holiday anywhere in the UK is no working day", sorted(PARTS.values()),
         ["England", "Northern Ireland", "Scotland", "Wales"], "Procurement Act 2023, s.123"),
    Fact("KPIs above, strictly", dates.LARGE_CONTRACT_GBP, 5_000_000, "Procurement Act 2023, s.52"),
    Fact("KPIs above, for the level", VERY_LARGE_VALUE_GBP, 5_000_000,
         "Procurement Act 2023, s.52"),
    Fact("exactly £5 million needs no KPIs",
         dates.kpi_requirement(ACT, Decimal(5_000_000), 0), None, "Procurement Act 2023, s.52"),
    Fact("KPIs at least", dates.KPIS_OF_A_LARGE_CONTRACT, 3, "Procurement Act 2023, s.52"),
    Fact("contract details, days",
         (dates.DETAILS_NOTICE_DAYS, dates.DETAILS_NOTICE_DAYS_LIGHT_TOUCH), (30, 120),
         "Procurement Act 2023, s.53"),
    Fact("copy of the contract, days",
         (dates.CONTRACT_COPY_DAYS, dates.CONTRACT_COPY_DAYS_LIGHT_TOUCH), (90, 180),
         "Procurement Act 2023, s.53"),
    Fact("days that begin with the day itself", dates.last_day_of(30, date(2026, 3, 31)),
         date(2026, 4, 29), "Procurement Act 2023, ss.53 and 69: 31 March gives 29 April"),
    Fact("exclusion is told, days", dates.EXCLUSION_TOLD_DAYS, 30, "Procurement Act 2023, s.59"),
    Fact("before PPN 06/20", _minimum("2020-12-31"), ("", None), PPNS),
    Fact("PPN 06/20", _minimum("2021-01-01"), ("PPN 06/20", 10), PPNS),
    Fact("PPN 002 by choice from", social_value_minimum.PPN_002_MAY_FROM, date(2025, 2, 24), PPNS),
    Fact("PPN 002 from", _minimum("2025-10-01"), ("PPN 002", 10), PPNS),
    Fact("PPN 002, last day", _minimum("2026-12-31"), ("PPN 002", 10), PPNS),
    Fact("PPN 026, under its floor", _minimum("2027-01-01", "999999.99"), ("PPN 026", None), PPNS),
    Fact("PPN 026, from £1 million", _minimum("2027-01-01", "1000000"), ("PPN 026", 10), PPNS),
    Fact("PPN 026, at £5 million", _minimum("2027-01-01", "5000000"), ("PPN 026", 20), PPNS),
    Fact("the regime comes before the day", _minimum("2027-01-01", regime="regulations_2015"),
         ("PPN 06/20", 10), "PPN 06/20: procurements under the Regulations of 2015"),
]  # fmt: skip

CODES = [
    ("UK2", "Preliminary market engagement notice"),
    ("UK3", "Planned procurement notice"),
    ("UK4", "Tender notice"),
    ("UK5", "Transparency notice"),
    ("UK6", "Contract award notice"),
    ("UK7", "Contract details notice"),
    ("UK9", "Contract performance notice"),
    ("UK10", "Contract change notice"),
    ("UK11", "Contract termination notice"),
    ("UK12", "Procurement termination notice"),
]
LAW = "Find a Tender; Procurement Act 2023, s.83(5) and (8)"
CHOICES = [
    Fact("codes and titles of notices", [(one.code, one.title) for one in ACT_NOTICES], CODES,
         "Find a Tender, notice types"),
    Fact("notices that an exercise records",
         {code.value: code.label for code in NoticeCode if code != NoticeCode.OTHER},
         {code: f"{code} {title[0].lower()}{title[1:]}" for code, title in CODES[2:]},
         "Find a Tender, notice types"),
    Fact("notices that confirm the conflicts assessment",
         [one.code for one in ACT_NOTICES if one.conflicts is ConflictsCheck.LAW],
         ["UK4", "UK5", "UK7", "UK10"], LAW),
    Fact("exclusion grounds that bidders declare on",
         dict(Counter(ground.kind.value for ground in GROUNDS)),
         {"conviction": 8, "penalty": 7, "discretionary": 9},
         "Central Digital Platform, self-declaration, August 2026"),
    Fact("national security is discretionary",
         [ground.kind for ground in AUTHORITY_GROUNDS if ground not in GROUNDS],
         [GroundKind.DISCRETIONARY], "Procurement Act 2023, Schedule 7, paragraph 14"),
    Fact("outcomes of the assessment that are no assessed tender",
         {state.value for state in OutcomeState if state.is_disregarded},
         {"conditions_not_met", "excluded", "procedural_breach", "abnormally_low"},
         "Procurement Act 2023, ss.19(3) and 50(5)"),
    Fact("what of the winner's information may be withheld", set(WINNER_PARTS),
         {"scores", "explanations", "total"}, "Procurement Act 2023, ss.50(4)(b) and 94"),
    Fact("methods that divide price and quality",
         {method.value for method in PriceMethod if method.ranks_by_ratio},
         {"price_per_quality_point", "value_for_money_index"}, "PPN 002"),
    Fact("regimes that rules are held for",
         {regime for regime in ("procurement_act_2023", "regulations_2015", "scotland",
                                "provider_selection", "below_threshold", "unknown")
          if rules_for(regime).provisions},
         {"procurement_act_2023"}, "docs/procurement-rules.md"),
]  # fmt: skip


@pytest.mark.parametrize("fact", [*FIGURES, *CHOICES], ids=lambda fact: fact.what)
def test_fact_is_held_as_its_source_has_it(fact):
    assert fact.held == fact.right, fact.source


class Wording(NamedTuple):
    """What a rule has to say, where it is shown to people."""

    topic: Topic
    says: str
    source: str


WORDINGS = [
    Wording(Topic.AWARD_CRITERIA, "relate to the subject-matter", "s.23"),
    Wording(Topic.CONDITIONS_OF_PARTICIPATION, "must be disregarded", "s.19(3)"),
    Wording(Topic.EXCLUSION, "continuing or likely to occur again", "ss.57 to 59"),
    Wording(Topic.EXCLUSION, "reasonable opportunity to make representations", "ss.57 to 59"),
    Wording(Topic.EXCLUSION, "within 30 days", "ss.57 to 59"),
    Wording(Topic.CONFLICTS_ASSESSMENT, "contract details and contract change", "s.83(5) and (8)"),
    Wording(Topic.CONFLICTS_ASSESSMENT, "ends with the contract termination notice", "ss.81 to 83"),
    Wording(Topic.ABNORMALLY_LOW, "only after the supplier had a chance", "s.19(3) to (5)"),
    Wording(Topic.STANDSTILL, "eight working days", "s.51"),
    Wording(Topic.KEY_PERFORMANCE_INDICATORS, "since 1 January 2026", "ss.52 and 71"),
    Wording(Topic.KEY_PERFORMANCE_INDICATORS, "at least every 12 months", "ss.52 and 71"),
    Wording(Topic.CONTRACT_DETAILS, "within 30 days that begin with the day", "s.53"),
    Wording(Topic.CONTRACT_DETAILS, "three key performance indicators", "s.53"),
    Wording(Topic.CONTRACT_CHANGE, "at most 10% (works 15%)", "ss.75 to 77"),
    Wording(Topic.CONTRACT_PERFORMANCE, "No least value is needed", "s.71(5)"),
    Wording(Topic.CONTRACT_PERFORMANCE, "within 30 days that begin with the day", "s.71(5)"),
    Wording(Topic.CONTRACT_PERFORMANCE, "discretionary ground", "Schedule 7, paragraph 12(4)"),
    Wording(Topic.CONTRACT_TERMINATION, "expiry included", "s.80"),
    Wording(Topic.RECORDS, "three years from the day", "s.98"),
    Wording(Topic.RECORDS, "does not cover records of delivery", "s.98"),
    Wording(Topic.ASSESSMENT_SUMMARY, "each sub-criterion", "reg. 31"),
]


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda row: f"{row.topic.value}: {row.says}")
def test_rule_says_what_the_act_says_and_where(wording):
    provision = dict(ACT_PROVISIONS)[wording.topic]
    assert wording.says in provision.words
    assert wording.source in provision.basis


def test_wales_has_its_own_regulation_and_publishes_no_copy():
    welsh = dict(WELSH_PROVISIONS)
    assert "(Wales) Regulations 2024, reg. 32" in welsh[Topic.ASSESSMENT_SUMMARY].basis
    assert "publish no copy" in welsh[Topic.CONTRACT_DETAILS].words


def test_only_what_was_read_in_the_law_or_guidance_is_called_sourced():
    weak = {topic for topic, one in ACT_PROVISIONS if one.standing is not Standing.SOURCED}
    assert weak == {Topic.ABNORMALLY_LOW}


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        ("2025-02-23", Standing.SOURCED),
        ("2026-11-26", Standing.THIRD_PARTY),
        ("2027-01-01", Standing.THIRD_PARTY),
    ],
)
def test_policy_says_how_well_it_is_known(on, standing):
    assert _found(on, "9000000", ACT).standing is standing


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        ("professional_misconduct", "Schedule 7, paragraph 11(3)(c)"),
        ("breach_of_contract", "Schedule 7, paragraph 12(4)"),
        ("national_security", "Schedule 6, paragraph 35"),
    ],
)
def test_note_on_a_ground_cites_its_paragraph(ground, says):
    assert says in NOTES[ground]


@pytest.mark.parametrize("says", ["five years", "more than three", "24 February 2025"])
def test_look_back_is_that_of_the_schedules(says):
    assert says in LOOK_BACK


@cache
def packs():
    return {pack.framework_code: pack for pack in read_packs(default_paths())}


def titles(code: str, parent: str | None = None) -> list[str]:
    """The titles of a framework's top, or of what stands below one of its codes."""
    return [row.title for row in packs()[code].criteria if (row.parent_code or None) == parent]


TITLES = [
    Fact("themes of the National TOMs 2019", titles("national-toms"), [
        "Promote Local Skills and Employment",
        "Supporting Growth of Responsible Regional Business",
        "Healthier, Safer and more Resilient Communities",
        "Protecting and Improving Our Environment",
        "Promoting Social Innovation",
    ], "Social Value Portal, older set of themes"),
    Fact("themes of PPN 06/20", titles("social-value-model"), [
        "COVID-19 recovery",
        "Tackling economic inequality",
        "Fighting climate change",
        "Equal opportunity",
        "Wellbeing",
    ], "PPN 06/20, table of themes and outcomes"),
    Fact("outcome 8 of PPN 06/20", titles("social-value-model", "SV5")[1],
         "Improve community integration", "PPN 06/20: not cohesion"),
    Fact("the Seven Principles", titles("seven-principles"), [
        "Selflessness", "Integrity", "Objectivity", "Accountability", "Openness", "Honesty",
        "Leadership",
    ], "Committee on Standards in Public Life, 2013 wording"),
    Fact("principles of CIPFA and IFAC", titles("cipfa-ifac"), [
        "Behaving with integrity, demonstrating strong commitment to ethical values, and respecting"
        " the rule of law",
        "Ensuring openness and comprehensive stakeholder engagement",
        "Defining outcomes in terms of sustainable economic, social, and environmental benefits",
        "Determining the interventions necessary to optimise the achievement of the intended"
        " outcomes",
        "Developing the entity's capacity, including the capability of its leadership and the"
        " individuals within it",
        "Managing risks and performance through robust internal control and strong public financial"
        " management",
        "Implementing good practices in transparency, reporting, and audit, to deliver effective"
        " accountability",
    ], "International Framework: Good Governance in the Public Sector, 2014"),
    Fact("sub-principles that were read", [
        row.title for row in packs()["cipfa-ifac"].criteria if row.code in ("A1", "F1", "F2")
    ], ["Behaving with integrity", "Managing risk", "Managing performance"],
         "A council's code of governance"),
    Fact("policies that are not held as criteria",
         sorted(pack.key for pack in packs().values() if pack.framework_code.startswith("social")),
         ["social-value-model@06-20.1"], "PPN 002 and PPN 026 were not seen in full"),
]  # fmt: skip
# Outcome: its measures. Reconstructed from the published counts, which the pack says.
MEASURES = {
    "T1.1": (1, 2), "T1.2": (3, 4, 5, 6, 7), "T1.3": (8, 9, 10), "T1.4": (11, 12, 13),
    "T2.1": (14, 15, 16, 17, 18, 19), "T2.2": (20, 39), "T2.3": (21, 40, 41, 42), "T2.4": (22, 43),
    "T2.5": (23,), "T3.1": (24,), "T3.2": (25, 26), "T3.3": (27,), "T3.4": (28, 29, 30),
    "T4.1": (31, 44, 45), "T4.2": (32, 33, 46), "T4.3": (34,), "T4.4": (35, 47, 48),
    "T5.1": (50,), "T5.2": (51,), "T5.3": (52,),
}  # fmt: skip
UNITS = {
    "FTE people": (1, 3, 4, 5, 6), "percent": (2, 22, 23, 35, 41, 42),
    "hours × attendees": (7, 11, 21), "staff hours": (8,), "weeks": (9, 10, 12, 13),
    "£ spent": (14, 18, 19), "staff expert hours": (15, 47), "£ equivalent": (16,),
    "volunteering hours": (17, 29, 34), "employees": (20,),
    "£ invested": (24, 25, 26, 27, 30, 39, 43, 50, 51, 52), "£ given": (28,),
    "tonnes CO2e": (31,), "miles": (32, 33), "number of initiatives": (40,),
    "yes or no": (44, 45, 46, 48),
}  # fmt: skip


@pytest.mark.parametrize("fact", TITLES, ids=lambda fact: fact.what)
def test_titles_are_those_of_the_frameworks(fact):
    assert fact.held == fact.right, fact.source


def _by(name: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for measure in packs()["national-toms"].measures:
        found.setdefault(getattr(measure, name), []).append(int(measure.code[2:]))
    return {key: tuple(sorted(numbers)) for key, numbers in found.items()}


def test_measures_stand_under_the_outcomes_of_2019():
    assert _by("outcome_code") == MEASURES


def test_measures_have_the_units_of_2019():
    assert _by("unit") == UNITS


@pytest.mark.parametrize("code", ["national-toms", "cipfa-ifac", "social-value-model"])
def test_pack_with_what_was_not_checked_says_that_it_is_reconstructed(code):
    pack = packs()[code]
    assert pack.basis == "reconstructed"
    assert "reconstructed" in pack.basis_note
    assert "checked" in pack.basis_note
