"""An award model laid out for reading."""

from decimal import Decimal

import pytest

from commissioning.award_model.model import Criterion, Lot, PriceRule, SocialValueRule
from commissioning.award_model.outline import outline, price_sentences, social_value_sentence
from commissioning.award_model.price_inputs import INPUTS_OF_METHOD, PRICE_INPUTS
from commissioning.award_model.terms import CriterionKind, PriceMethod, SocialValueMethod


def criterion(key: str, weight, *parts: Criterion) -> Criterion:
    weight = None if weight is None else Decimal(weight)
    return Criterion(key, key, key, CriterionKind.QUALITY, weight, sub_criteria=parts)


def test_overall_weight_is_the_product_on_the_way_up():
    lot = Lot(1, "Lot", (criterion("a", 40, criterion("b", 25, criterion("c", 50))),))
    nodes = list(outline(lot).nodes[0].all())
    assert [node.overall_percent for node in nodes] == [40, 10, 5]


def test_nothing_counts_below_what_carries_no_weight():
    lot = Lot(1, "Lot", (criterion("a", None, criterion("b", 100)), criterion("c", 100)))
    nodes = [node for top in outline(lot).nodes for node in top.all()]
    assert [node.overall_percent for node in nodes] == [None, None, 100]


@pytest.mark.parametrize(
    ("weights", "total", "words"),
    [
        ((60, 40), 100, ""),
        ((60, None), 60, "40 missing"),
        (("60.5", 40), Decimal("100.5"), "0.5 too many"),
        ((), 0, "100 missing"),
    ],
)
def test_level_says_what_its_weights_sum_to(weights, total, words):
    level = outline(Lot(1, "L", tuple(criterion(str(at), w) for at, w in enumerate(weights))))
    assert (level.total, level.difference_words, level.is_whole) == (total, words, not words)


@pytest.mark.parametrize("method", list(PriceMethod))
def test_sentence_of_a_price_holds_every_published_figure(method):
    figures = {name: Decimal(70 + at) for at, name in enumerate(INPUTS_OF_METHOD[method])}
    sentence = price_sentences(PriceRule(method, "Total", **figures))[0]
    assert all(str(figure) in sentence for figure in figures.values())
    assert "not stated" not in sentence


@pytest.mark.parametrize("method", [one for one in PriceMethod if INPUTS_OF_METHOD[one]])
def test_sentence_of_a_price_says_what_is_not_stated_yet(method):
    assert "not stated yet" in price_sentences(PriceRule(method))[0]


def test_price_without_method_says_so():
    assert price_sentences(PriceRule()) == ("The method is not stated yet.",)


def test_low_prices_are_told_to_be_looked_into():
    found = price_sentences(PriceRule(PriceMethod.LINEAR, abnormally_low_percent=Decimal("20.0")))
    assert found[1].startswith("A price 20% or more below the mean of the others")


def test_inputs_of_methods_all_have_words():
    assert {name for names in INPUTS_OF_METHOD.values() for name in names} == set(PRICE_INPUTS)
    assert set(INPUTS_OF_METHOD) == set(PriceMethod)


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (SocialValueMethod.QUALITATIVE, "rate"),
        (SocialValueMethod.RELATIVE, "highest"),
        (SocialValueMethod.TARGET, "£5,000"),
    ],
)
def test_social_value_is_told_by_its_method(method, words):
    assert words in social_value_sentence(SocialValueRule(method, Decimal(5000)))
