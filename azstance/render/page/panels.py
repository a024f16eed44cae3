"""Why a framed sentence is coded as it is: the data that the page shows on a click or a key.

Phrases come again and again, so they are held once, in a list, and referred to by their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azstance.records import Modality, Polarity, Voice
from azstance.render.document import number
from azstance.render.page.articles import codings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azstance.records import ArticleResult, Coding, Cue, Sentence

_POLARITIES, _VOICES, _FIRMNESS = list(Polarity), list(Voice), list(Modality)


class Strings:
    """Texts that are held once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """The place of a text."""
        return self.places.setdefault(text, len(self.places))

    def list(self) -> list[str]:
        """All texts, each at its place."""
        return list(self.places)


def panels(result: ArticleResult, frames: Sequence[str], strings: Strings) -> list[Any]:
    """One entry a framed sentence: number, line, voice, speaker, codes, cues, unsure frames."""
    return [
        _panel(sentence, frames, strings)
        for sentence in result.sentences
        if any(True for _ in codings(sentence, frames))
    ]


def _panel(sentence: Sentence, frames: Sequence[str], strings: Strings) -> list[Any]:
    return [
        sentence.number,
        sentence.line,
        _VOICES.index(sentence.voice),
        strings(sentence.speaker) if sentence.speaker else -1,
        [_coding(place, each, strings) for place, each in codings(sentence, frames)],
        [_cue(each, frames, strings) for each in sentence.cues],
        [strings(frame) for frame in sentence.unsure],
    ]


def _coding(place: int, coding: Coding, strings: Strings) -> list[Any]:
    return [
        place,
        _POLARITIES.index(coding.polarity),
        number(coding.probability),
        _FIRMNESS.index(coding.modality),
        [strings(cue) for cue in coding.cues],
        [[strings(name), number(value)] for name, value in coding.parts],
    ]


def _cue(cue: Cue, frames: Sequence[str], strings: Strings) -> list[Any]:
    return [
        strings(cue.id),
        frames.index(cue.frame) if cue.frame in frames else -1,
        _POLARITIES.index(cue.polarity),
        cue.start,
        cue.end,
        number(cue.weight),
        int(cue.counted),
        _FIRMNESS.index(cue.modality),
        [strings(actor) for actor in cue.pair],
        [[strings(e.kind), strings(e.text), strings(e.result)] for e in cue.effects],
    ]
