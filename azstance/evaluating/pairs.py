"""Sentences as given: articles made of them, and what is said of them beside what should be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from azstance.evaluating.formulas import BINS, bin_of
from azstance.evaluating.records import KINDS, Pair, Row
from azstance.records import Article, Block, SourceCard

if TYPE_CHECKING:
    from azstance.evaluating.formulas import Floats
    from azstance.records import Sentence


def articles_of(rows: Iterable[Row], file: str = "") -> list[Article]:
    """An article per doc, in the order of the rows: a block per sentence, without furniture.

    The line of a sentence is that of its row, and the path of an article that of its first one.
    """
    found: dict[tuple[str, str | int], list[Row]] = {}
    for row in rows:
        if not row.furniture:
            found.setdefault(row.article, []).append(row)
    return [
        Article(" ".join(map(str, key)), f"{file}:{body[0].line}", SourceCard(), _blocks(body))
        for key, body in found.items()
    ]


def _blocks(body: Sequence[Row]) -> tuple[Block, ...]:
    return tuple(Block(row.text or "", ((0, row.line),), sentences=(0,)) for row in body)


def pair(row: Row, sentence: Sentence | None) -> Pair:
    """A row beside its sentence. One without letters has none, and neither codes nor voice."""
    if sentence is None:
        return Pair(row, row.frames, {}, row.voice, None)
    return Pair(
        row,
        row.frames,
        {coding.frame: coding.polarity.value for coding in sentence.codings},
        row.voice,
        sentence.voice.value,
        {coding.frame: coding.probability for coding in sentence.codings},
        {chance.frame: chance.affirm + chance.deny for chance in sentence.chances},
    )


def pairs_of(rows: Iterable[Row], sentences: Iterable[Sentence]) -> list[Pair]:
    """The rows that count, each with the sentence of its line."""
    by_line = {sentence.line: sentence for sentence in sentences}
    return [pair(row, by_line.get(row.line)) for row in rows if row.counted]


def tables(pairs: Iterable[Pair], frames: Sequence[str]) -> Floats:
    """Counts of sentences by gold code and code given; shape (frames, 3, 3)."""
    kind = {name: number for number, name in enumerate(KINDS)}
    counts = np.zeros((len(frames), len(KINDS), len(KINDS)))
    for each in pairs:
        for number, frame in enumerate(frames):
            wanted, got = (codes.get(frame, KINDS[0]) for codes in (each.wanted, each.got))
            counts[number, kind[wanted], kind[got]] += 1
    return counts


def voices(pairs: Iterable[Pair]) -> Floats:
    """(right, asked) of the voice: asked are the sentences that gold frames and gives a voice."""
    asked = [each for each in pairs if each.wanted and each.voice_wanted]
    right = sum(each.voice_wanted == each.voice_got for each in asked)
    return np.array([float(right), float(len(asked))])


def bins(pairs: Iterable[Pair]) -> Floats:
    """(number, sum of probability, number right) of codings by probability; shape (BINS, 3)."""
    counts = np.zeros((BINS, 3))
    for each in pairs:
        for frame, probability in each.probability.items():
            right = each.wanted.get(frame) == each.got[frame]
            counts[bin_of(probability)] += (1, probability, right)
    return counts
