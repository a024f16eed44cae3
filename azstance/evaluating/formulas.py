"""Precision, recall, F1, calibration error, Krippendorff's alpha and rank correlation.

Functions take counts with any leading dimensions (resamples, say) and give figures of these
dimensions; a figure that cannot be computed is nan. A table of a frame has the shape (..., 3, 3):
a row per gold code none, affirm, deny, and a column per code given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BINS = 10


def ratio(part: Floats, whole: Floats) -> Floats:
    """part / whole, and nan where whole is 0."""
    part, whole = np.broadcast_arrays(part, whole)
    out = np.full(whole.shape, np.nan)
    return np.asarray(np.divide(part, whole, out=out, where=whole != 0))


def f1(right: Floats, gold: Floats, coded: Floats) -> Floats:
    """2 right / (gold + coded): the harmonic mean of precision and recall.

    nan where the class neither is nor was coded. Source: van Rijsbergen (1979), Information
    Retrieval, chapter 7.
    """
    return ratio(2 * right, gold + coded)


def presence(tables: Floats) -> tuple[Floats, Floats, Floats]:
    """(right, gold, coded) of "the frame is there", whatever its polarity."""
    return (
        tables[..., 1:, 1:].sum(axis=(-2, -1)),
        tables[..., 1:, :].sum(axis=(-2, -1)),
        tables[..., :, 1:].sum(axis=(-2, -1)),
    )


def polarity(tables: Floats, kind: int) -> tuple[Floats, Floats, Floats]:
    """(right, gold, coded) of the frame with one polarity: 1 affirm, 2 deny."""
    return (
        tables[..., kind, kind],
        tables[..., kind, :].sum(axis=-1),
        tables[..., :, kind].sum(axis=-1),
    )


def macro_f1(tables: Floats) -> Floats:
    """Mean presence F1 over the frames that occur in gold; tables are (..., frames, 3, 3)."""
    right, gold, coded = presence(tables)
    there = gold > 0
    values = np.where(there, f1(right, gold, np.where(there, coded, 1.0)), 0.0)
    return ratio(values.sum(axis=-1), there.sum(axis=-1).astype(float))


def micro_f1(tables: Floats) -> Floats:
    """F1 of frame and polarity together, over all sentences and frames at once."""
    both = [polarity(tables, kind) for kind in (1, 2)]
    right, gold, coded = ((one + other).sum(axis=-1) for one, other in zip(*both, strict=True))
    return f1(right, gold, coded)


def nominal_alpha(tables: Floats) -> Floats:
    """Krippendorff's alpha of two coders, nominal, from tables (..., codes, codes).

    1 - D_o / D_e: observed disagreement over that expected of all pairs of codes. nan where but
    one code was ever given. The same figure as that of the package krippendorff, for many
    resamples at once. Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    coincidences = tables + np.swapaxes(tables, -1, -2)
    totals = coincidences.sum(axis=-1)
    n = totals.sum(axis=-1)
    equal = np.trace(coincidences, axis1=-2, axis2=-1)
    return 1 - ratio((n - equal) * (n - 1), n * n - (totals * totals).sum(axis=-1))


def alpha(table: Floats) -> float:
    """Krippendorff's alpha of one table of two coders, by the package krippendorff; may be nan."""
    import krippendorff

    codes = np.eye(len(table), dtype=np.int64)
    # What both coders said of a sentence: two marks in the columns of the codes.
    kinds = (codes[:, None, :] + codes[None, :, :]).reshape(-1, len(table))
    units = np.repeat(kinds, table.astype(np.int64).ravel(), axis=0)
    if np.count_nonzero(units.sum(axis=0)) < 2:
        return float("nan")
    return float(krippendorff.alpha(value_counts=units, level_of_measurement="nominal"))


def bin_of(probability: float) -> int:
    """Which of `BINS` bins of equal width a probability is in; each holds its upper end."""
    return min(BINS - 1, max(0, int(np.ceil(round(probability * BINS, 9))) - 1))


def calibration_error(bins: Floats) -> Floats:
    """Expected calibration error from bins (..., BINS, 3) of (number, sum of p, number right).

    The mean over codings of |share right - mean probability| of their bin. Source: Guo, Pleiss,
    Sun and Weinberger (2017), On Calibration of Modern Neural Networks, section 2.
    """
    number, probability, right = (bins[..., i] for i in range(3))
    return ratio(np.abs(right - probability).sum(axis=-1), number.sum(axis=-1))


def ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])


def spearman(left: Floats, right: Floats) -> float:
    """Rank correlation: Pearson's of the ranks, nan where either side has but one value.

    Source: Spearman (1904), American Journal of Psychology 15.
    """
    if left.size < 2:
        return float("nan")
    x, y = ranks(left), ranks(right)
    x, y = x - x.mean(), y - y.mean()
    spread = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / spread if spread > 0 else float("nan")
