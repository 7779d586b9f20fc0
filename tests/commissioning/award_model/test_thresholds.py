"""From what value the Act applies in full."""

from datetime import date

import pytest

from commissioning.award_model.terms import BodyCode, Standing
from commissioning.award_model.thresholds import threshold, thresholds

IN_2026 = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("body", "subject", "on", "amount"),
    [
        ("central", "goods_or_services", "2025-12-31", 139688),
        ("central", "goods_or_services", "2026-01-01", 135018),
        ("sub_central", "goods_or_services", "2025-12-31", 214904),
        ("sub_central", "goods_or_services", "2026-01-01", 207720),
        ("sub_central", "works", "2025-12-31", 5372609),
        ("central", "works", "2026-01-01", 5193000),
        ("sub_central", "light_touch", "2026-01-01", 663540),
    ],
)
def test_figures_of_each_period(body, subject, on, amount):
    found = threshold(body, subject, date.fromisoformat(on))
    assert found.amount_gbp == amount
    assert found.to_check == ""
    assert found.words == f"The threshold is £{amount:,} with VAT."


@pytest.mark.parametrize("body", [BodyCode.NHS, BodyCode.DEVOLVED_WALES, BodyCode.OTHER])
def test_body_whose_figure_is_open_gets_the_lower_one_and_is_told(body):
    found = threshold(body, "goods_or_services", IN_2026)
    assert found.amount_gbp == 135018
    assert found.words.startswith("The threshold is at least £135,018 with VAT. ")
    assert found.words.endswith("check which your body is.")
    assert threshold(body, "works", IN_2026).to_check == ""


def test_nhs_trusts_count_as_central_government():
    assert "NHS trusts count as central" in threshold("nhs", "goods_or_services", IN_2026).words


@pytest.mark.parametrize("on", ["2025-02-23", "2028-01-01"])
def test_day_whose_figures_are_not_held_has_none(on):
    assert threshold("central", "works", date.fromisoformat(on)) is None


def test_devolved_scottish_authority_is_outside_the_act():
    assert threshold("devolved_scotland", "works", IN_2026) is None


def test_page_shows_the_threshold_of_each_kind_of_contract():
    found = thresholds("procurement_act_2023", "sub_central", IN_2026)
    assert [(subject.value, one.amount_gbp, one.standing) for subject, one in found] == [
        ("goods_or_services", 207720, Standing.SOURCED),
        ("works", 5193000, Standing.SOURCED),
        ("light_touch", 663540, Standing.SOURCED),
    ]


def test_page_shows_none_where_none_is_held():
    assert thresholds("provider_selection", "nhs", IN_2026) == ()
    assert thresholds("procurement_act_2023", "central", date(2028, 1, 1)) == ()
