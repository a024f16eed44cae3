"""Rules on texts that are there twice: the same words, nearly the same, or one within another.

Up to `MANY` known articles the overlap with every one of them is computed; beyond, MinHash finds
candidates (Broder 1997). What is told always rests on the exact sets of five-word runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from azstance.checking.draft import Draft
from azstance.checking.shingles import overlap

if TYPE_CHECKING:
    from typing import Any

    from azstance.check_settings import Thresholds
    from azstance.checking.reference import Reference
    from azstance.checking.shingles import Shingles
    from azstance.checking.subject import Subject

MANY = 5000
_PERMUTATIONS = 128
_LEAST = 15
"""Runs that a text needs for a containment to mean something."""

_TOLD = 5
"""Twins that are told of an article: a thousand copies of a line would make a million findings."""


@dataclass(frozen=True)
class Text:
    """A known text: where it is, the digest of its words, its runs."""

    place: str
    digest: str
    shingles: Shingles


@dataclass(frozen=True)
class Twin:
    """Another article with much of the same text."""

    place: str
    same: bool
    jaccard: float
    containment: float


class Texts:
    """Known texts, to be searched for those that resemble another."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """`texts` in the order in which twins are told."""
        self._texts = tuple(texts)
        sizes = [len(text.shingles) for text in self._texts]
        self._runs = (
            np.concatenate([text.shingles for text in self._texts])
            if self._texts
            else np.zeros(0, np.uint32)
        )
        self._owner = np.repeat(np.arange(len(sizes)), sizes)
        self._forest = _Candidates(self._texts) if len(self._texts) > MANY else None
        self._found: dict[tuple[str, Thresholds], list[Twin]] = {}

    def twins(self, own: Text, limits: Thresholds) -> list[Twin]:
        """Other texts with the same words or an overlap from the thresholds on."""
        key = (own.digest, limits)  # copies of one text have the same twins
        if key not in self._found:
            self._found[key] = self._search(own, limits)
        return [twin for twin in self._found[key] if twin.place != own.place]

    def _search(self, own: Text, limits: Thresholds) -> list[Twin]:
        found = []
        for number in self._alike(own):
            text = self._texts[number]
            same = text.digest == own.digest
            jaccard, contained = (1.0, 1.0) if same else overlap(own.shingles, text.shingles)
            enough = min(len(own.shingles), len(text.shingles)) >= _LEAST
            if same or jaccard >= limits.near or (contained >= limits.contained and enough):
                found.append(Twin(text.place, same, jaccard, contained))
        return sorted(found, key=lambda twin: (not twin.same, -twin.jaccard, twin.place))

    def _alike(self, own: Text) -> list[int]:
        """Numbers of the texts that share runs with this one."""
        if self._forest is not None:
            return self._forest.of(own)
        shared = self._owner[np.isin(self._runs, own.shingles)]
        return [int(number) for number in np.unique(shared)]


class _Candidates:
    """MinHash signatures by datasketch, for very many texts."""

    def __init__(self, texts: Sequence[Text]) -> None:
        from datasketch import MinHashLSHEnsemble

        self._index = MinHashLSHEnsemble(threshold=0.5, num_perm=_PERMUTATIONS, num_part=16, m=4)
        self._index.index(
            (n, _signature(text), len(text.shingles))
            for n, text in enumerate(texts)
            if len(text.shingles)
        )

    def of(self, own: Text) -> list[int]:
        if not len(own.shingles):
            return []
        return sorted(self._index.query(_signature(own), len(own.shingles)))


def _signature(text: Text) -> Any:
    from datasketch import MinHash

    made = MinHash(num_perm=_PERMUTATIONS, seed=1)
    made.update_batch([int(run).to_bytes(4, "little") for run in text.shingles])
    return made


def text_of(subject: Subject) -> Text:
    """What is compared of an article."""
    return Text(subject.place, subject.digest, subject.shingles)


def known_texts(reference: Reference) -> Texts:
    """The texts of a reference."""
    return Texts([Text(known.place, known.digest, known.shingles) for known in reference.articles])


def duplicates(
    subject: Subject, twins: Sequence[Twin], where: str, limits: Thresholds
) -> Iterator[Draft]:
    """AZ201, AZ202 or AZ203 for the nearest twins; `where` says among what they were found."""
    told = list(_told(subject, twins[:_TOLD], where, limits))
    more = len(twins) - len(told)
    if more:
        told[-1] = replace(told[-1], message=f"{told[-1].message} And {more} more are like it.")
    yield from told


def _told(
    subject: Subject, twins: Sequence[Twin], where: str, limits: Thresholds
) -> Iterator[Draft]:
    for twin in twins:
        basis = twin.place
        line = subject.first_line
        if twin.same:
            yield Draft("AZ201", line, f"It has the same words as {twin.place} ({where}).", basis)
        elif twin.jaccard >= limits.near:
            message = (
                f"It shares {twin.jaccard:.0%} of its five-word runs with {twin.place} ({where}; "
                f"from {limits.near:.0%} on it is told)."
            )
            yield Draft("AZ202", line, message, basis)
        else:
            message = (
                f"{twin.containment:.0%} of the shorter text's five-word runs are shared with "
                f"{twin.place} ({where}; from {limits.contained:.0%} on it is told)."
            )
            yield Draft("AZ203", line, message, basis)
