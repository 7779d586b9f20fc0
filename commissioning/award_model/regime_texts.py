"""The rules of the Procurement Act 2023 that this service holds, each with its basis.

Sentences are our own; figures and section numbers are those of ``docs/procurement-rules.md``.
"""

from commissioning.award_model.rule_records import NoticeKind, NoticePurpose, Provision, Topic
from commissioning.award_model.terms import Standing

_SHARED = (
    (
        Topic.AWARD_CRITERIA,
        Provision(
            "Award criteria relate to the subject-matter of the contract, are clear, measurable "
            "and specific enough, and are proportionate. Say how tenders are assessed, which "
            "failures disqualify, and how much each criterion counts.",
            "Procurement Act 2023, s.23",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.TENDERING_PERIOD,
        Provision(
            "At least 25 days where tenders are sent electronically and all documents come with "
            "the notice; at least 10 after a qualifying planned procurement notice. Other cases "
            "have other periods, which this service does not hold.",
            "Procurement Act 2023, s.54, as summarised by practitioners",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONFLICTS_ASSESSMENT,
        Provision(
            "Identify actual, potential and perceived conflicts of everyone who can influence a "
            "decision, mitigate them, keep them under review, and prepare a conflicts assessment "
            "before the tender or transparency notice. Confirm in later notices that it was "
            "prepared and revised.",
            "Procurement Act 2023, ss.81 to 83",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.ABNORMALLY_LOW,
        Provision(
            "A tender may be set aside as abnormally low only after the supplier had a chance to "
            "show that it can perform at that price.",
            "Procurement Act 2023, s.19(3) to (5)",
            Standing.THIRD_PARTY,
        ),
    ),
    (
        Topic.STANDSTILL,
        Provision(
            "The contract is not entered into before eight working days have passed. The day on "
            "which the contract award notice is published is the first of them if it is a working "
            "day. A day that is a bank holiday in any part of the United Kingdom is none.",
            "Procurement Act 2023, s.51; government guidance on contract award notices and "
            "standstill; for working days s.123, read in a law firm's summary",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.DIRECT_AWARD,
        Provision(
            "A contract may be awarded without competition only on a ground in the Act. A "
            "transparency notice says so before the award.",
            "Procurement Act 2023, ss.41 to 44 and Schedule 5",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.KEY_PERFORMANCE_INDICATORS,
        Provision(
            "A contract worth more than £5 million has at least three key performance indicators. "
            "They are assessed and published at least every 12 months and when the contract ends. "
            "Frameworks, concessions, light touch contracts and private utilities are exempt, and "
            "contracts whose performance such indicators cannot measure.",
            "Procurement Act 2023, ss.52 and 71",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONTRACT_DETAILS,
        Provision(
            "A contract details notice is published within 30 days after the contract is entered "
            "into, 120 days for light touch. Above £5 million a copy of the contract follows "
            "within 90 days, 180 for light touch.",
            "Procurement Act 2023, s.53",
            Standing.UNCHECKED,
        ),
    ),
    (
        Topic.RECORDS,
        Provision(
            "Records of decisions are kept for three years from the day on which the contract is "
            "entered into, and longer where other law asks for it.",
            "Procurement Act 2023, s.98(4)",
            Standing.SOURCED,
        ),
    ),
)

_SUMMARY_WORDS = (
    "Each supplier with an assessed tender gets a summary before the contract award notice: the "
    "criteria and how they were assessed, its score for each criterion with an explanation by "
    "reference to its tender, how it did on each sub-criterion, totals, and the same of the "
    "winning tender less what may be withheld."
)

ACT_PROVISIONS = (
    *_SHARED,
    (
        Topic.ASSESSMENT_SUMMARY,
        Provision(
            _SUMMARY_WORDS,
            "Procurement Act 2023, s.50; Procurement Regulations 2024 (SI 2024/692), reg. 31",
            Standing.SOURCED,
        ),
    ),
)
WELSH_PROVISIONS = (
    *_SHARED,
    (
        Topic.ASSESSMENT_SUMMARY,
        Provision(
            f"{_SUMMARY_WORDS} The fields are taken from the regulations for England; compare "
            "them with those for Wales.",
            "Procurement Act 2023, s.50; Procurement (Wales) Regulations 2024, reg. 32",
            Standing.THIRD_PARTY,
        ),
    ),
)

ACT_NOTICES = (
    NoticeKind(
        NoticePurpose.MARKET_ENGAGEMENT,
        "UK2",
        "Preliminary market engagement notice",
        Standing.SOURCED,
    ),
    NoticeKind(NoticePurpose.PLANNED, "UK3", "Planned procurement notice", Standing.SOURCED),
    NoticeKind(NoticePurpose.TENDER, "UK4", "Tender notice", Standing.SOURCED, True),
    NoticeKind(NoticePurpose.TRANSPARENCY, "UK5", "Transparency notice", Standing.SOURCED, True),
    NoticeKind(NoticePurpose.AWARD, "UK6", "Contract award notice", Standing.SOURCED, True),
    NoticeKind(
        NoticePurpose.CONTRACT_DETAILS, "UK7", "Contract details notice", Standing.SOURCED, True
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_PERFORMANCE, "UK9", "Contract performance notice", Standing.SOURCED
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_CHANGE, "UK10", "Contract change notice", Standing.UNCHECKED, True
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_TERMINATION,
        "UK11",
        "Contract termination notice",
        Standing.UNCHECKED,
    ),
    NoticeKind(
        NoticePurpose.PROCUREMENT_TERMINATION,
        "UK12",
        "Procurement termination notice",
        Standing.SOURCED,
    ),
)
