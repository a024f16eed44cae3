"""Quotation marks: curly, straight, low and angled, balanced or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "‘": "’", '"': '"', "'": "'"}
_CLOSERS = frozenset("”»")
_ENDS = frozenset("".join(_PAIRS.values()))
_MARKS = frozenset(_PAIRS) | _ENDS
_DEEPEST = 16  # nobody quotes a quotation in a quotation deeper than this


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: offsets of its first and after its last character, marks included.

    `closed` is False where the closing mark is missing and the quotation was ended with its
    sentence.
    """

    start: int
    end: int
    closed: bool = True


def find_quotes(text: str, limits: Sequence[int]) -> list[Quote]:
    """Find the quotations in one paragraph.

    A single mark opens only where a word begins and closes only where one ends, so that apostrophes
    ("Russia's", "leaders' talks") are none. A mark that is never closed quotes up to the next of
    `limits` (the ends of the sentences), a lone closing mark from the limit before it.
    """
    quotes: list[Quote] = []
    limits = sorted(limits)
    marks = _Marks(text)
    until = 0
    for at in marks.places:
        mark = text[at]
        if at < until:
            continue
        if mark in _PAIRS and _opens(text, at):
            end = marks.close(at)
            closed = end is not None
            if closed or mark not in "'‘":
                until = end + 1 if end is not None else _next(limits, at, len(text))
                quotes.append(Quote(at, until, closed))
                continue
        elif mark in _CLOSERS:
            before = bisect_right(limits, at)
            quotes.append(Quote(limits[before - 1] if before else 0, at + 1, False))
    return quotes


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "'‘":
        return not before.isalnum() and after.isalnum()
    return text[at] != '"' or not after.isspace() or not before.isalnum()


class _Marks:
    """The quotation marks of a paragraph; hostile text can hold little else."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.places = [i for i, mark in enumerate(text) if mark in _MARKS]
        self._straight = [i for i in self.places if text[i] == '"']
        self._last = {
            closer: max((i for i in self.places if self._closes(i, closer)), default=-1)
            for closer in _ENDS
        }

    def close(self, at: int) -> int | None:
        """Place of the mark that closes the one at `at`."""
        text = self._text
        opener, closers = text[at], _PAIRS[text[at]]
        if all(self._last[closer] <= at for closer in closers):
            return None
        depth = 1
        for n in range(bisect_right(self.places, at), len(self.places)):
            place = self.places[n]
            mark = text[place]
            if mark in closers and mark in "'’" and not _ends_word(text, place):
                continue
            if mark in closers and self._closes(place, mark):
                depth -= 1
                if depth == 0:
                    return place
            elif mark == opener:
                depth += 1
            if depth > _DEEPEST:
                return None
        return None

    def _closes(self, place: int, closer: str) -> bool:
        """Whether `closer` stands at `place` and can close there."""
        if self._text[place] != closer:
            return False
        if closer in "'’":
            return _ends_word(self._text, place)
        return closer != '"' or not self._nested_open(place)

    def _nested_open(self, place: int) -> bool:
        """Whether a straight mark opens a quotation inside one: after a blank, before a letter."""
        text = self._text
        after = text[place + 1] if place + 1 < len(text) else " "
        more = len(self._straight) - bisect_right(self._straight, place)
        return text[place - 1].isspace() and after.isalnum() and more >= 2


def _ends_word(text: str, place: int) -> bool:
    after = text[place + 1] if place + 1 < len(text) else " "
    return not after.isalnum() and not text[place - 1].isspace()


def _next(limits: Sequence[int], at: int, end: int) -> int:
    place = bisect_right(limits, at)
    return limits[place] if place < len(limits) else end
