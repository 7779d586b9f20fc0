"""The fixed choices of an award model. The rows use the same values."""

from enum import StrEnum


class Worded(StrEnum):
    """A choice with the words that people read; ``choices`` suits a form or a model field."""

    words: str

    def __new__(cls, value: str, words: str):
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.words) for member in cls]


class CriterionKind(Worded):
    """What a criterion is about; price is measured, the others are rated or computed."""

    PRICE = "price", "Price"
    QUALITY = "quality", "Quality"
    SOCIAL_VALUE = "social_value", "Social value"
    ETHICS = "ethics", "Ethics"


class PriceMethod(Worded):
    """How a price becomes a score (``docs/scoring.md``)."""

    RELATIVE = "relative", "Relative: the lowest price divided by this price"
    LINEAR = "linear", "Linear: points fall with each pound above the lowest price"
    CEILING_FLOOR = "ceiling_floor", "Ceiling and floor: points between two published prices"
    DEVIATION_FROM_MEAN = "deviation_from_mean", "Deviation from the mean of the prices"
    PRICE_PER_QUALITY_POINT = "price_per_quality_point", "Price per quality point: the lowest wins"
    VALUE_FOR_MONEY_INDEX = (
        "value_for_money_index",
        "Value-for-money index: quality per pound, the highest wins",
    )

    @property
    def ranks_by_ratio(self) -> bool:
        """Whether price and quality are divided by one another, so that price has no weight."""
        return self in (PriceMethod.PRICE_PER_QUALITY_POINT, PriceMethod.VALUE_FOR_MONEY_INDEX)


class SocialValueMethod(Worded):
    """How a social value criterion is scored: by rating, or from commitments in pounds."""

    QUALITATIVE = "qualitative", "By rating what is described"
    RELATIVE = "relative", "Commitments in pounds, relative to the highest"
    TARGET = "target", "Commitments in pounds against a published target"


class Rounding(Worded):
    """The published rounding of every score that is shown and compared."""

    HALF_UP = "half_up", "Half up: 0.005 becomes 0.01"
    HALF_EVEN = "half_even", "Half to even"
    DOWN = "down", "Down: what is over is cut off"


class TieBreak(Worded):
    """One step of the published tie-break; steps are tried in their order."""

    HIGHER_QUALITY = "higher_quality", "The higher score for quality"
    LOWER_PRICE = "lower_price", "The lower price"
    HIGHER_SOCIAL_VALUE = "higher_social_value", "The higher score for social value"
    HIGHER_ETHICS = "higher_ethics", "The higher score for ethics"
    HIGHEST_WEIGHTED_CRITERION = (
        "highest_weighted_criterion",
        "The higher score on the criterion with the greatest weight, then the next",
    )
    DRAWN_BY_LOT = "drawn_by_lot", "Drawn by lot before witnesses"


class LotLimitMechanism(Worded):
    """The objective rule by which lots are given out where a supplier won more than its limit."""

    HIGHEST_SCORE_MARGIN = "highest_score_margin", "The lots that it won by the widest margin"
    LOT_ORDER = "lot_order", "The lots in the order of their numbers"
    SUPPLIER_PREFERENCE = (
        "supplier_preference",
        "The lots in the order that the supplier stated in its bid",
    )
    LOWEST_TOTAL_COST = "lowest_total_cost", "The share-out with the lowest total cost"


class RegimeCode(Worded):
    """The procurement rules that an exercise runs under."""

    PROCUREMENT_ACT_2023 = "procurement_act_2023", "Procurement Act 2023"
    REGULATIONS_2015 = "regulations_2015", "Public Contracts Regulations 2015"
    SCOTLAND = "scotland", "Scottish procurement rules"
    PROVIDER_SELECTION = "provider_selection", "Provider Selection Regime"
    BELOW_THRESHOLD = "below_threshold", "Below the threshold"
    UNKNOWN = "unknown", "Not known"


class BodyCode(Worded):
    """What kind of public body buys."""

    CENTRAL = "central", "Central government"
    SUB_CENTRAL = "sub_central", "Local and other sub-central authority"
    NHS = "nhs", "NHS body"
    DEVOLVED_SCOTLAND = "devolved_scotland", "Devolved Scottish authority"
    DEVOLVED_WALES = "devolved_wales", "Devolved Welsh authority"
    OTHER = "other", "Other, or not known"


class DutyCode(Worded):
    """What a person does in one exercise. Which may be combined: ``duties``."""

    LEAD = "lead", "lead"
    EVALUATOR = "evaluator", "evaluator"
    CHAIR = "chair", "chair of moderation"
    QUALITY_OPENER = "quality_opener", "opener of quality"
    PRICE_OPENER = "price_opener", "opener of prices"
    APPROVER = "approver", "approver"


class ContractSubject(Worded):
    """What is bought; thresholds and notice periods hang on it."""

    GOODS_OR_SERVICES = "goods_or_services", "Goods or services"
    WORKS = "works", "Works"
    LIGHT_TOUCH = "light_touch", "Light touch services"


class Standing(Worded):
    """How well we know a rule. Shown wherever the rule is."""

    SOURCED = "sourced", "Read in the law, in official guidance or in a cited summary of it"
    THIRD_PARTY = "third_party", "Taken from a third party's summary, not checked against the law"
    UNCHECKED = "unchecked", "Reconstructed: believed to be so, not checked against the law"
