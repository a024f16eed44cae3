"""How far the shares of articles are off: counted from codes, and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from azstance.evaluating.records import ShareErrors

if TYPE_CHECKING:
    from azstance.evaluating.formulas import Floats
    from azstance.evaluating.records import Pair


def share_errors(pairs: Sequence[Pair], frames: Sequence[str]) -> tuple[ShareErrors, ...]:
    """Mean absolute errors of the shares of each frame; empty where there are no probabilities."""
    if not pairs or not all(pair.present for pair in pairs):
        return ()
    groups: dict[object, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.row.article, []).append(pair)
    return tuple(_errors(list(groups.values()), pairs, frame) for frame in frames)


def _errors(groups: Sequence[Sequence[Pair]], pairs: Sequence[Pair], frame: str) -> ShareErrors:
    each = np.array([_shares(group, frame) for group in groups])
    whole = _shares(pairs, frame)
    counted, corrected = np.abs(each[:, 1:] - each[:, :1]).mean(axis=0)
    return ShareErrors(
        frame, float(counted), float(corrected), *(float(s - whole[0]) for s in whole[1:])
    )


def _shares(pairs: Sequence[Pair], frame: str) -> Floats:
    """(gold, counted, corrected) shares of sentences with the frame."""
    rows = [(frame in p.wanted, frame in p.got, p.present[frame]) for p in pairs]
    return np.asarray(np.array(rows, dtype=np.float64).mean(axis=0))
