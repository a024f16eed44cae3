"""The one place where a console is made: colour, width, and what a terminal can show."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from rich.console import Console

from azstance.render.options import DEFAULT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

_MINIMUM_WIDTH = 20
_HEIGHT = 25  # of no use, but rich asks the terminal for both where it is not told both
_MAXIMUM_WIDTH = 120


def make_console(file: TextIO, width: int | None = None) -> Console:
    """A console on `file` that never reads markup, emoji codes or numbers into text.

    Colour needs a terminal, or FORCE_COLOR; NO_COLOR and, unless colour is forced, TERM=dumb
    switch it off. Without colour not a single escape sequence is written. `width` is in cells;
    without it, COLUMNS or the terminal's own width, but at most 120 (longer lines are hard to
    read), or 80 where neither is known.
    """
    colour = _wants_colour(file, os.environ)
    return _console(file, width or _width(file, os.environ), colour)


def _wants_colour(file: TextIO, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR", "").lower()
    if forced:
        return forced not in ("0", "false", "no")
    return _is_terminal(file) and environ.get("TERM", "") not in ("dumb", "unknown")


def _is_terminal(file: TextIO) -> bool:
    try:
        return file.isatty()
    except (AttributeError, ValueError):  # a stream without the question, or a closed one
        return False


def _width(file: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 7 and int(columns) > 0:
        return min(int(columns), _MAXIMUM_WIDTH)
    try:
        found = os.get_terminal_size(file.fileno()).columns if _is_terminal(file) else 0
    except (OSError, ValueError):
        found = 0
    return min(found, _MAXIMUM_WIDTH) or DEFAULT_WIDTH


def show(console: Console, chunks: Iterable[str]) -> None:
    """Write what was drawn on `console` to its file; what its encoding lacks becomes "?"."""
    for chunk in chunks:
        console.file.write(chunk.encode(console.encoding, "replace").decode(console.encoding))


def plain_console(width: int) -> Console:
    """A console that is only drawn on in memory, without colour."""
    return _console(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), width, False)


def _console(file: TextIO, width: int, colour: bool) -> Console:
    return Console(
        file=file,
        width=max(_MINIMUM_WIDTH, width),
        height=_HEIGHT,
        force_terminal=colour,
        color_system=("auto" if os.name == "nt" else "standard") if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
    )
