"""What the codebook means: each frame with its definition, its polarities, cues and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from azstance.records import Polarity
from azstance.render import words
from azstance.render.clean import plain
from azstance.render.console import show
from azstance.render.draw import glyphs
from azstance.render.layout import Sheet, columns_of, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, RenderableType

    from azstance.codebook import Example, Frame

_LABEL = 8
_KINDS = ((Polarity.AFFIRM, "affirms"), (Polarity.DENY, "denies"), (None, "neither"))


def render_frames(frames: Sequence[Frame], console: Console, examples: int = 2) -> None:
    """Show the frames, each with at most `examples` examples of a kind."""
    show(console, explain_frames(frames, console, examples))


def explain_frames(frames: Sequence[Frame], console: Console, examples: int = 2) -> Iterator[str]:
    """The text of `render_frames`, a chunk a frame."""
    sheet = Sheet(console, glyphs(console))
    for index, frame in enumerate(frames):
        lead = [Text()] if index else []
        yield sheet.draw([*lead, *_frame(frame, sheet, examples)])


def _frame(frame: Frame, sheet: Sheet, examples: int) -> Iterator[RenderableType]:
    name, label = plain(frame.name), plain(frame.label)
    yield heading(sheet, name, label if label.lower() != name.lower() else "")
    yield Text(plain(frame.definition))
    yield Text()
    rows = [
        (Text("affirm"), Text(plain(frame.affirm))),
        (Text("deny"), Text(plain(frame.deny))),
        (Text("cues"), Text(_cues(frame))),
    ]
    for polarity, verb in _KINDS:
        chosen = [each for each in frame.examples if each.match is polarity][:examples]
        rows += [(Text(verb), _example(each)) for each in chosen]
    yield columns_of(rows, [_LABEL, None])


def _cues(frame: Frame) -> str:
    affirm = sum(cue.polarity is Polarity.AFFIRM for cue in frame.cues)
    cues = words.counted(len(frame.cues), "cue")
    phrases = words.counted(sum(len(cue.phrases) for cue in frame.cues), "phrase")
    return f"{cues} ({affirm} affirm, {len(frame.cues) - affirm} deny) with {phrases}"


def _example(example: Example) -> Text:
    before = " ".join(plain(text) for text in example.before)
    return Text(f"{before} {plain(example.text)}".strip(), "italic")
