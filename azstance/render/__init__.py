"""Reports and comparisons as text: a table for people, json, jsonl, csv and markdown.

A format is a module of this package with two functions, `report` and `comparison`, each from a
record and `Options` to an iterator of text, and a line in `FORMATS`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from azstance.errors import ConfigError
from azstance.records import Report
from azstance.render.options import DEFAULT_WIDTH, Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from azstance.comparison_records import Comparison

__all__ = ["FORMATS", "Format", "Options", "format_named", "render", "schema_text", "write"]


class Renderer(Protocol):
    """What a module of a format offers."""

    def report(self, report: Report, options: Options) -> Iterator[str]:
        """The report as chunks of text."""

    def comparison(self, comparison: Comparison, options: Options) -> Iterator[str]:
        """The comparison as chunks of text."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module here, and whether it is drawn on a terminal rather than read as data."""

    name: str
    module: str
    drawn: bool = False

    def load(self) -> Renderer:
        """The module, imported when it is asked for: only the table needs rich."""
        return cast("Renderer", import_module(f"{__name__}.{self.module}"))


FORMATS = {
    each.name: each
    for each in (
        Format("table", "as_table", drawn=True),
        Format("json", "as_json"),
        Format("jsonl", "as_jsonl"),
        Format("csv", "as_csv"),
        Format("markdown", "as_markdown"),
    )
}


def format_named(name: str) -> Format:
    """The format of that name. Raises ConfigError with the known names for any other."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ConfigError(f'the format "{name}" is not known', remedy=f"Choose one of {known}.")
    return FORMATS[name]


def render(
    record: Report | Comparison, format: str, *, evidence: int = 1, width: int = DEFAULT_WIDTH
) -> str:
    """`record` as text without colour.

    `evidence` sentences are shown per frame and side in table and markdown; the table fits `width`
    cells. Raises ConfigError for an unknown format.
    """
    renderer = format_named(format).load()
    return "".join(_chunks(renderer, record, Options(evidence=evidence, width=width)))


def write(
    record: Report | Comparison,
    format: str,
    file: TextIO,
    *,
    evidence: int = 1,
    width: int | None = None,
) -> None:
    """Write `record` to `file`, piece by piece.

    A table is drawn in the colour, width and encoding that `file` can show. All other formats are
    data: the same bytes everywhere, in UTF-8 with the line ends of the format, to which a file that
    can be set is set. Raises ConfigError for an unknown format.
    """
    chosen = format_named(format)
    renderer = chosen.load()
    if chosen.drawn:
        from azstance.render.console import make_console, show

        console = make_console(file, width)
        show(console, _chunks(renderer, record, Options(evidence=evidence, console=console)))
        return
    if isinstance(file, io.TextIOWrapper):
        file.reconfigure(encoding="utf-8", newline="")
    for chunk in _chunks(renderer, record, Options(evidence=evidence)):
        file.write(chunk)


def schema_text(name: str = "report") -> str:
    """The JSON Schema of the json format of a "report" or a "comparison"."""
    from importlib.resources import files

    return (files("azstance") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")


def _chunks(renderer: Renderer, record: Report | Comparison, options: Options) -> Iterator[str]:
    if isinstance(record, Report):
        return renderer.report(record, options)
    return renderer.comparison(record, options)
