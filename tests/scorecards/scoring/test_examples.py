"""The worked examples of docs/scoring.md, checked against the code."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

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
    Opinion,
    OutcomeInput,
    PrincipleInput,
    Scale,
    ScorecardInput,
    SocialValueInput,
    ThemeInput,
    evaluate,
    policy_from_plain,
    to_plain,
)
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.opinion import overall_opinion
from scorecards.scoring.scale import percent_of
from scorecards.scoring.social_value import social_value

PAGE = Path(__file__).parents[3] / "docs" / "scoring.md"
EXAMPLES = [
    yaml.safe_load(block)
    for block in re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
]

CARD_KINDS = {"percent", "framework", "policy", "overall", "social_value"}
# Checked in test_award_examples.py.
AWARD_KINDS = {
    "price",
    "price_alone",
    "ratio",
    "social_value_points",
    "rounding",
    "award",
    "award_lots",
    "abnormally_low",
    "agreement",
    "spread",
}


def examples_of(kind):
    return pytest.mark.parametrize(
        "example",
        [e for e in EXAMPLES if e["kind"] == kind],
        ids=lambda example: example["example"],
    )


def test_page_holds_examples_of_every_kind():
    kinds = {e["kind"] for e in EXAMPLES}

    assert kinds == CARD_KINDS | AWARD_KINDS
    assert len([e for e in EXAMPLES if e["kind"] in CARD_KINDS]) == 15
    assert len([e for e in EXAMPLES if e["kind"] in AWARD_KINDS]) == 16


@examples_of("percent")
def test_percent_of_example(example):
    scale = Scale(*example["scale"])

    for case in example["cases"]:
        assert as_decimal(percent_of(case["rating"], scale)) == Decimal(case["percent"])


@examples_of("policy")
def test_default_policy_is_the_documented_one(example):
    assert policy_from_plain(example["policy"]) == DEFAULT_POLICY


@examples_of("overall")
def test_overall_of_example(example):
    for case in example["cases"]:
        opinions = [(word, Opinion(word)) for word in case["opinions"]]

        assert overall_opinion(opinions).opinion == Opinion(case["overall"])


@examples_of("framework")
def test_framework_of_example(example):
    framework = FrameworkInput(
        code="example",
        edition="1",
        title="Example",
        scale=Scale(*example["scale"]),
        principles=tuple(
            PrincipleInput(
                code=code,
                title=code,
                weight=Decimal(example.get("weights", {}).get(code, "1")),
                criteria=tuple(_criterion(row) for row in rows),
            )
            for code, rows in example["principles"].items()
        ),
    )
    outcome = evaluate(
        ScorecardInput(
            assessed_on=date.fromisoformat(example.get("assessed_on", "2026-01-01")),
            policy=DEFAULT_POLICY,
            frameworks=(framework,),
        )
    ).frameworks[0]
    found = to_plain(outcome) | {
        "principles": {p.code: str(p.percent) for p in outcome.principles},
        "opinion": str(outcome.opinion.opinion),
        "decided_by": outcome.opinion.decided_by,
        "words": outcome.opinion.words,
    }

    assert {key: found[key] for key in example["expect"]} == example["expect"]


@examples_of("social_value")
def test_social_value_of_example(example):
    outcome = social_value(_social_value_input(example))
    measures = {m.code: m for t in outcome.themes for o in t.outcomes for m in o.measures}
    expect = example["expect"]

    assert set(measures) == set(expect["measures"])
    for code, figures in expect["measures"].items():
        row = to_plain(measures[code]) | {"gaps": to_plain(measures[code].committed_gaps)}
        assert {key: row[key] for key in figures} == figures
    for theme in outcome.themes:
        if theme.code in expect.get("themes", {}):
            assert to_plain(theme.money) == expect["themes"][theme.code]
    assert to_plain(outcome.money) == expect["total"]
    found = to_plain(outcome)
    for key in ("committed_percent_of_contract", "delivered_percent_of_contract"):
        assert found[key] == expect[key]
    assert [m.code for m in outcome.record_only] == expect["record_only"]
    assert [[w.first, w.second] for w in outcome.warnings] == expect["warnings"]


def _criterion(row):
    return CriterionInput(
        code=row["code"],
        is_core=row.get("core", False),
        rating=row.get("rating"),
        claim=row.get("claim"),
        weight=Decimal(row.get("weight", "1")),
        applicability=Applicability(row.get("applicability", "applicable")),
        evidence_strength=EvidenceStrength(row["strength"]) if "strength" in row else None,
        evidence_valid_until=tuple(map(date.fromisoformat, row.get("valid_until", []))),
    )


def _social_value_input(example):
    return SocialValueInput(
        edition="example",
        value_set="example",
        gross_of_deadweight=example["gross_of_deadweight"],
        is_illustrative=True,
        term_years=_decimal(example["term_years"]),
        contract_value_gbp=_decimal(example["contract_value_gbp"]),
        themes=tuple(
            ThemeInput(
                theme,
                theme,
                tuple(
                    OutcomeInput(title, title, tuple(_measure(row) for row in rows))
                    for title, rows in outcomes.items()
                ),
            )
            for theme, outcomes in example["themes"].items()
        ),
        double_count_pairs=tuple(DoubleCountPair(*pair) for pair in example.get("pairs", [])),
    )


def _measure(row):
    return MeasureInput(
        code=row["code"],
        label=row["code"],
        unit="each",
        kind=MeasureKind(row.get("kind", "monetised")),
        committed_quantity=_decimal(row.get("committed")),
        committed_basis=CommittedBasis(row.get("basis", "whole_term")),
        delivered_quantity=_decimal(row.get("delivered")),
        unit_value_gbp=_decimal(row.get("value")),
        attribution_percent=_decimal(row.get("attribution")),
        deadweight_percent=_decimal(row.get("deadweight")),
    )


def _decimal(text):
    return None if text is None else Decimal(text)
