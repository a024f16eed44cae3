"""Small rows by hand: ten articles of six sentences, in which a word gives each code away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from cli.command import Warm

from azstance.classify.estimator import FrameClassifier
from azstance.classify.rows import Row

if TYPE_CHECKING:
    from azstance.classify.rows import Floats

__all__ = ["FRAMES", "Warm", "classifier", "data"]

FRAMES = ("alliance", "rift")
KINDS = (
    ("Trade grows and the two are allies again today", (1, 0, 0, 0), {"cue alliance affirm": 0.9}),
    ("Nobody here believes in friendship any more", (0, 1, 0, 0), {"cue alliance deny": 0.8}),
    ("The crisis between the two deepens every week", (0, 0, 1, 0), {"cue rift affirm": 0.7}),
    ("It rained all day in the city", (0, 0, 0, 0), {"no actor": 1.0}),
    ("The minister arrived by train at noon", (0, 0, 0, 0), {}),
)
"""Text, codes (alliance affirm, alliance deny, rift affirm, rift deny) and cues; no rift is denied.
"""
ARTICLES = (
    "013400",
    "344133",
    "422443",
    "230424",
    "400234",
    "313404",
    "434010",
    "244340",
    "340423",
)


def data(width: int = 0) -> tuple[list[Row], Floats]:
    """Rows and codes; with a `width` the rows have meanings of that many numbers."""
    rng = np.random.default_rng(7)
    rows, wanted = [], []
    for doc, kinds in enumerate((*ARTICLES, "120344")):
        for place, kind in enumerate(kinds):
            text, codes, cues = KINDS[int(kind)]
            meaning = rng.normal(size=width) if width else None
            text = f"{text}, says report {doc} on page {place}."
            rows.append(Row(f"d{doc}", text, cues, meaning, f"g{doc // 2}"))
            wanted.append(codes)
    return rows, np.array(wanted, float)


def classifier(**parameters: object) -> FrameClassifier:
    given = {"meaning": False, "folds": 4, **parameters}
    return FrameClassifier(FRAMES, **given)
