"""Rows of any columns, such as the answer to SQL: what they look like in each format.

The rows hold text of articles, and names of columns can do so as well. All of it goes through
`clean`; in JSON a character that must not be shown is replaced and never dropped, so that offsets
stay true. Numbers have six decimals, and small ones six significant digits.
"""

from __future__ import annotations

import io
import json
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from azstance.render.as_csv import cell, lines
from azstance.render.clean import aligned, plain
from azstance.render.document import number
from azstance.render.escape import escaped, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from azstance.render.as_csv import Cell

    Batches = Iterable[Sequence[Sequence[Any]]]

MISSING = "n/a"
_SMALL = 1e-3


def rows_text(names: Sequence[str], batches: Batches, format: str) -> Iterator[str]:
    """Rows as csv, json (an array of objects), jsonl or markdown, a batch at a time."""
    return _FORMATS[format](names, batches)


def write_rows(names: Sequence[str], batches: Batches, format: str, file: TextIO) -> None:
    """Write rows to `file`: a table in its colour, width and encoding, all else as UTF-8."""
    if format == "table":
        from azstance.render.console import make_console, show
        from azstance.render.rows_table import rows_table

        console = make_console(file)
        show(console, rows_table(names, batches, console))
        return
    if isinstance(file, io.TextIOWrapper):
        file.reconfigure(encoding="utf-8", newline="")
    for chunk in rows_text(names, batches, format):
        file.write(chunk)


def data(value: Any) -> Any:
    """A value as JSON has it: lists and records stay what they are; times and the like are text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return _number(float(value))
    if isinstance(value, dict):
        return {aligned(str(key)): data(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [data(held) for held in value]
    return aligned(value.hex() if isinstance(value, bytes) else str(value))


def shown(value: Any) -> str:
    """A value as people read it, on one line and without control characters."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | Decimal):
        return _short(_number(float(value)))
    return plain(_text(value))


def is_number(value: Any) -> bool:
    """Whether a value is shown as a number."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _text(value: Any) -> str:
    """A value that is no number as text: lists and records as JSON."""
    known = data(value)
    if isinstance(known, str):
        return str(value) if isinstance(value, str) else known
    return json.dumps(known, ensure_ascii=False, allow_nan=False)


def _number(value: float) -> float | None:
    """A number as data; none where there is none. A small one is no zero."""
    if isfinite(value) and 0 < abs(value) < _SMALL:
        return float(f"{value:.6g}")
    return number(value)


def _short(value: float | None) -> str:
    """At most four decimals, or three significant digits of a small number."""
    if value is None:
        return MISSING
    if 0 < abs(value) < _SMALL:
        return f"{value:.3g}"
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _csv(names: Sequence[str], batches: Batches) -> Iterator[str]:
    yield lines([[cell(name) for name in names]])
    for batch in batches:
        yield lines([[_csv_cell(value) for value in row] for row in batch])


def _csv_cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if is_number(value):
        known: Cell = data(value)
        return known
    return cell(_text(value))


def _json(names: Sequence[str], batches: Batches) -> Iterator[str]:
    before = "[\n"
    for batch in batches:
        for row in batch:
            yield f"{before}  {_object(names, row)}"
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _jsonl(names: Sequence[str], batches: Batches) -> Iterator[str]:
    for batch in batches:
        yield "".join(f"{_object(names, row)}\n" for row in batch)


def _object(names: Sequence[str], row: Sequence[Any]) -> str:
    held = {aligned(name): data(value) for name, value in zip(names, row, strict=True)}
    return json.dumps(held, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _markdown(names: Sequence[str], batches: Batches) -> Iterator[str]:
    yield table([escaped(name) for name in names], [])
    for batch in batches:
        rows = ([escaped(shown(value)) for value in row] for row in batch)
        yield "".join(f"| {' | '.join(row)} |\n" for row in rows)


_FORMATS: dict[str, Callable[[Sequence[str], Batches], Iterator[str]]] = {
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
