"""The assurance policy: bands and limiting rules, as data."""

from dataclasses import dataclass
from decimal import Decimal

from scorecards.scoring.errors import BadPolicy
from scorecards.scoring.kinds import BEST_TO_WORST, Opinion


@dataclass(frozen=True)
class Band:
    """An opinion and the percentage from which it is reached."""

    opinion: Opinion
    from_percent: Decimal


@dataclass(frozen=True)
class EvidenceRule:
    """What evidence the opinions better than `caps_at` need.

    A criterion is *supported* when it is rated, its evidence is documented or
    verified, and that evidence is in date on the day of the assessment.
    """

    caps_at: Opinion
    every_core_supported: bool
    minimum_supported_percent: Decimal


@dataclass(frozen=True)
class Policy:
    label: str
    bands: tuple[Band, ...]
    minimum_coverage_percent: Decimal
    core_at_lowest_caps_at: Opinion | None
    evidence: EvidenceRule | None

    def __post_init__(self) -> None:
        order = [BEST_TO_WORST.index(band.opinion) for band in self._real_bands()]
        starts = [band.from_percent for band in self.bands]
        if order != sorted(set(order)):
            raise BadPolicy("bands must be listed from the best opinion to the worst")
        if starts != sorted(set(starts), reverse=True):
            raise BadPolicy("each band must start below the one before it")
        percents = [*starts, self.minimum_coverage_percent]
        if self.evidence is not None:
            percents.append(self.evidence.minimum_supported_percent)
        if not all(0 <= percent <= 100 for percent in percents):
            raise BadPolicy("percentages of a policy lie between 0 and 100")
        caps = [self.core_at_lowest_caps_at, self.evidence and self.evidence.caps_at]
        if Opinion.NO_OPINION_YET in caps:
            raise BadPolicy("a cap must be one of the four opinions")

    def _real_bands(self) -> tuple[Band, ...]:
        for band in self.bands:
            if band.opinion in (Opinion.NO_ASSURANCE, Opinion.NO_OPINION_YET):
                raise BadPolicy(f"{band.opinion.words} has no band: it is what is left")
        if not self.bands:
            raise BadPolicy("a policy needs at least one band")
        return self.bands


DEFAULT_POLICY = Policy(
    label="default-1",
    bands=(
        Band(Opinion.SUBSTANTIAL, Decimal(80)),
        Band(Opinion.REASONABLE, Decimal(60)),
        Band(Opinion.LIMITED, Decimal(40)),
    ),
    minimum_coverage_percent=Decimal(80),
    core_at_lowest_caps_at=Opinion.LIMITED,
    evidence=EvidenceRule(
        caps_at=Opinion.REASONABLE,
        every_core_supported=True,
        minimum_supported_percent=Decimal(50),
    ),
)
