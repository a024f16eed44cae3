"""Counts: sentences by frame, polarity and voice, as seen and as resampled.

Sentences that carry the same frames in the same way are interchangeable for every figure, so
a text is held as its distinct patterns and how often each occurs. Drawing n sentences with
replacement is then one multinomial draw over the patterns: the same distribution as drawing
sentences one by one, in a small part of the time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from azstance.errors import CodebookError
from azstance.records import Polarity, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from azstance.records import Coding, Sentence
    from azstance.scoring.scale import Scale

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Text = tuple[str, Sequence[Sentence]]

MANY_ARTICLES = 20
"""From this many articles on, a source's resamples draw whole articles only."""

CELLS = (
    (Voice.AUTHOR, Polarity.AFFIRM),
    (Voice.AUTHOR, Polarity.DENY),
    (Voice.ATTRIBUTED, Polarity.AFFIRM),
    (Voice.ATTRIBUTED, Polarity.DENY),
)
"""The four ways in which a sentence carries a frame, in the order of the rows of `Counts.cells`."""

_CELL = {cell: row for row, cell in enumerate(CELLS)}


def frame_coding(sentence: Sentence, frame: str) -> Coding | None:
    """How `sentence` codes `frame`; the likelier one where it is coded twice, None where not."""
    best: Coding | None = None
    for coding in sentence.codings:
        if coding.frame == frame and (best is None or coding.probability > best.probability):
            best = coding
    return best


@dataclass(frozen=True)
class Counts:
    """Counted sentences and the figures that follow from them.

    `cells` has the shape (..., 4, frames), with the rows author affirms, author denies, somebody
    else affirms, somebody else denies; `body` has the shape (...) and counts body sentences.
    The leading dimensions are resamples or articles, or nothing for what was seen.
    """

    cells: Floats
    body: Floats
    least: ClassVar[float] = 1
    """Sentences from which on a frame can lead."""

    @property
    def _some_body(self) -> Floats:
        """Body sentences to divide by; 1 where there are none, and so nothing to be divided."""
        return np.asarray(np.maximum(self.body, 1)[..., None])

    @cached_property
    def share(self) -> Floats:
        """Share of body sentences that carry each frame, in any voice; shape (..., frames)."""
        return np.asarray(self.cells.sum(axis=-2) / self._some_body)

    def cell_shares(self) -> Floats:
        """Share of body sentences in each cell; shape (..., 4, frames)."""
        return np.asarray(self.cells / self._some_body[..., None])

    @cached_property
    def affirming(self) -> Floats:
        """affirm / (affirm + deny) in the author's voice; nan where there is neither.

        The stance (affirm - deny) / (affirm + deny) is twice this less 1.
        """
        affirm = self.cells[..., 0, :]
        both = affirm + self.cells[..., 1, :]
        return np.divide(affirm, both, out=np.full_like(both, np.nan), where=both > 0)

    def emphasis(self, scale: Scale) -> Floats:
        """Clearness of the position on each frame, in shares of body sentences.

        |affirm - deny| with the author's sentences at 1 and attributed ones at
        `scale.attributed_weight`, over body sentences; shape (..., frames).
        """
        weights = np.array([1.0, -1.0, scale.attributed_weight, -scale.attributed_weight])
        net = np.tensordot(self.cells, weights, axes=([-2], [0]))
        return np.asarray(np.abs(net) / self._some_body)

    def sides(self, scale: Scale) -> tuple[Floats, Floats]:
        """Weighted counts of author-voice sentences for closeness and for distance; (...)."""
        weights = np.array([scale.weights(frame) for frame in scale.frames]).T
        spoken = self.cells[..., :2, :]
        closeness = (spoken * np.maximum(weights, 0)).sum(axis=(-2, -1))
        distance = (spoken * np.maximum(-weights, 0)).sum(axis=(-2, -1))
        return np.asarray(closeness), np.asarray(distance)


def log_odds(closeness: Floats, distance: Floats) -> Floats:
    """log((closeness + .5) / (distance + .5)).

    The scale of Lowe, Benoit, Mikhaylov and Laver (2011), Legislative Studies Quarterly 36(1).
    """
    return np.asarray(np.log((closeness + 0.5) / (distance + 0.5)))


@dataclass(frozen=True)
class Part:
    """One article: its distinct `patterns` (kinds, 4, frames), how often each occurs, and which
    of them each sentence has (`kinds`).
    """

    id: str
    sentences: tuple[Sentence, ...]
    patterns: Floats
    counts: Ints
    kinds: Ints

    @property
    def total(self) -> Floats:
        """Summed cells of all sentences; shape (4, frames)."""
        return np.asarray(np.tensordot(self.counts, self.patterns, axes=1))


@dataclass(frozen=True)
class Tally:
    """The counted sentences of a unit, article by article in the order of their ids.

    Articles without body sentences have no part.
    """

    parts: tuple[Part, ...]
    frames: int

    @property
    def body(self) -> int:
        """Body sentences in all."""
        return sum(len(part.sentences) for part in self.parts)

    @property
    def clustered(self) -> bool:
        """Whether the sentences come in more than one article."""
        return len(self.parts) > 1

    def observed(self) -> Counts:
        """The counts as seen, without leading dimensions."""
        cells = sum((part.total for part in self.parts), start=np.zeros((4, self.frames)))
        return Counts(cells, np.array(float(self.body)))

    def per_article(self) -> Counts:
        """The counts of every article; leading dimension articles."""
        cells = np.array([part.total for part in self.parts]).reshape(-1, 4, self.frames)
        return Counts(cells, np.array([float(len(part.sentences)) for part in self.parts]))

    def count(self, chosen: Floats) -> int:
        """Number of sentences with a count above 0 in any of the `chosen` cells (4, frames)."""
        return sum(
            int(part.counts[(part.patterns * chosen).sum(axis=(1, 2)) > 0].sum())
            for part in self.parts
        )

    def resampled(self, resamples: int, rng: np.random.Generator) -> Counts:
        """Bootstrap draws of the counts; leading dimension `resamples`.

        One article: its sentences are drawn with replacement. Several: articles are drawn, then
        sentences within each, because sentences of one article hang together; from
        `MANY_ARTICLES` on the second step adds nothing and is left out. Source: Davison and
        Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
        """
        cells = np.zeros((resamples, 4 * self.frames))
        body = np.zeros(resamples)
        left = np.full(resamples, len(self.parts))
        for position, part in enumerate(self.parts):
            # One article at a time, so that memory does not grow with the number of articles.
            times = rng.binomial(left, 1 / (len(self.parts) - position))
            left = left - times
            body += times * len(part.sentences)
            if len(self.parts) >= MANY_ARTICLES:
                cells += np.outer(times, part.total)
            else:
                trials = times * len(part.sentences)
                kinds = rng.multinomial(trials, part.counts / part.counts.sum())
                cells += kinds @ part.patterns.reshape(len(part.counts), -1)
        return Counts(cells.reshape(resamples, 4, self.frames), body)


def tally(texts: Sequence[Text], scale: Scale) -> Tally:
    """Count the sentences of (article id, sentences) pairs, whatever their order.

    Raises CodebookError where a sentence carries a frame that the scale does not know.
    """
    ordered = sorted(texts, key=lambda text: text[0])
    parts = tuple(_part(id, sentences, scale) for id, sentences in ordered if sentences)
    return Tally(parts, len(scale.frames))


def _part(id: str, sentences: Sequence[Sentence], scale: Scale) -> Part:
    order = {frame: index for index, frame in enumerate(scale.frames)}
    cells = [_cells(id, sentence, order) for sentence in sentences]
    # Sorted, so that the draws do not depend on the order of the sentences.
    distinct = {pattern: kind for kind, pattern in enumerate(sorted(set(cells)))}
    kinds = np.array([distinct[pattern] for pattern in cells], dtype=np.int64)
    patterns = np.zeros((len(distinct), 4, len(order)))
    for pattern, kind in distinct.items():
        for row, column in pattern:
            patterns[kind, row, column] = 1
    return Part(id, tuple(sentences), patterns, np.bincount(kinds, minlength=len(distinct)), kinds)


def _cells(id: str, sentence: Sentence, order: dict[str, int]) -> tuple[tuple[int, int], ...]:
    """Which cells of the counts the sentence adds to."""
    cells = []
    for frame in {coding.frame for coding in sentence.codings}:
        if frame not in order:
            raise CodebookError(
                f'sentence {sentence.number} of {id} carries the unknown frame "{frame}"',
                remedy=f"The frames are: {', '.join(order)}.",
            )
        coding = frame_coding(sentence, frame)
        if coding is not None:
            cells.append((_CELL[sentence.voice, coding.polarity], order[frame]))
    return tuple(sorted(cells))
