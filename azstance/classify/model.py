"""A trained classifier as plain numbers, and how it judges the sentences of an article.

First stage: a linear learner gives every frame and polarity log odds from n-grams, cue features
and the sentence's meaning. Second stage: per frame a multinomial logistic regression over these,
and over what the first stage says of the sentences around. Its probabilities are calibrated on
held-out training articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from azstance.classify.context import around
from azstance.classify.grams import Grams

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from azstance.classify.rows import Floats, Row, Vector

PARTS = ("cues", "words", "meaning", "context")
_CLIP = 5.3  # log odds of a probability of .995


@dataclass(frozen=True)
class Linear:
    """The linear learner: `weights` has a row per feature and a column per frame and polarity.

    Its rows are those of the n-grams, of the `cues` by name, and of the meaning if it reads it.
    """

    grams: tuple[Grams, ...]
    cues: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: Floats

    @cached_property
    def _indexes(self) -> tuple[dict[str, int], ...]:
        return tuple(grams.indexes() for grams in self.grams)

    @cached_property
    def _pieces(self) -> dict[str, tuple[int, ...]]:
        return {}

    @cached_property
    def _cues(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.cues)}

    def read(self, texts: Sequence[str], meanings: Sequence[Vector] | None) -> Floats:
        """What the words and the meanings of sentences add; shape (n, 2, targets)."""
        found = np.zeros((len(texts), 2, self.weights.shape[1]))
        for number, text in enumerate(texts):
            start = 0
            for grams, indexes in zip(self.grams, self._indexes, strict=True):
                numbers, values = grams.weigh(text, indexes, self._pieces)
                found[number, 0] += values @ self.weights[start + numbers]
                start += len(grams.terms)
            if meanings is not None:
                found[number, 1] = meanings[number] @ self.weights[start + len(self.cues) :]
        return found

    def hear(self, cues: Mapping[str, float]) -> Floats:
        """What the cues of a sentence add; shape (targets,)."""
        start = sum(len(grams.terms) for grams in self.grams)
        found = np.zeros(self.weights.shape[1])
        for name, value in cues.items():
            if name in self._cues:
                found += value * self.weights[start + self._cues[name]]
        return found


@dataclass(frozen=True)
class Stage:
    """The second stage: per frame `weights` (features, 3) and `bias` (3) of none, affirm, deny."""

    weights: Floats
    bias: Floats

    def probabilities(self, features: Floats) -> Floats:
        """Probabilities of none, affirm and deny; shape (sentences, frames, 3)."""
        scores = np.einsum("nd,fdk->nfk", features, self.weights) + self.bias
        scores -= scores.max(axis=-1, keepdims=True)
        raised = np.exp(scores)
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Judged:
    """`probabilities` (sentences, frames, 3), `parts` (sentences, frames, 2, 4).

    The parts are what PARTS add to the log odds of affirm and of deny against none.
    """

    probabilities: Floats
    parts: Floats


@dataclass(frozen=True)
class FrameModel:
    """Everything that coding needs of a trained classifier.

    From `thresholds` on a frame is coded; from `unsure` on, below it, it is called unsure. `about`
    says what it was trained from and how.
    """

    name: str
    frames: tuple[str, ...]
    linear: Linear
    reads_meaning: bool
    stage: Stage
    thresholds: Mapping[str, float]
    unsure: Mapping[str, float]
    about: Mapping[str, Any]

    def read(self, rows: Sequence[Row]) -> Floats:
        """What `judge` needs of texts and meanings alone; shape (n, 2, targets)."""
        meanings = [row.meaning for row in rows if row.meaning is not None]
        return self.linear.read([row.text for row in rows], meanings or None)

    def judge(self, rows: Sequence[Row], read: Floats | None = None) -> Judged:
        """Judge the sentences of one article, in their order; `read` is from `read`."""
        read = self.read(rows) if read is None else read
        cues = np.array([self.linear.hear(row.cues) for row in rows])
        parts = np.stack([read[:, 0], cues, read[:, 1]], axis=1)
        logits = parts.sum(axis=1) + self.linear.bias
        docs = [row.doc for row in rows]
        features = second_features(logits, docs)[:, : self.stage.weights.shape[1]]
        return Judged(
            self.stage.probabilities(features), _parts(parts, logits, features, self.stage)
        )


def second_features(logits: Floats, docs: Sequence[str]) -> Floats:
    """What the second stage sees: the clipped log odds, and the probabilities around."""
    probability = np.asarray(1 / (1 + np.exp(-logits)))
    return np.hstack([np.clip(logits, -_CLIP, _CLIP), around(probability, docs)])


def _parts(parts: Floats, logits: Floats, features: Floats, stage: Stage) -> Floats:
    """Log odds against none, split by where they come from; shape (n, frames, 2, 4).

    What is the same for every sentence (the biases) goes to no part.
    """
    weights = stage.weights[..., 1:] - stage.weights[..., :1]
    k = logits.shape[1]
    kept = np.ones_like(logits)  # how much of the log odds is left after clipping
    np.divide(features[:, :k], logits, out=kept, where=logits != 0)
    named = np.einsum("npk,fkc->nfcp", parts * kept[:, None], weights[:, :k])
    beside = np.einsum("nd,fdc->nfc", features[:, k:], weights[:, k:])
    words, cues, meaning = (named[..., p] for p in range(3))
    return np.stack([cues, words, meaning, beside], axis=-1)
