"""Figures with intervals: counts per article, summed as seen and as resampled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from azstance.records import Estimate
from azstance.scoring.intervals import estimate, generator, percentile, rounded

if TYPE_CHECKING:
    from azstance.evaluating.formulas import Floats
    from azstance.evaluating.records import Sampling

    Parts = dict[str, Floats]

_CELLS = 4_000_000
"""So many numbers of articles drawn are held in memory at a time."""


@dataclass(frozen=True)
class Sampled:
    """Named counts, summed over articles, and the same for each resample (leading dimension)."""

    seen: Parts
    drawn: Parts | None
    level: float

    def estimate(
        self, figure: Callable[[Parts], Floats], n: int, value: float | None = None
    ) -> Estimate:
        """A figure with its interval; `value` where it was computed otherwise. nan becomes None."""
        known = float(figure(self.seen)) if value is None else value
        return figured(known, None if self.drawn is None else figure(self.drawn), n, self.level)


def figured(value: float, draws: Floats | None, n: int, level: float) -> Estimate:
    """A record of a figure and the percentile interval of its draws, as far as they are known."""
    if np.isnan(value):
        return Estimate(None, None, None, n)
    if draws is None or np.isnan(draws).all():
        return Estimate(rounded(value), None, None, n)
    return estimate(value, percentile(draws, level), n)


def sample(parts: Parts, sampling: Sampling, key: str) -> Sampled:
    """Bootstrap over articles, which are the leading dimension of all `parts`.

    Whole articles are drawn with replacement, as many as there are, because sentences of one
    article hang together; with fewer than two articles nothing is drawn. Source: Efron and
    Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.
    """
    seen = {name: part.sum(axis=0) for name, part in parts.items()}
    articles = len(next(iter(parts.values())))
    if articles < 2:
        return Sampled(seen, None, sampling.level)
    flat = np.concatenate([part.reshape(articles, -1) for part in parts.values()], axis=1)
    sums = _resampled(flat, sampling, key)
    drawn, start = {}, 0
    for name, part in seen.items():
        end = start + part.size
        drawn[name] = sums[:, start:end].reshape(-1, *part.shape)
        start = end
    return Sampled(seen, drawn, sampling.level)


def _resampled(flat: Floats, sampling: Sampling, key: str) -> Floats:
    """Sums of the rows of `flat` over articles drawn anew; shape (resamples, columns)."""
    rng = generator(sampling.seed, key)
    articles = len(flat)
    shares = np.full(articles, 1 / articles)
    size = max(1, _CELLS // articles)
    chunks = [
        rng.multinomial(articles, shares, size=min(size, sampling.resamples - start)) @ flat
        for start in range(0, sampling.resamples, size)
    ]
    return np.concatenate(chunks)


def over_articles(
    figure: Callable[[Floats], float], values: Floats, sampling: Sampling, key: str
) -> Estimate:
    """A figure of articles (rows of `values`) that does not follow from sums, with its interval."""
    n = len(values)
    if n < 2:
        return figured(figure(values) if n else float("nan"), None, n, sampling.level)
    rng = generator(sampling.seed, key)
    draws = (figure(values[rng.integers(0, n, n)]) for _ in range(sampling.resamples))
    return figured(figure(values), np.fromiter(draws, float), n, sampling.level)
