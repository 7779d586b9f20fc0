"""Filters of the list: what is offered, and order that no engine changes."""

import pytest

from scorecards.filters import ORDER, ORDER_LABELS, ScorecardFilter
from scorecards.models import Scorecard
from tests.scorecards.samples import a_scorecard


def filtered(viewer, **data):
    return ScorecardFilter(data, Scorecard.objects.visible_to(viewer), viewer=viewer)


def test_every_order_has_its_label_both_ways():
    names = [name for _, name in ORDER]
    assert set(ORDER_LABELS) == {*names, *(f"-{name}" for name in names)}


@pytest.mark.django_db
def test_filter_names_are_those_of_the_issue_of_an_auditor(actor_of):
    assert list(filtered(actor_of("oscar")).filters) == [
        "title", "commissioner", "provider", "opinion", "stage", "principle", "below",
        "signed_from", "signed_to", "value_from", "value_to", "order",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["value", "-value"])
def test_value_that_is_not_published_comes_last_and_equal_values_newest_first(
    people, actor_of, order
):
    rows = [a_scorecard(people) for _ in range(4)]
    for row, pounds in zip(rows, (None, 5, 5, 5), strict=True):
        Scorecard.objects.filter(pk=row.pk).update(value_pounds=pounds)
    found = list(filtered(actor_of("priya"), order=order).qs)
    assert found == [rows[3], rows[2], rows[1], rows[0]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [{"below": "101"}, {"below": "-1"}, {"stage": "x"}, {"value_from": "many"},
             {"signed_from": "yesterday"}, {"principle": "a:b"}]
)  # fmt: skip
def test_nonsense_is_refused_by_name(actor_of, data):
    assert set(filtered(actor_of("priya"), **data).form.errors) == set(data)
