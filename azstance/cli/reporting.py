"""The command that writes the report page."""

# ruff: noqa: PLR0913, PLR0917 (an option of a command is a parameter of its function)

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from azstance.cli import INCOMPLETE, asked, closing, output, timing
from azstance.cli import options as opt
from azstance.errors import ConfigError

if TYPE_CHECKING:
    from azstance.config import Config

_FILE = "report.html"
_MB = 15.0
_LEAST_MB = 3.0

Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=f"The page to write. [default: {_FILE}]",
        show_default=False,
    ),
]
Size = Annotated[
    float,
    typer.Option(
        "--max-mb",
        metavar="MB",
        help="The page is never larger than this many megabytes; beyond it articles are shown in "
        f"less detail. [default: {_MB:g}]",
        show_default=False,
    ),
]


def report(
    paths: opt.Paths,
    output_file: Output = _FILE,
    per: timing.Per = None,
    events: timing.Events = None,
    max_mb: Size = _MB,
    encoding: opt.Encoding = None,
    field: opt.Fields = None,
    codebook: opt.Codebook = None,
    pipeline: opt.Pipeline = None,
    model: opt.Model = None,
    level: opt.Level = None,
    resamples: opt.Resamples = None,
    seed: opt.Seed = None,
    jobs: opt.Jobs = None,
    cache: opt.Cache = True,
    quiet: opt.Quiet = False,
) -> None:
    """Write one page with pictures: sources, time, actors, contradictions, and every article.

    PATH is a file or a folder of articles, as for azstance score. The page needs no network and no
    other file, and can be sent as an attachment.
    """
    config = asked.config(
        codebook=codebook, pipeline=pipeline, model=model, level=level, resamples=resamples,
        seed=seed, encoding=encoding, fields=asked.fields(field), jobs=jobs,
        cache=opt.cache(cache),
    )  # fmt: skip
    if not _LEAST_MB <= max_mb <= 2000:
        remedy = f"Give a number from {_LEAST_MB:g} to 2000."
        raise ConfigError(f"{max_mb:g} is not possible", where="--max-mb", remedy=remedy)
    _write(paths, config, output_file, _Wanted(per, events, int(max_mb * 1_000_000)), quiet=quiet)


@dataclass(frozen=True)
class _Wanted:
    """What is asked of the page besides the settings: period, file of events, bytes at most."""

    per: str | None
    events: str | None
    largest: int


def _write(
    paths: list[str], config: Config, output_file: str, wanted: _Wanted, *, quiet: bool
) -> None:
    files, skipped = asked.inputs(paths)
    output.check_file(output_file, [*files, *([wanted.events] if wanted.events else [])])
    from azstance.overview import build, prepare
    from azstance.render.charts import need_extra

    need_extra()
    basis = prepare(config, wanted.events, timing.unit(wanted.per))
    if not files:  # told at once, before anything is loaded
        asked.nothing(skipped, output_file)
    from azstance.analyze import score_paths
    from azstance.render.page import page_text

    with output.progress(quiet, files) as tick:
        # The page makes its own groups: those of the configuration would be scored for nothing.
        report = score_paths(paths, replace(config, by="article"), tick)
    if not report.articles:
        asked.nothing(report.skipped, output_file)
    with output.steps(quiet) as step:
        overview = build(report, basis, step)
    output.write_lines(output_file, page_text(overview, wanted.largest))
    if closing.not_scored(report.skipped):
        raise typer.Exit(INCOMPLETE)


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        short_help="Write a page with pictures and every article.",
        epilog="Example: azstance report seeds/ -o report.html",
    )(report)
