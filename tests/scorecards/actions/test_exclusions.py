"""Excluding a supplier, and deciding about what bidders declare against themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from django.utils import timezone

from accounts.access import Refused, WrongState
from accounts.models import AuditEvent
from commissioning.demonstration import OFFERS
from commissioning.models import Exercise
from scorecards import actions, queries
from scorecards.award_inputs import bid_key
from scorecards.enums import LotStage, Standing
from scorecards.models import BidStanding, LotEvaluation, SupplierExclusion
from scorecards.scoring import OutcomeState, award_lots_outcome_from_text
from tests.scorecards.evaluation_samples import exclude, once_for_a_module

pytestmark = pytest.mark.django_db

UNMET = replace(OFFERS[0], meets_conditions=False)
GROUND = replace(
    OFFERS[1], grounds=(("professional_misconduct", "A manager broke our code in 2025."),)
)


@pytest.fixture(scope="module")
def opened_once(django_db_setup, django_db_blocker):
    """Four opened bids: one says that it meets no condition, one that a ground applies."""
    with once_for_a_module(django_db_blocker, offers=(UNMET, GROUND, *OFFERS[2:])) as found:
        yield found


def declared_by(opened):
    """The two bids that are declared against: of the unmet condition, and of the ground."""
    rows = queries.undecided_declarations(opened.actor("priya"), opened.lot)
    unmet = next(row for row in rows if row.conditions)
    ground = next(row for row in rows if row.grounds)
    return unmet, ground


def stand(opened, bid_lot, standing):
    return actions.set_standing(
        actor=opened.actor("priya"),
        evaluation=opened.lot,
        bid_lot=bid_lot,
        standing=standing,
        ground="Condition 1",
        reason="The board's minutes show it.",
    )


def test_exclusion_keeps_what_it_rests_on(opened):
    row = exclude(opened)
    assert (row.standing, row.exclusion.circumstances) == (Standing.EXCLUDED, "likely_again")
    assert row.ground == "Professional misconduct (Procurement Act 2023, s.57 and Schedule 7)"
    assert not row.exclusion.is_mandatory
    facts = AuditEvent.objects.get(verb="supplier.excluded").facts
    assert facts == {
        "lot": 1,
        "bid": row.bid_lot.label,
        "ground": "professional_misconduct",
        "mandatory": False,
        "circumstances": "likely_again",
    }


@pytest.mark.parametrize(
    ("ground", "circumstances", "is_mandatory"),
    [
        ("theft_fraud", "continuing", True),
        ("competition_law", "likely_again", True),
        ("insolvency", "debarred", False),
        ("national_security", "continuing", False),
        ("national_security", "debarred", True),
    ],
)
def test_kind_of_the_ground_follows_the_schedules(opened, ground, circumstances, is_mandatory):
    row = exclude(opened, ground_code=ground, circumstances=circumstances).exclusion
    assert row.is_mandatory is is_mandatory
    assert row.kind_words == ("Mandatory ground" if is_mandatory else "Discretionary ground")
    assert ("Schedule 6" in row.standing.ground) is is_mandatory


@pytest.mark.parametrize("missing", ["circumstances_reason", "representations", "reason"])
def test_exclusion_without_its_words_is_refused(opened, missing):
    with pytest.raises(WrongState, match="continuing or likely to occur again"):
        exclude(opened, **{missing: " "})
    assert not BidStanding.objects.exists()


def test_exclusion_before_the_supplier_was_heard_is_refused(opened):
    with pytest.raises(WrongState, match="has to be heard"):
        exclude(opened, asked_on=timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("change", [{"about": "odd"}, {"circumstances": "odd"}])
def test_terms_that_do_not_exist_are_refused(opened, change):
    with pytest.raises(ValueError, match="odd"):
        exclude(opened, **change)


def test_ground_that_does_not_exist_is_refused(opened):
    with pytest.raises(WrongState, match="Choose the ground"):
        exclude(opened, ground_code="odd")


@pytest.mark.parametrize("name", ["evan", "carl", "anna"])
def test_only_the_lead_excludes(opened, name):
    with pytest.raises(Refused):
        exclude(opened, name)


def test_bid_of_another_lot_is_refused(opened):
    elsewhere = opened.bids[0]
    elsewhere.lot_number = 2
    with pytest.raises(WrongState, match="no bid for this lot"):
        exclude(opened, bid_lot=elsewhere)


def test_nobody_is_excluded_once_the_award_is_recommended(opened):
    LotEvaluation.objects.update(stage=LotStage.RECOMMENDED)
    with pytest.raises(WrongState):
        exclude(opened)


def test_supplier_is_excluded_only_with_the_circumstances(opened):
    with pytest.raises(WrongState, match="page of its own"):
        stand(opened, opened.bids[0], Standing.EXCLUDED)


def test_other_rules_exclude_with_ground_and_reason_alone(opened):
    Exercise.objects.filter(pk=opened.exercise.pk).update(regime="scotland")
    with pytest.raises(WrongState, match="holds no rule on the exclusion of suppliers"):
        exclude(opened)
    assert stand(opened, opened.bids[0], Standing.EXCLUDED).standing == Standing.EXCLUDED
    assert not SupplierExclusion.objects.exists()


def test_result_waits_for_every_declaration_against_oneself(opened):
    unmet, ground = declared_by(opened)
    opened.to_signed()
    opened.open_prices()
    with pytest.raises(WrongState, match="Decide first about Bid"):
        opened.calculate()
    stand(opened, unmet.bid_lot, Standing.CONDITIONS_NOT_MET)
    with pytest.raises(WrongState, match="it declares the exclusion ground"):
        opened.calculate()
    exclude(opened, bid_lot=ground.bid_lot)
    opened.calculate()
    result = opened.lot.results.order_by("number").last()
    (lot,) = award_lots_outcome_from_text(result.outcome_text).lots
    assert lot.bid(bid_key(unmet.bid_lot)).state is OutcomeState.CONDITIONS_NOT_MET
    excluded = lot.bid(bid_key(ground.bid_lot))
    assert excluded.state is OutcomeState.EXCLUDED
    assert excluded.state.words == "disregarded: supplier excluded"
    assert excluded.state.is_disregarded
