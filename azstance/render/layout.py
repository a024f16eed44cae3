"""The pieces that every table for people is put together from.

All text arrives here as `rich.text.Text`, which is never searched for markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from azstance.render.excerpt import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, RenderableType

    from azstance.records import Sentence
    from azstance.render.draw import Glyphs

_GAP = 2
NARROW = 64
"""Below this width columns do not fit beside each other and are stacked."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on, and the scales that all units of one record share."""

    console: Console
    marks: Glyphs

    @property
    def width(self) -> int:
        """Width in cells."""
        return self.console.width

    @property
    def narrow(self) -> bool:
        """Whether columns have to be stacked."""
        return self.width < NARROW

    def draw(self, renderables: Iterable[RenderableType]) -> str:
        """The renderables below each other as text, without spaces at the ends of lines."""
        with self.console.capture() as capture:
            for renderable in renderables:
                self.console.print(renderable, overflow="fold")
        return "".join(f"{line.rstrip(' ')}\n" for line in capture.get().splitlines())


def heading(sheet: Sheet, *names: str) -> Text:
    """Names in bold with a line up to the right margin, on a line of their own where they fit."""
    line = sheet.marks.line
    title = Text(f"{line}{line} ")
    for number, name in enumerate(name for name in names if name):
        title.append("  " if number else "")
        title.append(name, "bold")
    title.append(" ")
    room = sheet.width - title.cell_len
    return title.append(line * room) if room > 0 else title


def grid(rows: Iterable[Sequence[Text]], *, most: int = 26) -> Table:
    """Rows of short cells, each at most `most` cells wide, and running text in the last column."""
    listed = [list(row) for row in rows]
    columns = list(zip(*listed, strict=True))[:-1]
    widths = [min(most, max(cell.cell_len for cell in column)) for column in columns]
    return columns_of(listed, [*widths, None])


def columns_of(rows: Iterable[Sequence[Text]], widths: Sequence[int | None]) -> Table:
    """Rows in columns of these widths, in which text wraps; None takes what is left."""
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def hung(label: str, text: Text | str, width: int) -> Table:
    """A label in a column of `width` and running text that wraps below itself."""
    return columns_of([(Text(label), _text(text))], [width, None])


def indented(text: Text | str, indent: int = 2, first: int | None = None) -> RenderableType:
    """Running text with all its lines indented, the first one by `first`."""
    if first is None:
        return Padding(_text(text), (0, 0, 0, indent))
    return Padding(columns_of([(Text(), _text(text))], [0, None]), (0, 0, 0, first))


def marked(sentence: Sentence, frame: str | None = None, *, whole: bool = False) -> Text:
    """A sentence with its cues in bold; see `excerpt.pieces`."""
    text = Text()
    for piece, is_cue in pieces(sentence, frame, whole=whole):
        text.append(piece, "bold" if is_cue else None)
    return text


def _text(text: Text | str) -> Text:
    return Text(text) if isinstance(text, str) else text
