"""A complete award model to be spoilt by tests, and any award model for property tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from commissioning.award_model import terms
from commissioning.award_model.model import (
    AwardModel,
    Condition,
    Criterion,
    Lot,
    PriceRule,
    Scale,
    ScalePoint,
    SocialValueRule,
    Term,
)
from commissioning.award_model.ready_scales import DEFAULT_SCALE

CODE = DEFAULT_SCALE.code
STAFFING = Criterion(
    "q1",
    "1.1",
    "Nurses on each shift",
    terms.CriterionKind.QUALITY,
    Decimal(60),
    asks="Set out how many nurses work on each shift and who stands in for them.",
    guidance="Look for numbers for each shift and named deputies.",
    scale_code=CODE,
    minimum_rating=Decimal(2),
)
VISITS = replace(
    STAFFING,
    key="q2",
    number="1.2",
    title="Planning of visits",
    weight_percent=Decimal(40),
    asks="Set out how visits are planned each week.",
    minimum_rating=None,
)
QUALITY = Criterion(
    "q",
    "1",
    "Quality of the care",
    terms.CriterionKind.QUALITY,
    Decimal(40),
    sub_criteria=(STAFFING, VISITS),
)
PRICE = Criterion(
    "p",
    "2",
    "Price",
    terms.CriterionKind.PRICE,
    Decimal(40),
    price=PriceRule(
        terms.PriceMethod.CEILING_FLOOR,
        "Total for three years without VAT",
        ceiling_gbp=Decimal(900000),
        floor_gbp=Decimal(500000),
    ),
)
SOCIAL_VALUE = Criterion(
    "s",
    "3",
    "Social value commitments",
    terms.CriterionKind.SOCIAL_VALUE,
    Decimal(10),
    asks="State what you commit to for each measure.",
    guidance="Each commitment is counted by the rule of its measure.",
    social_value=SocialValueRule(terms.SocialValueMethod.TARGET, Decimal(50000), ("NT1", "NT10")),
)
ETHICS = replace(
    VISITS,
    key="e",
    number="4",
    title="Raising concerns about the care",
    kind=terms.CriterionKind.ETHICS,
    weight_percent=Decimal(10),
    asks="Explain how nurses on this contract raise concerns.",
    draws_on=("seven-principles 2026.1 SP5.1",),
)
LOT = Lot(
    1,
    "North",
    (QUALITY, PRICE, SOCIAL_VALUE, ETHICS),
    decimal_places=2,
    rounding=terms.Rounding.HALF_UP,
    tie_breaks=(terms.TieBreak.HIGHER_QUALITY, terms.TieBreak.DRAWN_BY_LOT),
)
MODEL = AwardModel(
    "Community nursing",
    "procurement_act_2023",
    "sub_central",
    subject_matter="Nursing care at home for older people",
    value_gbp=Decimal(800000),
    tender_notice_on=date(2026, 11, 30),
    scales=(DEFAULT_SCALE,),
    lots=(LOT,),
)


def with_lot(**changes) -> AwardModel:
    """``MODEL`` with its only lot changed."""
    return replace(MODEL, lots=(replace(LOT, **changes),))


def with_criteria(*criteria: Criterion) -> AwardModel:
    """``MODEL`` with other criteria."""
    return with_lot(criteria=criteria)


def with_criterion(changed: Criterion) -> AwardModel:
    """``MODEL`` with the criterion of the same key replaced."""
    return with_criteria(*(_replaced(one, changed) for one in LOT.criteria))


def _replaced(criterion: Criterion, changed: Criterion) -> Criterion:
    if criterion.key == changed.key:
        return changed
    parts = tuple(_replaced(one, changed) for one in criterion.sub_criteria)
    return replace(criterion, sub_criteria=parts)


TEXTS = st.text(alphabet="abc xyz“é.%1 robust", max_size=12)
NUMBERS = st.decimals(
    min_value=Decimal(-1000), max_value=Decimal(10) ** 9, allow_nan=False, places=None
) | st.integers(-5, 120).map(Decimal)
SOME_NUMBER = st.none() | NUMBERS
CODES = st.tuples() | st.lists(TEXTS, max_size=2).map(tuple)
SCALES = st.builds(
    Scale,
    TEXTS,
    TEXTS,
    st.lists(st.builds(ScalePoint, NUMBERS, TEXTS, TEXTS), max_size=3).map(tuple),
)
PRICE_RULES = st.builds(
    PriceRule,
    st.none() | st.sampled_from(terms.PriceMethod),
    TEXTS,
    SOME_NUMBER,
    SOME_NUMBER,
    SOME_NUMBER,
    SOME_NUMBER,
    SOME_NUMBER,
    SOME_NUMBER,
)
SOCIAL_VALUE_RULES = st.builds(
    SocialValueRule, st.sampled_from(terms.SocialValueMethod), SOME_NUMBER, CODES
)


def _criteria(parts) -> st.SearchStrategy:
    return st.builds(
        Criterion,
        key=TEXTS,
        number=TEXTS,
        title=TEXTS,
        kind=st.sampled_from(terms.CriterionKind),
        weight_percent=SOME_NUMBER,
        asks=TEXTS,
        guidance=TEXTS,
        scale_code=TEXTS,
        minimum_rating=SOME_NUMBER,
        is_pass_fail=st.booleans(),
        word_limit=st.none() | st.integers(-2, 2000),
        price=st.none() | PRICE_RULES,
        social_value=st.none() | SOCIAL_VALUE_RULES,
        draws_on=CODES,
        sub_criteria=parts,
        is_incomplete_as_published=st.booleans(),
    )


CRITERIA = st.recursive(
    _criteria(st.just(())),
    lambda inner: _criteria(st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
LOTS = st.builds(
    Lot,
    number=st.integers(0, 3),
    title=TEXTS,
    criteria=st.lists(CRITERIA, max_size=3).map(tuple),
    winners=st.integers(-1, 3),
    value_gbp=SOME_NUMBER,
    minimum_total_percent=SOME_NUMBER,
    decimal_places=st.none() | st.integers(-1, 9),
    rounding=st.none() | st.sampled_from(terms.Rounding),
    tie_breaks=st.lists(st.sampled_from(terms.TieBreak), max_size=3).map(tuple),
)
MODELS = st.builds(
    AwardModel,
    title=TEXTS,
    regime=st.sampled_from(terms.RegimeCode).map(str),
    body_type=st.sampled_from(terms.BodyCode).map(str),
    subject_matter=TEXTS,
    value_gbp=SOME_NUMBER,
    tender_notice_on=st.none() | st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    scales=st.lists(SCALES, max_size=2).map(tuple),
    lots=st.lists(LOTS, max_size=2).map(tuple),
    lots_per_supplier=st.none() | st.integers(-1, 3),
    lot_limit_mechanism=st.none() | st.sampled_from(terms.LotLimitMechanism),
    conditions=st.lists(st.builds(Condition, TEXTS, TEXTS, TEXTS, TEXTS, CODES), max_size=2).map(
        tuple
    ),
    terms=st.lists(
        st.builds(Term, TEXTS, TEXTS, TEXTS, st.booleans(), TEXTS, CODES), max_size=2
    ).map(tuple),
    chair_scores=st.booleans(),
    names_hidden=st.booleans(),
)
