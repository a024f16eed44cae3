"""Reprints: pairs of articles that print the same text, or nearly so."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from azstance.scoring.intervals import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azstance.records import Sentence

    Shingle = tuple[str, ...]

RUN = 5
"""Words in a run (a shingle)."""

SAME_TEXT = 0.8
"""From this overlap on, two articles print the same text."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Two articles with the same text; `overlap` is the Jaccard similarity of their word runs."""

    left: str
    right: str
    overlap: float


def reprints(
    texts: Sequence[tuple[str, Sequence[Sentence]]], threshold: float = SAME_TEXT
) -> tuple[Reprint, ...]:
    """Pairs of (article id, sentences) whose sets of five-word runs overlap by `threshold` or more.

    Overlap is the number of shared runs over the number of all (Broder 1997, On the resemblance
    and containment of documents). Every such pair is found: two sets that overlap so much must
    share one of their rarest runs, so only those are looked up (Chaudhuri, Ganti and Kaushik
    2006). Articles without words are nobody's reprint.
    """
    runs = {id: _runs(sentences) for id, sentences in texts}
    rarity = Counter(run for found in runs.values() for run in found)
    holders: defaultdict[Shingle, list[str]] = defaultdict(list)
    pairs = []
    for id in sorted(runs):
        telling = _telling(runs[id], rarity, threshold)
        for other in sorted({holder for run in telling for holder in holders[run]}):
            overlap = _overlap(runs[other], runs[id])
            if overlap >= threshold:
                pairs.append(Reprint(other, id, rounded(overlap)))
        for run in telling:
            holders[run].append(id)
    return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right)))


def without_reprints(ids: Iterable[str], pairs: Sequence[Reprint]) -> tuple[str, ...]:
    """The article `ids`, sorted, without those that reprint another: of a pair the first stays.

    `pairs` are as `reprints` returns them. An article goes only where the one it repeats stays.
    """
    dropped: set[str] = set()
    for pair in pairs:
        if pair.left not in dropped:
            dropped.add(pair.right)
    return tuple(sorted(set(ids) - dropped))


def _telling(runs: frozenset[Shingle], rarity: Counter[Shingle], threshold: float) -> list[Shingle]:
    """The rarest runs, so many that a set as alike as `threshold` must hold one of them.

    Those that no other article has come first and tell nothing, so they are only counted; in a
    text that is nobody's reprint they are usually all there is to see.
    """
    enough = len(runs) - ceil(threshold * len(runs) - 1e-9) + 1
    common = [run for run in runs if rarity[run] > 1]
    wanted = enough - (len(runs) - len(common))
    if wanted <= 0 or not runs:
        return []
    return sorted(common, key=lambda run: (rarity[run], run))[:wanted]


def _runs(sentences: Iterable[Sentence]) -> frozenset[Shingle]:
    words = [
        word for sentence in sentences for word in re.findall(r"\w+", sentence.text.casefold())
    ]
    if not words:
        return frozenset()
    return frozenset(
        tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))
    )


def _overlap(left: frozenset[Shingle], right: frozenset[Shingle]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)
