"""How often each bid wins when every weight is uncertain.

Each scored criterion's overall weight is multiplied by a factor of its own between 0.8 and 1.2;
then all are brought back to 100. Points are added in whole numbers, so the result is the same on
every machine. Random numbers are the raw output of PCG64, which NumPy promises not to change
(NEP 19); its distributions, which may change, are not used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from commissioning.award_model.model import Lot
from scorecards.scoring.award_assessment import Assessment
from scorecards.scoring.award_ranking import dividing_method
from scorecards.scoring.award_weights import price_leaf
from scorecards.scoring.award_words import listed, percent
from scorecards.scoring.errors import ScoringError
from scorecards.scoring.exact import as_decimal

SPREAD_PERCENT = 20
# Units: a factor of 1, a weight of one percentage point, a share of everything. Together with at
# most 100 points, the largest sum is 120% of 10**18 and fits 64 bits.
FACTOR_UNIT = 10_000
WEIGHT_UNIT = 10_000
SHARE_UNIT = 100_000_000
_OUT = -1

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class WinFrequency:
    """``wins`` are runs that the bid wins outright, ``level`` those in which it shares the place.

    ``percent`` is ``wins`` in per cent of the runs.
    """

    bid: str
    label: str
    wins: int
    level: int
    percent: Decimal


@dataclass(frozen=True)
class RandomWeights:
    """``same_winners`` counts the runs in which the winners are those of the published weights."""

    runs: int
    seed: int
    spread_percent: int
    bids: tuple[WinFrequency, ...]
    same_winners: int
    nobody: int
    words: str


def random_factors(*, seed: int, runs: int, count: int) -> Whole:
    """Factors in ten-thousandths, 8,000 to 12,000, one row for each run; set by the seed alone."""
    width = FACTOR_UNIT * SPREAD_PERCENT // 100
    raw = np.random.PCG64(seed).random_raw(runs * count)
    steps = (raw % np.uint64(2 * width + 1)).astype(np.int64)
    return (FACTOR_UNIT - width + steps).reshape(runs, count)


def random_weights(
    lot: Lot,
    assessed: Sequence[Assessment],
    weights: Mapping[str, Fraction],
    winners: Sequence[str],
    *,
    seed: int,
    runs: int,
) -> RandomWeights:
    """Wins of each bid in the running over ``runs`` sets of weights. Tie-breaks are not applied."""
    if runs < 1:
        raise ScoringError("robustness needs at least one set of weights")
    running = [each for each in assessed if each.in_running]
    keys = sorted(weights)
    drawn = random_factors(seed=seed, runs=runs, count=len(keys))
    drawn *= np.array([round(weights[key] * WEIGHT_UNIT) for key in keys], dtype=np.int64)
    worth = _worth(lot, running, drawn, _shares(running, keys))
    outright, level = _places(worth, lot.winners)
    wins, levels = outright.sum(axis=0).tolist(), level.sum(axis=0).tolist()
    frequencies = tuple(
        WinFrequency(
            bid=each.bid.key,
            label=each.bid.label,
            wins=wins[place],
            level=levels[place],
            percent=as_decimal(Fraction(wins[place] * 100, runs)),
        )
        for place, each in enumerate(running)
    )
    as_published = np.array([each.bid.key in winners for each in running], dtype=bool)
    same = int((outright == as_published).all(axis=1).sum()) if winners else 0
    nobody = int((worth < 0).all(axis=1).sum()) if running else runs
    return RandomWeights(
        runs=runs,
        seed=seed,
        spread_percent=SPREAD_PERCENT,
        bids=frequencies,
        same_winners=same,
        nobody=nobody,
        words=_words(frequencies, runs),
    )


def _shares(running: Sequence[Assessment], keys: Sequence[str]) -> Whole:
    table = [[round(each.shares[key] * SHARE_UNIT) for key in keys] for each in running]
    return np.array(table, dtype=np.int64).reshape(len(running), len(keys))


def _worth(
    lot: Lot, running: Sequence[Assessment], drawn: Whole, shares: Whole
) -> NDArray[np.int64] | NDArray[np.float64]:
    """What decides, for each run and bid: the higher the better, −1 below a minimum."""
    points = drawn @ shares.T
    everything = drawn.sum(axis=1, keepdims=True)
    short = points < everything * _in_shares(lot.minimum_total_percent)
    if dividing_method(lot) is None:
        return np.where(short, _OUT, points)
    leaf = price_leaf(lot)
    least = leaf.price.minimum_quality_percent if leaf is not None and leaf.price else None
    short |= (points < everything * _in_shares(least)) | (points == 0)
    prices = np.array([float(each.bid.price_gbp or 0) for each in running])
    return np.where(short, float(_OUT), points / (everything * prices))


def _in_shares(percentage: Decimal | None) -> np.int64:
    return np.int64(round(Fraction(percentage or 0) / 100 * SHARE_UNIT))


def _places(
    worth: NDArray[np.int64] | NDArray[np.float64], places: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each run and bid: is it among the first outright, and is it level for the last place."""
    stands = worth >= 0
    better = (worth[:, np.newaxis, :] > worth[:, :, np.newaxis]).sum(axis=2)
    # A bid is never worse than itself, so it is taken out of those that are at least as good.
    no_worse = (worth[:, np.newaxis, :] >= worth[:, :, np.newaxis]).sum(axis=2) - 1
    outright = stands & (no_worse < places)
    return outright, stands & (better < places) & ~outright


def _words(frequencies: Sequence[WinFrequency], runs: int) -> str:
    ever = sorted((f for f in frequencies if f.wins or f.level), key=lambda f: (-f.wins, f.bid))
    if not ever:
        return "No bid wins under any weights that were tried."
    said = []
    for each in ever:
        shared = f" and is level in {each.level:,}" if each.level else ""
        said.append(f"{each.label} wins in {percent(Fraction(each.wins, runs))}{shared}")
    return (
        f"Of {runs:,} sets of weights within {SPREAD_PERCENT}% of the published ones, "
        f"{listed(said)}."
    )
