"""Rows of any columns as a table for people, and what a store can be asked."""

from __future__ import annotations

import shlex
from itertools import chain
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text

from azstance.render.clean import path_text, plain
from azstance.render.draw import glyphs
from azstance.render.layout import Sheet, columns_of, heading
from azstance.render.rows import is_number, shown
from azstance.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, RenderableType

    from azstance.store.query import Described

_GAP = 2
_LEAST = 12
"""A column of text is not made narrower than this: rather, rows are stacked."""
_SHORT_NAME = 6


def rows_table(
    names: Sequence[str], batches: Iterable[Sequence[Sequence[Any]]], console: Console
) -> Iterator[str]:
    """A table as chunks of text, and at the end how many rows it has.

    The widths of the columns are those of the first batch. Where the columns do not fit beside
    each other, each row is a block of lines with the names of the columns before the values.
    """
    sheet = Sheet(console, glyphs(console))
    labels = [plain(name) for name in names]
    source = iter(batches)
    first = next(source, [])
    widths = _widths(labels, first, sheet.width)
    total = 0
    if first and widths:
        yield sheet.draw([columns_of([[Text(name, "bold") for name in labels]], widths)])
    for batch in chain([first], source):
        if batch:
            yield sheet.draw(_beside(batch, widths) if widths else _stacked(labels, batch))
        total += len(batch)
    yield f"{counted(total, 'row')}\n"


def _widths(labels: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> list[int] | None:
    """How wide each column is; None where they do not fit beside each other.

    Numbers are never broken, and their names only where it is tight, into two lines.
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(labels)
    full, least = [], []
    for label, column in zip(labels, columns, strict=True):
        name, held = cell_len(label), max((cell_len(shown(v)) for v in column), default=0)
        full.append(max(name, held))
        half = name if name <= _SHORT_NAME else (name + 1) // 2
        text = not any(is_number(value) for value in column)
        least.append(max(half, min(held, _LEAST) if text else held))
    room = width - _GAP * (len(labels) - 1) - sum(least)
    if room < 0:
        return None
    given = list(least)
    waiting = sorted(range(len(labels)), key=lambda each: full[each] - least[each])
    for done, each in enumerate(waiting):
        more = min(full[each] - least[each], room // (len(waiting) - done))
        given[each] += more
        room -= more
    return given


def _beside(rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> list[RenderableType]:
    return [columns_of(([_cell(value) for value in row] for row in rows), widths)]


def _cell(value: Any) -> Text:
    return Text(shown(value), justify="right" if is_number(value) else "left")


def _stacked(labels: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[RenderableType]:
    width = max(map(cell_len, labels))
    for row in rows:
        pairs = zip(labels, row, strict=True)
        yield columns_of([(Text(n, "bold"), Text(shown(v))) for n, v in pairs], [width, None])
        yield Text()


def described_text(described: Sequence[Described], folder: str, console: Console) -> Iterator[str]:
    """All tables and views of the store in `folder`, with the type and meaning of each column."""
    sheet = Sheet(console, glyphs(console))
    for each in described:
        count = "" if each.rows is None else counted(each.rows, "row")
        names = [(Text(name), Text(f"{meaning} ({type})")) for name, type, meaning in each.columns]
        width = max(name.cell_len for name, _ in names)
        title = heading(sheet, each.name, count)
        yield sheet.draw([title, Text(f"{each.about}"), columns_of(names, [width, None]), Text()])
    example = f'azstance query "SELECT * FROM by_frame" {shlex.quote(path_text(folder))}'
    yield sheet.draw([Text(f"Ask, for example: {example}")])
