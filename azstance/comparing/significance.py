"""Permutation p-values and corrections for looking at many figures at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from azstance.scoring.intervals import DECIMALS, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_EQUAL = 1e-9
"""Two differences closer than this count as equal: they are ratios of counts."""


def two_sided_exact(hits_left: int, n_left: int, hits_right: int, n_right: int) -> float:
    """Permutation p of the difference of two proportions, over all permutations at once.

    How often sentences dealt at random to two sides of `n_left` and `n_right` differ in their
    proportion of hits at least as much as the sides do. The number of hits that the left side
    is dealt is hypergeometric, so nothing needs to be drawn and the p is exact (Fisher 1935, The
    Design of Experiments). 1.0 where either side is empty.
    """
    if not n_left or not n_right:
        return 1.0
    hits, n = hits_left + hits_right, n_left + n_right
    left = np.arange(max(0, hits - n_right), min(hits, n_left) + 1)
    difference = np.abs(left / n_left - (hits - left) / n_right)
    observed = abs(hits_left / n_left - hits_right / n_right)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n + 1)))))
    logs = -(
        log_factorial[left]
        + log_factorial[n_left - left]
        + log_factorial[hits - left]
        + log_factorial[n_right - hits + left]
    )
    weights = np.exp(logs - logs.max())
    return float(min(1.0, weights[difference >= observed - _EQUAL].sum() / weights.sum()))


def two_sided_drawn(observed: float, drawn: Floats) -> float:
    """Permutation p from differences under permutations drawn at random.

    (1 + k) / (1 + permutations), with k differences at least as large as the observed one: the
    observed arrangement is one of the possible ones, and a p of 0 cannot be. A permutation without
    a value (nan) counts as at least as large. Source: Phipson and Smyth (2010),
    Statistical Applications in Genetics and Molecular Biology 9(1), article 39.
    """
    smaller = int((np.abs(drawn) < abs(observed) - _EQUAL).sum())
    return (1 + drawn.size - smaller) / (1 + drawn.size)


def rounded_p(p: float) -> float:
    """`p` with the decimals of a record; one that would round to 0 becomes the least above."""
    return max(rounded(p), 10.0**-DECIMALS)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjustment: reject those at most alpha, and one false alarm in the whole
    family is no likelier than alpha. Source: Holm (1979), Scandinavian Journal of Statistics 6.
    """
    adjusted = [0.0] * len(p_values)
    running = 0.0
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted


def benjamini_hochberg(p_values: Sequence[float], rate: float) -> list[bool]:
    """Which p-values stand when at most `rate` of those that stand may be false alarms.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
    """
    count = len(p_values)
    ordered = sorted(p_values)
    passing = [p for rank, p in enumerate(ordered, start=1) if p <= rate * rank / count]
    limit = max(passing, default=-1.0)
    return [p <= limit for p in p_values]
