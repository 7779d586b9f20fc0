"""The least weight of social value, by body, day and value."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commissioning.award_model.model import PriceRule
from commissioning.award_model.social_value_minimum import social_value_minimum, social_value_share
from commissioning.award_model.terms import CriterionKind, PriceMethod, Standing
from tests.commissioning.award_model.models import ETHICS, LOT, PRICE, QUALITY, SOCIAL_VALUE

ACT = "procurement_act_2023"


def minimum(on="2026-11-30", value="800000", body="central", regime=ACT, **more):
    return social_value_minimum(
        regime=regime,
        body_type=body,
        tender_notice_on=date.fromisoformat(on) if on else None,
        value_gbp=Decimal(value) if value else None,
        **more,
    )


@pytest.mark.parametrize(
    ("on", "value", "policy", "percent"),
    [
        ("2020-12-31", "9000000", "", None),
        ("2021-01-01", "200000", "PPN 06/20", 10),
        ("2025-02-24", "200000", "PPN 06/20", 10),
        ("2025-09-30", "200000", "PPN 06/20", 10),
        ("2025-10-01", "200000", "PPN 002", 10),
        ("2026-12-31", "9000000", "PPN 002", 10),
        ("2027-01-01", "999999.99", "PPN 026", None),
        ("2027-01-01", "1000000", "PPN 026", 10),
        ("2027-01-01", "4999999.99", "PPN 026", 10),
        ("2027-01-01", "5000000", "PPN 026", 20),
        ("2027-01-01", None, "PPN 026", None),
    ],
)
def test_policy_is_that_of_the_day_of_the_tender_notice(on, value, policy, percent):
    found = minimum(on, value)
    assert (found.policy, found.percent) == (policy, percent)
    assert found.is_binding == (percent is not None)


@pytest.mark.parametrize("on", ["2025-10-01", "2026-11-30", "2027-01-01"])
def test_procurement_under_the_regulations_of_2015_keeps_the_first_policy(on):
    found = minimum(on, "9000000", regime="regulations_2015")
    assert (found.policy, found.percent) == ("PPN 06/20", 10)


def test_either_policy_may_be_followed_while_both_ran():
    assert "You may follow PPN 002 instead" in minimum("2025-03-01").words
    assert "instead" not in minimum("2025-02-23").words


@pytest.mark.parametrize(
    ("on", "whole"),
    [("2025-03-01", "total"), ("2026-11-30", "part that is not price"),
     ("2027-01-01", "part that is not price")],
)  # fmt: skip
def test_share_is_of_the_rest_where_price_is_divided(on, whole):
    assert f"of the {whole} under" in minimum(on, "1000000", method_divides=True).words
    assert "of the total under" in minimum(on, "1000000").words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": "sub_central"}, "No minimum weight binds you"),
        ({"body": "nhs"}, "No minimum weight binds you"),
        ({"body": "other"}, "which is not known"),
        ({"body": "devolved_scotland"}, "holds no minimum weight for devolved bodies"),
        ({"body": "devolved_wales"}, "holds no minimum weight for devolved bodies"),
        ({"body": "sub_central", "regime": "scotland"}, "for devolved bodies"),
        ({"regime": "provider_selection"}, "under the Provider Selection Regime"),
        ({"regime": "below_threshold"}, "below the threshold"),
        ({"on": None}, "Give the day"),
    ],
)
def test_why_nothing_binds_is_said(changes, said):
    found = minimum(**changes)
    assert said in found.words
    assert not found.is_binding


def test_each_policy_has_a_basis_and_how_well_it_is_known():
    standings = {
        minimum(on, "1000000").policy: minimum(on, "1000000").standing
        for on in ("2024-01-01", "2026-01-01", "2027-01-01")
    }
    assert standings == {
        "PPN 06/20": Standing.SOURCED,
        "PPN 002": Standing.THIRD_PARTY,
        "PPN 026": Standing.THIRD_PARTY,
    }
    assert all(minimum(on).basis for on in ("2024-01-01", "2026-01-01", "2027-01-01"))


def test_share_counts_sub_criteria_by_their_product():
    part = replace(ETHICS, kind=CriterionKind.SOCIAL_VALUE, weight_percent=Decimal(25))
    mixed = replace(QUALITY, sub_criteria=(part, replace(ETHICS, weight_percent=Decimal(75))))
    assert social_value_share(LOT) == 10
    assert social_value_share(replace(LOT, criteria=(mixed, PRICE, SOCIAL_VALUE))) == 20


def test_share_is_of_what_is_not_price_where_price_is_divided():
    rule = PriceRule(PriceMethod.PRICE_PER_QUALITY_POINT, minimum_quality_percent=Decimal(60))
    divided = replace(PRICE, weight_percent=None, price=rule)
    rest = (
        replace(QUALITY, weight_percent=Decimal(85)),
        replace(SOCIAL_VALUE, weight_percent=Decimal(15)),
    )
    assert social_value_share(replace(LOT, criteria=(*rest, divided))) == 15
