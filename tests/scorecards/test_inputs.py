"""From rows to what the arithmetic takes in."""

from datetime import date
from decimal import Decimal

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Actor
from commissioning.models import Contract
from scorecards import actions, inputs
from scorecards.models import Scorecard
from scorecards.scoring import Applicability, EvidenceStrength
from tests.providers.samples import a_framework, a_link, answer, figures
from tests.scorecards.samples import (
    a_scorecard,
    a_value_set,
    answer_for_commissioner,
    answered,
    asked,
    being_rated,
    declared,
    rate,
)

TODAY = timezone.localdate()


def taken(row):
    return inputs.scoring_inputs(inputs.load(Scorecard.objects.get(pk=row.pk)), TODAY)


def criteria(row) -> dict:
    (framework,) = taken(row).frameworks
    (principle,) = framework.principles
    return {criterion.code: criterion for criterion in principle.criteria}


@pytest.mark.django_db
def test_draft_answers_are_nobody_elses_business_and_do_not_count(people, actor_of):
    row = asked(people, a_scorecard(people))
    answer(actor_of("sam"), row.request.self_assessment, "A1", claimed_value=3)
    figures(actor_of("sam"), row.request.self_assessment)
    assert {code: c.claim for code, c in criteria(row).items()} == {
        "A1": None, "A2": None, "A4": None,
    }  # fmt: skip
    measures = taken(row).social_value.themes[0].outcomes[0].measures
    assert [m.committed_quantity for m in measures] == [None, None]


@pytest.mark.django_db
def test_submitted_answers_ratings_and_the_commissioners_own_count(people, actor_of):
    row = asked(people, a_scorecard(people))
    answer_for_commissioner(people, row)
    item = a_link(actor_of("sam"), valid_until=date(2028, 4, 1))
    row = being_rated_from(people, row, [item])
    rate(actor_of("evan"), row, "A1", value=3, evidence_strength="verified")
    found = criteria(row)
    assert {code: c.claim for code, c in found.items()} == {"A1": 2, "A2": 2, "A4": 2}
    first = found["A1"]
    assert (first.rating, first.is_core, first.weight) == (3, True, Decimal(1))
    assert first.evidence_strength is EvidenceStrength.VERIFIED
    assert first.evidence_valid_until == (date(2028, 4, 1),)
    assert (found["A2"].rating, found["A2"].evidence_strength) == (None, None)


def being_rated_from(people, row, items):
    row = answered(people, row, items)
    declared(people, row, "evan")
    return actions.begin_rating(actor=Actor.of(people.users["evan"]), scorecard=row)


@pytest.mark.django_db
def test_applicability_is_claimed_until_it_is_agreed(people, actor_of):
    row = being_rated(people)
    assert criteria(row)["A1"].applicability is Applicability.APPLICABLE
    rate(actor_of("evan"), row, "A1", not_applicable_agreed=True)
    assert criteria(row)["A1"].applicability is Applicability.AGREED_NOT_APPLICABLE


@pytest.mark.django_db
def test_social_value_takes_values_term_and_set(people):
    values = a_value_set(gross=True)
    row = answered(people, asked(people, a_scorecard(people, value_set=values)))
    Contract.objects.update(starts_on=date(2026, 4, 1), ends_on=date(2028, 3, 31))
    found = taken(row).social_value
    assert (found.value_set, found.gross_of_deadweight) == ("Sample values, 2026", True)
    assert found.term_years == Decimal(731) / Decimal("365.25")
    hours, wage = found.themes[0].outcomes[0].measures
    assert (hours.committed_quantity, hours.attribution_percent, hours.unit_value_gbp) == (
        Decimal("120.50"), Decimal(75), Decimal(5),
    )  # fmt: skip
    assert (wage.kind.value, wage.unit_value_gbp, wage.committed_quantity) == (
        "record_only", None, None,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("locality", "expected"), [("", 5), ("North", 7), ("South", 5)])
def test_value_of_the_place_goes_before_that_of_everywhere(people, locality, expected):
    values = a_value_set(north=Decimal(7))
    row = a_scorecard(people, value_set=values, locality=locality)
    measure = a_framework().measures.get(code="M1")
    found = inputs.load(Scorecard.objects.get(pk=row.pk)).unit_values
    assert found == {measure.pk: Decimal(expected)}


@pytest.mark.django_db
def test_loading_asks_as_much_with_every_answer_as_with_one(people, actor_of):
    row = being_rated(people)

    def counted() -> int:
        scorecard = Scorecard.objects.select_related("request__self_assessment", "value_set").get(
            pk=row.pk
        )
        with CaptureQueriesContext(connection) as queries:
            inputs.load(scorecard)
        return len(queries)

    rate(actor_of("evan"), row)
    one = counted()
    for code in ("A2", "A4"):
        rate(actor_of("evan"), row, code)
    assert (one, counted()) == (11, 11)
