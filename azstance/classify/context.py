"""What stands around a sentence, as the classifier's second stage sees it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.classify.rows import Floats

_AROUND = (-2, -1, 1, 2)
BLOCKS = len(_AROUND) + 3
"""Blocks of features besides the position: four neighbours, the mean, the most, the first."""
POSITION = 3


def spans(docs: Sequence[str]) -> list[slice]:
    """Where the sentences of each article stand, for articles that follow one another."""
    found = []
    start = 0
    for _, group in groupby(docs):
        end = start + sum(1 for _ in group)
        found.append(slice(start, end))
        start = end
    return found


def around(probabilities: Floats, docs: Sequence[str]) -> Floats:
    """Features of the sentences around each; shape (n, BLOCKS * k + POSITION).

    `probabilities` has shape (n, k). Of every sentence: the probabilities of the two sentences
    before and after it, the mean and the largest of the rest of its article, those of the first
    sentence, and whether it is the first, whether it is the last, and how far down it stands.
    """
    return np.vstack([_article(probabilities[span]) for span in spans(docs)])


def _article(own: Floats) -> Floats:
    n, k = own.shape
    blocks = []
    for offset in _AROUND:
        block = np.zeros((n, k))
        if offset < 0:
            block[-offset:] = own[:offset]
        else:
            block[:-offset] = own[offset:]
        blocks.append(block)
    blocks.append((own.sum(axis=0) - own) / max(1, n - 1))
    blocks.append(_largest_of_others(own))
    blocks.append(np.broadcast_to(own[0], own.shape))
    place = np.arange(n)
    position = np.column_stack([place == 0, place == n - 1, place / n])
    return np.hstack([*blocks, position])


def _largest_of_others(own: Floats) -> Floats:
    if len(own) < 2:
        return np.zeros_like(own)
    second, first = np.sort(own, axis=0)[-2:]
    top = np.arange(len(own))[:, None] == own.argmax(axis=0)
    return np.asarray(np.where(top, second, first))
