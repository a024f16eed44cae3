"""Where the level of a series changes: PELT over the figures of its periods.

The model is a level that stays the same from one change point to the next, and a figure of each
period that lies around it. What a figure may lie off has two parts: the sentences of the period are
few (known from its interval), and no two months are alike even so (estimated from the differences
of neighbouring periods, which a change of level enlarges only where it happens). A period weighs
one over the sum of the two, so that a month of three sentences moves no level. The cost of a
segment is minus twice its log-likelihood; each change point has to lower the cost by `PENALTY`
times the logarithm of the number of periods.

The search is exact: Killick, Fearnhead and Eckley (2012), Optimal Detection of Changepoints with a
Linear Computational Cost, Journal of the American Statistical Association 107(500), as ruptures has
it. Weights from two parts of variance: DerSimonian and Laird (1986), Controlled Clinical Trials 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from azstance.timeline.records import LEAST_PERIODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from azstance.records import Estimate

    Floats = NDArray[np.float64]

PENALTY = 5.0
"""What a change point costs, times the logarithm of the number of periods.

Chosen by simulation: of flat series one of a hundred at the most gets a change point, and seven of
a hundred where their periods differ much beyond their few sentences (docs/timeline.md).
"""

LEAST_SEGMENT = 2
"""Periods between two change points: one month that stands out alone is none."""

_CUT = 0.15
"""The share of the largest differences that the variance between periods is not read from."""

_SPIKE = 2.0
"""How many standard deviations a period may lie off both its neighbours, and still count whole."""

_STEPS = 60
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """A change point: the first period of the new level, and the levels on both sides."""

    period: str
    before: float
    after: float


def change_points(
    figures: Sequence[tuple[str, Estimate]], level: float = 0.95
) -> tuple[Found, ...]:
    """The change points of one figure over (period, estimate with a value), in their order.

    `level` is that of the intervals. None are looked for in fewer than `LEAST_PERIODS` periods.
    Periods without a figure are not given and are passed over: neighbours are those that are left.
    """
    if len(figures) < LEAST_PERIODS:
        return ()
    import numpy as np

    values = np.array([each.value for _, each in figures], dtype=np.float64)
    if float(np.ptp(values)) < _TINY:
        return ()
    weights = _weights(values, [each for _, each in figures], level)
    ends = [0, *_ends(_without_spikes(values, weights), weights)]
    levels = [
        float(np.average(values[start:end], weights=weights[start:end]))
        for start, end in pairwise(ends)
    ]
    return tuple(
        Found(figures[end][0], round(before, 6), round(after, 6))
        for end, (before, after) in zip(ends[1:], pairwise(levels), strict=False)
    )


def _weights(values: Floats, figures: Sequence[Estimate], level: float) -> Floats:
    """One over the variance of each figure: of its sentences, and between periods."""
    import numpy as np

    from azstance.scoring.intervals import normal_quantile

    z = normal_quantile(level)
    sizes = np.array([max(each.n, 1) for each in figures], dtype=np.float64)
    halves = np.array([((each.high or 0.0) - (each.low or 0.0)) / (2 * z) for each in figures])
    # What a sentence adds is taken to be the same in all periods: the interval of a share of 0 is
    # narrower than that of a half, and would weigh more only for being extreme.
    sampling = max(float(np.median(sizes * halves**2)), _TINY) / sizes
    return np.asarray(1 / (sampling + _between(values, sampling)))


def _between(values: Floats, sampling: Floats) -> float:
    """The variance between periods, 0 where sentences alone explain how neighbours differ.

    With it, the squared difference of two neighbours over its variance has the mean that it should
    have: that of the square of a normal variable, without the largest. These are cut, because a
    change of level is one large difference.
    """
    from math import ceil

    import numpy as np

    squares = np.diff(values) ** 2
    known = sampling[1:] + sampling[:-1]
    kept = len(squares) - ceil(_CUT * len(squares))
    wanted = _mean_square(kept / len(squares))

    def excess(between: float) -> float:
        return float(np.sort(squares / (known + 2 * between))[:kept].mean()) - wanted

    low, high = 0.0, float(squares.max()) / wanted + _TINY
    if excess(low) <= 0:
        return low
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return high


def _without_spikes(values: Floats, weights: Floats) -> Floats:
    """Values for the search, in which no period stands out alone by more than `_SPIKE`.

    A value further from the median of itself and its two neighbours is moved so near to it; the
    neighbours may have few sentences themselves. That median follows a change of level, and does
    not follow one period between two others (Tukey 1977, Exploratory Data Analysis, chapter 7).
    """
    import numpy as np

    def beside(row: Floats) -> tuple[Floats, Floats]:
        padded = np.concatenate((row[2:3], row, row[-3:-2]))
        return padded[:-2], padded[2:]

    before, after = beside(values)
    middle = np.median(np.stack((before, values, after)), axis=0)
    variance = 1 / weights
    reach = _SPIKE * np.sqrt(variance + np.maximum(*beside(variance)))
    return np.asarray(np.clip(values, middle - reach, middle + reach))


def _mean_square(share: float) -> float:
    """Mean of the square of a standard normal variable, of the `share` nearest to zero."""
    from statistics import NormalDist

    normal = NormalDist()
    end = normal.inv_cdf((1 + share) / 2)
    return 1 - 2 * end * normal.pdf(end) / share


def _ends(values: Floats, weights: Floats) -> list[int]:
    """Where segments end, by PELT; the last one at the end of the series."""
    from math import log

    import ruptures

    search = ruptures.Pelt(custom_cost=_cost(weights), min_size=LEAST_SEGMENT, jump=1)
    return list(search.fit(values.reshape(-1, 1)).predict(pen=PENALTY * log(len(values))))


def _cost(weights: Floats) -> Any:
    """The weighted sum of squares around the weighted mean of a segment, as ruptures asks for it.

    It is minus twice the log-likelihood of normal figures of known variance, less a constant.
    """
    import numpy as np
    from ruptures.base import BaseCost

    class Weighted(BaseCost):  # type: ignore[misc]
        model = "weighted"
        min_size = 1

        def fit(self, signal: Floats) -> Weighted:
            self.signal = signal
            rows = (weights, weights * signal[:, 0], weights * signal[:, 0] ** 2)
            self.sums = np.array([np.concatenate(([0.0], np.cumsum(row))) for row in rows])
            return self

        def error(self, start: int, end: int) -> float:
            weight, first, second = self.sums[:, end] - self.sums[:, start]
            return float(max(0.0, second - first**2 / weight))

    return Weighted()
