"""Bars and scales out of characters. Each part has its own character, so that none needs colour."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from azstance.records import Estimate, FrameScore

# Green and magenta are told apart with the common kinds of colour blindness and read on light and
# on dark backgrounds; the other colours of the eight fail one of the two.
AFFIRM_STYLE = "green"
DENY_STYLE = "magenta"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters that drawings are made of."""

    affirm: str = "█"
    deny: str = "▒"
    attributed: str = "·"
    line: str = "─"
    zero: str = "┼"
    interval: str = "━"
    value: str = "●"
    bar: str = "█"
    shaded: str = "▓"


_ASCII = Glyphs(affirm="#", deny="%", attributed=".", line="-", zero="|", interval="=", value="o",
                bar="#", shaded="%")  # fmt: skip


def glyphs(console: Console) -> Glyphs:
    """What the console's encoding can show."""
    return Glyphs() if console.encoding.startswith("utf") else _ASCII


def parts(frame: FrameScore) -> tuple[int, int, int]:
    """The counts that a bar shows."""
    return frame.affirm, frame.deny, frame.attributed


def per_mark(frames: Iterable[FrameScore], width: int) -> int:
    """How many sentences a mark must stand for so that the longest bar fits `width` marks."""
    rows = [parts(frame) for frame in frames]
    per = max(1, *(ceil(sum(row) / width) for row in rows)) if rows else 1
    # Each part is rounded up, so that one sentence is always seen.
    while any(sum(ceil(part / per) for part in row) > max(width, 3) for row in rows):
        per += 1
    return per


def bar(frame: FrameScore, per: int, marks: Glyphs) -> Text:
    """Sentences affirmed, denied and attributed as a row of marks."""
    affirm, deny, attributed = (ceil(part / per) for part in parts(frame))
    return Text.assemble(
        (marks.affirm * affirm, AFFIRM_STYLE),
        (marks.deny * deny, DENY_STYLE),
        marks.attributed * attributed,
    )


def bound(values: Iterable[Estimate], least: int) -> int:
    """A whole number that no value or end of an interval exceeds, at least `least`."""
    found = [
        abs(end) for each in values for end in (each.value, each.low, each.high) if end is not None
    ]
    return max(least, ceil(max(found, default=0.0)))


def scale(
    estimate: Estimate, limit: float, cells: int, marks: Glyphs, start: float | None = None
) -> Text:
    """A line from `start` to `limit` with zero, the value and its interval; `cells` is odd.

    Without a `start` it begins at -limit.
    """
    last = cells - 1
    low = -limit if start is None else start

    def cell(value: float) -> int:
        return max(0, min(last, round((value - low) / (limit - low) * last)))

    line = [marks.line] * cells
    if estimate.low is not None and estimate.high is not None:
        for position in range(cell(estimate.low), cell(estimate.high) + 1):
            line[position] = marks.interval
    line[cell(0)] = marks.zero
    if estimate.value is not None:
        line[cell(estimate.value)] = marks.value
    return Text("".join(line))


def diverging(difference: Estimate, limit: float, cells: int, marks: Glyphs) -> Text:
    """A bar from zero to a difference, with its interval; `cells` is odd, the bounds are ±limit.

    Where the interval lies over the bar it is shaded; what is left of a full bar shows that the
    interval does not reach zero.
    """
    line = scale(difference, limit, cells, marks).plain
    zero = cells // 2
    place = line.find(marks.value)
    if difference.value is None or place < 0:
        return Text(line)
    drawn = list(line)
    for cell in range(min(zero, place) + 1, max(zero, place)):
        drawn[cell] = marks.shaded if line[cell] == marks.interval else marks.bar
    return Text("".join(drawn))
