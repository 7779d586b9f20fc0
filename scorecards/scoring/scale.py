"""The rating scale of an edition, and a rating as a percentage of it."""

from dataclasses import dataclass
from fractions import Fraction

from scorecards.scoring.errors import MissingRating, RatingOffScale, ScoringError


@dataclass(frozen=True)
class Scale:
    """Lowest and highest point; the points between are the whole numbers."""

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if self.highest <= self.lowest:
            raise ScoringError("the highest point of a scale must be above the lowest")

    def holds(self, rating: int) -> bool:
        return self.lowest <= rating <= self.highest


def percent_of(rating: int | None, scale: Scale) -> Fraction:
    """(rating - lowest) / (highest - lowest), in percent, exactly."""
    if rating is None:
        raise MissingRating("a rating is missing, and a missing rating has no percentage")
    if not scale.holds(rating):
        raise RatingOffScale(f"{rating} is not on the scale from {scale.lowest} to {scale.highest}")
    return Fraction(rating - scale.lowest, scale.highest - scale.lowest) * 100
