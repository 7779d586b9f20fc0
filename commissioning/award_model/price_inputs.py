"""What each price method needs besides the price itself, and in which words it is asked for."""

from commissioning.award_model.terms import PriceMethod

PRICE_INPUTS = {
    "ceiling_gbp": "the ceiling",
    "floor_gbp": "the floor",
    "midpoint_percent": "the share of the points at the mean",
    "points_per_percent": "the points for each per cent from the mean",
    "minimum_quality_percent": "the minimum quality",
}
INPUTS_OF_METHOD = {
    PriceMethod.RELATIVE: (),
    PriceMethod.LINEAR: (),
    PriceMethod.CEILING_FLOOR: ("ceiling_gbp", "floor_gbp"),
    PriceMethod.DEVIATION_FROM_MEAN: ("midpoint_percent", "points_per_percent"),
    PriceMethod.PRICE_PER_QUALITY_POINT: ("minimum_quality_percent",),
    PriceMethod.VALUE_FOR_MONEY_INDEX: ("minimum_quality_percent",),
}
