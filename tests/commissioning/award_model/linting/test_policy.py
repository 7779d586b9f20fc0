"""Ethics, social value and indicators over the whole model."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commissioning.award_model.linting.policy import policy_remarks
from commissioning.award_model.model import Condition, Term
from tests.commissioning.award_model.models import (
    ETHICS,
    LOT,
    MODEL,
    SOCIAL_VALUE,
    with_criterion,
    with_lot,
)

WITHOUT_ETHICS = with_lot(criteria=LOT.criteria[:3])
CENTRAL = replace(MODEL, body_type="central")
LARGE = replace(MODEL, value_gbp=Decimal("5000000.01"))


def found(model):
    return [(one.code, one.severity.value) for one in policy_remarks(model)]


def indicators(*targets):
    return tuple(
        Term(f"k{index}", f"Indicator {index}", is_kpi=True, target=target)
        for index, target in enumerate(targets)
    )


def test_complete_model_is_good():
    assert found(MODEL) == []


def test_ethics_found_nowhere_is_a_warning_with_three_ways_out():
    [remark] = policy_remarks(WITHOUT_ETHICS)
    assert (remark.code, remark.lot_number) == ("ethics_missing", 1)
    for way in ("condition of participation", "award criterion", "contract term"):
        assert way in remark.words


@pytest.mark.parametrize(
    "changes",
    [
        {"conditions": (Condition("c", "Code of conduct", is_ethics=True),)},
        {"terms": (Term("t", "Code of conduct", is_ethics=True),)},
        {"lots": (LOT,)},
    ],
)
def test_ethics_in_conditions_terms_or_criteria_is_enough(changes):
    assert found(replace(WITHOUT_ETHICS, **changes)) == []


def test_condition_that_is_not_of_ethics_is_not_enough():
    model = replace(WITHOUT_ETHICS, conditions=(Condition("c", "Insurance"),))
    assert found(model) == [("ethics_missing", "warning")]


def test_lot_without_ethics_beside_one_with_it_is_told():
    second = replace(LOT, number=2, criteria=LOT.criteria[:3])
    remarks = list(policy_remarks(replace(MODEL, lots=(LOT, second))))
    assert [(one.code, one.lot_number) for one in remarks] == [("ethics_missing", 2)]


def test_social_value_under_the_minimum_is_a_warning_with_its_basis():
    model = replace(
        with_criterion(replace(SOCIAL_VALUE, weight_percent=Decimal("9.5"))), body_type="central"
    )
    [remark] = policy_remarks(model)
    assert remark.words.startswith(
        "In lot 1 social value counts 9.5%. Social value counts for at least 10% of the total "
        "under PPN 002."
    )
    assert remark.words.endswith("This was not checked against the policy note itself.")
    assert remark.basis.startswith("PPN 002")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"tender_notice_on": None}, ["social_value_minimum_open"]),
        ({"tender_notice_on": date(2027, 1, 1), "value_gbp": None}, ["social_value_minimum_open"]),
        ({"tender_notice_on": date(2027, 1, 1)}, ["social_value_minimum_open"]),
        ({"tender_notice_on": date(2027, 1, 1), "value_gbp": Decimal(5_000_000)},
         ["social_value_under_minimum"]),
        ({"tender_notice_on": date(2027, 1, 1), "value_gbp": Decimal(4_999_999)}, []),
        ({"body_type": "other"}, ["social_value_minimum_open"]),
        ({"body_type": "sub_central", "lots": WITHOUT_ETHICS.lots}, ["ethics_missing"]),
    ],
)  # fmt: skip
def test_minimum_hangs_on_body_day_and_value(changes, codes):
    assert [code for code, _severity in found(replace(CENTRAL, **changes))] == codes


def test_local_government_is_not_bound():
    none = with_lot(criteria=(replace(ETHICS, weight_percent=Decimal(100)),))
    assert found(none) == []


@pytest.mark.parametrize(
    ("targets", "codes"),
    [
        (("90%", "100%", "5 days"), []),
        (("90%", "100%"), ["kpis_too_few"]),
        (("90%", "100%", " "), ["kpi_without_target"]),
    ],
)
def test_large_contract_has_three_indicators_with_targets(targets, codes):
    model = replace(LARGE, terms=indicators(*targets))
    assert [code for code, _severity in found(model)] == codes


def test_contract_of_exactly_five_million_needs_none():
    assert found(replace(MODEL, value_gbp=Decimal(5_000_000))) == []


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        ("unknown", ("regime_unknown", "warning")),
        ("scotland", ("regime_not_held", "note")),
        ("provider_selection", ("regime_not_held", "note")),
        ("regulations_2015", ("regime_not_held", "note")),
        ("below_threshold", ("regime_not_held", "note")),
    ],
)
def test_regime_without_rules_is_told(regime, expected):
    assert found(replace(MODEL, regime=regime)) == [expected]
