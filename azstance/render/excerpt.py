"""A sentence as it is shown to people: whole where that is bearable, its cues marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azstance.render.clean import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azstance.records import Cue, Sentence

LONGEST = 420
_BEFORE = 120
_WORD = 30


def cues_of(sentence: Sentence, frame: str | None) -> list[Cue]:
    """The counted cues of one frame (or of any), by position, none overlapping the one before."""
    found: list[Cue] = []
    for cue in sorted(sentence.cues, key=lambda cue: (cue.start, -cue.end)):
        wanted = cue.counted and frame in (None, cue.frame)
        if wanted and (not found or cue.start >= found[-1].end):
            found.append(cue)
    return found


def pieces(
    sentence: Sentence, frame: str | None = None, *, whole: bool = False
) -> Iterator[tuple[str, bool]]:
    """The sentence, cleaned, in pieces; True where a piece is a cue of `frame` (or of any).

    Unless the `whole` is wanted, a sentence of more than `LONGEST` characters is cut at words
    around its first cue, with "…".
    """
    text = sentence.text
    cues = cues_of(sentence, frame)
    start, end = (0, len(text)) if whole else _window(text, cues[0].start if cues else 0)
    if start:
        yield "… ", False
    position = start
    for cue in cues:
        left, right = max(cue.start, position), min(cue.end, end)
        if left < right:
            yield plain(text[position:left]), False
            yield plain(text[left:right]), True
            position = right
    yield plain(text[position:end]), False
    if end < len(text):
        yield " …", False


def _window(text: str, middle: int) -> tuple[int, int]:
    """The stretch to show, with its ends moved inwards to white space where there is some near."""
    if len(text) <= LONGEST:
        return 0, len(text)
    start = max(0, min(middle - _BEFORE, len(text) - LONGEST))
    end = start + LONGEST
    if start:
        space = text.find(" ", start, start + _WORD)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - _WORD, end)
        end = space if space > start else end
    return start, end
