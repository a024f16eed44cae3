"""Expected counts: every sentence counts with its probabilities, coded or not.

A share counted from codes has the coder's errors in it; they seldom cancel. The sum of calibrated
probabilities has not, as far as the calibration holds for the articles at hand: probabilistic
classify and count of Bella, Ferri, Hernandez-Orallo and Ramirez-Quintana (2010), Quantification
via probability estimators, ICDM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from azstance.records import Voice
from azstance.scoring.tally import MANY_ARTICLES, Counts

if TYPE_CHECKING:
    from azstance.records import Sentence
    from azstance.scoring.scale import Scale
    from azstance.scoring.tally import Floats, Ints, Tally

LEAD_FROM = 1.25
"""Expected sentences from which on a frame can lead an article. Of 0.5, 0.75, 1, 1.25, 1.5 and 2 it
agreed best with the leading frames of the training articles, on held-out predictions."""
_BLOCK = 50


@dataclass(frozen=True)
class ExpectedCounts(Counts):
    """Counts in sums of probabilities, of the same shapes."""

    least: ClassVar[float] = LEAD_FROM

    def emphasis(self, scale: Scale) -> Floats:
        """Expected share of body sentences on each frame, either way; shape (..., frames).

        The author's sentences count 1, attributed ones `scale.attributed_weight`. Unlike of counts
        no difference of affirm and deny is taken: both sums hold some doubt, and it would cancel.
        """
        weights = np.array([1.0, 1.0, scale.attributed_weight, scale.attributed_weight])
        weighted = np.tensordot(self.cells, weights, axes=([-2], [0]))
        return np.asarray(weighted / self._some_body)


@dataclass(frozen=True)
class Expected:
    """The expected counts of a unit as seen and as resampled.

    `cells` holds those of each sentence, article by article; shapes (sentences, 4, frames).
    """

    cells: tuple[Floats, ...]
    seen: ExpectedCounts
    drawn: ExpectedCounts


def expect(
    counted: Tally, frames: Sequence[str], resamples: int, rng: np.random.Generator
) -> Expected | None:
    """The expected counts of a unit; None where a sentence has no probabilities."""
    if not counted.parts or not all(s.chances for part in counted.parts for s in part.sentences):
        return None
    cells = tuple(_cells(part.sentences, frames) for part in counted.parts)
    seen = ExpectedCounts(
        np.asarray(sum(each.sum(axis=0) for each in cells)), np.array(float(counted.body))
    )
    return Expected(cells, seen, _resampled(cells, resamples, rng))


def _cells(sentences: Sequence[Sentence], frames: Sequence[str]) -> Floats:
    cells = np.zeros((len(sentences), 4, len(frames)))
    order = {frame: number for number, frame in enumerate(frames)}
    for n, sentence in enumerate(sentences):
        row = 0 if sentence.voice is Voice.AUTHOR else 2
        for chance in sentence.chances:
            cells[n, row, order[chance.frame]] = chance.affirm
            cells[n, row + 1, order[chance.frame]] = chance.deny
    return cells


def _resampled(cells: Sequence[Floats], resamples: int, rng: np.random.Generator) -> ExpectedCounts:
    """Drawn as `Tally.resampled` draws: articles, then sentences within each."""
    drawn = np.zeros((resamples, *cells[0].shape[1:]))
    body = np.zeros(resamples)
    left = np.full(resamples, len(cells))
    for position, own in enumerate(cells):
        times = rng.binomial(left, 1 / (len(cells) - position))
        left = left - times
        body += times * len(own)
        if len(cells) >= MANY_ARTICLES:
            drawn += times[:, None, None] * own.sum(axis=0)
            continue
        for start in range(0, resamples, _BLOCK):  # in blocks, for the sake of memory
            block = slice(start, start + _BLOCK)
            picked = _picked(times[block] * len(own), len(own), rng)
            drawn[block] += np.tensordot(picked, own, axes=1)
    return ExpectedCounts(drawn, body)


def _picked(draws: Ints, count: int, rng: np.random.Generator) -> Floats:
    """How often each of `count` sentences is picked in so many draws; shape (resamples, count).

    Numbers of sentences are drawn one by one: numpy's multinomial takes ten times as long where
    nearly every sentence is one of its own kind.
    """
    rows = np.repeat(np.arange(len(draws)), draws)
    places = rows * count + rng.integers(0, count, size=len(rows))
    return np.bincount(places, minlength=len(draws) * count).reshape(-1, count).astype(float)
