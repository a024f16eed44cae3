"""Running text in lines of so many cells, none of which starts with a workflow command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from azstance.render.checks.safe import line_start

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALLEST = 8


def wrapped(text: str, width: int, *, label: str = "", indent: int = 0) -> Iterator[str]:
    """The lines of `label` and `text`; all but the first are indented by `indent` cells.

    Words that are longer than a line are cut. The label is not wrapped, but counts for the width.
    """
    room = max(_SMALLEST, width - indent)
    lead, line = label, ""
    text = text if label.strip() else line_start(text)
    free = max(_SMALLEST, width - cell_len(label))
    for piece in _pieces(text, room):
        joined = f"{line} {piece}" if line else piece
        if cell_len(joined) <= free:
            line = joined
            continue
        if line or label:
            yield (lead + line).rstrip(" ")
        lead, line, free = " " * indent, line_start(piece), room
    yield (lead + line).rstrip(" ")


def _pieces(text: str, room: int) -> Iterator[str]:
    # A cell is kept free in case the piece comes to stand at the start of a line.
    for word in text.split(" "):
        if cell_len(word) < room:
            yield from [word] if word else []
        else:
            yield from chop_cells(word, room - 1)
