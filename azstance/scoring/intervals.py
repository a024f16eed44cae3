"""Intervals: seeded draws, percentiles, Wilson's interval, and differences of two figures.

Shares and stances are proportions of few sentences. The percentile bootstrap serves where
both outcomes were seen often enough; where one was seen fewer than `FEW` times it is too narrow,
and at 0 or 1 it has no width at all, so Wilson's score interval takes over there (Brown, Cai and
DasGupta 2001 recommend it for small n and for proportions near the ends).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from azstance.records import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEW = 5
"""Below this many of either outcome, the bootstrap of a proportion gives way to Wilson."""

DECIMALS = 6
"""Decimals of every figure in a record: what is beyond may differ between processors."""


def generator(seed: int, *key: str) -> np.random.Generator:
    """Random numbers that depend on `seed` and on the names in `key` and on nothing else.

    A unit's draws are thus the same whatever other units are scored, in what order, by how many
    processes.
    """
    digest = hashlib.sha256("\x1f".join((str(seed), *key)).encode("utf-8", "surrogatepass"))
    words = np.frombuffer(digest.digest(), dtype=">u4").tolist()
    return np.random.Generator(np.random.PCG64(words))


def normal_quantile(level: float) -> float:
    """The z that encloses `level` of a normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def percentile(draws: Floats, level: float) -> tuple[float, float]:
    """Percentile bootstrap interval of one figure from its resampled values.

    Undefined draws (nan) are left out. Raises ValueError where none is left. Source: Efron and
    Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    known = draws[~np.isnan(draws)]
    if not known.size:
        raise ValueError("no resample has a value")
    ordered = np.sort(known)
    return _quantile(ordered, (1 - level) / 2), _quantile(ordered, (1 + level) / 2)


def _quantile(ordered: Floats, share: float) -> float:
    """Interpolates between order statistics as numpy.quantile does, whose first call is slow."""
    position = share * (ordered.size - 1)
    below = math.floor(position)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (position - below))


def wilson(proportion: float, n: float, level: float) -> tuple[float, float]:
    """Score interval of a proportion seen in `n` trials; `n` may be an effective number.

    It contains the proportion, stays within [0, 1] and has a width for 0 and 1 too. Source:
    Wilson (1927), Journal of the American Statistical Association 22.
    """
    z2 = normal_quantile(level) ** 2
    middle = (proportion + z2 / (2 * n)) / (1 + z2 / n)
    spread = proportion * (1 - proportion) / n + z2 / (4 * n * n)
    half = math.sqrt(z2 * max(spread, 0.0)) / (1 + z2 / n)
    # At 0 and 1 one end equals the proportion; rounding must not put it on the wrong side.
    return max(0.0, min(middle - half, proportion)), min(1.0, max(middle + half, proportion))


@dataclass(frozen=True)
class Proportion:
    """`hits` of `n` sentences (n at least 1) and the same proportion in each resample.

    `clustered` says that the sentences come in several articles. Undefined resamples are nan.
    """

    hits: int
    n: int
    draws: Floats
    clustered: bool = False

    @property
    def value(self) -> float:
        """hits / n."""
        return self.hits / self.n

    @property
    def _inflation(self) -> float:
        """Variance of the resamples over that of n independent sentences; 0 where that is 0."""
        known = self.draws[~np.isnan(self.draws)]
        simple = self.value * (1 - self.value) / self.n
        return float(known.var()) / simple if known.size and simple > 0 else 0.0

    @property
    def design_effect(self) -> float:
        """How many sentences of these articles tell as much as one independent sentence.

        At least 1, at most n; 1 within one article, and for a proportion of 0 or 1, where there
        is nothing to compare. Source: Kish (1965), Survey Sampling, section 8.2.
        """
        return min(max(1.0, self._inflation), float(self.n)) if self.clustered else 1.0

    @property
    def few(self) -> bool:
        """Whether the bootstrap would be too narrow.

        So it is with few hits or misses, each first divided by the design effect: ten sentences
        of one article tell less of a source than ten of ten. And so it is where articles happen to
        be more alike than independent sentences would make them.
        """
        if self.clustered and self._inflation < 1:
            return True
        return min(self.hits, self.n - self.hits) / self.design_effect < FEW

    def interval(self, level: float) -> tuple[float, float]:
        """The percentile bootstrap, or Wilson's interval where that is too narrow.

        Wilson's is computed for n over the design effect (Korn and Graubard 1998, Survey
        Methodology 24, do so for other intervals of a proportion). Either contains `value`.
        """
        if self.few:
            return wilson(self.value, self.n / self.design_effect, level)
        low, high = percentile(self.draws, level)
        return min(low, self.value), max(high, self.value)


def proportion_difference(left: Proportion, right: Proportion, level: float) -> tuple[float, float]:
    """Interval of left - right: of the difference of their resamples, unless either has few.

    Then their own intervals are combined by `difference_interval`. The two sides' resamples must
    have been drawn independently.
    """
    if not left.few and not right.few:
        return percentile(left.draws - right.draws, level)
    return difference_interval(
        (left.value, *left.interval(level)), (right.value, *right.interval(level))
    )


def difference_interval(
    left: tuple[float, float, float], right: tuple[float, float, float]
) -> tuple[float, float]:
    """Interval of left - right from each one's (value, low, high).

    The distances to the ends add up as squares do: Newcombe's method 10 where the two intervals
    are Wilson's. Sources: Newcombe (1998), Statistics in Medicine 17, 873-890; Zou and Donner
    (2008), Statistics in Medicine 27, for intervals of any kind.
    """
    value = left[0] - right[0]
    below = math.hypot(left[0] - left[1], right[2] - right[0])
    above = math.hypot(left[2] - left[0], right[0] - right[1])
    return value - below, value + above


def rounded(value: float) -> float:
    """`value` with the decimals of a record, and no minus sign on a zero."""
    return round(value, DECIMALS) + 0.0


def estimate(value: float, interval: tuple[float, float], n: int) -> Estimate:
    """A record of a figure and its interval, rounded, with the figure never outside."""
    low, high = min(interval[0], value), max(interval[1], value)
    return Estimate(value=rounded(value), low=rounded(low), high=rounded(high), n=n)


def unknown(n: int = 0) -> Estimate:
    """A record of a figure that cannot be computed."""
    return Estimate(value=None, low=None, high=None, n=n)
