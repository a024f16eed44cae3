"""Quotation marks: curly, straight, low and angled, balanced or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "‘": "’", '"': '"', "'": "'"}
_CLOSERS = frozenset("”»")


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
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in _PAIRS and _opens(text, at):
            end = _close(text, at)
            closed = end is not None
            stop = end + 1 if end is not None else _next(limits, at, len(text))
            if closed or mark not in "'‘":
                quotes.append(Quote(at, stop, closed))
                at = stop
                continue
        elif mark in _CLOSERS:
            before = max((x for x in limits if x <= at), default=0)
            quotes.append(Quote(before, at + 1, False))
        at += 1
    return quotes


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "'‘":
        return not before.isalnum() and after.isalnum()
    return text[at] != '"' or not after.isspace() or not before.isalnum()


def _close(text: str, at: int) -> int | None:
    """Place of the mark that closes the one at `at`."""
    closers = _PAIRS[text[at]]
    depth = 1
    for place in range(at + 1, len(text)):
        mark = text[place]
        if mark in closers:
            if mark in "'’" and not _ends_word(text, place):
                continue
            if mark == '"' and _nested_open(text, place):
                depth += 1
                continue
            depth -= 1
            if depth == 0:
                return place
        elif mark == text[at]:
            depth += 1
    return None


def _nested_open(text: str, place: int) -> bool:
    """Whether a straight mark opens a quotation inside one: after a blank and before a letter."""
    after = text[place + 1] if place + 1 < len(text) else " "
    return text[place - 1].isspace() and after.isalnum() and text.count('"', place + 1) >= 2


def _ends_word(text: str, place: int) -> bool:
    after = text[place + 1] if place + 1 < len(text) else " "
    return not after.isalnum() and not text[place - 1].isspace()


def _next(limits: Sequence[int], at: int, end: int) -> int:
    return min((x for x in limits if x > at), default=end)
