"""The ethics schedule of the tender pack."""

from dataclasses import replace
from decimal import Decimal

from commissioning.award_model.ethics_schedule import ethics_schedule
from commissioning.award_model.model import AwardModel, Condition, Term
from tests.commissioning.award_model.models import ETHICS, LOT, MODEL, with_criterion

SPEAKING_UP = "seven-principles 2026.1 SP5.1"
CODE = "seven-principles 2026.1 SP2.1"
FULL = replace(
    MODEL,
    conditions=(
        Condition("c1", "Code", "A code exists.", "The code", (CODE,), is_ethics=True),
        Condition("c2", "Insurance", "Insured."),
    ),
    terms=(
        Term(
            "t1", "Concerns", "Concerns are heard.", True, "100% in 10 days", (SPEAKING_UP,), True
        ),
        Term("t2", "Review", "The code is reviewed.", draws_on=(CODE,), is_ethics=True),
        Term("t3", "Invoices", "Paid in 30 days.", True, "100%"),
    ),
)
TITLES = {SPEAKING_UP: "People can speak up safely", CODE: "A code of conduct"}


def parts(model, titles=None):
    return {part.heading: part for part in ethics_schedule(model, titles).parts}


def test_schedule_has_its_four_parts_in_order():
    schedule = ethics_schedule(FULL)
    assert schedule.title == "Ethical standards: Community nursing"
    assert [part.heading for part in schedule.parts] == [
        "What is expected",
        "Where each is tested",
        "How bidders show it",
        "How it is monitored",
    ]
    for part in schedule.parts:
        assert all(len(row) == len(part.columns) for row in part.rows)


def test_each_standard_is_listed_once_by_its_title():
    assert parts(FULL, TITLES)["What is expected"].rows == (
        ("A code of conduct", CODE),
        ("People can speak up safely", SPEAKING_UP),
    )


def test_each_standard_says_where_it_is_tested():
    assert parts(FULL, TITLES)["Where each is tested"].rows == (
        ("A code of conduct", "Condition of participation: Code"),
        ("A code of conduct", "Contract term: Review"),
        (
            "People can speak up safely",
            "Award criterion of lot 1: 4 Raising concerns about the care (10% of all points)",
        ),
        ("People can speak up safely", "Contract term: Concerns"),
    )


def test_bidders_are_told_how_to_show_it():
    assert parts(FULL)["How bidders show it"].rows == (
        ("Condition: Code", "A code exists.", "The code"),
        (
            "Lot 1, 4 Raising concerns about the care",
            "Explain how nurses on this contract raise concerns.",
            "The answer to this question",
        ),
    )


def test_terms_are_monitored_with_their_targets():
    assert parts(FULL)["How it is monitored"].rows == (
        ("Concerns", "Concerns are heard.", "100% in 10 days"),
        ("Review", "The code is reviewed.", "Not an indicator"),
    )


def test_pass_or_fail_and_small_weights_are_told_as_such():
    gate = with_criterion(replace(ETHICS, is_pass_fail=True, weight_percent=None))
    assert "(pass or fail)" in parts(gate)["Where each is tested"].rows[0][1]
    third = with_criterion(replace(ETHICS, weight_percent=Decimal(100) / 3))
    assert "(33.33% of all points)" in parts(third)["Where each is tested"].rows[0][1]


def test_criterion_without_a_framework_is_still_shown():
    own = with_criterion(replace(ETHICS, draws_on=()))
    assert parts(own)["Where each is tested"].rows[0][0] == "Without a named standard"
    assert parts(own)["What is expected"].rows == ()


def test_model_without_ethics_says_so_in_every_part():
    none = AwardModel("Roads", "unknown", "other", lots=(replace(LOT, criteria=()),))
    for part in ethics_schedule(none).parts:
        assert part.rows == ()
        assert part.paragraphs
