"""Krippendorff's alpha for ordinal ratings with gaps, and how uncertain it is.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), whose worked example
is in ``docs/scoring.md``. A *unit* is the ratings that one thing got from different people. Alpha
itself is exact. Its interval comes from drawing the units again, 1,000 times, from one fixed seed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import lcm

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 2011
# The middle 95% of the sorted values, in thousandths of the way up.
LOWER, UPPER = 25, 974
# Where resamples hold nothing but one value, alpha is not defined; most of them must have one.
LEAST_USABLE_PERCENT = 90

Unit = Sequence[Decimal]


@dataclass(frozen=True)
class _Unit:
    """How often each value occurs, and its pairs of different values times ``lcm`` of all units."""

    counts: tuple[int, ...]
    pairs: tuple[int, ...]


def ordinal_alpha(units: Sequence[Unit]) -> Fraction | None:
    """1 − observed ÷ expected disagreement, over the units with two ratings or more.

    1 is full agreement, 0 what chance would give; below 0 people differ more than by chance. None
    where all ratings are the same, so that there is nothing to compare with.
    """
    tables, scale = _tables(units)
    counts = [sum(column) for column in zip(*(unit.counts for unit in tables), strict=True)]
    pairs = [sum(column) for column in zip(*(unit.pairs for unit in tables), strict=True)]
    observed = expected = 0
    for (low, high), together in zip(combinations(range(len(counts)), 2), pairs, strict=True):
        distance = (sum(counts[low : high + 1]) * 2 - counts[low] - counts[high]) ** 2
        observed += together * distance
        expected += counts[low] * counts[high] * distance
    if expected == 0:
        return None
    return 1 - Fraction((sum(counts) - 1) * observed, expected * scale)


def alpha_interval(units: Sequence[Unit]) -> tuple[Decimal, Decimal] | None:
    """The middle 95% of alpha over resampled units, to three decimals; None where not defined."""
    tables, scale = _tables(units)
    if len(tables) < 2:
        return None
    drawn = _drawn(len(tables))
    counts = drawn @ np.array([unit.counts for unit in tables], dtype=np.int64)
    pairs = drawn @ np.array([unit.pairs for unit in tables], dtype=np.int64)
    alphas = np.sort(_alphas(counts, pairs, scale))
    usable = int(np.isfinite(alphas).sum())
    if usable * 100 < RESAMPLES * LEAST_USABLE_PERCENT:
        return None
    low, high = (alphas[usable * place // RESAMPLES] for place in (LOWER, UPPER))
    return Decimal(f"{low:.3f}"), Decimal(f"{high:.3f}")


def pairable(units: Sequence[Unit]) -> list[Unit]:
    """The units with at least two ratings: only these can agree or differ."""
    return [unit for unit in units if len(unit) > 1]


def _tables(units: Sequence[Unit]) -> tuple[list[_Unit], int]:
    """Counts of each unit over all values, and what the pairs were multiplied by."""
    usable = pairable(units)
    values = sorted({rating for unit in usable for rating in unit})
    scale = lcm(*(len(unit) - 1 for unit in usable))
    return [_table(unit, values, scale) for unit in usable], scale


def _table(unit: Unit, values: Sequence[Decimal], scale: int) -> _Unit:
    found = Counter(unit)
    share = scale // (len(unit) - 1)
    pairs = (found[low] * found[high] * share for low, high in combinations(values, 2))
    return _Unit(tuple(found[value] for value in values), tuple(pairs))


def _drawn(count: int) -> NDArray[np.int64]:
    """How often each of ``count`` units occurs in each resample."""
    raw = np.random.PCG64(SEED).random_raw(RESAMPLES * count)
    picks = (raw % np.uint64(count)).astype(np.int64).reshape(RESAMPLES, count)
    times = np.zeros((RESAMPLES, count), dtype=np.int64)
    np.add.at(times, (np.arange(RESAMPLES)[:, np.newaxis], picks), 1)
    return times


def _alphas(counts: NDArray[np.int64], pairs: NDArray[np.int64], scale: int) -> NDArray[np.float64]:
    """As ``ordinal_alpha``, one row for each resample; not a number where it is not defined."""
    occurs, together = counts.astype(np.float64), pairs.astype(np.float64)
    up_to = np.cumsum(occurs, axis=1)
    observed = np.zeros(len(counts))
    expected = np.zeros(len(counts))
    for place, (low, high) in enumerate(combinations(range(counts.shape[1]), 2)):
        distance = (2 * (up_to[:, high] - up_to[:, low]) + occurs[:, low] - occurs[:, high]) ** 2
        observed += together[:, place] * distance
        expected += occurs[:, low] * occurs[:, high] * distance
    ratio = np.full(len(counts), np.nan)
    factor = (occurs.sum(axis=1) - 1) / scale
    np.divide(factor * observed, expected, out=ratio, where=expected > 0)
    return 1 - ratio
