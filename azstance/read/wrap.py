"""Lines to paragraphs: joins what was hard-wrapped, and nothing else.

Two kinds of file look alike at a glance: text wrapped at a fixed width, and text with a paragraph
on every line. They differ in where lines end. A wrapped line ends wherever the width ran out, so
that the next line mostly starts in mid-sentence; a paragraph ends with its sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from azstance.read.page import Line, Para
from azstance.read.shape import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

# Wider lines are paragraphs of their own: nobody wraps by hand beyond this.
_WIDEST = 160
_NARROWEST = 25
_ITEM = re.compile(r"\s*(?:[-*+•▪●–—]\s|\d{1,3}[.)]\s|>)")
# A byline in small letters below a headline is no continuation of it.
_MID_SENTENCE = re.compile(r"(?!by [A-Z])[\"'“‘(]{0,3}[a-z]")
_BROKEN = re.compile(r"([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"\S+")
_LOWER_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def paragraphs(lines: Sequence[Line]) -> list[Para]:
    """Paragraphs of a text, each knowing where its source lines begin. Blank lines part them."""
    width = _wrap_width(lines)
    vocabulary = _Vocabulary(lines)
    paras: list[Para] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group[-1], line, width):
            paras.append(_joined(group, vocabulary))
            group = []
        if line.text.strip():
            group.append(line)
    if group:
        paras.append(_joined(group, vocabulary))
    return paras


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the text was wrapped by hand, or 0 if it was not.

    It was where many neighbouring lines break in mid-sentence: at least two, and a fifth of them.
    """
    pairs = [
        (a.text.rstrip(), b.text.strip())
        for a, b in pairwise(lines)
        if a.text.strip() and b.text.strip()
    ]
    broken = [len(a) for a, b in pairs if len(a) <= _WIDEST and _breaks_off(a, b)]
    if len(broken) < 2 or len(broken) < 0.2 * len(pairs):
        return 0
    # Not the widest of them: a long word or address may stick out.
    width = sorted(broken)[int(0.9 * (len(broken) - 1))]
    return width if width >= _NARROWEST else 0


def _breaks_off(first: str, second: str) -> bool:
    """Whether the sentence of the first line plainly goes on in the second."""
    if _BROKEN.search(first):
        return True
    if ends_sentence(first) or first.endswith((":", ";")) or _ITEM.match(second):
        return False
    return _MID_SENTENCE.match(second) is not None


def _continues(first: Line, second: Line, width: int) -> bool:
    a, b = first.text.rstrip(), second.text.strip()
    if not a or not b or first.heading or second.heading or _ITEM.match(b) or len(a) > _WIDEST:
        return False
    if _breaks_off(a, b):
        return True
    if not width:
        return False
    word = _FIRST_WORD.match(b)
    room = width - len(a) - 1
    return word is not None and len(word.group()) > room and 0.6 * width <= len(a) <= width + 12


def _joined(group: Sequence[Line], vocabulary: _Vocabulary) -> Para:
    pieces: list[str] = []
    lines: list[tuple[int, int]] = []
    length = 0
    for line in group:
        piece = " ".join(line.text.split())
        if pieces:
            # Only the last piece is looked at: a paragraph can have very many lines.
            ready = vocabulary.join(pieces[-1], piece)
            length += len(ready) - len(pieces[-1])
            pieces[-1] = ready
        lines.append((length, line.number))
        pieces.append(piece)
        length += len(piece)
    return Para("".join(pieces), tuple(lines), group[0].heading)


@cache
def _prefixes() -> frozenset[str]:
    from azstance.read.lists import word_list

    return word_list("hyphen_prefixes")


class _Vocabulary:
    """The words of a text, counted only when a hyphen at a line end has to be judged."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words: Counter[str] | None = None

    def join(self, text: str, following: str) -> str:
        """`text` made ready for `following`: a blank, or nothing after a hyphen, which may go.

        A hyphen goes only where the word is then found whole elsewhere, or where its first part is
        not a word of this text nor a prefix that keeps its hyphen ("multi-vector").
        """
        broken = _BROKEN.search(text) if text.endswith("-") else None
        if not broken:
            return text + " "
        rest = _LOWER_WORD.match(following)
        if not rest:
            return text
        first = broken.group(1).lower()
        if self._has(first + rest.group()):
            return text[:-1]
        keep = self._has(f"{first}-{rest.group()}") or first in _prefixes() or self._has(first, 2)
        return text if keep else text[:-1]

    def _has(self, word: str, times: int = 1) -> bool:
        if self._words is None:
            found = (
                re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower()) for line in self._lines
            )
            self._words = Counter(word for row in found for word in row)
        return self._words[word] >= times
