"""Reports and comparisons as text: a table for people, json, jsonl, csv and markdown. And Parquet.

A format is a module of this package with three functions, `report`, `comparison` and `timeline`,
each from a record and `Options` to an iterator of text, and a line in `FORMATS`. Parquet is bytes,
of a report only, and has a function of its own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from azstance.errors import ConfigError
from azstance.records import Report
from azstance.render.options import DEFAULT_WIDTH, FRAMES, Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

    from azstance.comparison_records import Comparison
    from azstance.timeline.records import Timeline

__all__ = [
    "FORMATS",
    "Format",
    "Options",
    "format_named",
    "render",
    "schema_text",
    "write",
    "write_parquet",
]


class Renderer(Protocol):
    """What a module of a format offers."""

    def report(self, report: Report, options: Options) -> Iterator[str]:
        """The report as chunks of text."""

    def comparison(self, comparison: Comparison, options: Options) -> Iterator[str]:
        """The comparison as chunks of text."""

    def timeline(self, timeline: Timeline, options: Options) -> Iterator[str]:
        """The timeline as chunks of text."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module here, and whether it is drawn on a terminal rather than read as data.

    `text` is False for one that is bytes, and is written by `write_parquet`.
    """

    name: str
    module: str
    drawn: bool = False
    text: bool = True

    def load(self) -> Renderer:
        """The module, imported when it is asked for: only the table needs rich.

        Raises ConfigError for a format that is no text.
        """
        if not self.text:
            problem = f"the format {self.name} is written to a file, and is no text"
            raise ConfigError(problem, remedy="Use azstance.render.write_parquet.")
        return cast("Renderer", import_module(f"{__name__}.{self.module}"))


FORMATS = {
    each.name: each
    for each in (
        Format("table", "as_table", drawn=True),
        Format("json", "as_json"),
        Format("jsonl", "as_jsonl"),
        Format("csv", "as_csv"),
        Format("markdown", "as_markdown"),
        Format("parquet", "as_parquet", text=False),
    )
}


def format_named(name: str) -> Format:
    """The format of that name. Raises ConfigError with the known names for any other."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ConfigError(f'the format "{name}" is not known', remedy=f"Choose one of {known}.")
    return FORMATS[name]


def render(
    record: Report | Comparison | Timeline,
    format: str,
    *,
    evidence: int = 1,
    width: int = DEFAULT_WIDTH,
    rows: str = FRAMES,
) -> str:
    """`record` as text without colour.

    `evidence` sentences are shown per frame and side in table and markdown; the table fits `width`
    cells; in csv, `rows` are of "frames" or "sentences". Raises ConfigError for an unknown format.
    """
    renderer = format_named(format).load()
    return "".join(_chunks(renderer, record, Options(evidence=evidence, width=width, rows=rows)))


def write(  # noqa: PLR0913
    record: Report | Comparison | Timeline,
    format: str,
    file: TextIO,
    *,
    evidence: int = 1,
    width: int | None = None,
    rows: str = FRAMES,
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
    for chunk in _chunks(renderer, record, Options(evidence=evidence, rows=rows)):
        file.write(chunk)


def write_parquet(report: Report, file: BinaryIO) -> None:
    """Write the sentences of a report as Parquet, a row each, in groups of rows.

    Raises ConfigError where pyarrow is not installed.
    """
    from azstance.render.as_parquet import write

    write(report, file)


def schema_text(name: str = "report") -> str:
    """The JSON Schema of the json format of a "report", a "comparison" or a "timeline"."""
    from importlib.resources import files

    return (files("azstance") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")


def _chunks(
    renderer: Renderer, record: Report | Comparison | Timeline, options: Options
) -> Iterator[str]:
    if isinstance(record, Report):
        return renderer.report(record, options)
    from azstance.timeline.records import Timeline

    if isinstance(record, Timeline):
        return renderer.timeline(record, options)
    return renderer.comparison(record, options)
