"""Where coding begins: chosen on held-out predictions of the training articles alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from azstance.classify.rows import Floats

_HIGHEST = 0.5
_GRID = np.arange(15, 51) / 100
_NEAR = 0.02
_DOUBT = 1 / 3
CERTAIN = 0.35
"""A frame is coded only if one of affirm and deny is at least as likely as this. Of 0, 0.3 ... 0.5
the highest that costs less than .005 of micro F1 on held-out training articles."""


def choose(probability: Floats, present: NDArray[np.bool_]) -> float:
    """The highest threshold whose F1 of presence comes within .02 of the best, 0.5 at most.

    The curve is flat at its top, and of equal figures the one with fewer wrong evidence lines is
    chosen; a frame that is more likely than not is coded in any case. Without any example it
    is 0.5.
    """
    if not present.any():
        return _HIGHEST
    scores = np.array([_f1(probability >= t, present) for t in _GRID])
    return round(float(_GRID[scores >= scores.max() - _NEAR].max()), 3)


def unsure_from(probability: Floats, present: NDArray[np.bool_], threshold: float) -> float:
    """From where on, below the threshold, more than a third of the sentences carry the frame.

    Sentences between are called unsure: too likely to be passed over, not likely enough to count.
    """
    for low in _GRID[threshold > _GRID]:
        between = (probability >= low) & (probability < threshold)
        if between.sum() >= 10 and present[between].mean() >= _DOUBT:
            return round(float(low), 3)
    return threshold


def _f1(coded: NDArray[np.bool_], present: NDArray[np.bool_]) -> float:
    both = int((coded & present).sum())
    return 2 * both / max(1, int(coded.sum()) + int(present.sum()))
