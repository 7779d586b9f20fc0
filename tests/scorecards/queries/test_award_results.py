"""Reads of results, lessons and the test of a model."""

import pytest

from django.core.management import call_command

from commissioning import demonstration
from commissioning.models import AwardCriterion, BidPrice
from scorecards import queries
from scorecards.models import LotEvaluation

pytestmark = pytest.mark.django_db


def test_there_is_no_outcome_before_the_calculation(opened):
    assert queries.lot_outcome(opened.actor("priya"), opened.case("priya")) is None


def test_outcome_is_ordered_by_rank_and_tells_of_changes(opened):
    opened.to_calculated()
    found = queries.lot_outcome(opened.actor("priya"), opened.case("priya"))
    assert [one.result.rank for one in found.ranked] == sorted(
        one.result.rank for one in found.lines
    )
    assert (found.is_outdated, found.set_aside) == (False, ())
    assert found.award_words.startswith("Lot 1: ")
    opened_prices = set(BidPrice.objects.values_list("amount_gbp", flat=True))
    assert {one.price_gbp for one in found.lines} == opened_prices


def test_lesson_is_given_once_the_contract_is_entered_into(opened):
    opened.to_calculated()
    report, why_not = queries.lesson(opened.actor("priya"), opened.case("priya"))
    assert (report, "contract" in why_not) == (None, True)
    LotEvaluation.objects.filter(pk=opened.lot.pk).update(stage="entered")
    report, why_not = queries.lesson(opened.actor("priya"), opened.case("priya"))
    assert why_not == ""
    assert len(report.winners) == 1
    assert report == queries.lesson(opened.actor("priya"), opened.case("priya"))[0]


@pytest.fixture
def designed(people):
    call_command("load_frameworks", verbosity=0)
    return demonstration.design(people, "Visits at home", lots=2)


def test_model_is_tested_lot_by_lot(actor_of, designed):
    tests = [queries.model_test(actor_of("priya"), designed, lot) for lot in (None, 1, 2, 3)]
    assert [test and test.lot.number for test in tests] == [1, 1, 2, None]
    assert len(tests[0].outcome.bids) == 6
    assert tests[0] == tests[1]


def test_model_without_a_price_method_says_its_fault(actor_of, designed):
    AwardCriterion.objects.filter(kind="price").update(price_method="")
    test = queries.model_test(actor_of("priya"), designed, 1)
    assert (test.outcome, bool(test.fault)) == (None, True)


def test_model_is_not_tested_by_who_is_not_on_the_team(actor_of, designed):
    assert queries.model_test(actor_of("evan"), designed, 1) is None
