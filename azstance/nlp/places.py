"""Where the annotations of a document stand, gathered in one pass.

To ask every sentence for its entities or spans reads the whole document each time; a book of a
thousand pages pasted into one file would then take hours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from azstance.errors import ArticleError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from azstance.records import Article

T = TypeVar("T")
BLOCKS = "azstance_blocks"
BETWEEN = "\n\n"
"""What stands between the blocks of an article in its document."""


def mark_blocks(doc: Doc, article: Article) -> list[Span]:
    """Make a span group of the article's blocks. Raises ArticleError for one that cuts a word."""
    offset = 0
    spans: list[Span] = []
    for block in article.blocks:
        span = doc.char_span(offset, offset + len(block.text), alignment_mode="contract")
        if span is None and block.text.strip():
            raise ArticleError("has a paragraph that does not align with its words")
        spans.append(span or doc[0:0])
        offset += len(block.text) + len(BETWEEN)
    doc.spans[BLOCKS] = spans
    return spans


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
