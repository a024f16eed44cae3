"""The table of frames: bars, counts and intervals, in columns or, on narrow terminals, stacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from azstance.render import words
from azstance.render.clean import plain
from azstance.render.draw import bar, per_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from azstance.records import FrameScore
    from azstance.render.layout import Sheet

_ROOMY = 96
_LEAST_BAR = 4
_MOST_BAR = 40
_MOST_NAME = 16
_GAP = 2
_SHARE_CELLS = 14  # "100% [93, 100]"
_STANCE_CELLS = 20  # "-1.00 [-1.00, +1.00]"
_SHORT = ("affirm", "deny", "attr.")
_LONG = ("affirmed", "denied", "attributed")


@dataclass(frozen=True, slots=True)
class Figures:
    """How the frames of all units of a report are laid out: the same scale for every bar."""

    sheet: Sheet
    name_cells: int
    bar_cells: int
    per: int
    level: str

    @property
    def counts(self) -> tuple[str, ...]:
        """Headings of the three counts."""
        return _LONG if self.sheet.width >= _ROOMY else _SHORT


def figures(sheet: Sheet, frames: Sequence[FrameScore], level: float) -> Figures:
    """The layout for `frames`, which are those of all units."""
    longest = max((Text(plain(each.frame)).cell_len for each in frames), default=0)
    name_cells = min(_MOST_NAME, max(5, longest))
    headings = _LONG if sheet.width >= _ROOMY else _SHORT
    fixed = name_cells + sum(map(len, headings)) + _SHARE_CELLS + _STANCE_CELLS
    room = sheet.width - fixed - 6 * _GAP
    if sheet.narrow:
        room = sheet.width - name_cells - _GAP
    cells = max(_LEAST_BAR, min(_MOST_BAR, room))
    per = per_mark(frames, cells)
    longest_bar = max((bar(each, per, sheet.marks).cell_len for each in frames), default=0)
    return Figures(sheet, name_cells, min(cells, longest_bar), per, words.level(level))


def frame_table(frames: Sequence[FrameScore], figures: Figures) -> Iterator[RenderableType]:
    """The frames of one unit."""
    if figures.sheet.narrow:
        for frame in frames:
            yield from _stacked(frame, figures)
    else:
        yield _columns(frames, figures)


def _columns(frames: Sequence[FrameScore], figures: Figures) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    table.add_column(Text("frame"), width=figures.name_cells, overflow="fold")
    table.add_column(Text("sentences"), width=max(9, figures.bar_cells), no_wrap=True)
    for heading in figures.counts:
        table.add_column(Text(heading), width=len(heading), no_wrap=True, justify="right")
    table.add_column(Text(f"share [{figures.level}]"), width=_SHARE_CELLS, no_wrap=True)
    table.add_column(Text(f" stance [{figures.level}]"), width=_STANCE_CELLS, no_wrap=True)
    for frame in frames:
        table.add_row(
            Text(plain(frame.frame)),
            bar(frame, figures.per, figures.sheet.marks),
            *(Text(str(count)) for count in (frame.affirm, frame.deny, frame.attributed)),
            Text(_share(frame)),
            Text(_stance(frame)),
        )
    return table


def _share(frame: FrameScore) -> str:
    return words.joined(f"{words.percent(frame.share.value):>4}", words.share_interval(frame.share))


def _stance(frame: FrameScore) -> str:
    value = f"{words.signed(frame.stance.value):>5}"
    return words.joined(value, words.signed_interval(frame.stance))


def _stacked(frame: FrameScore, figures: Figures) -> Iterator[Text]:
    name = Text(plain(frame.frame), style="bold")
    name.append(" " * max(1, figures.name_cells + _GAP - name.cell_len))
    yield name.append_text(bar(frame, figures.per, figures.sheet.marks))
    yield Text(f"  affirmed {frame.affirm}, denied {frame.deny}, attributed {frame.attributed}")
    yield Text(f"  share {_share(frame).strip()}")
    yield Text(f"  stance {_stance(frame).strip()}")
