"""Ready sections pass the linter as they are."""

from dataclasses import replace
from decimal import Decimal

import pytest

from commissioning.award_model.ethics_texts import ETHICS_TEXTS
from commissioning.award_model.linter import lint
from commissioning.award_model.ready_sections import (
    FrameworkCriterion,
    ethics_conditions,
    ethics_criterion,
    ethics_terms,
    social_value_from_measures,
    social_value_from_model,
)
from commissioning.award_model.terms import CriterionKind, SocialValueMethod
from principles.packs import FRAMEWORKS, read_pack
from tests.commissioning.award_model.models import LOT, MODEL

TEN = Decimal(10)


def criteria_of(file):
    pack = read_pack(FRAMEWORKS / file)
    parents = {row.parent_code for row in pack.criteria}
    return [
        FrameworkCriterion(
            f"{pack.framework_code} {pack.label} {row.code}",
            row.code,
            row.title,
            row.explanation,
            row.good,
            row.evidence_to_ask,
        )
        for row in pack.criteria
        if row.code not in parents
    ]


@pytest.fixture(scope="module")
def expectations():
    return criteria_of("seven-principles-2026.1.yaml")


@pytest.fixture(scope="module")
def known(expectations):
    return [row for row in expectations if row.code in ETHICS_TEXTS]


def with_section(*criteria, **changes):
    """The complete model with its ethics or social value criterion replaced by a ready one."""
    kinds = {criterion.kind for criterion in criteria}
    kept = [criterion for criterion in LOT.criteria if criterion.kind not in kinds]
    return replace(MODEL, lots=(replace(LOT, criteria=(*kept, *criteria)),), **changes)


def test_ethics_as_award_criterion_passes_the_linter(known):
    section = ethics_criterion(known, number="4", weight_percent=TEN)
    assert lint(with_section(section)) == ()
    assert len(section.sub_criteria) == len(known) == 12
    assert {part.kind for part in section.tree()} == {CriterionKind.ETHICS}
    assert section.sub_criteria[0].number == "4.1"


def test_ethics_as_conditions_and_terms_passes_the_linter(known):
    model = replace(MODEL, conditions=ethics_conditions(known), terms=ethics_terms(known))
    assert lint(model) == ()
    assert all(one.is_ethics and one.draws_on for one in (*model.conditions, *model.terms))
    assert all(one.evidence for one in model.conditions)
    assert sum(one.is_kpi for one in model.terms) >= 3


def test_expectation_without_ready_wording_is_built_from_the_framework(expectations):
    [row] = [row for row in expectations if row.code == "SP1.3"]
    [condition], [term] = ethics_conditions([row]), ethics_terms([row])
    [part] = ethics_criterion([row], number="4", weight_percent=TEN).sub_criteria
    assert row.title in condition.text and row.title in part.asks and row.title in term.text
    assert condition.evidence == "; ".join(row.evidence)
    assert (part.guidance, term.is_kpi, term.target) == (row.good, False, "")


def test_every_expectation_can_be_a_criterion_without_an_error(expectations):
    section = ethics_criterion(expectations, number="4", weight_percent=TEN)
    assert [one for one in lint(with_section(section)) if one.severity == "error"] == []


def test_keys_fit_into_their_column(expectations):
    keys = [one.key for one in ethics_conditions(expectations)]
    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= 20


def test_social_value_from_measures_passes_the_linter():
    section = social_value_from_measures(
        ["NT1", "NT10"], number="3", weight_percent=TEN, target_gbp=Decimal(50000)
    )
    assert lint(with_section(section)) == ()
    assert section.social_value.method is SocialValueMethod.TARGET
    assert section.social_value.measure_codes == ("NT1", "NT10")


def test_social_value_from_the_model_of_ppn_06_20_passes_the_linter():
    rows = criteria_of("social-value-model-06-20.1.yaml")
    section = social_value_from_model(rows, number="3", weight_percent=TEN)
    assert lint(with_section(section)) == ()
    assert len(section.sub_criteria) == 25
    assert section.sub_criteria[0].draws_on == ("social-value-model 06-20.1 SV1-1.1",)
    assert section.sub_criteria[0].asks.startswith(rows[0].explanation)


@pytest.mark.parametrize("make", [ethics_criterion, social_value_from_model])
def test_nothing_chosen_is_refused(make):
    with pytest.raises(ValueError):
        make([], number="4", weight_percent=TEN)
