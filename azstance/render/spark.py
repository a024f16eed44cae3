"""Sparklines: a character per period. Eight heights of a block, or digits where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "12345678"
"""The heights where an encoding has no blocks."""

NOTHING = "·"
NOTHING_ASCII = "."


def sparkline(
    values: Sequence[float | None], low: float, high: float, *, blocks: bool = True
) -> str:
    """A mark per value between `low` and `high`; what has no value is a dot, never a height."""
    heights = BLOCKS if blocks else DIGITS
    top = len(heights) - 1
    room = high - low or 1.0

    def mark(value: float | None) -> str:
        if value is None:
            return NOTHING if blocks else NOTHING_ASCII
        return heights[max(0, min(top, round((value - low) / room * top)))]

    return "".join(map(mark, values))


def parts(periods: Sequence[str], room: int) -> Iterator[Sequence[str]]:
    """The periods in rows of at most `room`, which are whole years of months where they fit."""
    monthly = bool(periods) and len(periods[0]) > 4
    whole = max(1, room // 12) * 12 if monthly and room >= 12 else max(1, room)
    start = 0
    while start < len(periods):
        # The first row ends with a year, so that all others begin with one.
        before = int(periods[0][5:7]) - 1 if monthly and not start and whole % 12 == 0 else 0
        size = len(periods) if len(periods) - start <= room else whole - before
        yield periods[start : start + size]
        start += size


def axis(periods: Sequence[str]) -> str:
    """The years below each other's first period, as many as fit: "2023        2024"."""
    line = ""
    for place, period in enumerate(periods):
        new = place == 0 or period[:4] != periods[place - 1][:4]
        if new and (not line or len(line) < place):
            line = line.ljust(place) + period[:4]
    return line
