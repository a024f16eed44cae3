"""Where the annotations of a document stand, gathered in one pass.

To ask every sentence for its entities or spans reads the whole document each time; a book of a
thousand pages pasted into one file would then take hours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")


def sentence_starts(doc: Doc) -> list[int]:
    """The first token of every sentence; of the document, where it has no sentences."""
    if not doc.has_annotation("SENT_START"):
        return [0]
    return [sentence.start for sentence in doc.sents]


def by_sentence(
    starts: list[int], things: Iterable[T], start: Callable[[T], int]
) -> dict[int, list[T]]:
    """`things` by the first token of the sentence that they begin in, in their order.

    `start` gives the first token of a thing, `starts` is from `sentence_starts`.
    """
    places: dict[int, list[T]] = {}
    for thing in things:
        at = bisect_right(starts, start(thing)) - 1
        places.setdefault(starts[at], []).append(thing)
    return places
