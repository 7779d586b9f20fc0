"""Report contents for tests: a short one of 15 criteria, a long one of about 100."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from scorecards.documents.content import (
    Basis,
    ContractText,
    CriterionText,
    EvidenceText,
    FindingText,
    FrameworkText,
    HistoryEntry,
    MeasuresText,
    ReportContent,
    VerificationText,
)
from scorecards.scoring import (
    DEFAULT_POLICY,
    Applicability,
    CommittedBasis,
    CriterionInput,
    DoubleCountPair,
    EvidenceStrength,
    FrameworkInput,
    MeasureInput,
    MeasureKind,
    OutcomeInput,
    PrincipleInput,
    Scale,
    ScorecardInput,
    SocialValueInput,
    ThemeInput,
    evaluate,
)

DAY = date(2026, 9, 14)
MADE_AT = datetime(2026, 9, 21, 14, 5, tzinfo=UTC)
SEVEN = (
    "Selflessness",
    "Integrity",
    "Objectivity",
    "Accountability",
    "Openness",
    "Honesty",
    "Leadership",
)
GOVERNANCE = (
    "Behaving with integrity and respecting the rule of law",
    "Openness and stakeholder engagement",
    "Defining outcomes in sustainable terms",
    "Determining the interventions that are needed",
    "Developing capacity and leadership",
    "Managing risks and performance",
    "Transparency, reporting and audit",
)
EXPECTATIONS = (
    "The board owns ethical standards and looks at them at least once a year",
    "A code of conduct reaches everyone who works on the contract",
    "Interests, gifts and hospitality are declared and published",
    "People can speak up safely and are told what came of it",
    "Complaints and the voice of users change what is done",
    "Training and appraisal cover how people behave",
    "The supply chain works to the same standards",
    "Reported figures are honest and can be traced",
)
RATIONALE = (
    "The policy was approved in March and is on the intranet; the training log covers 46 of 52 "
    "people who work on the contract. Two subcontractors had not confirmed that they had read it "
    "when the sample was taken, and the provider has given a date by which they will. "
)
STRENGTHS = (
    EvidenceStrength.DOCUMENTED,
    EvidenceStrength.VERIFIED,
    EvidenceStrength.DOCUMENTED,
    EvidenceStrength.ASSERTED,
)
SCALE_POINTS = (
    (0, "Not in place", "There is no arrangement, or it exists in name only."),
    (1, "Partly in place", "Some of what is expected exists, with important gaps."),
    (2, "In place", "What is expected exists, reaches everyone and is used."),
    (3, "Strong", "It works, it is checked, and it is improved from what is learnt."),
)


def short_content(**changes) -> ReportContent:
    """Two frameworks, 15 criteria, illustrative social value."""
    return _content(
        [("seven-principles", "The Seven Principles of Public Life", SEVEN, 1)],
        [("cipfa-ifac", "Good governance in the public sector", GOVERNANCE, 1)],
        extra=1,
        **changes,
    )


def long_content(**changes) -> ReportContent:
    """Two frameworks, 98 criteria with long rationales and evidence."""
    return _content(
        [("seven-principles", "The Seven Principles of Public Life", SEVEN, 7)],
        [("cipfa-ifac", "Good governance in the public sector", GOVERNANCE, 7)],
        wordy=True,
        **changes,
    )


def _content(*groups, extra=0, wordy=False, **changes) -> ReportContent:
    inputs, texts = [], []
    for ((code, title, principles, each),) in groups:
        framework, text = _framework(code, title, principles, each, extra, wordy)
        inputs.append(framework)
        texts.append(text)
        extra = 0
    scored = changes.pop("inputs", None) or ScorecardInput(
        assessed_on=DAY,
        policy=DEFAULT_POLICY,
        frameworks=tuple(inputs),
        social_value=social_value_input(),
    )
    fields = {
        "reference": "RP-7F3KQ8M",
        "scorecard_reference": "SC-4HT9WXR",
        "is_draft": False,
        "created_at": MADE_AT,
        "level": "enhanced" if wordy else "core",
        "contract": ContractText(
            reference="CT-9PQ4T7K",
            title="Home care and reablement, northern localities",
            commissioner="Llanfair and Eastmoor Combined Council",
            provider="Harbourlight Care CIC",
            ocid="ocds-h6vhtk-04a1b2",
            value_gbp=Decimal("2450000"),
            starts_on=date(2025, 4, 1),
            ends_on=date(2028, 3, 31),
            source="Find a Tender, Open Government Licence v3.0",
        ),
        "inputs": scored,
        "outcome": evaluate(scored),
        "frameworks": tuple(texts),
        "measures": MeasuresText(
            edition="2019-reconstructed.1",
            title="National TOMs",
            publisher="after Social Value Portal",
            basis=Basis.RECONSTRUCTED,
            basis_note="Codes and units; no values of the published set are included.",
            value_set_title="Illustrative round figures",
            value_set_licence="Made up for this demonstration.",
        ),
        "findings": _findings(3 if not wordy else 9),
        "history": _history(),
        "verification": VerificationText(
            "https://assurance.example.org/verify/", "9f2c41d07be6a8e3"
        ),
        "versions": (("method", "1"), ("WeasyPrint", "70.0"), ("template", "1")),
    }
    return ReportContent(**(fields | changes))


def _framework(code, title, principles, each, extra, wordy):
    letters = "ABCDEFG" if code.startswith("cipfa") else "1234567"
    nodes, words, number = [], [], 0
    for letter, name in zip(letters, principles, strict=True):
        count = each + (extra if letter == letters[-1] else 0)
        criteria = []
        for place in range(1, count + 1):
            number += 1
            key = f"{letter}.{place}"
            agreed_out = wordy and number % 23 == 0
            criteria.append(
                CriterionInput(
                    code=key,
                    is_core=place == 1,
                    rating=None if agreed_out else (3, 2, 2, 3, 1, 2)[number % 6],
                    claim=None if number % 11 == 0 else (3, 3, 2, 3, 2, 2)[number % 6],
                    applicability=(
                        Applicability.AGREED_NOT_APPLICABLE
                        if agreed_out
                        else Applicability.APPLICABLE
                    ),
                    evidence_strength=None if agreed_out else STRENGTHS[number % 4],
                    evidence_valid_until=(
                        () if agreed_out else (DAY + timedelta(days=200 - 9 * (number % 30)),)
                    ),
                )
            )
            words.append(_criterion(key, number, place, wordy, agreed_out))
        nodes.append(PrincipleInput(letter, name, tuple(criteria)))
    framework = FrameworkInput(code, "2026.1", title, Scale(0, 3), tuple(nodes))
    text = FrameworkText(
        code=code,
        edition="2026.1",
        title=title,
        publisher="this system, after published sources",
        licence="Titles under the Open Government Licence v3.0.",
        source="Committee on Standards in Public Life, 2014",
        basis=Basis.OWN_SYNTHESIS,
        basis_note="The expectations are not a statement by the Committee.",
        scale_points=SCALE_POINTS,
        criteria=tuple(words),
    )
    return framework, text


def _criterion(key, number, place, wordy, agreed_out):
    return CriterionText(
        code=key,
        title=EXPECTATIONS[number % len(EXPECTATIONS)],
        explanation="People at every level know what is expected, and someone checks.",
        level="core" if place == 1 else "standard" if place < 4 else "enhanced",
        answered_by="provider" if number % 5 else "commissioner",
        rationale="" if agreed_out else RATIONALE * (2 if wordy and number % 3 else 1),
        found_where="" if agreed_out else f"Policy, section {number % 9 + 1}",
        not_applicable_reason="Nobody is employed under TUPE." if agreed_out else "",
        evidence=() if agreed_out else _evidence(number, 2 if wordy else 1),
    )


def _evidence(number, count):
    return tuple(
        EvidenceText(
            reference=f"EV-{number:02}K{item}QWT",
            title=("Code of conduct 2026", "Training log, quarter 2")[item],
            covers_from=date(2026, 1, 1),
            covers_to=date(2026, 6, 30),
            valid_until=DAY + timedelta(days=200 - 9 * (number % 30)),
            sha256=f"{number * 7919 + item:08x}" * 8,
        )
        for item in range(count)
    )


def _findings(count):
    priorities = ("high", "medium", "low")
    return tuple(
        FindingText(
            reference=f"FN-{n:02}RKT4W",
            priority=priorities[n % 3],
            criterion_code=f"{n % 7 + 1}.1",
            title=EXPECTATIONS[(n + 3) % len(EXPECTATIONS)] + ": not shown for subcontractors",
            detail="Two of the five subcontractors have not signed the code.\n"
            "The provider should show signed copies within three months.",
        )
        for n in range(count)
    )


def _history():
    steps = (
        ("Asha Verma, contract manager", "Asked for the self-assessment"),
        (
            "Owen Pryce, authorised signatory",
            "Submitted the self-assessment and accepted the standards",
        ),
        ("Mair Siân Ŵyn, evaluator", "Declared no interest and rated the criteria"),
        ("Mair Siân Ŵyn, evaluator", "Sent the scorecard for approval"),
        ("Tom Ødegård, approver", "Signed off the scorecard"),
    )
    return tuple(
        HistoryEntry(MADE_AT - timedelta(days=40 - 9 * n), who, what)
        for n, (who, what) in enumerate(steps)
    )


def social_value_input(is_illustrative=True) -> SocialValueInput:
    def measure(code, label, unit, **figures):
        kind = figures.pop("kind", MeasureKind.MONETISED)
        return MeasureInput(code, label, unit, kind, **figures)

    full, none = Decimal(100), Decimal(0)
    jobs = (
        measure(
            "NT1",
            "Local people employed",
            "people, full-time equivalent",
            committed_quantity=Decimal("2.5"),
            committed_basis=CommittedBasis.YEARLY,
            delivered_quantity=Decimal(4),
            unit_value_gbp=Decimal(30000),
            attribution_percent=full,
            deadweight_percent=Decimal(25),
        ),
        measure(
            "NT2",
            "Share of local people",
            "%",
            kind=MeasureKind.RECORD_ONLY,
            committed_quantity=Decimal(60),
            delivered_quantity=Decimal(55),
        ),
    )
    social = (
        measure(
            "NT28",
            "Donations to local projects",
            "£",
            committed_quantity=Decimal(9000),
            delivered_quantity=Decimal("2500.50"),
            unit_value_gbp=Decimal(1),
            attribution_percent=full,
            deadweight_percent=none,
        ),
        measure(
            "NT29",
            "Volunteering hours for local projects",
            "hours",
            committed_quantity=Decimal(800),
            delivered_quantity=Decimal(120),
            unit_value_gbp=Decimal(10),
            attribution_percent=full,
        ),
    )
    climate = (
        measure(
            "NT31",
            "Carbon saved",
            "tCO2e",
            committed_quantity=Decimal(120),
            unit_value_gbp=Decimal(200),
            attribution_percent=Decimal(50),
            deadweight_percent=none,
        ),
    )
    return SocialValueInput(
        edition="2019-reconstructed.1",
        value_set="VS-DEMO",
        gross_of_deadweight=True,
        is_illustrative=is_illustrative,
        term_years=Decimal(3),
        contract_value_gbp=Decimal(2450000),
        themes=(
            ThemeInput(
                "JOBS", "Jobs", (OutcomeInput("J1", "More local people in employment", jobs),)
            ),
            ThemeInput("GROWTH", "Growth", (OutcomeInput("G1", "Opportunities for VCSEs", ()),)),
            ThemeInput(
                "SOCIAL", "Social", (OutcomeInput("S1", "Working with the community", social),)
            ),
            ThemeInput(
                "ENV", "Environment", (OutcomeInput("E1", "Climate impacts are reduced", climate),)
            ),
        ),
        double_count_pairs=(
            DoubleCountPair("NT28", "NT29", "hours given may also be entered as a donation."),
        ),
    )
