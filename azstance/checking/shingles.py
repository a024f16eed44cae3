"""Five-word runs of texts as numbers, and how far two texts share them.

Overlap is the Jaccard similarity of the sets of runs, containment the share of the smaller set
that stands in the other (Broder 1997, On the resemblance and containment of documents).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint32]

RUN = 5
"""Words in a run."""

_WORD = re.compile(r"\w+")
_TYPE = np.dtype("<u4")


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of a text in small letters, without punctuation."""
    return tuple(word for text in texts for word in _WORD.findall(text.casefold()))


def word_digest(words: Sequence[str]) -> str:
    """The first half of sha256 over the words."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def shingles(words: Sequence[str]) -> Shingles:
    """The different runs of the words as sorted 32-bit numbers; a shorter text is one run.

    Two runs in 10,000 of two long texts may share a number by chance, which changes an overlap in
    the fourth decimal.
    """
    if not words:
        return np.zeros(0, np.uint32)
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
    digests = [hashlib.blake2b(r.encode("utf-8", "surrogatepass"), digest_size=4) for r in runs]
    raw = b"".join(digest.digest() for digest in digests)
    return np.unique(np.frombuffer(raw, dtype=_TYPE)).astype(np.uint32)


def packed(found: Shingles) -> str:
    """Runs as text for a file."""
    return base64.b64encode(found.astype(_TYPE).tobytes()).decode("ascii")


def unpacked(text: str) -> Shingles:
    """Runs from the text of a file. Raises ValueError where it is damaged."""
    raw = base64.b64decode(text, validate=True)
    return np.frombuffer(raw, dtype=_TYPE).astype(np.uint32)


def overlap(left: Shingles, right: Shingles) -> tuple[float, float]:
    """Jaccard similarity, and containment of the smaller set in the other."""
    if not len(left) or not len(right):
        return 0.0, 0.0
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared / (len(left) + len(right) - shared), shared / min(len(left), len(right))
