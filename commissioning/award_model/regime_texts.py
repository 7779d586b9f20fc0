"""The rules of the Procurement Act 2023 that this service holds, each with its basis.

Sentences are our own; figures and section numbers are those of ``docs/procurement-rules.md``.
"""

from commissioning.award_model.rule_records import (
    ConflictsCheck,
    NoticeKind,
    NoticePurpose,
    Provision,
    Topic,
)
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
        Topic.CONDITIONS_OF_PARTICIPATION,
        Provision(
            "A tender from a supplier that does not satisfy the conditions of participation must "
            "be disregarded. In the other cases a tender may be disregarded: one that is "
            "abnormally low, or that breaks a procedural requirement.",
            "Procurement Act 2023, s.19(3)",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.EXCLUSION,
        Provision(
            "A supplier is excluded where a mandatory ground applies to it or to an associated "
            "person and the circumstances are continuing or likely to occur again, or where it is "
            "on the debarment list by a mandatory ground. With a discretionary ground it may be "
            "excluded, on the same terms. Before that is decided the supplier has a reasonable "
            "opportunity to make representations and to show evidence. That a supplier was "
            "excluded is told within 30 days to the Welsh Ministers, the Northern Ireland "
            "department or a Minister, as the authority is.",
            "Procurement Act 2023, ss.57 to 59 and Schedules 6 and 7",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONFLICTS_ASSESSMENT,
        Provision(
            "Identify actual and potential conflicts of everyone who can influence a decision, "
            "mitigate them and keep them under review. Prepare a conflicts assessment before the "
            "tender, transparency or dynamic market notice; cover what a reasonable person could "
            "wrongly take for a conflict. Confirm in the tender, transparency, dynamic market "
            "establishment, contract details and contract change notices that it was prepared and "
            "revised. The duty ends with the contract termination notice.",
            "Procurement Act 2023, ss.81 to 83; which notices, s.83(5) and (8)",
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
            "They are assessed and published at least every 12 months and when the contract ends, "
            "since 1 January 2026. "
            "Frameworks, concessions, light touch contracts and private utilities are exempt, and "
            "contracts whose performance such indicators cannot measure.",
            "Procurement Act 2023, ss.52 and 71",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONTRACT_CHANGE,
        Provision(
            "A contract change notice is published before the contract is changed, unless its "
            "value changes by at most 10% (works 15%) or its term by at most 10%; always where "
            "the supplier is replaced on restructuring. Above £5 million a copy follows within 90 "
            "days. A voluntary standstill lasts at least eight working days. Not for defence, "
            "light touch, private utilities and transferred Northern Ireland authorities.",
            "Procurement Act 2023, ss.75 to 77",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONTRACT_PERFORMANCE,
        Provision(
            "A contract performance notice is published where a breach led to termination in "
            "part, damages or a settlement, or where a supplier still does not perform to "
            "satisfaction after a proper opportunity to improve: within 30 days that begin with "
            "the day on which that first applies. No least value is needed: it is for every "
            "public contract but light touch contracts and private utilities. A full termination "
            "for breach is told in the termination notice instead. A published notice is a "
            "discretionary ground for exclusion in itself.",
            "Procurement Act 2023, s.71(5) and Schedule 7, paragraph 12(4)",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.CONTRACT_TERMINATION,
        Provision(
            "Every end of a contract is told in a contract termination notice, expiry included, "
            "within 30 days that begin with the day of the end. Not for private utilities and user "
            "choice contracts.",
            "Procurement Act 2023, s.80; Procurement Regulations 2024 (SI 2024/692), reg. 41",
            Standing.SOURCED,
        ),
    ),
    (
        Topic.RECORDS,
        Provision(
            "Records of material decisions and of communications with suppliers are kept for three "
            "years from the day on which the contract is entered into, or awarded where it is not, "
            "and longer where other law asks for it. The duty ends earlier where a procurement "
            "termination notice is published. It does not cover records of delivery.",
            "Procurement Act 2023, s.98",
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

_DETAILS_WORDS = (
    "A contract details notice is published within 30 days that begin with the day on which the "
    "contract is entered into, 120 days for light touch. It names the three key performance "
    "indicators that are most material."
)

ACT_PROVISIONS = (
    *_SHARED,
    (
        Topic.CONTRACT_DETAILS,
        Provision(
            f"{_DETAILS_WORDS} Above £5 million a copy of the contract follows within 90 days, "
            "180 for light touch; transferred Northern Ireland authorities publish none.",
            "Procurement Act 2023, s.53",
            Standing.SOURCED,
        ),
    ),
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
        Topic.CONTRACT_DETAILS,
        Provision(
            f"{_DETAILS_WORDS} Devolved Welsh authorities publish no copy of the contract.",
            "Procurement Act 2023, s.53",
            Standing.SOURCED,
        ),
    ),
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
    NoticeKind(NoticePurpose.TENDER, "UK4", "Tender notice", Standing.SOURCED, ConflictsCheck.LAW),
    NoticeKind(
        NoticePurpose.TRANSPARENCY,
        "UK5",
        "Transparency notice",
        Standing.SOURCED,
        ConflictsCheck.LAW,
    ),
    NoticeKind(
        NoticePurpose.AWARD, "UK6", "Contract award notice", Standing.SOURCED, ConflictsCheck.OURS
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_DETAILS,
        "UK7",
        "Contract details notice",
        Standing.SOURCED,
        ConflictsCheck.LAW,
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_PERFORMANCE, "UK9", "Contract performance notice", Standing.SOURCED
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_CHANGE,
        "UK10",
        "Contract change notice",
        Standing.SOURCED,
        ConflictsCheck.LAW,
    ),
    NoticeKind(
        NoticePurpose.CONTRACT_TERMINATION,
        "UK11",
        "Contract termination notice",
        Standing.SOURCED,
    ),
    NoticeKind(
        NoticePurpose.PROCUREMENT_TERMINATION,
        "UK12",
        "Procurement termination notice",
        Standing.SOURCED,
    ),
)
