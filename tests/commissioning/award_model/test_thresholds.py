"""From what value the Act applies in full."""

from datetime import date

import pytest

from commissioning.award_model.terms import BodyCode, Standing
from commissioning.award_model.thresholds import threshold

IN_2026 = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("body", "subject", "on", "amount"),
    [
        ("central", "goods_or_services", "2025-12-31", 138760),
        ("central", "goods_or_services", "2026-01-01", 135018),
        ("sub_central", "goods_or_services", "2025-12-31", 213477),
        ("sub_central", "goods_or_services", "2026-01-01", 207720),
        ("sub_central", "works", "2025-12-31", 5372609),
        ("central", "works", "2026-01-01", 5193000),
        ("sub_central", "light_touch", "2026-01-01", 663540),
    ],
)
def test_figures_of_each_period(body, subject, on, amount):
    found = threshold(body, subject, date.fromisoformat(on))
    assert found.amount_gbp == amount
    assert not found.is_careful
    assert found.words == f"The threshold is £{amount:,} with VAT."


@pytest.mark.parametrize("body", [BodyCode.NHS, BodyCode.DEVOLVED_WALES, BodyCode.OTHER])
def test_body_whose_figure_is_open_gets_the_lower_one_and_is_told(body):
    found = threshold(body, "goods_or_services", IN_2026)
    assert (found.amount_gbp, found.is_careful) == (135018, True)
    assert "check which your body is" in found.words
    assert not threshold(body, "works", IN_2026).is_careful


@pytest.mark.parametrize("on", ["2025-02-23", "2028-01-01"])
def test_day_whose_figures_are_not_held_has_none(on):
    assert threshold("central", "works", date.fromisoformat(on)) is None


def test_devolved_scottish_authority_is_outside_the_act():
    assert threshold("devolved_scotland", "works", IN_2026) is None


def test_no_figure_is_called_checked():
    found = [threshold("central", one, IN_2026) for one in ("goods_or_services", "works")]
    assert {one.standing for one in found} == {Standing.THIRD_PARTY}
    assert threshold("central", "light_touch", IN_2026).standing is Standing.UNCHECKED
