"""Word and character n-grams, weighted by tf-idf: the same lines for training and for use.

Words: one and two in a row. Characters: two to five in a row inside a word with a blank on either
side. A term counts 1 + ln(times), times the idf ln((1 + n) / (1 + df)) + 1, and a sentence has
length 1 (Salton and Buckley 1988, Information Processing and Management 24).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"\w\w+")
_SHORTEST, _LONGEST = 2, 5


def words(text: str) -> Iterator[str]:
    """Words and pairs of words, in small letters."""
    found = _WORD.findall(text.lower())
    yield from found
    for first, second in pairwise(found):
        yield f"{first} {second}"


def characters(text: str) -> Iterator[str]:
    """Pieces of words, in small letters; a blank marks the beginning and the end of a word."""
    for word in text.lower().split():
        yield from _pieces(word)


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word[:_TOO_LONG]} "
    for size in range(_SHORTEST, min(_LONGEST, len(padded)) + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


_TOO_LONG = 60
_MOST_WORDS = 50_000
ANALYZERS: Mapping[str, Callable[[str], Iterator[str]]] = {"words": words, "characters": characters}


@dataclass(frozen=True)
class Grams:
    """A vocabulary with the idf of its terms."""

    kind: str
    terms: tuple[str, ...]
    idf: NDArray[np.float32]

    def indexes(self) -> dict[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    def weigh(
        self, text: str, indexes: Mapping[str, int], known: dict[str, tuple[int, ...]] | None = None
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Numbers (ascending) and weights of the terms of a text that are in the vocabulary.

        `known` is where the numbers of the pieces of a word are kept for the next text.
        """
        if known is not None and self.kind == "characters":
            counts = self._pieced(text, indexes, known)
        else:
            counts = Counter(
                n for term in ANALYZERS[self.kind](text) if (n := indexes.get(term)) is not None
            )
        numbers = np.array(sorted(counts), dtype=np.intp)
        times = np.array([counts[n] for n in numbers.tolist()], dtype=np.float64)
        weights = np.asarray((1 + np.log(times)) * self.idf[numbers], dtype=np.float64)
        length = float(np.sqrt((weights * weights).sum()))
        return numbers, weights / length if length else weights

    @staticmethod
    def _pieced(
        text: str, indexes: Mapping[str, int], known: dict[str, tuple[int, ...]]
    ) -> Counter[int]:
        counts: Counter[int] = Counter()
        for word in text.lower().split():
            numbers = known.get(word)
            if numbers is None:
                if len(known) >= _MOST_WORDS:
                    known.clear()
                found = (indexes.get(piece) for piece in _pieces(word))
                numbers = known[word] = tuple(n for n in found if n is not None)
            counts.update(numbers)
        return counts


def vocabulary(texts: Sequence[str], kind: str, least: int, most: int) -> Grams:
    """The terms of at least `least` texts; of more than `most` those of the most texts."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(ANALYZERS[kind](text)))
    kept = sorted((term for term, df in seen.items() if df >= least), key=lambda t: (-seen[t], t))
    terms = tuple(sorted(kept[:most]))
    df = np.array([seen[term] for term in terms], dtype=np.float64)
    return Grams(kind, terms, (np.log((1 + len(texts)) / (1 + df)) + 1).astype(np.float32))
