"""The worked examples of awards in docs/scoring.md, checked against the code."""

from decimal import Decimal
from fractions import Fraction

import pytest

from commissioning.award_model.model import SocialValueRule
from commissioning.award_model.terms import (
    LotLimitMechanism,
    PriceMethod,
    Rounding,
    SocialValueMethod,
)
from scorecards.scoring import (
    AwardLotsInput,
    LotPreference,
    PanelRating,
    award,
    award_lots,
    panel_agreement,
    spread_of,
)
from scorecards.scoring.bid_social_value import social_value_share
from scorecards.scoring.exact import as_decimal
from scorecards.scoring.prices import price_ratio, price_share
from scorecards.scoring.published_rounding import rounded
from tests.scorecards.scoring import award_samples as samples
from tests.scorecards.scoring.test_examples import examples_of


def points(share, available):
    return str(rounded(share * Fraction(available), places=2, rounding=Rounding.HALF_UP))


@examples_of("price")
def test_price_of_example(example):
    rule = samples.rule(**example["rule"])
    prices = {key: Decimal(price) for key, price in example["prices"].items()}

    found = {
        key: points(price_share(rule, price, list(prices.values())), example["points"])
        for key, price in prices.items()
    }

    assert found == example["expect"]


@examples_of("price_alone")
def test_price_alone_of_example(example):
    price = Decimal(example["price"])

    for case in example["cases"]:
        share = price_share(samples.rule(**case["rule"]), price, [price])
        assert as_decimal(share * 100) == Decimal(case["percent"])


@examples_of("ratio")
def test_ratio_of_example(example):
    for case in example["cases"]:
        ratio = price_ratio(
            PriceMethod(case["method"]), Decimal(case["price"]), Decimal(case["quality"])
        )
        assert as_decimal(ratio) == Decimal(case["ratio"])


@examples_of("social_value_points")
def test_social_value_points_of_example(example):
    for case in example["cases"]:
        rule = SocialValueRule(
            SocialValueMethod(case["method"]), samples.decimal(case.get("target"))
        )
        pounds = {key: Decimal(figure) for key, figure in case["pounds"].items()}
        found = {
            key: points(social_value_share(rule, own, list(pounds.values())), example["points"])
            for key, own in pounds.items()
        }
        assert found == case["expect"]


@examples_of("rounding")
def test_rounding_of_example(example):
    for case in example["cases"]:
        for how in Rounding:
            found = rounded(Fraction(case["value"]), places=example["places"], rounding=how)
            assert str(found) == case[how.value]


@examples_of("award")
def test_award_of_example(example):
    outcome = award(_award_input(example))
    bids = {each.key: each for each in outcome.bids}
    expect = example["expect"]

    assert {key: each.state.value for key, each in bids.items()} == expect["states"]
    totals = {k: None if each.total is None else str(each.total) for k, each in bids.items()}
    assert totals == expect["totals"]
    assert outcome.words == expect["words"]
    if "ranking" in expect:
        assert list(outcome.ranking) == expect["ranking"]
    if "ranks" in expect:
        assert {key: each.rank for key, each in bids.items()} == expect["ranks"]
    for key, by_leaf in expect.get("points", {}).items():
        found = {leaf.key: str(leaf.points) for leaf in bids[key].leaves if leaf.points is not None}
        assert found == by_leaf
    for key, words in expect.get("price_words", {}).items():
        assert bids[key].leaves[0].words == words
    for key, words in expect.get("total_words", {}).items():
        assert bids[key].total_words == words
    for key, words in expect.get("ratio_words", {}).items():
        assert bids[key].ratio.words == words


@examples_of("award_lots")
@pytest.mark.parametrize("mechanism", LotLimitMechanism)
def test_lots_of_example(example, mechanism):
    outcome = award_lots(
        AwardLotsInput(
            lots=tuple(_lot_of_ratings(number, bids) for number, bids in example["lots"].items()),
            lots_per_supplier=example["limit"],
            mechanism=mechanism,
            preferences=tuple(
                LotPreference(bid, tuple(lots)) for bid, lots in example["preferences"].items()
            ),
        )
    )

    found = {each.lot_number: list(each.winners) for each in outcome.awards}
    assert found == example["expect"][mechanism]
    assert outcome.total_price_gbp == Decimal(example["total_price"][mechanism])


@examples_of("abnormally_low")
def test_abnormally_low_of_example(example):
    lot = samples.lot_of(samples.price("100", abnormally_low_percent=example["threshold"]))
    bids = [samples.bid(key, price) for key, price in example["prices"].items()]

    flags = award(samples.inputs_of(lot, *bids)).abnormally_low

    assert {
        flag.bid: {
            "mean_of_others": str(flag.mean_of_others_gbp),
            "percent_below": str(flag.percent_below),
        }
        for flag in flags
    } == example["expect"]


@examples_of("agreement")
def test_agreement_of_example(example):
    ratings = [
        PanelRating(f"evaluator {row}", f"bid {column}", "c", Decimal(rating))
        for row, given in enumerate(example["ratings"])
        for column, rating in enumerate(given)
        if rating is not None
    ]

    report = panel_agreement(ratings)

    assert {
        "alpha": str(report.alpha),
        "units": report.units,
        "ratings": report.ratings,
        "level": report.level.value,
    } == example["expect"]


@examples_of("spread")
def test_spread_of_example(example):
    scale = [Decimal(point) for point in example["points"]]

    for case in example["cases"]:
        found = spread_of([Decimal(rating) for rating in case["ratings"]], scale)
        assert found.median == Decimal(case["median"])
        assert list(found.outliers) == case["outliers"]


def _award_input(example):
    lot = example["lot"]
    return samples.inputs_of(
        samples.lot_of(
            *map(_criterion, lot["criteria"]),
            steps=lot["tie_breaks"],
            places=lot["decimal_places"],
            how=lot["rounding"],
        ),
        *(
            samples.bid(
                key,
                row.get("price"),
                row["ratings"],
                pounds=row.get("pounds", {}),
                passes=row.get("passes", {}),
                standing=row.get("standing", "eligible"),
            )
            for key, row in example["bids"].items()
        ),
        scales=[samples.scale(code, values) for code, values in example["scales"].items()],
        draws=example.get("draws", ()),
    )


def _criterion(row):
    if "price" in row:
        return samples.price(row.get("weight"), **row["price"])
    if "pounds" in row:
        return samples.counted(row["key"], row["weight"], method=row["pounds"])
    if row.get("pass_fail"):
        return samples.gate(row["key"])
    return samples.rated(
        row["key"],
        row["weight"],
        kind=row["kind"],
        scale=row.get("scale", ""),
        minimum=row.get("minimum"),
        parts=[_criterion(part) for part in row.get("parts", ())],
    )


def _lot_of_ratings(number, bids):
    """A lot with one criterion, so that a rating out of 100 is the total."""
    lot = samples.lot_of(samples.rated("quality", "100", scale="percent"), number=number)
    return samples.inputs_of(
        lot,
        *(samples.bid(key, price, {"quality": rating}) for key, (rating, price) in bids.items()),
    )
