"""What the classifier sees of a sentence: its text, cues, actors and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from azstance.records import Polarity, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from azstance.records import Cue, Sentence

    Floats = NDArray[np.float64]
    Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as the classifier sees it.

    `doc` groups the sentences of an article, in their order. `cues` are named features in [0, 1].
    `meaning` is its vector from the encoder, shape (width,); None for a model that reads none.
    `group` is what its article has in common with others, such as the writer.
    """

    doc: str
    text: str
    cues: Mapping[str, float]
    meaning: Vector | None = None
    group: str = ""


def rows_of(
    doc: str,
    sentences: Sequence[Sentence],
    pair: Iterable[str],
    meanings: Sequence[Vector] | None = None,
) -> list[Row]:
    """The rows of an article's sentences, which are coded by their cues already."""
    names = frozenset(pair)
    return [
        Row(doc, s.text, cue_features(s, names), None if meanings is None else meanings[n])
        for n, s in enumerate(sentences)
    ]


def cue_features(sentence: Sentence, pair: frozenset[str]) -> dict[str, float]:
    """Named features: the evidence for and against each frame, the codes, the actors, the voice."""
    found: dict[str, float] = {}
    for frame in dict.fromkeys(cue.frame for cue in sentence.cues):
        own = [cue for cue in sentence.cues if cue.frame == frame]
        for polarity in Polarity:
            sure = [c for c in own if c.counted and c.polarity is polarity]
            found[f"cue {frame} {polarity}"] = _evidence(sure)
        found[f"cue {frame} not counted"] = _evidence([c for c in own if not c.counted])
    for coding in sentence.codings:
        found[f"code {coding.frame} {coding.polarity}"] = 1.0
    actors = {mention.actor for mention in sentence.actors}
    found |= {f"actor {name}": 1.0 for name in sorted(actors)}
    found["both of the pair"] = float(pair <= actors)
    found["no actor"] = float(not actors)
    found["attributed"] = float(sentence.voice is Voice.ATTRIBUTED)
    return {name: value for name, value in found.items() if value}


def _evidence(cues: Iterable[Cue]) -> float:
    return 1 - prod(1 - cue.weight for cue in cues)
